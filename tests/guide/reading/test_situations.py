"""Situations in people's own words: what must be read, what must not, who writes, whose age."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from madobe.guide.rules.reading import read, who_from

from .support import complaints, load

SITUATIONS = load("situations") + load("voices") + load("mended")


@pytest.mark.parametrize("entry", SITUATIONS, ids=lambda entry: entry["id"])
def test_a_situation_is_read_as_it_is_meant(entry: dict[str, Any]) -> None:
    assert complaints(entry) == []


def test_there_are_sixty_situations_written_beforehand() -> None:
    assert len(load("situations")) == 60


def test_who_writes_is_read_when_the_form_did_not_say() -> None:
    assert who_from(read("うちの息子が部屋から出てきません")) == "family"


def test_who_the_form_named_is_not_read_again() -> None:
    assert who_from(read("うちの息子が部屋から出てきません", who="friend")) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("母の私がもう疲れました。", "母の私がもう疲れました"),
        ("ハロワ行く言うてます。私がうるさう言うたからで", "うるさう言うた"),
        ("朝が来なければいいのにと思う", "朝が来なければいい"),
        ("部屋に閉じこもってしまっています", "部屋に閉じこもってしまっています"),
    ],
)
def test_the_words_shown_end_where_the_word_ends(text: str, shown: str) -> None:
    readings = read(text)
    assert shown in [r.words for r in readings]
    assert all(text[r.start : r.end] == r.words for r in readings)


def test_each_thread_has_its_own_tokenizer() -> None:
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: read("息子がもう何年も部屋にこもっています"), range(40)))
    assert len(set(told)) == 1


def test_a_place_named_as_home_is_read_with_its_code() -> None:
    readings = read("東京都の訪問相談を頼みたいです。住まいは松戸です。", who="family")
    assert [r.value for r in readings if r.kind == "municipality"] == ["122076"]


def test_a_name_shared_by_several_towns_has_no_value() -> None:
    assert [r for r in read("府中市に住んでいます") if r.kind == "municipality"] == []


def test_an_empty_text_says_nothing() -> None:
    assert read("") == ()
