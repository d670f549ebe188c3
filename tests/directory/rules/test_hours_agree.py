"""Hours as rows against hours counted minute by minute: nights, holidays, cancelled dates and dates with other hours."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from madobe.directory.rules.hours import JAPAN, hours_of_rows
from madobe.directory.rules.hours_compose import DateException, ScheduleRow, dump_rows
from tests.directory.search.worlds import Hours, hours, is_open, times

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST = datetime(2026, 11, 1, tzinfo=JAPAN)


def rows_of(one: Hours) -> str:
    exceptions = []
    if one.special:
        day, opens, closes = one.special
        exceptions.append(DateException(date=f"{day}", kind="special", opens_at=f"{opens:%H:%M}", closes_at=f"{closes:%H:%M}"))  # fmt: skip
    if one.cancelled:
        exceptions = [e for e in exceptions if e.date != f"{one.cancelled}"]
        exceptions.append(DateException(date=f"{one.cancelled}", kind="cancelled"))
    row = ScheduleRow(
        byday=",".join(DAYS[day] for day in one.days),
        opens_at=f"{one.opens:%H:%M}",
        closes_at=f"{one.closes:%H:%M}",
        closed_on_holidays=one.closed_on_holidays,
        exceptions=tuple(exceptions),
    )
    return dump_rows([row])


SPECIAL = st.tuples(
    st.sampled_from([date(2026, 11, day) for day in (19, 20, 21, 23, 24)]), times(), times()
).filter(lambda one: one[1] != one[2])


@settings(max_examples=150, deadline=None)
@given(
    hours().filter(bool),
    st.none() | SPECIAL,
    st.lists(st.integers(0, 4 * 24 * 45), min_size=40, max_size=40),
)
def test_a_timetable_is_open_when_its_minutes_say_so(
    one: Hours, special: tuple[date, time, time] | None, quarters: list[int]
):
    one = replace(one, special=special)
    text = rows_of(one)
    for quarter in quarters:
        moment = FIRST + timedelta(minutes=15 * quarter)
        assert hours_of_rows(text, moment).open_now is is_open(one, moment), moment
