"""The order of the list: danger, then promises, then who waits longest; and why, in words."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.consult.rules.waiting import (
    Reason,
    Waiting,
    Why,
    is_due_on,
    nights_since,
    place,
    reasons,
)

NOW = datetime.fromisoformat("2026-11-27T10:20:00+09:00")
LATER = st.none() | st.integers(-100, 400).map(lambda hours: NOW + timedelta(hours=hours))
WAITING = st.builds(
    Waiting,
    waits=st.booleans(),
    is_urgent=st.booleans(),
    safety=st.sampled_from(["", "watch", "urgent"]),
    reply_by=LATER,
    missed=st.integers(0, 3),
    since=st.none() | st.integers(1, 27).map(lambda day: date(2026, 11, day)),
    wants_another=st.booleans(),
    wants_place=st.booleans(),
    listens=st.booleans(),
    to_look_at=st.booleans(),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+09:00")


@given(calm=WAITING, urgent=WAITING)
def test_danger_that_waits_stands_before_everything_calm(calm: Waiting, urgent: Waiting):
    if urgent.waits and urgent.is_urgent and calm.safety != "urgent" and not calm.is_urgent:
        assert place(urgent) < place(calm)


@given(first=WAITING, second=WAITING)
def test_of_two_calm_ones_that_wait_the_nearer_promise_stands_first(
    first: Waiting, second: Waiting
):
    plain = [
        one for one in (first, second) if one.waits and not one.is_urgent and one.safety != "urgent"
    ]
    if len(plain) == 2 and first.reply_by and second.reply_by and first.reply_by < second.reply_by:
        assert place(first) < place(second)


@given(found=WAITING)
def test_whoever_waits_has_a_reason(found: Waiting):
    if found.waits:
        assert reasons(found, at=NOW)


@given(first=WAITING, second=WAITING)
def test_a_cancelled_meeting_stands_before_every_calm_promise_of_a_later_hour(
    first: Waiting, second: Waiting
):
    off = replace(first, off=NOW, is_urgent=False, safety="", reply_by=None)
    calm = replace(second, is_urgent=False, safety="")
    if calm.reply_by is None or not calm.waits or calm.reply_by > NOW:
        assert place(off) < place(calm)


def test_a_cancelled_meeting_is_said_with_its_hour():
    when = at("2026-12-01T14:00")
    assert reasons(Waiting(False, off=when), at=NOW) == [Reason(Why.OFF, when)]


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("2026-11-27T10:19", Why.LATE),
        ("2026-11-27T17:00", Why.TODAY),
        ("2026-11-28T00:00", Why.TOMORROW),
        ("2026-12-02T17:00", Why.DAY),
    ],
)
def test_a_promise_is_said_by_its_day(when: str, why: Why):
    found = Waiting(True, reply_by=at(when))
    assert reasons(found, at=NOW) == [Reason(why, at(when))]


def test_a_day_is_that_of_japan():
    late = datetime.fromisoformat(
        "2026-11-26T15:30:00+00:00"
    )  # half past midnight of the 27th there
    found = Waiting(True, reply_by=at("2026-11-27T17:00"))
    assert reasons(found, at=late)[0].why == Why.TODAY


@pytest.mark.parametrize(("since", "nights"), [(26, 0), (25, 2), (20, 7)])
def test_nights_are_said_from_the_second_on(since: int, nights: int):
    found = Waiting(True, reply_by=at("2026-12-02T17:00"), since=date(2026, 11, since))
    counted = [one.count for one in reasons(found, at=NOW) if one.why == Why.NIGHTS]
    assert counted == ([nights] if nights else [])


def test_promises_that_were_not_kept_are_said():
    found = Waiting(True, reply_by=at("2026-12-02T17:00"), missed=2)
    assert Reason(Why.MISSED, count=2) in reasons(found, at=NOW)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ([], None),
        ([(True, 20), (True, 21)], 20),
        ([(True, 20), (False, 21)], None),
        ([(True, 20), (False, 21), (True, 22), (True, 23)], 22),
    ],
)
def test_one_waits_since_the_oldest_letter_without_an_answer(
    said: list[tuple[bool, int]], day: int | None
):
    days = [(by_person, date(2026, 11, one)) for by_person, one in said]
    assert nights_since(days) == (date(2026, 11, day) if day else None)


def test_what_is_due_today_is_what_was_promised_for_today_or_before():
    for when, due in (
        ("2026-11-26T17:00", True),
        ("2026-11-27T23:59", True),
        ("2026-11-28T00:00", False),
    ):
        assert is_due_on(Waiting(True, reply_by=at(when)), date(2026, 11, 27)) is due
    assert not is_due_on(Waiting(False, reply_by=at("2026-11-27T17:00")), date(2026, 11, 27))
