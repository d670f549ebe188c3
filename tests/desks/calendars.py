"""Desks as tests need them: one timetable in plain values, moments in Japan, a desk made directly."""

from datetime import date, datetime, timedelta
from typing import Any

from madobe.desks.models import Desk
from madobe.desks.rules.opening import DeskCalendar
from madobe.directory.rules.hours import JAPAN
from madobe.directory.rules.hours_compose import ScheduleRow, dump_rows

WEEKDAYS = ScheduleRow(
    byday="MO,TU,WE,TH,FR", opens_at="10:00", closes_at="17:00", closed_on_holidays=True,
    year_end_start="12-29", year_end_end="01-03",
)  # fmt: skip
HOURS = dump_rows([WEEKDAYS])
PLAIN = DeskCalendar(HOURS)


def jst(text: str) -> datetime:
    """A moment in Japan, from "2026-11-24 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


def open_days(calendar: DeskCalendar, after: date, until: date) -> list[date]:
    """The days with any opening, `after` not included."""
    days = [after + timedelta(days=i) for i in range(1, (until - after).days + 1)]
    return [day for day in days if calendar.spans(day)]


def make_desk(**more: Any) -> Desk:
    """An open desk on weekdays from ten to five; a desk in set-up mode with is_open=False."""
    at = jst("2026-11-20 10:00")
    values = {
        "name": "見本の窓口", "hours": HOURS, "readers": "相談員が読みます。", "is_open": True,
        "opened_at": at, "made_at": at, "changed_at": at,
    }  # fmt: skip
    return Desk.objects.create(**values | more)
