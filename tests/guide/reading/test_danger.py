"""Danger read from words: recall first, no absurd alarms. Our own sentences, not a clinical validation."""

from collections.abc import Iterable
from typing import Any

import pytest

from .support import codes, load

DANGER = {"crisis", "self_harm_talk"}
DEV = load("danger_dev")
HELD_OUT = load("danger_heldout")


def _recall(entries: Iterable[dict[str, Any]]) -> float:
    told = [entry for entry in entries if entry["danger"] != "none"]
    return sum(bool(codes(entry["text"]) & DANGER) for entry in told) / len(told)


def _false_alarms(entries: Iterable[dict[str, Any]]) -> float:
    harmless = [entry for entry in entries if entry["danger"] == "none"]
    return sum(bool(codes(entry["text"]) & DANGER) for entry in harmless) / len(harmless)


@pytest.mark.parametrize("entry", DEV, ids=lambda entry: entry["text"][:20])
def test_a_sentence_of_the_building_set_is_read_as_labelled(entry: dict[str, Any]) -> None:
    read = codes(entry["text"]) & DANGER
    if entry["danger"] == "none":
        assert not read
    elif entry["danger"] == "crisis":
        assert "crisis" in read
    else:
        assert read == {"self_harm_talk"}


def test_the_two_sets_share_no_sentence_and_are_large_enough() -> None:
    ours, apart = {e["text"] for e in DEV}, {e["text"] for e in HELD_OUT}
    assert not ours & apart
    assert len(ours | apart) >= 120


def test_held_out_danger_is_seen() -> None:
    assert _recall(HELD_OUT) >= 0.9


def test_held_out_harmless_sentences_raise_no_alarm() -> None:
    assert _false_alarms(HELD_OUT) <= 0.07


def test_a_denied_wish_to_die_with_thoughts_of_that_kind_opens_the_gentle_card_only() -> None:
    read = codes("別に死にたいとかじゃないです。ただ、朝が来なければいいのにって毎晩思う", "self")
    assert "crisis" not in read
    assert {"self_harm_talk", "low_mood"} <= read


def test_what_somebody_else_thinks_of_it_negates_nothing() -> None:
    assert "crisis/person" in codes(
        "死にたいなんて口だけやと主人は言うけど、きのう部屋に紐があってん", "family"
    )


def test_a_crisis_that_is_over_is_no_crisis() -> None:
    assert not codes("三年前は死のうとしていましたが、今は元気にしています", "self") & DANGER
