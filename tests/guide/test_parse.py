"""A situation is read, or refused in one sentence that tells how to mend it."""

from typing import Any

import pytest

from madobe.guide.rules.parse import parse_situation
from madobe.guide.rules.situation import UNKNOWN, Situation, SituationError


def test_an_empty_situation_is_a_situation() -> None:
    assert parse_situation({}) == Situation()


def test_nothing_told_is_the_same_as_null_and_empty() -> None:
    told = {
        "who": None,
        "municipality": None,
        "age": None,
        "months": None,
        "signs": None,
        "wants": [],
        "use": None,
    }
    assert parse_situation(told) == Situation()


def test_everything_told_is_kept() -> None:
    told = {
        "id": 7, "who": "family", "municipality": " 昭島市 ", "age": 27, "months": 30, "signs": ["no_talk", "no_talk"],
        "wants": ["talk"], "person_wants": ["peers"], "constraints": ["no_phone"], "person_constraints": ["no_visit"],
        "free_text": "もう疲れました\u0000😢", "use": "text",
    }  # fmt: skip
    assert parse_situation(told) == Situation(
        "7", "family", "昭島市", 27, 30, frozenset({"no_talk"}), frozenset({"talk"}), frozenset({"peers"}),
        frozenset({"no_phone"}), frozenset({"no_visit"}), "もう疲れました\u0000😢", "text",
    )  # fmt: skip


def test_notes_beside_a_situation_are_left_alone() -> None:
    assert parse_situation({"who": "self", "expect_stage": "1", "source": "S1-03"}).who == "self"


def test_a_code_of_a_municipality_may_be_a_number() -> None:
    assert parse_situation({"municipality": 132071}).municipality == "132071"


def test_a_very_long_text_is_kept_whole() -> None:
    assert len(parse_situation({"free_text": "あ" * 10_000}).free_text) == 10_000


@pytest.mark.parametrize(("age", "kept"), [(0, 0), (120, 120), (27.0, 27), ("", UNKNOWN)])
def test_ages_at_the_edge_are_taken(age: Any, kept: int) -> None:
    assert parse_situation({"age": age}).age == kept


@pytest.mark.parametrize(
    ("item", "named"),
    [
        ({"id": "P07", "signs": ["room_withdrawed"]}, r"Item 2 \(P07\).*'room_withdrawed'.*did you mean 'room_withdrawn'"),
        ({"wants": ["jobfind"]}, r"Item 2: .*'jobfind' in wants.*'job_find'"),
        ({"signs": ["cannot_go_out"]}, r"'cannot_go_out' in signs.*move it to 'constraints'"),
        ({"signs": "no_talk"}, r"signs is a text.*\[no_talk\]"),
        ({"signs": {"no_talk": True}}, r"signs is a set of keys"),
        ({"signs": [["no_talk"]]}, r"signs holds a list"),
        ({"signs": [None]}, r"signs holds empty"),
        ({"who": "mother"}, r"who is 'mother'.*self, family, friend, worker"),
        ({"who": "famly"}, r"did you mean 'family'"),
        ({"who": ["self"]}, r"who is a list"),
        ({"use": "txt"}, r"use is 'txt'.*did you mean 'text'"),
        ({"age": -1}, r"age is -1.*between 0 and 120"),
        ({"age": 121}, r"age is 121"),
        ({"age": "27"}, r"age is '27'.*whole number"),
        ({"age": 27.5}, r"age is a number"),
        ({"age": True}, r"age is a yes/no"),
        ({"months": -3}, r"months is -3.*0 and 1200"),
        ({"months": 1201}, r"months is 1201"),
        ({"months": float("nan")}, r"months is a number"),
        ({"municipality": ["昭島市"]}, r"municipality is a list"),
        ({"free_text": 3}, r"free_text is a number"),
        ({"person_want": ["peers"]}, r"'person_want'.*did you mean 'person_wants'"),
        ({3: "x"}, r"the key 3 is a number"),
        ("who: self", r"Item 2 is a text"),
        (None, r"Item 2 is empty"),
        ([], r"Item 2 is a list"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_its_place(item: Any, named: str) -> None:
    with pytest.raises(SituationError, match=named) as caught:
        parse_situation(item, position=2)
    assert "\n" not in str(caught.value)
