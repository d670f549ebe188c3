"""A desk's week as people fill it in."""

from madobe.desks.rules.week import Week, WeekRow, hours_of, week_of
from madobe.directory.rules.hours_compose import DateException, ScheduleRow, dump_rows
from tests.desks.calendars import HOURS


def test_days_and_times_become_a_timetable_and_come_back():
    week = Week(
        (WeekRow("MO,TU", "10:00", "12:00"), WeekRow("1WE,3WE", "13:00", "20:00")), False, ("", "")
    )
    assert week_of(hours_of(week)) == week


def test_a_week_is_closed_on_holidays_and_around_new_year_unless_somebody_says_otherwise():
    assert hours_of(Week((WeekRow("MO,TU,WE,TH,FR", "10:00", "17:00"),))) == HOURS


def test_a_desk_without_a_timetable_has_a_week_without_rows():
    assert week_of("") == Week()
    assert hours_of(Week()) == ""


def test_a_timetable_that_says_more_than_rows_can_is_left_alone():
    row = ScheduleRow(byday="MO", opens_at="10:00", closes_at="12:00", exceptions=(DateException("2026-12-07", "cancelled"),))  # fmt: skip
    assert week_of(dump_rows([row])) is None
    mixed = [ScheduleRow(byday="MO", opens_at="10:00", closes_at="12:00", closed_on_holidays=True),
             ScheduleRow(byday="TU", opens_at="10:00", closes_at="12:00")]  # fmt: skip
    assert week_of(dump_rows(mixed)) is None
