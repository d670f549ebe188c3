"""Which openings of a thread its person is shown: on which day, and as what (trust.md G24); never "just now" (E17).

An opening tells nothing about an answer that is still awaited: it is shown once an answer was written after it; without one,
two weeks later, and then only if it was before the letter that waits. Days, not hours; the part somebody had in it, not a
name: the trail has that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from madobe.consult.times import day_of

STILL: Final = timedelta(days=14)


class Part(StrEnum):
    """As what somebody opens a thread; the trail keeps it beside the look."""

    OWNER = "owner"
    HELP = "help"  # stands beside the one who answers
    DESK = "desk"  # whoever else of the desk may: on duty, arranging, there at a time


_MOST_FIRST: Final = tuple(Part)


@dataclass(frozen=True)
class Look:
    """Somebody who works here opened the thread. `part`: of Part; "" where that was not written down."""

    at: datetime
    by: str
    part: str


@dataclass(frozen=True)
class LookDay:
    """A day on which it was opened, and by how many in which part: each of them in one."""

    on: date
    parts: tuple[tuple[str, int], ...]


def part_of(*, is_owner: bool, is_beside: bool) -> Part:
    """This will give as what somebody opens a thread."""
    if is_owner:
        return Part.OWNER
    return Part.HELP if is_beside else Part.DESK


def look_days(
    looks: Iterable[Look], *, answered_at: datetime | None, waits_since: date | None, at: datetime
) -> tuple[LookDay, ...]:
    """This will give the days to show, latest first.

    `answered_at`: of the last answer; `waits_since`: the day of the first letter an answer is owed to. None: there is none.
    """
    found: dict[date, dict[str, str]] = {}
    for look in looks:
        on = day_of(look.at)
        is_answered = answered_at is not None and look.at <= answered_at
        is_old = on <= day_of(at) - STILL and (waits_since is None or on < waits_since)
        if is_answered or is_old:
            parts = found.setdefault(on, {})
            parts[look.by] = min(look.part, parts.get(look.by, look.part), key=_place)
    return tuple(LookDay(on, _counted(found[on].values())) for on in sorted(found, reverse=True))


def _counted(parts: Iterable[str]) -> tuple[tuple[str, int], ...]:
    there = list(parts)
    return tuple((part, there.count(part)) for part in sorted(set(there), key=_place))


def _place(part: str) -> int:
    return _MOST_FIRST.index(Part(part)) if part in _MOST_FIRST else len(_MOST_FIRST)
