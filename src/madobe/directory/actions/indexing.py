"""Keep what the search stands on: entries of this release, and a snapshot that is not far behind."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from madobe.directory.actions.listing import refresh_listing
from madobe.directory.actions.search_entries import outdated_entries, unlisted_services
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
    return _refresh(outdated_entries(), "entries of an older release", at, say)


def fill_listing(*, at: datetime, say: Say = lambda _line: None) -> int:
    """This will list anew the shown services that lack what pages, search or programs read (a database of an
    earlier release, brought up to this one); returns how many. Ended on the way, the next call does the rest.
    """
    return _refresh(unlisted_services(), "services listed anew", at, say)


def _refresh(keys: Sequence[UUID], what: str, at: datetime, say: Say) -> int:
    for start in range(0, len(keys), CHUNK):
        say(f"{start} of {len(keys)} {what}")
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
