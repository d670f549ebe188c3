"""The crisis corpus itself: whole, even, private. What a detector makes of it is tested elsewhere.

The sentences are ours and no clinical validation; the head of the file says what its labels mean.
"""

import re
import unicodedata
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
import yaml

CORPUS = Path(__file__).parent / "data" / "crisis_corpus.yaml"

KINDS = {
    "self_harm_thought",
    "suicide_plan",
    "suicide_attempt",
    "overdose",
    "violence_to_me",
    "violence_by_person",
    "danger_to_other",
    "no_food_or_water",
    "abuse_of_child",
    "abuse_of_elder",
    "forced_removal",
    "missing_person",
}
NEAR = {
    "idiom",
    "past_and_over",
    "quotation",
    "news_or_story",
    "denial",
    "other_topic",
    "tiredness",
    "small_worry",
    "joke",
}
VOICES = {"person", "mother", "father", "sibling", "grandparent", "friend", "worker"}
AT_LEAST_OF_EACH = 8

ADDRESS = re.compile(r"\S+@\S+\.\S+|https?://|www\.")
PHONE = re.compile(r"\d[\d\-‐-―ー−() ]{6,}\d")  # dashes of every width


@pytest.fixture(scope="module")
def rows() -> list[dict]:
    return yaml.safe_load(CORPUS.read_text(encoding="utf-8"))


def label(row: dict) -> str:
    return row["kind"] if row["crisis"] else row["near"]


def heart(text: str) -> str:
    """The text without what a reader does not hear: width, spaces, punctuation."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(c for c in plain if unicodedata.category(c)[0] in "LN")


def test_every_row_carries_its_fields_and_no_others(rows):
    for row in rows:
        told = "kind" if row["crisis"] is True else "near"
        assert set(row) - {"unsure"} == {"id", "part", "who", "crisis", told, "text"}, row["id"]
        assert row["crisis"] in (True, False), row["id"]
        assert row["part"] in ("open", "held_out"), row["id"]
        assert row["who"] in VOICES, row["id"]
        assert label(row) in (KINDS if row["crisis"] else NEAR), row["id"]
        assert row.get("unsure", True) is True, row["id"]
        assert isinstance(row["text"], str), row["id"]
        assert row["text"] == row["text"].strip() != "", row["id"]
        assert re.fullmatch(r"c\d{3}" if row["crisis"] else r"n\d{3}", row["id"])


def test_it_is_large_and_half_of_it_is_calm(rows):
    crisis = sum(row["crisis"] for row in rows)
    assert len(rows) >= 400
    assert min(crisis, len(rows) - crisis) >= 200
    assert 0.45 <= crisis / len(rows) <= 0.55


def test_no_id_and_no_text_comes_twice(rows):
    assert [i for i, n in Counter(row["id"] for row in rows).items() if n > 1] == []
    assert [t for t, n in Counter(heart(row["text"]) for row in rows).items() if n > 1] == []


def test_no_two_texts_are_nearly_the_same(rows):
    def pieces(text: str) -> set[str]:
        text = heart(text)
        return {text[i : i + 3] for i in range(max(1, len(text) - 2))}

    cut = [(row["id"], pieces(row["text"])) for row in rows]
    twins = [(a, b) for (a, x), (b, y) in combinations(cut, 2) if len(x & y) > 0.5 * len(x | y)]
    assert twins == []


def test_every_kind_and_every_likeness_is_there_often_enough(rows):
    count = Counter(label(row) for row in rows)
    assert {name: count[name] for name in KINDS | NEAR if count[name] < AT_LEAST_OF_EACH} == {}


def test_a_third_of_each_kind_is_held_out(rows):
    assert 0.30 <= sum(row["part"] == "held_out" for row in rows) / len(rows) <= 0.37
    for name in sorted(KINDS | NEAR):
        parts = [row["part"] for row in rows if label(row) == name]
        assert 0.25 <= parts.count("held_out") / len(parts) <= 0.42, name


def test_every_voice_speaks_on_both_sides_and_in_both_parts(rows):
    heard = {(row["who"], row["crisis"], row["part"]) for row in rows}
    assert len(heard) == len(VOICES) * 2 * 2


def test_short_cries_and_long_letters_stand_on_both_sides(rows):
    for crisis in (True, False):
        lengths = [len(row["text"]) for row in rows if row["crisis"] is crisis]
        assert sum(n <= 12 for n in lengths) >= 10
        assert sum(n >= 100 for n in lengths) >= 8
        assert max(lengths) <= 300


def test_no_phone_number_and_no_address_in_any_text(rows):
    for row in rows:
        plain = unicodedata.normalize("NFKC", row["text"])
        assert not PHONE.search(plain), row["id"]
        assert not re.search(r"\d{5}", plain), row["id"]
        assert not ADDRESS.search(plain), row["id"]


@pytest.mark.parametrize("told", ["０９０−１２３４−５６７８", "0120 000 000", "(03)0000-0000"])
def test_the_look_for_numbers_would_find_one(told):
    assert PHONE.search(unicodedata.normalize("NFKC", f"でんわ {told} です"))


def test_the_head_says_what_it_is_not():
    head = CORPUS.read_text(encoding="utf-8").split("- id:", 1)[0]
    assert "NOT a clinical validation" in head
    assert all(name in head for name in KINDS | NEAR)
