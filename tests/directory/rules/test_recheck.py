"""When an entry should be looked at again; months end where they end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.directory.rules.recheck import RHYTHMS, due_date, is_past, latest_past

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
rhythms = st.sampled_from(RHYTHMS)


@pytest.mark.parametrize(
    ("verified", "months", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_a_day_a_month_does_not_have_becomes_its_last(verified: date, months: int, due: date):
    assert due_date(verified, months) == due


def test_on_its_day_an_entry_is_not_past():
    assert not is_past(date(2026, 5, 26), 6, date(2026, 11, 26))
    assert is_past(date(2026, 5, 26), 6, date(2026, 11, 27))


@given(days, rhythms)
def test_the_day_lies_in_the_month_so_many_later(verified: date, months: int):
    due = due_date(verified, months)
    assert (due.year - verified.year) * 12 + due.month - verified.month == months
    assert due.day == verified.day or (due + timedelta(days=1)).day == 1


@given(days, days, rhythms)
def test_who_was_checked_later_is_due_no_earlier(one: date, other: date, months: int):
    first, second = sorted((one, other))
    assert due_date(first, months) <= due_date(second, months)


@given(days, rhythms)
def test_one_bound_speaks_for_every_day(today: date, months: int):
    bound = latest_past(months, today)
    around = [bound + timedelta(days=one) for one in range(-5, 6)]
    assert [is_past(day, months, today) for day in around] == [day <= bound for day in around]
