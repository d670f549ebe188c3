"""Reading what somebody typed: places, words of the table, names; spelling and filler say nothing."""

import random
import unicodedata
from pathlib import Path

import pytest
import yaml

from madobe.directory.choices import Kind
from madobe.directory.search import words
from madobe.directory.search.lexicon import by_id
from madobe.directory.search.question import LONGEST_TEXT
from madobe.directory.search.words import Reading, read, read_text
from madobe.lib.folding import fold

ROOT = Path(__file__).resolve().parents[3]
GROUPS = yaml.safe_load((ROOT / "bench/data/same_page.yaml").read_text("utf-8"))["groups"]


def asked(text: str) -> set[str]:
    """Concepts by their id, other words as they are looked for."""
    return {term.concept or f"“{term.word}”" for term in read_text(text)}


@pytest.mark.parametrize("group", GROUPS, ids=[str(group[0]) for group in GROUPS])
def test_a_need_in_five_spellings_and_as_a_sentence_asks_for_the_same(group: list[object]) -> None:
    assert len(group) == 6
    first, *others = (asked(str(text)) for text in group)
    assert len(first) == 1
    assert all(other == first for other in others)


@pytest.mark.parametrize(
    ("text", "not_meant"),
    [
        ("オンラインで話したい", "text_consultation"),
        ("よりそいホットライン", "text_consultation"),
        ("ガイドラインを見たい", "text_consultation"),
        ("夜明けの会", "evening"),
        ("電話による相談", "evening"),
        ("宇都宮の相談", "depression"),
        ("ピアノを習いたい", "peer"),
        ("かいしゃのこと", "clinic"),
        ("よいはなしにたいして", "crisis"),
        ("デイサービス", "day_care"),
        ("ただでさえ苦しい", "free"),
    ],
)
def test_a_word_inside_another_word_is_not_meant(text: str, not_meant: str) -> None:
    assert not_meant not in asked(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("LINEで話したい", "text_consultation"),
        ("夜に話したい", "evening"),
        ("うつかもしれない", "depression"),
        ("ピアの集まり", "peer"),
        ("もうしにたい", "crisis"),
        ("しにたいです", "crisis"),
        ("親だけで行きたい", "family_only"),
        ("ただで使える所", "free"),
        ("家族から暴力をうけている", "violence"),
    ],
)
def test_the_same_word_standing_for_itself_is_meant(text: str, meant: str) -> None:
    assert meant in asked(text)


@pytest.mark.parametrize(
    "text", ["しにたい", "もう生きていたくない", "消えたい", "リスカがやめられない", "シニタイ"]
)
def test_danger_to_life_is_read_whatever_else_is_said(text: str) -> None:
    assert read(text).is_urgent
    assert read(f"昭島市の居場所をさがしています。{text}").is_urgent
    assert not read("昭島市の居場所をさがしています。").is_urgent


@pytest.mark.parametrize(
    ("text", "code", "prefecture"),
    [
        ("昭島市でひきこもりの相談", "132071", "13"),
        ("ひきこもり 那覇", "472018", "47"),
        ("ウェルビー浜松", "221309", "22"),
        ("ぷらっとほーむ せたがや", "131121", "13"),
        ("東京都の家族会", "", "13"),
        ("横浜市青葉区に住んでいます。居場所はありますか", "141003", "14"),
    ],
)
def test_a_place_in_the_words_is_the_area(text: str, code: str, prefecture: str) -> None:
    area = read(text).area
    assert area is not None
    assert (area.code, area.prefecture) == (code, prefecture)
    assert not any("市" in term.shown for term in read(text).terms)


@pytest.mark.parametrize(
    "text", ["カイエン 千歳烏山", "中村さんに聞いた居場所", "大人の発達障害", "津"]
)
def test_a_piece_of_a_name_is_no_place(text: str) -> None:
    assert read(text).places == ()


def test_a_name_several_places_share_comes_back_as_candidates() -> None:
    reading = read("府中市の居場所")
    assert reading.area is None
    assert {one.prefecture for one in reading.candidates} == {"13", "34"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("りゆうす", "りゆうす"),
        ("ここから", "ここから"),
        ("すきっぷ 世田谷", "すきっぷ"),
        ("聖隷 生活訓練", "聖隷"),
        ("灯", "灯"),
    ],
)
def test_a_name_stays_a_word(text: str, name: str) -> None:
    assert f"“{name}”" in asked(text)


def test_in_a_sentence_everyday_words_say_nothing_beside_what_is_asked() -> None:
    assert asked("息子の将来のことで、ひきこもりの相談をどなたかにお願いしたいと思っています") == {
        "hikikomori"
    }


def test_words_typed_side_by_side_all_count() -> None:
    assert asked("ひきこもり 手芸 検査") == {"hikikomori", "activity", "“検査”"}


def test_who_names_no_need_is_shown_the_doors_that_ask_for_none() -> None:
    assert asked("どこに相談したらいいかわからない") == {"where_to_start"}
    assert "where_to_start" not in asked("どこに相談したらいいかわからない。家賃が払えない")


def test_what_is_shown_are_the_words_as_typed_to_their_end() -> None:
    shown = [term.shown for term in read_text("電話は苦手です。家から出られません")]
    assert shown == ["電話は苦手", "家から出られません"]


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_can_be_asked_for_by_a_plain_word_of_its_own(kind: str) -> None:
    owners = [one for one in words.concepts() if one.kinds[:1] == (kind,)]
    reached = owners or [one for one in words.concepts() if kind in one.kinds]
    assert any(asked(form) == {one.id} for one in reached for form in one.written)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "　\n",
        "。。。",
        "!?",
        "\x00\x01",
        "🌱",
        "a",
        "ー",
        "「」",
        "%_\\'\"",
        "ｶﾞ",
        "が",
        "の" * 5000,
        "居場所 " * 2000,
    ],
)
def test_whatever_is_typed_is_read(text: str) -> None:
    assert len(read_text(text)) <= words.MOST_TERMS
    assert all(term.word or term.concept for term in read_text(text))


def test_any_characters_in_any_order_are_read() -> None:
    rng = random.Random(7)
    pool = (
        "ひきこもり家から出られない死LINEｱｲｳﾞ がﾞ゙゚、。「」…　\n\t🌱é①㍿ー〜%_'\"\\0８"
        + "居場所市区町村東京都昭島"
    )
    for _ in range(400):
        text = "".join(rng.choice(pool) for _ in range(rng.randint(1, 40)))
        for term in read_text(text):
            assert (term.concept is None) != (term.word == "")
            assert unicodedata.normalize("NFC", term.shown)


def test_only_the_first_characters_are_read() -> None:
    assert read("あ" * LONGEST_TEXT + " 居場所") == read("あ" * LONGEST_TEXT)


def test_nothing_typed_asks_for_nothing() -> None:
    assert read("") == Reading()


def test_control_without_the_look_at_words_a_false_friend_comes_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "peer" not in asked("ピアノを習いたい")
    monkeypatch.setattr(words, "_is_word", lambda *_: True)
    assert "peer" in asked("ピアノを習いたい")


def test_control_without_folding_a_spelling_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked("ﾋｷｺﾓﾘ") == {"hikikomori"}
    monkeypatch.setattr(words, "typed_forms", lambda: {"引きこもり": "hikikomori"})
    words._lengths.cache_clear()
    try:
        assert asked("ﾋｷｺﾓﾘ") != {"hikikomori"}
    finally:
        words._lengths.cache_clear()


def test_what_is_meant_is_a_row_of_the_table() -> None:
    assert all(term.concept in by_id() for term in read_text("ひきこもり 家賃"))


@pytest.mark.parametrize(
    ("one", "other"),
    [("ウェルビー", "ウエルビー"), ("ふぁみりー", "ファミリー"), ("ﾌｧﾐﾘｰ", "フアミリー")],
)
def test_a_small_vowel_and_a_large_one_are_one_spelling(one: str, other: str) -> None:
    assert fold(one) == fold(other)
