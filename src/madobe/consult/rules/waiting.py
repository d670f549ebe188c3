"""In which order threads wait, and why, as codes a page turns into words: never a number, never a colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")


class Why(StrEnum):
    """A reason why a thread stands where it stands."""

    DANGER = "danger"  # words of danger were read
    SAFETY_URGENT = "safety_urgent"  # a safety note says so
    SAFETY_WATCH = "safety_watch"
    LATE = "late"  # the promised time has passed
    MISSED = "missed"  # how many promises were not kept since the last answer
    TODAY = "today"
    TOMORROW = "tomorrow"
    DAY = "day"  # promised for a later day
    NO_PROMISE = "no_promise"
    NIGHTS = "nights"  # how many have passed since the oldest letter without an answer
    CALL_BACK = "call_back"  # they wish to be telephoned
    ANOTHER = "another"  # another counsellor is wished for
    LISTEN = "listen"  # just listening
    LOOK = "look"  # a draft waits for a second pair of eyes


@dataclass(frozen=True)
class Reason:
    """One reason. `when`: of a promise; `count`: of nights, of promises."""

    why: Why
    when: datetime | None = None
    count: int = 0


@dataclass(frozen=True)
class Waiting:
    """What is known of a thread. `since`: the day of the oldest letter without an answer; None: none waits."""

    waits: bool
    is_urgent: bool = False
    safety: str = ""
    reply_by: datetime | None = None
    missed: int = 0
    since: date | None = None
    wants_another: bool = False
    listens: bool = False
    to_look_at: bool = False
    call_back: bool = False


MANY_NIGHTS = 2


def reasons(found: Waiting, *, at: datetime) -> list[Reason]:
    """This will say why a thread waits, the weightiest first."""
    said = []
    if found.is_urgent:
        said.append(Reason(Why.DANGER))
    if found.safety:
        said.append(Reason(Why.SAFETY_URGENT if found.safety == "urgent" else Why.SAFETY_WATCH))
    if found.waits:
        said.append(_promise(found, at))
        if found.missed:
            said.append(Reason(Why.MISSED, count=found.missed))
        nights = (at.astimezone(JAPAN).date() - found.since).days if found.since else 0
        if nights >= MANY_NIGHTS:
            said.append(Reason(Why.NIGHTS, count=nights))
    if found.call_back:
        said.append(Reason(Why.CALL_BACK))
    if found.wants_another:
        said.append(Reason(Why.ANOTHER))
    if found.to_look_at:
        said.append(Reason(Why.LOOK))
    if found.listens:
        said.append(Reason(Why.LISTEN))
    return said


def lane(found: Waiting) -> int:
    """This will give which stretch of the list a thread stands in: danger, waiting for us, asked of us, the rest."""
    if found.is_urgent and found.waits or found.safety == "urgent":
        return 0
    if found.waits:
        return 1
    return 2 if found.wants_another or found.to_look_at else 3


def place(found: Waiting) -> tuple[int, bool, datetime, date]:
    """This will give what a list is sorted by: the lane, then the promise, then how long somebody waits."""
    far = datetime.max.replace(tzinfo=JAPAN)
    promised = found.reply_by if found.waits else None
    return (lane(found), promised is None, promised or far, found.since or date.max)


def is_due_on(found: Waiting, day: date) -> bool:
    """This will tell whether an answer was promised for this day or an earlier one."""
    promised = found.reply_by
    return found.waits and promised is not None and promised.astimezone(JAPAN).date() <= day


def nights_since(days: Sequence[tuple[bool, date]]) -> date | None:
    """This will give the day of the oldest letter without an answer. `days`: (by the person, day), in their order."""
    since: date | None = None
    for by_person, day in days:
        since = (since or day) if by_person else None
    return since


def _promise(found: Waiting, at: datetime) -> Reason:
    if found.reply_by is None:
        return Reason(Why.NO_PROMISE)
    if found.reply_by < at:
        return Reason(Why.LATE, found.reply_by)
    ahead = (found.reply_by.astimezone(JAPAN).date() - at.astimezone(JAPAN).date()).days
    why = {0: Why.TODAY, 1: Why.TOMORROW}.get(ahead, Why.DAY)
    return Reason(why, found.reply_by)
