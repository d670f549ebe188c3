"""Making the snapshot from the tables, and telling whether the current one is still good."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from madobe.directory.models import Change, SearchEntry
from madobe.directory.search import files
from madobe.directory.search.build import segment_arrays
from madobe.directory.search.delta import Newest, newest
from madobe.directory.search.entry import FIELDS, Entry
from madobe.directory.search.release import release

DAYS_BEFORE, DAYS_AFTER = 1, 8  # around the day of making, for which opening hours are worked out
CHUNK = 2000


@dataclass(frozen=True)
class SnapshotState:
    """The current snapshot, as an operator wants to know it. `behind`: services changed since."""

    name: str = ""
    revision: int = 0
    rows: int = 0
    behind: int = 0
    is_usable: bool = False
    last_day: int = 0  # ordinal of the last day whose opening hours are worked out


def make_snapshot(folder: Path, *, today: date, say: Callable[[str], None]) -> str:
    """This will write a snapshot of all entries and make it the current one; returns its name.

    Changes made meanwhile are newer than the number it carries, and are picked up as every edit is.
    """
    since = newest()
    days = [today + timedelta(days=n) for n in range(-DAYS_BEFORE, DAYS_AFTER + 1)]
    arrays, facts = segment_arrays(_entries(), days=days, say=say)
    say("writing")
    return files.save(
        folder,
        arrays,
        {**facts, "revision": since.number, "series": since.series, "release": release()},
    )


def snapshot_state(folder: Path) -> SnapshotState:
    """This will tell which snapshot is current, and how far behind the tables it is."""
    pointer = files.read_pointer(folder)
    if pointer is None:
        return SnapshotState()
    try:
        facts = files.read_facts(folder, pointer.name)
    except files.SnapshotDamaged:
        return SnapshotState(name=pointer.name)
    revision = facts["revision"]
    return SnapshotState(
        name=pointer.name,
        revision=revision,
        rows=facts["rows"],
        behind=Change.objects.filter(number__gt=revision).count(),
        is_usable=is_usable(facts, newest()),
        last_day=max(facts["days"], default=0),
    )


def is_usable(facts: Mapping[str, Any], now: Newest) -> bool:
    """This will tell whether a snapshot speaks of this database, in the words of this release."""
    return (
        facts.get("release") == release()
        and facts["series"] == now.series
        and facts["revision"] <= now.number
    )


def _entries() -> Iterator[Entry]:
    rows = SearchEntry.objects.order_by("pk").values_list(*FIELDS)
    for row in rows.iterator(chunk_size=CHUNK):
        yield Entry(*row)
