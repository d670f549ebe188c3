"""A long answer is cut where a reader would pause, counted as LINE counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.channels.rules.pieces import pieces, units

FAMILY = "👨\u200d👩\u200d👧"


def utf16(text: str) -> int:
    """Counted by hand: two for a sign beyond the basic plane."""
    return sum(2 if ord(sign) >= 0x10000 else 1 for sign in text)


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("abc", 3), ("窓辺", 2), ("😀", 2), (FAMILY, 8)]
)
def test_units_are_those_of_utf_16(text: str, count: int):
    assert units(text) == count


def test_a_short_text_is_one_piece_and_nothing_is_none():
    assert pieces("はい") == ["はい"]
    assert pieces("") == []


def test_five_thousand_is_the_most():
    assert [units(part) for part in pieces("あ" * 5_001)] == [5_000, 1]
    assert [units(part) for part in pieces("😀" * 2_501)] == [5_000, 2]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ああああああ\n\nいいいい", "ああああああ\n\n"),
        ("ああああああ\nいい。いい", "ああああああ\n"),
        ("あああああ。い、いいいい", "あああああ。"),
        ("あああああ、いいいいいい", "あああああ、"),
    ],
)
def test_it_is_cut_after_a_paragraph_a_line_a_sentence_a_pause(text: str, first: str):
    assert pieces(text, 10)[0] == first


def test_a_sign_put_together_of_several_is_not_cut():
    assert pieces(f"ああ{FAMILY}い", 9) == ["ああ", f"{FAMILY}い"]
    assert pieces("いいいは\u3099", 4) == ["いいい", "は\u3099"]


@given(
    st.text(st.sampled_from("あ😀。、\n a\u200d👩\u3099\ufe0f🏽🇯🇵"), max_size=120),
    st.integers(2, 40),
)
def test_nothing_is_lost_nothing_is_too_long(text: str, longest: int):
    parts = pieces(text, longest)
    assert "".join(parts) == text
    assert all(0 < utf16(part) <= longest for part in parts)
