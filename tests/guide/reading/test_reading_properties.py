"""What must hold for any text whatever."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madobe.guide.rules.reading import read
from madobe.lib.folding import Stream

from .support import codes, load

TEXTS = [entry["text"] for entry in load("situations")]
NEUTRAL = "きのうは雨でした。"
ANY_TEXT = st.one_of(
    st.text(max_size=200),
    st.text(
        st.sampled_from("死にたい息子が部屋から出ない、。ーっァｱﾞ…「」0１二十歳年\n\x00😀"),
        max_size=80,
    ),
)


@given(ANY_TEXT, st.sampled_from(["", "self", "family", "friend", "worker"]))
@settings(deadline=None, max_examples=150)
def test_any_text_is_read_without_failing_and_offsets_give_the_words(text: str, who: str) -> None:
    for reading in read(text, who=who):
        assert text[reading.start : reading.end] == reading.words
        assert reading.words


@given(ANY_TEXT)
@settings(deadline=None, max_examples=100)
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    stream = Stream.of(text)
    assert len(stream.text) == len(stream.starts) == len(stream.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(stream.starts, stream.ends, strict=True))


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_text_gives_the_same_readings(text: str) -> None:
    assert read(text) == read(text)


@pytest.mark.parametrize("text", TEXTS)
def test_offsets_of_every_situation_give_its_words(text: str) -> None:
    assert all(text[r.start : r.end] == r.words for r in read(text))


@pytest.mark.parametrize("text", TEXTS)
def test_an_unrelated_sentence_removes_no_reading(text: str) -> None:
    assert codes(text) <= codes(text.rstrip("。") + "。" + NEUTRAL)


@pytest.mark.parametrize("text", TEXTS)
def test_an_unrelated_sentence_before_removes_no_reading(text: str) -> None:
    assert codes(text) <= codes(NEUTRAL + text)


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@pytest.mark.parametrize("text", TEXTS)
def test_width_changes_nothing(text: str) -> None:
    assert codes(text) == codes(_wide(text)) == codes(unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ひきこもりで、へやからでられません", "ヒキコモリデ、ヘヤカラデラレマセン"),
        ("ネットの友達としか話しません", "ﾈｯﾄの友達としか話しません"),
        ("つかれた", "つかれたぁーーー…"),
        ("しにたい", "し…にたい"),
        ("部屋から出られない", "部屋から、出られない"),
        ("むすこが へやから でてきません", "むすこがへやからでてきません"),
        ("三年部屋から出ていません", "3年部屋から出ていません"),
        ("引き籠って部屋から出ない", "引き篭って部屋から出ない"),
    ],
)
def test_ways_of_writing_the_same_give_the_same_codes(one: str, other: str) -> None:
    assert codes(one) == codes(other)
    assert codes(one)


@pytest.mark.parametrize("text", ["私は疲れました。" * 1250, "しんどい" * 2500, "あ" * 10_000])
def test_very_long_texts_are_read(text: str) -> None:
    assert len(read(text)) <= 3
