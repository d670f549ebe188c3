"""How long letters are kept."""

from datetime import date

import pytest

from madobe.desks.choices import Keep
from madobe.desks.rules.keeping import KEEP_DAYS, UNTIL_ERASED, keep_until


def test_three_months_are_never_fewer_than_three_months():
    assert keep_until(date(2026, 11, 24), "three_months") == date(2027, 2, 24)
    assert keep_until(date(2026, 7, 1), "three_months") == date(2026, 10, 1)


def test_a_year_is_never_less_than_a_year():
    assert keep_until(date(2027, 11, 24), "year") == date(2028, 11, 24)
    assert keep_until(date(2026, 11, 24), "year") == date(2027, 11, 25)


def test_until_erased_has_no_last_day():
    assert keep_until(date(2026, 11, 24), "until_erased") is None


def test_a_slip_never_keeps_for_ever():
    with pytest.raises(ValueError, match="forever"):
        keep_until(date(2026, 11, 24), "forever")


def test_every_choice_on_screen_has_a_length():
    assert set(Keep.values) == {*KEEP_DAYS, UNTIL_ERASED}
