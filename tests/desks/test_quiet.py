"""Hours in which nothing is sent: what of a day is loud. That nothing goes at the others: tests/channels/test_quiet.py."""

from datetime import time

import pytest

from madobe.desks.rules.quiet import QuietHours

H = 60  # minutes


@pytest.mark.parametrize(
    ("quiet", "loud"),
    [
        (QuietHours(), ((9 * H, 21 * H),)),  # from nine in the evening until nine in the morning
        (QuietHours(time(6), time(14)), ((0, 6 * H), (14 * H, 24 * H))),  # sleeps by day
        (QuietHours(time(0), time(0)), ((0, 24 * H),)),  # equal: none
        (QuietHours(time(0), time(9)), ((9 * H, 24 * H),)),
    ],
)
def test_what_is_not_quiet_is_loud(quiet: QuietHours, loud: tuple[tuple[int, int], ...]):
    assert quiet.loud() == loud
