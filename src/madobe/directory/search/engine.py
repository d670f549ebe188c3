"""The snapshot this process has open, with its delta: one for all threads, exchanged as a whole."""

import threading
from dataclasses import dataclass, replace
from pathlib import Path

from madobe.directory.search import files
from madobe.directory.search.delta import Delta, Newest, caught_up, newest
from madobe.directory.search.segment import Segment
from madobe.directory.search.snapshot import is_usable


@dataclass(frozen=True)
class State:
    """One snapshot and what has changed since. A search holds one and is not disturbed when another takes its place."""

    stamp: tuple[int, int]
    name: str
    snapshot: Segment
    delta: Delta


class Engine:
    """Opens the current snapshot of a folder and keeps up with edits."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state: State | None = None
        self._refused: tuple[int, int] | None = (
            None  # stamp of a snapshot of no use to this process
        )
        self._lock = threading.Lock()

    def state(self) -> State | None:
        """This will give snapshot and delta as of now, or None when plain SQL has to answer."""
        stamp = files.stamp(self._folder)
        if stamp is None:
            return None
        now = newest()
        state = self._state
        if state is None or state.stamp != stamp or state.delta.number < now.number:
            with self._lock:
                state = self._renewed(now)
        if state is None or not is_usable(state.snapshot.facts, now):
            return None
        # A number lower than the delta's: the database was put back to an earlier day.
        if state.delta.is_too_large or state.delta.number > now.number:
            return None
        return state

    def name(self) -> str:
        """This will give the name of the snapshot in use, "" for none."""
        return self._state.name if self._state else ""

    def _renewed(self, now: Newest) -> State | None:
        pointer = files.read_pointer(self._folder)
        if pointer is None:
            return None
        state = self._state
        if state is None or state.stamp != pointer.stamp:
            state = self._opened(pointer)
        if state is not None and state.delta.number < now.number:
            state = replace(state, delta=caught_up(state.delta, state.snapshot, now.number))
        self._state = state
        return state

    def _opened(self, pointer: files.Pointer) -> State | None:
        """A damaged snapshot is as good as none."""
        try:
            arrays, facts = files.load(self._folder, pointer.name)
        except files.SnapshotDamaged:
            return None
        return State(pointer.stamp, pointer.name, Segment(arrays, facts), Delta(facts["revision"]))


_engines: dict[Path, Engine] = {}
_engines_lock = threading.Lock()


def engine_for(folder: Path) -> Engine:
    """This will give the one engine of this process for a folder of snapshots."""
    engine = _engines.get(folder)
    if engine is None:
        with _engines_lock:
            engine = _engines.setdefault(folder, Engine(folder))
    return engine
