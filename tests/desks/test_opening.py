"""When somebody is at a desk: the week, holidays, days that differ, midnight."""

from datetime import UTC, date, timedelta

import pytest

from madobe.desks.rules.opening import (
    DeskCalendar,
    ExtraOpening,
    is_staffed_at,
    next_opening,
    staffed_until,
)
from madobe.directory.rules.hours_compose import ScheduleRow, dump_rows
from tests.desks.calendars import HOURS, PLAIN, jst

NIGHTS = DeskCalendar(dump_rows([ScheduleRow(byday="FR,SA", opens_at="22:00", closes_at="05:00")]))
ALWAYS = DeskCalendar(
    dump_rows([ScheduleRow(byday="MO,TU,WE,TH,FR,SA,SU", opens_at="00:00", closes_at="00:00")])
)


@pytest.mark.parametrize(
    ("moment", "open_then"),
    [
        ("2026-11-24 09:59", False), ("2026-11-24 10:00", True), ("2026-11-24 16:59", True),
        ("2026-11-24 17:00", False), ("2026-11-23 12:00", False), ("2026-11-22 12:00", False),
        ("2026-12-28 12:00", True), ("2026-12-29 12:00", False), ("2027-01-03 12:00", False),
        ("2027-01-04 12:00", True), ("2026-05-06 12:00", False), ("2026-09-22 12:00", False),
    ],
)  # fmt: skip
def test_a_weekday_desk_is_open_to_the_minute_and_closed_on_holidays_and_around_new_year(
    moment: str, open_then: bool
):
    assert is_staffed_at(PLAIN, jst(moment)) is open_then


def test_a_closure_closes_whole_days_of_japan_both_ends_included():
    calendar = DeskCalendar(HOURS, ((date(2026, 11, 25), date(2026, 11, 26)),))
    seen = [is_staffed_at(calendar, jst(f"2026-11-{day} 12:00")) for day in (24, 25, 26, 27)]
    assert seen == [True, False, False, True]


def test_an_extra_opening_opens_a_closed_day():
    calendar = DeskCalendar(
        HOURS,
        ((date(2026, 11, 28), date(2026, 11, 29)),),
        (ExtraOpening(date(2026, 11, 28), 13 * 60, 15 * 60),),
    )
    assert is_staffed_at(calendar, jst("2026-11-28 13:00"))
    assert not is_staffed_at(calendar, jst("2026-11-28 15:00"))
    assert not is_staffed_at(calendar, jst("2026-11-29 13:00"))


def test_an_extra_opening_beside_the_week_joins_it():
    calendar = DeskCalendar(HOURS, (), (ExtraOpening(date(2026, 11, 24), 17 * 60, 19 * 60),))
    assert staffed_until(calendar, jst("2026-11-24 11:00")) == jst("2026-11-24 19:00")


def test_after_closing_on_friday_the_next_opening_is_monday():
    assert next_opening(PLAIN, jst("2026-11-27 17:00")) == jst("2026-11-30 10:00")


def test_while_it_is_open_the_next_opening_is_the_one_after():
    assert next_opening(PLAIN, jst("2026-11-24 10:00")) == jst("2026-11-25 10:00")


def test_at_two_in_the_night_the_next_opening_is_the_same_morning():
    assert next_opening(PLAIN, jst("2026-11-24 02:10")) == jst("2026-11-24 10:00")


def test_the_same_minute_means_the_same_wherever_the_clock_of_the_server_stands():
    ten = jst("2026-11-24 10:00").astimezone(UTC)
    assert is_staffed_at(PLAIN, ten)
    assert not is_staffed_at(PLAIN, ten - timedelta(minutes=1))
    assert next_opening(PLAIN, ten) == jst("2026-11-25 10:00")


def test_a_night_through_midnight_is_one_opening():
    assert staffed_until(NIGHTS, jst("2026-11-27 23:00")) == jst("2026-11-28 05:00")
    assert next_opening(NIGHTS, jst("2026-11-27 23:00")) == jst("2026-11-28 22:00")


def test_who_is_closed_is_staffed_until_nothing():
    assert staffed_until(PLAIN, jst("2026-11-24 17:00")) is None


def test_a_desk_that_never_closes_has_no_next_opening():
    assert is_staffed_at(ALWAYS, jst("2026-11-24 03:00"))
    assert next_opening(ALWAYS, jst("2026-11-24 03:00")) is None


def test_a_desk_without_hours_never_opens():
    assert next_opening(DeskCalendar(""), jst("2026-11-24 10:00")) is None
    assert not is_staffed_at(DeskCalendar(""), jst("2026-11-24 10:00"))
