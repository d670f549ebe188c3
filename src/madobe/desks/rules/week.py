"""A desk's week as people fill it in: days, from, until; holidays and the days around New Year for all rows alike."""

from collections.abc import Iterable
from dataclasses import dataclass

from madobe.directory.rules.hours_compose import ScheduleRow, dump_rows, load_rows
from madobe.directory.rules.hours_reading import YEAR_END


@dataclass(frozen=True)
class WeekRow:
    """`byday`: "MO,TU" or "1WE,3WE"; times "HH:MM"."""

    byday: str
    opens_at: str
    closes_at: str


@dataclass(frozen=True)
class Week:
    """`year_end`: first and last closed day ("12-29", "01-03"), ("", "") = open through New Year."""

    rows: tuple[WeekRow, ...] = ()
    closed_on_holidays: bool = True
    year_end: tuple[str, str] = YEAR_END


def hours_of(week: Week) -> str:
    """This will give the timetable of a week as desks keep it; "" for a week without rows."""
    return dump_rows(_row(one, week) for one in week.rows)


def week_of(hours: str) -> Week | None:
    """This will give the week a timetable says; None where it says more than these rows can.

    A timetable that is not there is a week without rows, closed on holidays and around New Year.
    """
    rows = load_rows(hours)
    if not rows:
        return Week()
    week = Week(
        tuple(WeekRow(one.byday, one.opens_at, one.closes_at) for one in rows),
        rows[0].closed_on_holidays,
        (rows[0].year_end_start, rows[0].year_end_end),
    )
    return week if hours_of(week) == hours else None


def _row(one: WeekRow, week: Week) -> ScheduleRow:
    return ScheduleRow(
        freq="MONTHLY" if _is_numbered(one.byday.split(",")) else "WEEKLY",
        byday=one.byday,
        opens_at=one.opens_at,
        closes_at=one.closes_at,
        closed_on_holidays=week.closed_on_holidays,
        year_end_start=week.year_end[0],
        year_end_end=week.year_end[1],
    )


def _is_numbered(days: Iterable[str]) -> bool:
    return any(len(day) > 2 for day in days)
