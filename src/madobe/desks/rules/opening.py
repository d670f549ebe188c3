"""When somebody is at a desk: its week (the timetable of the directory) and the days that differ. Japan time.

A day is a calendar day of Japan: what is said of a date holds from its midnight to the next.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from madobe.directory.rules.hours import JAPAN, open_minutes

HORIZON_DAYS = 60  # a desk that does not open for so long has no next opening to promise
DAY = 24 * 60  # minutes

Span = tuple[int, int]  # minutes of a day (from, to); `to` is not open


@dataclass(frozen=True)
class ExtraOpening:
    """A day the desk is open besides its week, or instead of a closure. Minutes of the day."""

    day: date
    opens: int
    closes: int


@dataclass(frozen=True)
class DeskCalendar:
    """`hours`: rows as `hours_compose.dump_rows` writes them, "" = none known. `closures`: first and last day."""

    hours: str
    closures: tuple[tuple[date, date], ...] = ()
    extra: tuple[ExtraOpening, ...] = ()

    def spans(self, day: date) -> tuple[Span, ...]:
        """This will give when the desk is open on one day, in order: extra openings > closures > the week."""
        added = [(one.opens, one.closes) for one in self.extra if one.day == day]
        closed = any(first <= day <= last for first, last in self.closures)
        week = () if closed else _month(self.hours, day.year, day.month)[day.day - 1]
        return _joined([*week, *added]) if added else week


SpecialRow = tuple[date, date, time | None, time | None]  # first, last (included), opens, closes


def calendar_with(hours: str, special: Iterable[SpecialRow]) -> DeskCalendar:
    """This will put a timetable and special days together; days without times are closed."""
    rows = list(special)
    if not rows:
        return DeskCalendar(hours)
    return DeskCalendar(
        hours,
        tuple((first, last) for first, last, opens, _closes in rows if opens is None),
        tuple(
            ExtraOpening(first + timedelta(days=i), minutes(opens), minutes(closes))
            for first, last, opens, closes in rows
            if opens is not None and closes is not None
            for i in range((last - first).days + 1)
        ),
    )


def is_staffed_at(calendar: DeskCalendar, at: datetime) -> bool:
    """This will tell whether the desk is open at this minute."""
    day, minute = minute_of(at)
    return any(start <= minute < end for start, end in calendar.spans(day))


def staffed_until(calendar: DeskCalendar, at: datetime) -> datetime | None:
    """This will give when the opening that runs at `at` ends; None where the desk is closed then.

    An opening that never ends within the horizon ends, for this answer, there.
    """
    day, minute = minute_of(at)
    end = next((end for start, end in calendar.spans(day) if start <= minute < end), None)
    if end is None:
        return None
    for _ in range(HORIZON_DAYS):
        following = calendar.spans(day + timedelta(days=1)) if end == DAY else ()
        if not following or following[0][0] != 0:
            break
        day, end = day + timedelta(days=1), following[0][1]
    return moment(day, end)


def next_opening(calendar: DeskCalendar, at: datetime) -> datetime | None:
    """This will give the first minute after `at` at which a closed desk opens; None: not within the horizon.

    While the desk is open this is the opening after the one that runs.
    """
    today, minute = minute_of(at)
    for ahead in range(HORIZON_DAYS + 1):
        day = today + timedelta(days=ahead)
        for start, _end in calendar.spans(day):
            goes_on = start == 0 and _ends_at_midnight(calendar, day - timedelta(days=1))
            if (ahead or start > minute) and not goes_on:
                return moment(day, start)
    return None


def minute_of(at: datetime) -> tuple[date, int]:
    """This will give the day in Japan and the minute of that day."""
    here = at.astimezone(JAPAN)
    return here.date(), here.hour * 60 + here.minute


def moment(day: date, minute: int) -> datetime:
    """This will give a minute of a day in Japan as an aware time; minute 1440 is the midnight that ends it."""
    return datetime.combine(day, time(), JAPAN) + timedelta(minutes=minute)


def minutes(clock: time) -> int:
    """This will give a time of day as minutes since midnight."""
    return clock.hour * 60 + clock.minute


def _ends_at_midnight(calendar: DeskCalendar, day: date) -> bool:
    spans = calendar.spans(day)
    return bool(spans) and spans[-1][1] == DAY


@lru_cache(maxsize=1024)
def _month(hours: str, year: int, month: int) -> tuple[tuple[Span, ...], ...]:
    """A month at a time: putting a timetable together costs the same for one day as for thirty."""
    first = date(year, month, 1)
    days = [first + timedelta(days=i) for i in range(31)]
    days = [day for day in days if day.month == month]
    return tuple(_joined(spans) for spans in open_minutes(hours, days))


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)
