"""By when a person answers: a date and an hour that hold."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.desks.rules.opening import DeskCalendar, ExtraOpening
from madobe.desks.rules.promise import (
    NotMissedYet,
    ReplyRule,
    promised_reply,
    renewed_promise,
)
from madobe.desks.rules.quiet import QuietHours
from madobe.directory.rules.hours import JAPAN
from madobe.directory.rules.hours_compose import ScheduleRow, dump_rows
from tests.desks.calendars import HOURS, PLAIN, jst, open_days

RULE = ReplyRule()


@pytest.mark.parametrize(
    ("written", "promised"),
    [
        ("2026-11-24 11:00", "2026-11-27 17:00"),  # Tuesday in opening hours: Wednesday is the first day
        ("2026-11-24 02:10", "2026-11-27 17:00"),  # the same day at night: no different
        ("2026-11-24 23:59", "2026-11-27 17:00"),
        ("2026-11-25 00:00", "2026-11-30 17:00"),  # a minute later is another day
        ("2026-11-20 18:00", "2026-11-26 17:00"),  # Friday; Monday is a holiday
        ("2026-12-28 16:00", "2027-01-06 17:00"),
        ("2027-01-01 09:00", "2027-01-06 17:00"),
        ("2026-05-01 12:00", "2026-05-11 17:00"),  # Golden Week
    ],
)  # fmt: skip
def test_three_opening_days_later_at_five(written: str, promised: str):
    assert promised_reply(PLAIN, RULE, jst(written)) == jst(promised)


def test_a_closure_moves_the_promise():
    calendar = DeskCalendar(HOURS, ((date(2026, 11, 25), date(2026, 11, 26)),))
    assert promised_reply(calendar, RULE, jst("2026-11-24 11:00")) == jst("2026-12-01 17:00")


def test_a_saturday_opened_besides_brings_the_promise_nearer():
    calendar = DeskCalendar(HOURS, (), (ExtraOpening(date(2026, 11, 28), 13 * 60, 15 * 60),))
    assert promised_reply(calendar, RULE, jst("2026-11-25 11:00")) == jst("2026-11-28 15:00")


def test_an_hour_at_which_the_desk_is_closed_becomes_the_end_of_the_opening_before():
    evening = ReplyRule(at=time(19))
    assert promised_reply(PLAIN, evening, jst("2026-11-24 11:00")) == jst("2026-11-27 17:00")


def test_an_hour_before_the_desk_opens_becomes_the_end_of_its_first_opening():
    rows = dump_rows([ScheduleRow(byday="MO,TU,WE,TH,FR", opens_at="13:00", closes_at="16:00")])
    early = ReplyRule(at=time(10))
    assert promised_reply(DeskCalendar(rows), early, jst("2026-11-24 11:00")) == jst(
        "2026-11-27 16:00"
    )


def test_a_promise_is_never_later_than_the_beginning_of_quiet_hours():
    rows = dump_rows([ScheduleRow(byday="MO,TU,WE,TH,FR", opens_at="18:00", closes_at="23:00")])
    late = ReplyRule(at=time(22, 30))
    assert promised_reply(DeskCalendar(rows), late, jst("2026-11-24 11:00")) == jst(
        "2026-11-27 21:00"
    )


def test_a_desk_open_only_in_quiet_hours_cannot_promise():
    rows = dump_rows([ScheduleRow(byday="FR", opens_at="22:00", closes_at="05:00")])
    assert promised_reply(DeskCalendar(rows), RULE, jst("2026-11-24 11:00")) is None


def test_a_desk_that_does_not_open_for_sixty_days_cannot_promise():
    sixty = DeskCalendar(HOURS, ((date(2026, 11, 25), date(2027, 1, 23)),))
    assert promised_reply(sixty, ReplyRule(days=1), jst("2026-11-24 11:00")) is None
    assert promised_reply(DeskCalendar(""), RULE, jst("2026-11-24 11:00")) is None


def test_a_day_less_and_it_can():
    closed = DeskCalendar(HOURS, ((date(2026, 11, 25), date(2027, 1, 21)),))
    assert promised_reply(closed, ReplyRule(days=1), jst("2026-11-24 11:00")) == jst(
        "2027-01-22 17:00"
    )


def test_a_missed_promise_is_renewed_for_noon_of_the_next_opening_day():
    missed, now = jst("2026-11-27 17:00"), jst("2026-11-27 17:05")
    assert renewed_promise(PLAIN, RULE, missed=missed, at=now) == jst("2026-11-30 12:00")


def test_a_promise_that_still_holds_is_not_renewed():
    promised = jst("2026-11-27 17:00")
    with pytest.raises(NotMissedYet):
        renewed_promise(PLAIN, RULE, missed=promised, at=promised)


# --- over more than a year, New Year, Golden Week, closures, two openings a day -------------------

SPLIT = dump_rows(
    [
        ScheduleRow(byday="MO,WE,FR", opens_at="09:30", closes_at="12:00", closed_on_holidays=True),
        ScheduleRow(byday="MO,WE,FR", opens_at="13:00", closes_at="16:30", closed_on_holidays=True),
    ]
)
EVENINGS = dump_rows([ScheduleRow(byday="TU,SA", opens_at="18:00", closes_at="23:30")])
MONTHLY = dump_rows(
    [ScheduleRow(freq="MONTHLY", byday="2WE,4WE", opens_at="13:00", closes_at="15:00")]
)
FIRST, LAST = datetime(2026, 4, 1, tzinfo=UTC), datetime(2027, 6, 30, tzinfo=UTC)
moments = st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None)).map(
    lambda one: one.replace(tzinfo=UTC)
) | st.sampled_from(
    [jst("2026-12-28 16:59"), jst("2026-12-31 23:59"), jst("2027-01-01 00:00"), jst("2027-01-05 10:00"),
     jst("2026-04-28 17:00"), jst("2026-05-06 23:59"), jst("2026-09-18 12:00")]
)  # fmt: skip
days = st.dates(FIRST.date(), LAST.date())
closures = st.lists(
    st.tuples(days, st.integers(0, 9)).map(lambda one: (one[0], one[0] + timedelta(days=one[1]))),
    max_size=4,
).map(tuple)
extras = st.lists(
    st.tuples(days, st.integers(0, 1380), st.integers(1, 60)).map(
        lambda one: ExtraOpening(one[0], one[1], one[1] + one[2])
    ),
    max_size=4,
).map(tuple)
calendars = st.builds(
    DeskCalendar, st.sampled_from([HOURS, SPLIT, EVENINGS, MONTHLY]), closures, extras
)
clocks = st.times().map(lambda one: one.replace(second=0, microsecond=0))
rules = st.builds(
    ReplyRule,
    st.integers(1, 6),
    clocks,
    st.just(QuietHours()) | st.builds(QuietHours, st.just(time(22)), st.just(time(8))),
)


def minute(at: datetime) -> int:
    here = at.astimezone(JAPAN)
    return here.hour * 60 + here.minute


@given(calendars, rules, moments)
def test_a_promise_lies_within_an_opening_or_at_its_end(calendar, rule, at):
    promised = promised_reply(calendar, rule, at)
    if promised is not None:
        day = promised.astimezone(JAPAN).date()
        assert any(start <= minute(promised) <= end for start, end in calendar.spans(day))


@given(calendars, rules, moments)
def test_a_promise_leaves_the_desk_its_opening_days_and_comes_on_the_last_of_them_it_can(
    calendar, rule, at
):
    promised = promised_reply(calendar, rule, at)
    if promised is not None:
        today, day = at.astimezone(JAPAN).date(), promised.astimezone(JAPAN).date()
        between = open_days(calendar, today, day)
        assert between[-1] == day
        assert len(between) >= rule.days


@given(st.integers(1, 6), closures, moments)
def test_a_desk_open_by_day_is_promised_on_exactly_the_nth_opening_day(count, closed, at):
    calendar = DeskCalendar(HOURS, closed)
    promised = promised_reply(calendar, ReplyRule(days=count), at)
    if promised is not None:
        today, day = at.astimezone(JAPAN).date(), promised.astimezone(JAPAN).date()
        assert len(open_days(calendar, today, day)) == count


@given(calendars, rules, moments, moments)
def test_who_writes_later_is_never_promised_an_earlier_answer(calendar, rule, one, other):
    first, second = sorted([one, other])
    early, late = promised_reply(calendar, rule, first), promised_reply(calendar, rule, second)
    if early is not None and late is not None:
        assert early <= late


@given(calendars, rules, moments)
def test_a_promise_lies_in_the_future_and_not_inside_quiet_hours(calendar, rule, at):
    promised = promised_reply(calendar, rule, at)
    if promised is not None:
        begins, ends = rule.quiet.begins, rule.quiet.ends
        assert promised > at
        assert ends <= promised.astimezone(JAPAN).time() <= begins


@given(calendars, rules, moments, st.integers(1, 60 * 24 * 20))
def test_a_renewed_promise_is_after_the_missed_one_and_after_now(calendar, rule, at, late):
    promised = promised_reply(calendar, rule, at)
    if promised is not None:
        now = promised + timedelta(minutes=late)
        renewed = renewed_promise(calendar, rule, missed=promised, at=now)
        assert renewed is None or renewed > now


def test_every_day_around_new_year_and_golden_week_has_a_promise_on_a_day_that_is_no_holiday():
    shut = {date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2),
            date(2027, 1, 3), date(2027, 1, 11), date(2026, 4, 29), date(2026, 5, 3), date(2026, 5, 4),
            date(2026, 5, 5), date(2026, 5, 6)}  # fmt: skip
    for first, count in ((date(2026, 12, 20), 20), (date(2026, 4, 20), 25)):
        for i in range(count):
            at = datetime.combine(first + timedelta(days=i), time(3, 33), JAPAN)
            promised = promised_reply(PLAIN, RULE, at)
            assert promised is not None
            assert promised.date() not in shut
            assert promised.weekday() < 5
