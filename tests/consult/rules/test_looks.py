"""Which openings are shown: those an answer came after, and old ones nobody waits on; by day, each person in one part."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.consult.rules.looks import Look, LookDay, look_days, part_of

NOW = datetime.fromisoformat("2026-11-27T10:20:00+09:00")


def ago(**how_long: int) -> datetime:
    return NOW - timedelta(**how_long)


def shown(*looks: Look, answered: datetime | None = None, waits: date | None = None, at=NOW):
    return look_days(looks, answered_at=answered, waits_since=waits, at=at)


def test_an_opening_before_the_answer_is_shown_with_its_day_and_part():
    found = shown(Look(ago(days=2), "a", "owner"), answered=ago(days=1))
    assert found == (LookDay(date(2026, 11, 25), (("owner", 1),)),)


def test_an_opening_after_the_last_answer_is_not_shown_yet():
    assert shown(Look(ago(hours=1), "a", "owner"), answered=ago(days=1)) == ()


def test_where_no_answer_is_owed_an_opening_is_shown_two_weeks_later():
    looks = [Look(ago(days=14), "a", "desk"), Look(ago(days=13), "b", "desk")]
    assert shown(*looks) == (LookDay(date(2026, 11, 13), (("desk", 1),)),)


def test_it_is_the_day_that_is_old_so_that_the_hour_stays_unknown():
    late = Look(ago(days=14) + timedelta(hours=12), "a", "desk")
    midnight = NOW.replace(hour=0, minute=0)
    assert len(shown(late, at=midnight)) == 1
    assert shown(late, at=midnight - timedelta(minutes=1)) == ()


def test_while_a_letter_waits_its_opening_is_not_shown_however_long_ago_it_was():
    waits = ago(days=40).date()
    before, since = Look(ago(days=41), "a", "owner"), Look(ago(days=40), "b", "owner")
    assert [one.on for one in shown(before, since, waits=waits)] == [before.at.date()]


def test_somebody_who_opened_it_often_is_one_and_two_people_are_two():
    looks = [Look(ago(hours=hours), who, "desk") for hours in (1, 2, 3) for who in ("a", "b")]
    (day,) = shown(*looks, answered=NOW)
    assert day.parts == (("desk", 2),)


def test_who_took_it_on_the_day_they_first_opened_it_stands_there_once():
    looks = [Look(ago(hours=3 - place), "a", part) for place, part in enumerate(("desk", "owner"))]
    (day,) = shown(*looks, Look(ago(hours=1), "b", "desk"), answered=NOW)
    assert day.parts == (("owner", 1), ("desk", 1))


def test_a_night_belongs_to_its_day_in_japan():
    night = datetime.fromisoformat("2026-11-26T15:30:00+00:00")
    (day,) = shown(Look(night, "a", "owner"), answered=NOW)
    assert day.on == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("owns", "beside", "part"),
    [(True, False, "owner"), (True, True, "owner"), (False, True, "help"), (False, False, "desk")],
)
def test_as_what_somebody_opens_a_thread(owns: bool, beside: bool, part: str):
    assert part_of(is_owner=owns, is_beside=beside) == part


MOMENTS = st.integers(0, 60 * 24 * 40).map(lambda minutes: ago(minutes=minutes))
LOOKS = st.lists(
    st.builds(Look, MOMENTS, st.sampled_from("abc"), st.sampled_from(["owner", "desk", "help", ""]))
)


@given(LOOKS, MOMENTS, LOOKS)
def test_what_is_opened_while_a_letter_waits_changes_nothing(
    looks: list[Look], answered: datetime, later: list[Look]
):
    """So that the page never tells somebody who waits whether they have been read."""
    waits = answered.date() + timedelta(days=1)
    while_waiting = [one for one in later if one.at.date() >= waits]
    before = shown(*looks, answered=answered, waits=waits)
    assert shown(*looks, *while_waiting, answered=answered, waits=waits) == before


@given(LOOKS)
def test_once_answered_every_opening_is_shown(looks: list[Look]):
    days = {one.on: dict(one.parts) for one in shown(*looks, answered=NOW)}
    assert list(days) == sorted({one.at.date() for one in looks}, reverse=True)
    for day, parts in days.items():
        there = [one for one in looks if one.at.date() == day]
        assert sum(parts.values()) == len({one.by for one in there})
        assert set(parts) <= {one.part for one in there}
