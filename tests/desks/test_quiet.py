"""Hours in which nothing is sent."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.desks.rules.quiet import QuietHours, in_quiet_hours, next_loud_moment
from tests.desks.calendars import jst
from tests.desks.test_promise import moments

NIGHT = QuietHours()


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("20:59", False), ("21:00", True), ("00:00", True), ("08:59", True), ("09:00", False)],
)
def test_from_nine_in_the_evening_until_nine_in_the_morning_it_is_quiet(clock: str, quiet: bool):
    assert in_quiet_hours(jst(f"2026-11-24 {clock}"), NIGHT) is quiet


def test_what_comes_up_at_night_waits_for_the_morning():
    assert next_loud_moment(jst("2026-11-24 23:00"), NIGHT) == jst("2026-11-25 09:00")
    assert next_loud_moment(jst("2026-11-25 02:10"), NIGHT) == jst("2026-11-25 09:00")


def test_what_comes_up_by_day_does_not_wait():
    assert next_loud_moment(jst("2026-11-24 12:34"), NIGHT) == jst("2026-11-24 12:34")


def test_a_person_who_sleeps_by_day_has_quiet_hours_by_day():
    day = QuietHours(time(6), time(14))
    assert in_quiet_hours(jst("2026-11-24 13:59"), day)
    assert not in_quiet_hours(jst("2026-11-24 02:00"), day)
    assert next_loud_moment(jst("2026-11-24 07:00"), day) == jst("2026-11-24 14:00")


def test_equal_times_mean_no_quiet_hours():
    assert not in_quiet_hours(jst("2026-11-24 03:00"), QuietHours(time(0), time(0)))


clocks = st.times().map(lambda one: one.replace(second=0, microsecond=0))


@given(moments, st.builds(QuietHours, clocks, clocks))
def test_the_next_loud_moment_is_loud_and_less_than_a_day_away(at, quiet):
    loud = next_loud_moment(at, quiet)
    assert not in_quiet_hours(loud, quiet)
    assert 0 <= (loud - at).total_seconds() <= 24 * 3600
