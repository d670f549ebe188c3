"""Which openings are shown: those before an answer and those long ago; by day and part, each person once."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.consult.rules.looks import Look, LookDay, look_days, part_of

NOW = datetime.fromisoformat("2026-11-27T10:20:00+09:00")


def ago(**how_long: int) -> datetime:
    return NOW - timedelta(**how_long)


def test_an_opening_before_the_answer_is_shown_with_its_day_and_part():
    looks = [Look(ago(days=2), "user:1", "owner")]
    shown = look_days(looks, answered_at=ago(days=1), at=NOW)
    assert shown == (LookDay(date(2026, 11, 25), (("owner", 1),)),)


def test_an_opening_after_the_last_answer_is_not_shown_yet():
    assert look_days([Look(ago(hours=1), "a", "owner")], answered_at=ago(days=1), at=NOW) == ()


def test_an_opening_is_shown_two_weeks_later_though_nobody_answered():
    looks = [Look(ago(days=14), "a", "duty"), Look(ago(days=13, hours=23), "b", "duty")]
    shown = look_days(looks, answered_at=None, at=NOW)
    assert shown == (LookDay(date(2026, 11, 13), (("duty", 1),)),)


def test_somebody_who_opened_it_often_is_one_and_two_people_are_two():
    looks = [Look(ago(hours=hours), who, "duty") for hours in (1, 2, 3) for who in ("a", "b")]
    (day,) = look_days(looks, answered_at=NOW, at=NOW)
    assert day.parts == (("duty", 2),)


def test_a_night_belongs_to_its_day_in_japan():
    night = datetime.fromisoformat("2026-11-26T15:30:00+00:00")
    (day,) = look_days([Look(night, "a", "owner")], answered_at=NOW, at=NOW)
    assert day.on == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("owns", "open_to_duty", "part"),
    [(True, False, "owner"), (True, True, "owner"), (False, True, "duty"), (False, False, "help")],
)
def test_as_what_somebody_opens_a_thread(owns: bool, open_to_duty: bool, part: str):
    assert part_of(is_owner=owns, is_open_to_duty=open_to_duty) == part


MOMENTS = st.integers(0, 60 * 24 * 40).map(lambda minutes: ago(minutes=minutes))
LOOKS = st.lists(
    st.builds(Look, MOMENTS, st.sampled_from("abc"), st.sampled_from(["owner", "duty", "help"]))
)


@given(LOOKS, MOMENTS, MOMENTS)
def test_what_was_opened_since_the_last_answer_changes_nothing_for_two_weeks(
    looks: list[Look], answered: datetime, later: datetime
):
    """So that the page never tells somebody who waits whether they have been read."""
    waiting = [
        Look(at, "z", "owner") for at in (later,) if answered < at > NOW - timedelta(days=14)
    ]
    assert look_days([*looks, *waiting], answered_at=answered, at=NOW) == look_days(
        looks, answered_at=answered, at=NOW
    )


@given(LOOKS)
def test_once_answered_every_opening_is_shown(looks: list[Look]):
    shown = look_days(looks, answered_at=NOW, at=NOW)
    assert [one.on for one in shown] == sorted({one.on for one in shown}, reverse=True)
    counted = {(day.on, part): many for day in shown for part, many in day.parts}
    for look in looks:
        on = (look.at + timedelta(0)).date()
        same = {one.by for one in looks if one.at.date() == on and one.part == look.part}
        assert counted[on, look.part] == len(same)
