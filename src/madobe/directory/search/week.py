"""Evenings and weekends a timetable opens on, whatever the date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from madobe.directory.rules.hours_compose import WEEKDAYS, ScheduleRow

EVENING = "18:00"
SATURDAY = 5


@dataclass(frozen=True)
class Week:
    """Whether some weekday is open after 18:00, and some Saturday or Sunday at all."""

    evening: bool = False
    weekend: bool = False


def week_of(rows: Sequence[ScheduleRow], today: date) -> Week:
    """This will give the evenings and weekends of rows that have not ended before `today`."""
    evening = weekend = False
    for row in rows:
        if _is_over(row, today):
            continue
        for days, opens_at, closes_at in _spans(row, today):
            if not opens_at:
                continue
            into_night = closes_at <= opens_at  # 00:00, or on into the next day
            evening = evening or (
                (into_night or closes_at > EVENING) and any(day < SATURDAY for day in days)
            )
            weekend = weekend or any(day >= SATURDAY for day in days)
            if closes_at != "00:00" and into_night:  # the night from Friday reaches into Saturday
                weekend = weekend or SATURDAY - 1 in days
    return Week(evening, weekend)


def _is_over(row: ScheduleRow, today: date) -> bool:
    ends = [day for day in (row.valid_to, row.until) if day]
    return any(day < today.isoformat() for day in ends)


def _spans(row: ScheduleRow, today: date) -> list[tuple[set[int], str, str]]:
    """Weekdays with opening and closing time, of the rule and of each date still to come."""
    spans = []
    if row.is_rule:
        named = {part.strip()[-2:] for part in row.byday.split(",") if part.strip()}
        days = {WEEKDAYS.index(one) for one in named if one in WEEKDAYS} or set(range(7))
        spans.append((days, row.opens_at, row.closes_at))
    elif row.is_dated and row.dtstart >= today.isoformat():
        spans.append(({date.fromisoformat(row.dtstart).weekday()}, row.opens_at, row.closes_at))
    for one in row.exceptions:
        day = one.moved_to if one.kind == "moved" else one.date
        if one.kind != "cancelled" and day >= today.isoformat():
            opens_at, closes_at = one.opens_at or row.opens_at, one.closes_at or row.closes_at
            spans.append(({date.fromisoformat(day).weekday()}, opens_at, closes_at))
    return spans
