"""The list of the receipt words keeps what it promises, and the tool makes exactly this list."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from tools import receipt_words as tool

from madobe.vault.rules.words import word_list

ROOT = Path(__file__).resolve().parents[2]
LIST = (ROOT / "src/madobe/vault/data/receipt_words.txt").read_text(encoding="utf-8").splitlines()
REFUSED = (ROOT / "tools/receipt_words_refused.txt").read_text(encoding="utf-8").split()
LARGE = str.maketrans("ぁぃぅぇぉっゃゅょ", "あいうえおつやゆよ")


def heard(word: str) -> str:
    return word.translate(LARGE).replace("ぢ", "じ").replace("づ", "ず")


def begin_alike(words: Iterable[str]) -> list[str]:
    return [start for start, n in Counter(heard(word)[:3] for word in words).items() if n > 1]


def one_edit(a: str, b: str) -> bool:
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) <= 1
    short, long = sorted((a, b), key=len)
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def one_edit_apart(words: Sequence[str]) -> list[tuple[str, str]]:
    """Two words one edit apart are alike once at most one kana is taken from each."""
    shorter: dict[str, list[str]] = {}
    for word in map(heard, words):
        for rest in {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}:
            shorter.setdefault(rest, []).append(word)
    return [
        (a, b) for group in shorter.values() for a, b in combinations(group, 2) if one_edit(a, b)
    ]


def swapped_into_another(words: Sequence[str]) -> list[str]:
    spelled = set(map(heard, words))
    return [
        word
        for word in spelled
        for n in range(len(word) - 1)
        if (other := word[:n] + word[n + 1] + word[n] + word[n + 2 :]) != word and other in spelled
    ]


def test_there_are_two_to_the_eleventh_words():
    assert len(LIST) == len(set(LIST)) == 2**11


def test_they_stand_in_the_order_of_kana():
    assert sorted(LIST) == LIST


def test_they_are_short_and_in_hiragana_without_a_long_bar():
    assert {len(word) for word in LIST} == {3, 4, 5, 6}
    assert sum(len(word) <= 4 for word in LIST) > 1600
    assert set("".join(LIST)) <= set(map(chr, range(ord("ぁ"), ord("ん") + 1)))


def test_three_kana_tell_each_word():
    assert begin_alike(LIST) == []


def test_no_slip_of_one_kana_makes_another_word():
    assert one_edit_apart(LIST) == []
    assert swapped_into_another(LIST) == []


@pytest.mark.parametrize(
    "words", [("さくら", "さくらんぼ"), ("きょうと", "きようだ"), ("つづき", "つずきえ")]
)
def test_words_that_begin_alike_would_be_seen(words: tuple[str, str]):
    assert begin_alike([*LIST[:9], *words])


@pytest.mark.parametrize(
    "words", [("さくら", "さくや"), ("さくら", "さら"), ("あめ", "あめだ"), ("いしゃ", "いしや")]
)
def test_words_one_kana_apart_would_be_seen(words: tuple[str, str]):
    assert one_edit_apart([*LIST[:9], *words])


def test_words_that_are_a_swap_apart_would_be_seen():
    assert swapped_into_another(["かなた", "かたな"])


@pytest.mark.parametrize(
    "word",
    ["しぼう", "かぞく", "ひとり", "がんばり", "しごと", "がっこう", "びょういん", "たびだち"],
)
def test_a_word_that_could_frighten_is_not_among_them(word: str):
    assert word not in LIST


def test_nothing_refused_is_among_them():
    assert set(REFUSED) & set(LIST) == set()


def test_the_tool_makes_this_list():
    wanted = (ROOT / "tools/receipt_words_wanted.txt").read_text(encoding="utf-8").split()
    assert tool.choose(wanted, set(REFUSED)) == LIST


def test_the_tool_takes_no_word_that_clashes_with_one_before():
    with pytest.raises(tool.TooFewWords, match="^2$"):
        tool.choose(["さくら", "さくや", "さら", "さくらんぼ", "くさら", "やまみち"], set())


def test_the_tool_refuses_what_is_no_hiragana():
    with pytest.raises(ValueError, match="サクラ"):
        tool.choose(["サクラ"], set())


def test_the_tool_leaves_out_what_was_refused():
    with pytest.raises(tool.TooFewWords, match="^0$"):
        tool.choose(["しぼう"], set(REFUSED))


def test_eight_words_share_a_colour():
    assert set(Counter(word_list().colours).values()) == {8}
    assert len(set(word_list().colours)) == 256


def test_words_within_two_slips_never_share_a_colour():
    """Two slips of any sort: kana wrong, missing, too many, or swapped with its neighbour."""
    alike: dict[int, list[str]] = {}
    for word, colour in zip(LIST, word_list().colours, strict=True):
        alike.setdefault(colour, []).append(heard(word))
    assert [
        (a, b)
        for group in alike.values()
        for a, b in combinations(group, 2)
        if slips_apart(a, b) <= 2
    ] == []


@cache
def slips_apart(a: str, b: str) -> int:
    if not a or not b:
        return len(a) + len(b)
    ways = [
        slips_apart(a[1:], b) + 1,
        slips_apart(a, b[1:]) + 1,
        slips_apart(a[1:], b[1:]) + (a[0] != b[0]),
    ]
    if a[:2] == b[1::-1]:
        ways.append(slips_apart(a[2:], b[2:]) + 1)
    return min(ways)


@pytest.mark.parametrize(
    ("a", "b", "slips"),
    [
        ("さくら", "さくら", 0),
        ("さくら", "さとや", 2),
        ("さくら", "くさり", 2),
        ("さくら", "さくらんぼ", 2),
        ("さくら", "やまみち", 4),
    ],
)
def test_slips_are_counted(a: str, b: str, slips: int):
    assert slips_apart(a, b) == slips
