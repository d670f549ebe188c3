"""Hours in which nothing is sent."""

from datetime import time

import pytest

from madobe.desks.rules.quiet import QuietHours, in_quiet_hours
from tests.desks.calendars import jst

NIGHT = QuietHours()


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("20:59", False), ("21:00", True), ("00:00", True), ("08:59", True), ("09:00", False)],
)
def test_from_nine_in_the_evening_until_nine_in_the_morning_it_is_quiet(clock: str, quiet: bool):
    assert in_quiet_hours(jst(f"2026-11-24 {clock}"), NIGHT) is quiet


def test_a_person_who_sleeps_by_day_has_quiet_hours_by_day():
    day = QuietHours(time(6), time(14))
    assert in_quiet_hours(jst("2026-11-24 13:59"), day)
    assert not in_quiet_hours(jst("2026-11-24 02:00"), day)


def test_equal_times_mean_no_quiet_hours():
    assert not in_quiet_hours(jst("2026-11-24 03:00"), QuietHours(time(0), time(0)))
