"""Situations in people's own words: what must be read, what must not, who writes, whose age."""

from typing import Any

import pytest

from madobe.guide.rules.reading import read, who_from

from .support import complaints, load

SITUATIONS = load("situations") + load("voices")


@pytest.mark.parametrize("entry", SITUATIONS, ids=lambda entry: entry["id"])
def test_a_situation_is_read_as_it_is_meant(entry: dict[str, Any]) -> None:
    assert complaints(entry) == []


def test_there_are_sixty_situations_written_beforehand() -> None:
    assert len(load("situations")) == 60


def test_who_writes_is_read_when_the_form_did_not_say() -> None:
    assert who_from(read("うちの息子が部屋から出てきません")) == "family"


def test_who_the_form_named_is_not_read_again() -> None:
    assert who_from(read("うちの息子が部屋から出てきません", who="friend")) == ""


def test_a_place_named_as_home_is_read_with_its_code() -> None:
    readings = read("東京都の訪問相談を頼みたいです。住まいは松戸です。", who="family")
    assert [r.value for r in readings if r.kind == "municipality"] == ["122076"]


def test_a_name_shared_by_several_towns_has_no_value() -> None:
    assert [r for r in read("府中市に住んでいます") if r.kind == "municipality"] == []


def test_an_empty_text_says_nothing() -> None:
    assert read("") == ()
