"""Opening, true to the minute in Japan. Plain values in and out; the clock is passed in.

Two ways in: `hours_of_rule` for an opening_hours rule, `hours_of_rows` for the text of schedule rows.
What a day looks like is worked out once and kept, so that asking again within the day costs little.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]

from madobe.directory.rules.hours_compose import (
    NotCertainError,
    ScheduleRow,
    compose,
    load_rows,
)
from madobe.directory.rules.hours_events import coming_dates, is_undated, usual_times
from madobe.directory.rules.hours_holidays import with_holidays
from madobe.directory.rules.place import HoursNow

JAPAN = ZoneInfo("Asia/Tokyo")
NEXT_DATES = 3  # how many coming dates of a gathering a page shows


@dataclass(frozen=True)
class _Day:
    """One day of a rule: its open spans (naive Japan time) and the first opening after them."""

    spans: tuple[tuple[datetime, datetime | None], ...]
    following: datetime | None
    today: str


def hours_of_rule(rule: str, at: datetime, *, prose: str = "") -> HoursNow:
    """This will say whether a rule is open at `at` (aware), until when, and when it opens next.

    "" means nothing certain is known: open_now is None and `prose` is all there is.
    `next_open` is the first opening after `at`; while open, the one after closing.
    Raises ValueError for a rule that cannot be read.
    """
    if not rule:
        return HoursNow(prose=prose)
    here = at.astimezone(JAPAN).replace(tzinfo=None)
    day = _day_of(rule, here.date())
    current = next((s for s in day.spans if s[0] <= here and (s[1] is None or here < s[1])), None)
    later = [start for start, _end in day.spans if start > here]
    return HoursNow(
        open_now=current is not None,
        closes_at=_aware(current[1]) if current else None,
        next_open=_aware(later[0] if later else day.following),
        today=day.today,
        prose=prose,
        rule=rule,
    )


def hours_of_rows(text: str, at: datetime, *, prose: str = "") -> HoursNow:
    """This will answer for schedule rows as `dump_rows` writes them; "" means none are known."""
    if not text:
        return HoursNow(prose=prose)
    today = at.astimezone(JAPAN).date()
    known = _known(text, today)
    return replace(
        hours_of_rule(known.rule, at, prose=prose),
        undated=known.undated,
        next_dates=known.next_dates,
        usual=known.usual,
        rows=text,
    )


def is_readable(rule: str) -> bool:
    """This will tell whether a rule can be evaluated."""
    try:
        _parsed(rule, 2026)
    except ValueError:
        return False
    return True


def rows_are_readable(text: str) -> bool:
    """This will tell whether a timetable can be worked with; a rule that has no times yet can."""
    try:
        known = _known(text, date(2026, 1, 1))
    except (ValueError, TypeError, KeyError, IndexError):
        return False
    return not known.rule or is_readable(known.rule)


def open_minutes(text: str, days: Sequence[date]) -> list[list[tuple[int, int]]]:
    """This will give for each day the spans a timetable is open, as minutes of that day (from, to; to is not open).

    Agrees with `hours_of_rows` at every minute. Keeps nothing, so that going through thousands of timetables
    does not fill the memory of the process.
    """
    if not text:
        return [[] for _day in days]
    rows = load_rows(text)
    parsed: dict[int, OpeningHours | None] = {}
    found = []
    for day in days:
        if day.year not in parsed:
            parsed[day.year] = _uncached(rows, day.year)
        hours = parsed[day.year]
        found.append(_minutes(hours, day) if hours else [])
    return found


def _uncached(rows: Sequence[ScheduleRow], year: int) -> OpeningHours | None:
    try:
        rule = compose(rows, year)
    except NotCertainError:
        return None
    return OpeningHours(with_holidays(rule, year)) if rule else None


def _minutes(hours: OpeningHours, day: date) -> list[tuple[int, int]]:
    midnight = datetime.combine(day, time())
    spans: list[tuple[int, int]] = []
    for start, end, state, _comment in hours.intervals(midnight, midnight + timedelta(days=1)):
        if state == State.OPEN:
            spans.append((_minute(start - midnight), _minute(end - midnight)))
    return spans


def _minute(length: timedelta) -> int:
    return int(length.total_seconds()) // 60


@lru_cache(maxsize=8192)
def _known(text: str, today: date) -> HoursNow:
    rows = load_rows(text)
    try:
        rule = compose(rows, today.year)
    except NotCertainError:
        rule = ""
    return HoursNow(
        rule=rule,
        undated=is_undated(rows, today),
        next_dates=coming_dates(rows, today, NEXT_DATES),
        usual=usual_times(rows),
    )


@lru_cache(maxsize=4096)
def _parsed(rule: str, year: int) -> OpeningHours:
    try:
        return OpeningHours(with_holidays(rule, year))
    except ParserError as error:
        raise ValueError(f"not an opening_hours rule: {rule}") from error


@lru_cache(maxsize=16384)
def _day_of(rule: str, today: date) -> _Day:
    hours = _parsed(rule, today.year)
    midnight = datetime.combine(today, time())
    tomorrow = midnight + timedelta(days=1)
    spans: list[tuple[datetime, datetime | None]] = []
    at: datetime | None = midnight
    following: datetime | None = None
    while at is not None:
        change = hours.next_change(at)
        if hours.is_open(at):
            if at >= tomorrow:
                following = at
                break
            if (
                spans and spans[-1][1] == at
            ):  # one visit through midnight or through two touching rules
                spans[-1] = (spans[-1][0], change)
            else:
                spans.append((at, change))
        at = change
    return _Day(tuple(spans), following, ", ".join(_words(s, midnight, tomorrow) for s in spans))


def _words(span: tuple[datetime, datetime | None], midnight: datetime, tomorrow: datetime) -> str:
    start, end = span
    if end is None or (start == midnight and end >= tomorrow):
        closes = "24:00"
    else:
        closes = "24:00" if end == tomorrow else f"{end:%H:%M}"
    return f"{start:%H:%M}–{closes}"


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=JAPAN) if moment else None
