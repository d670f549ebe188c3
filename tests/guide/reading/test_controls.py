"""Negative controls: with one part of the reader switched off, its situations must go wrong.

A test that has never been seen to fail proves nothing.
"""

import re
from typing import Any

import pytest

from madobe.guide.rules.reading import decide, hits, people
from madobe.guide.rules.reading.words import WordStarts

from .support import codes, complaints, load

SITUATIONS = {entry["id"]: entry for entry in load("situations")}


def _fails(name: str) -> bool:
    return bool(complaints(SITUATIONS[name]))


@pytest.mark.parametrize("name", ["T06", "T07"])
def test_without_negation_these_go_wrong(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not _fails(name)
    monkeypatch.setattr(hits, "is_negated", lambda after, **_: False)
    assert _fails(name)


def test_without_negation_what_is_denied_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "暴力はありません。イライラもしません。働きたいとは思いません"
    assert not codes(text) & {"irritability", "violence", "work_confidence"}
    monkeypatch.setattr(hits, "is_negated", lambda after, **_: False)
    assert {"irritability", "violence", "work_confidence"} <= codes(text)


@pytest.mark.parametrize("name", ["T01", "T11", "T14", "T44", "T54"])
def test_without_knowing_who_feels_these_go_wrong(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not _fails(name)
    monkeypatch.setattr(decide, "_about", lambda *_: "person")
    assert _fails(name)


def test_without_past_and_present_the_past_counts_as_now(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "以前は夜に眠れませんでした"
    assert "sleep_trouble" not in codes(text, "self")
    monkeypatch.setattr(hits, "PAST", re.compile("(?!)"))
    assert "sleep_trouble" in codes(text, "self")


@pytest.mark.parametrize("name", ["T37"])
def test_without_the_turns_of_phrase_that_mean_something_else_these_go_wrong(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not _fails(name)
    monkeypatch.setattr(hits.Lexicon, "unless", lambda *_: ())
    assert _fails(name)


def test_without_taking_back_a_forced_wish_counts_as_the_persons(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "働きたいと言うてますけど、ほんまは働きたないんやと思います"
    assert "work_confidence/person" not in codes(text, "family")
    monkeypatch.setattr(decide, "settle", lambda text, verdicts, denied: verdicts)
    assert "work_confidence/person" in codes(text, "family")


def test_without_word_boundaries_a_word_is_found_inside_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "息子は暴力はふるいません"
    assert "exhausted" not in codes(text, "family")
    monkeypatch.setattr(WordStarts, "is_inside", lambda *_, **__: False)
    assert "exhausted" in codes(text, "family")


def test_without_the_people_in_the_text_nobody_is_family(monkeypatch: pytest.MonkeyPatch) -> None:
    entry: dict[str, Any] = SITUATIONS["T16"]
    assert not complaints(entry)
    monkeypatch.setattr(people, "infer_who", lambda *_: ("", 0, 0))
    assert complaints(entry)
