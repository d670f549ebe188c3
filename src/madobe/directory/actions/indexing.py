"""Keep what the search stands on: entries of this release, and a snapshot that is not far behind."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from madobe.directory.actions.listing import refresh_listing
from madobe.directory.actions.search_entries import outdated_entries
from madobe.directory.rules.hours import JAPAN
from madobe.directory.search import files
from madobe.directory.search.snapshot import make_snapshot, snapshot_state

CHUNK = 500
MOST_BEHIND = 200  # edits, after which the snapshot is made anew at once
Say = Callable[[str], None]


def build_index(folder: Path, *, at: datetime, say: Say = lambda _line: None) -> str:
    """This will bring entries up to this release, write a snapshot and make it the current one; returns its name."""
    renew_entries(at=at, say=say)
    name = make_snapshot(folder, today=at.astimezone(JAPAN).date(), say=say)
    files.remove_old(folder)
    return name


def renew_entries(*, at: datetime, say: Say = lambda _line: None) -> int:
    """This will make the entries anew that are missing or were made by an older release; returns how many."""
    keys = list(outdated_entries())
    for start in range(0, len(keys), CHUNK):
        say(f"{start} of {len(keys)} entries of an older release")
        refresh_listing(services=keys[start : start + CHUNK], at=at)
    return len(keys)


def wants_rebuilding(folder: Path, *, at: datetime, is_quiet: bool) -> bool:
    """This will tell whether the snapshot should be made anew: none of use, many edits, any edits in a quiet hour,
    or opening hours worked out for too few days ahead.
    """
    state = snapshot_state(folder)
    tomorrow = at.astimezone(JAPAN).toordinal() + 1
    return (
        not state.is_usable
        or state.behind > MOST_BEHIND
        or (is_quiet and state.behind > 0)
        or state.last_day < tomorrow
    )
