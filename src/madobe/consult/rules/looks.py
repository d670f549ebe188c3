"""Which openings of a thread its person is shown: who, on which day, as what (trust.md G24), and never "just now" (E17).

An opening says nothing about an answer that is still awaited: it is shown once an answer was written after it, or once
two weeks have passed. Days, not hours; the part somebody had in it, not a name: whoever would like the name asks the desk,
whose trail has it.
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
    DUTY = "duty"
    HELP = "help"  # a second pair of eyes, whoever will be there at a time, a colleague let in


@dataclass(frozen=True)
class Look:
    """Somebody who works here opened the thread. `part`: as what; "" where that was not written down."""

    at: datetime
    by: str
    part: str


@dataclass(frozen=True)
class LookDay:
    """A day on which it was opened, and by how many in which part."""

    on: date
    parts: tuple[tuple[str, int], ...]


def part_of(*, is_owner: bool, is_open_to_duty: bool) -> Part:
    """This will give as what somebody opens a thread. `is_open_to_duty`: nobody answers it yet, or it tells of danger."""
    if is_owner:
        return Part.OWNER
    return Part.DUTY if is_open_to_duty else Part.HELP


def look_days(
    looks: Iterable[Look], *, answered_at: datetime | None, at: datetime
) -> tuple[LookDay, ...]:
    """This will give the days to show, latest first. `answered_at`: when the desk last wrote; None where it never has."""
    found: dict[date, dict[str, set[str]]] = {}
    for look in looks:
        if (answered_at is not None and look.at <= answered_at) or look.at <= at - STILL:
            found.setdefault(day_of(look.at), {}).setdefault(look.part, set()).add(look.by)
    return tuple(
        LookDay(on, tuple((part, len(who)) for part, who in sorted(found[on].items())))
        for on in sorted(found, reverse=True)
    )
