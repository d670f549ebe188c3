"""Several people at the same moment, each with a connection of their own, on whichever database the tests run."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

from django.core.management import call_command
from django.db import connections

LONGEST_WAIT = 60
_MADE: dict[str, bytes] = {}  # empty databases by alias, made once


@contextmanager
def shared_database(folder: Path) -> Iterator[None]:
    """Databases many threads can write to. SQLite's tests run in memory, which one connection owns: there a file."""
    own = [alias for alias in connections if connections[alias].vendor == "sqlite"]
    memory = {alias: connections.settings[alias]["NAME"] for alias in own}
    files = {alias: folder / f"race-{alias}.sqlite3" for alias in own}
    try:
        for alias in own:
            connections.settings[alias]["NAME"] = str(files[alias])
        if all(alias in _MADE for alias in own):
            for alias in own:
                files[alias].write_bytes(_MADE[alias])
        else:
            alone(lambda: call_command("migrate", verbosity=0))
            _MADE.update({alias: files[alias].read_bytes() for alias in own})
        yield
    finally:
        for alias in own:
            connections.settings[alias]["NAME"] = memory[alias]


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """This will start all of them at the same moment; gives what each returned, or the exception it raised."""
    gate = Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            gate.wait(LONGEST_WAIT)
            results[place] = act()
        except Exception as error:  # what a test wants to see, whatever it is
            results[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair, daemon=True) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST_WAIT)
    assert not any(thread.is_alive() for thread in threads), "somebody is still waiting"
    return results


def alone(act: Callable[[], Any]) -> Any:
    """This will do one thing on a connection of its own; an exception is raised here."""
    (result,) = at_once([act])
    if isinstance(result, Exception):
        raise result
    return result
