"""Dates of gatherings: what is known, and honestly nothing beyond it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from madobe.directory.rules.hours_compose import ScheduleRow, rule_dates

HORIZON_DAYS = 400


@dataclass(frozen=True)
class Month:
    """The dates of one month; `undated` (日程未定) where dates follow no rule and none is known."""

    dates: tuple[date, ...]
    undated: bool


def event_dates(rows: Sequence[ScheduleRow], first: date, last: date) -> list[date]:
    """This will give the dates of gatherings between two days (both included), exceptions applied."""
    days: set[date] = set()
    for row in rows:
        if row.kind != "event_series":
            continue
        away = {e.date for e in row.exceptions if e.kind in ("cancelled", "moved")}
        days.update(d for d in rule_dates(row, first, last) if d.isoformat() not in away)
        for one in row.exceptions:
            arrives = {"moved": one.moved_to, "special": one.date}.get(one.kind, "")
            if arrives and first <= date.fromisoformat(arrives) <= last:
                days.add(date.fromisoformat(arrives))
    return sorted(days)


def month_of(rows: Sequence[ScheduleRow], year: int, month: int) -> Month:
    """This will give one month's dates; a month of an irregular gathering without a date is 日程未定."""
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    dates = tuple(event_dates(rows, first, last))
    return Month(dates, undated=not dates and _irregular(rows))


def coming_dates(rows: Sequence[ScheduleRow], today: date, limit: int) -> tuple[date, ...]:
    """This will give the next known dates of gatherings, today's included."""
    return tuple(event_dates(rows, today, today + timedelta(days=HORIZON_DAYS))[:limit])


def is_undated(rows: Sequence[ScheduleRow], today: date) -> bool:
    """This will tell whether dates follow no rule and none is known from today on."""
    return _irregular(rows) and not coming_dates(rows, today, 1)


def usual_times(rows: Sequence[ScheduleRow]) -> str:
    """This will give the hours gatherings keep whatever the date ("13:30–16:30"); "" when they differ."""
    times = {(r.opens_at, r.closes_at) for r in rows if r.kind == "event_series" and r.opens_at}
    if len(times) != 1:
        return ""
    opens_at, closes_at = times.pop()
    return f"{opens_at}–{closes_at}"


def _irregular(rows: Sequence[ScheduleRow]) -> bool:
    return any(row.is_irregular for row in rows)
