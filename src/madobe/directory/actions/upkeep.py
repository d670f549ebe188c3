"""What has to be done once a day, whether anybody is there or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from madobe.directory.actions.duplicates import note_duplicates
from madobe.directory.actions.editing import mark_stale
from madobe.directory.actions.vetting import lapse_expired_vettings
from madobe.directory.rules.duplicates import Entry
from madobe.directory.rules.hours import JAPAN

DONE = "upkeep.day"  # in the data folder: the last day all of it was done
BEAT: Final = "upkeep.beat"  # in the data folder: when the upkeep beside `serve` last looked round
SILENT_FOR: Final = timedelta(minutes=15)  # longer than any one chore or snapshot takes


@dataclass(frozen=True)
class DayDone:
    """What a day's upkeep did: entries past their day and checked again, vettings over, new pairs that look the same."""

    stale: int
    fresh: int
    lapsed: int
    duplicates: int


def do_the_day(
    *, services: Iterable[Entry], organizations: Iterable[Entry], by: str, at: datetime
) -> DayDone:
    """This will mark entries past their day of checking, end vettings that are over and look for duplicates.

    The entries are those of `queries.duplicates`.
    A second time on the same day changes nothing. Ended on the way, the next call does the rest.
    """
    marked = mark_stale(by=by, at=at)
    lapsed = lapse_expired_vettings(by=by, at=at)
    noted = note_duplicates(services=services, organizations=organizations, at=at)
    return DayDone(marked.stale, marked.fresh, len(lapsed), noted.added)


def is_done(folder: Path, *, at: datetime) -> bool:
    """This will tell whether this data folder has noted that Japan's day `at` is done."""
    try:
        return (folder / DONE).read_text("ascii").strip() == _day(at).isoformat()
    except (OSError, ValueError):
        return False


def note_done(folder: Path, *, at: datetime) -> None:
    """This will note in the data folder that Japan's day `at` is done."""
    (folder / DONE).write_text(f"{_day(at).isoformat()}\n", "ascii")


def note_beat(folder: Path, *, at: datetime) -> None:
    """This will note in the data folder that the upkeep is at work."""
    late = folder / f"{BEAT}.new"
    late.write_text(f"{at.astimezone(UTC).isoformat()}\n", "ascii")
    late.replace(folder / BEAT)  # whoever reads it meanwhile finds the old one or the new one


def is_silent(folder: Path, *, at: datetime) -> bool:
    """This will tell whether an upkeep that was once at work here has not been for a quarter of an hour.

    Where it never was beside a server (an upkeep that is called once a day), there is no beat to miss.
    """
    try:
        beat = datetime.fromisoformat((folder / BEAT).read_text("ascii").strip())
    except (OSError, ValueError):
        return False
    return at - beat > SILENT_FOR


def _day(at: datetime) -> date:
    return at.astimezone(JAPAN).date()
