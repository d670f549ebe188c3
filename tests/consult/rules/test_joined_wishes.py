"""Two sets of wishes as one: nothing unsafe is forgotten, and apart each has its own again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.consult.rules.contact import Contact, stricter
from madobe.consult.rules.doors.wishes import (
    CallBack,
    DoorsWished,
    Joined,
    dumped,
    loaded,
    merged,
    taken_apart,
)

SOME = st.sampled_from([(), ("a",), ("b",), ("a", "b"), ("b", "c", "d")])
HOURS = st.sampled_from(["00:00", "06:00", "09:30", "14:00", "21:00", "23:59"])
QUIET = st.one_of(st.just(("", "")), st.tuples(HOURS, HOURS))


BACK = st.sampled_from([CallBack(), CallBack("朝", message_ok=True), CallBack("夕方")])


def wishes() -> st.SearchStrategy[DoorsWished]:
    return st.builds(
        lambda ways, places, chosen, quiet, back: DoorsWished(ways, places, chosen, *quiet, back),
        SOME, SOME, SOME, QUIET, BACK,
    )  # fmt: skip


def is_quiet(one: DoorsWished, minute: int) -> bool:
    """By counting minutes on from the first hour."""
    if not one.quiet_from or one.quiet_from == one.quiet_until:
        return False
    first, last = (int(hour[:2]) * 60 + int(hour[3:]) for hour in (one.quiet_from, one.quiet_until))
    while first != last:
        if first == minute:
            return True
        first = (first + 1) % 1440
    return False


@given(wishes(), wishes())
def test_whatever_is_unsafe_for_either_is_unsafe_for_both(one: DoorsWished, two: DoorsWished):
    both = merged(one, two)
    assert set(both.unsafe_ways) == {*one.unsafe_ways, *two.unsafe_ways}
    assert set(both.unsafe_places) == {*one.unsafe_places, *two.unsafe_places}


@given(wishes(), wishes(), st.integers(0, 1438))
def test_an_hour_that_is_quiet_for_either_stays_quiet(one: DoorsWished, two: DoorsWished, minute: int):  # fmt: skip
    if is_quiet(one, minute) or is_quiet(two, minute):
        assert is_quiet(merged(one, two), minute)


@pytest.mark.parametrize(
    ("one", "two", "both"),
    [
        (("21:00", "09:30"), ("06:00", "14:00"), ("21:00", "14:00")),
        (("06:00", "14:00"), ("", ""), ("06:00", "14:00")),
        (("00:00", "23:59"), ("14:00", "06:00"), ("00:00", "23:59")),
    ],
)
def test_the_hours_of_both_are_one_span(one, two, both):
    found = merged(
        DoorsWished(quiet_from=one[0], quiet_until=one[1]),
        DoorsWished(quiet_from=two[0], quiet_until=two[1]),
    )
    assert (found.quiet_from, found.quiet_until) == both


@given(wishes(), wishes())
def test_taken_apart_at_once_each_is_as_it_was(one: DoorsWished, two: DoorsWished):
    here, there = taken_apart(merged(one, two), Joined("x", one, two))
    for found, own, other in ((here, one, two), (there, two, one)):
        assert set(found.unsafe_places) == set(own.unsafe_places), other
        assert set(found.unsafe_ways) == set(own.unsafe_ways)
        assert (found.quiet_from, found.quiet_until) == (own.quiet_from, own.quiet_until)
        assert found.call_back == own.call_back


def test_what_was_brought_is_read_back_as_it_was_sealed():
    joined = Joined("x", DoorsWished(("email",)), DoorsWished(), ("1", "2"), ("3",), True)
    said = DoorsWished(unsafe_places=("町",), joined=(joined,))
    assert loaded(dumped(said)) == said


def test_of_two_contact_wishes_whatever_is_left_undone_for_either():
    both = stricter(
        Contact(no_phone=True, must_not_know="母", notice_to=""),
        Contact(no_letter=True, must_not_know="兄", notice_to="a@example.jp"),
    )
    assert (both.no_phone, both.no_letter) == (True, True)
    assert both.must_not_know == "母\n兄"
    assert both.notice_to == "a@example.jp"
