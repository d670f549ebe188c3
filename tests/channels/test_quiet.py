"""Nothing goes out in quiet hours, but a counsellor's own answer to somebody who is awake."""

import random
from datetime import UTC, datetime, time, timedelta

import pytest

from madobe.channels.quiet import JAPAN, may_send_now

NIGHT, MORNING = time(21), time(9)


def at(hour: int, minute: int = 0, day: int = 26) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        (at(20, 59), True), (at(21), False), (at(23, 59), False), (at(0), False), (at(8, 59), False), (at(9), True),
        (at(14), True),
    ],
)  # fmt: skip
def test_quiet_is_from_nine_at_night_to_nine_in_the_morning(moment: datetime, may: bool):
    assert may_send_now(moment) is may


def test_the_hours_are_those_of_japan_wherever_the_computer_stands():
    assert not may_send_now(datetime(2026, 11, 26, 13, 0, tzinfo=UTC))  # 22:00 in Japan
    assert may_send_now(datetime(2026, 11, 26, 1, 0, tzinfo=UTC))  # 10:00 in Japan


def test_somebody_who_sleeps_by_day_has_quiet_hours_by_day():
    assert not may_send_now(at(10), time(6), time(14))
    assert may_send_now(at(23), time(6), time(14))


def test_two_equal_hours_mean_that_nothing_is_quiet():
    assert may_send_now(at(3), time(0), time(0))
    assert may_send_now(at(3), time(5), time(5))


@pytest.mark.parametrize(
    ("ago", "may"),
    [(timedelta(0), True), (timedelta(minutes=60), True), (timedelta(minutes=61), False), (timedelta(minutes=-1), False)],
)  # fmt: skip
def test_a_counsellor_may_answer_at_night_who_wrote_within_the_hour(ago: timedelta, may: bool):
    assert may_send_now(at(2), by_hand=True, wrote_at=at(2) - ago) is may


def test_what_sends_itself_stays_quiet_even_then():
    assert not may_send_now(at(2), wrote_at=at(2))
    assert not may_send_now(at(2), by_hand=True)


def is_quiet(moment: datetime, start: time, end: time) -> bool:
    """Said another way than the rule: how many minutes after `start` it is, on a dial of one day."""
    minutes = moment.hour * 60 + moment.minute
    begins, ends = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    return (minutes - begins) % 1440 < (ends - begins) % 1440


def test_no_send_falls_into_quiet_hours_in_ten_thousand_random_schedules():
    dice = random.Random(35)
    quiet = 0
    for _schedule in range(10_000):
        start, end = (time(dice.randrange(24), dice.randrange(60)) for _ in range(2))
        wished = at(0) + timedelta(minutes=dice.randrange(14 * 1440))
        assert may_send_now(wished, start, end) is not is_quiet(wished, start, end)
        quiet += is_quiet(wished, start, end)
    assert 4_000 < quiet < 6_000
