"""A sheet is read however it is typed, and a word that is none of the list is pointed at by its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shamir_mnemonic.wordlist import WORDLIST

from madobe.vault.rules.recovery import joined, split
from madobe.vault.rules.sheets import WORDS, read_sheet

KEY = bytes(range(32))
SHEETS = split(KEY)


def numbered(sheet: str) -> str:
    return "\n".join(f"{place}. {word}" for place, word in enumerate(sheet.split(), start=1))


@pytest.mark.parametrize(
    "typed",
    [
        SHEETS[0],
        SHEETS[0].upper(),
        numbered(SHEETS[0]),
        SHEETS[0].replace(" ", "\n\t "),
        SHEETS[0].replace(" ", "、"),
        "".join(chr(ord(one) + 0xFEE0) if one != " " else "\u3000" for one in SHEETS[0]),
        " ".join(word[:4] for word in SHEETS[0].split()),
    ],
)
def test_the_same_sheet_in_other_dress(typed: str):
    sheet = read_sheet(typed)
    assert (sheet.text, sheet.amiss, sheet.is_whole) == (SHEETS[0], (), True)


def test_what_is_read_opens():
    assert joined([read_sheet(numbered(one)).text for one in SHEETS[1:]]) == KEY


@given(place=st.integers(0, WORDS - 1), letter=st.integers(1, 2))
def test_a_word_with_a_letter_more_is_pointed_at_with_the_one_it_may_be(place: int, letter: int):
    words = SHEETS[0].split()
    right = words[place]
    words[place] = right[:letter] + "q" + right[letter:]
    sheet = read_sheet(" ".join(words))
    assert [(one.place, right in one.near) for one in sheet.amiss] == [(place + 1, True)]
    assert not sheet.is_whole


def test_a_word_like_no_other_has_nothing_near():
    assert read_sheet("zzzzzzzzz").amiss[0].near == ()


def test_another_word_of_the_list_is_no_amiss_word_and_no_whole_sheet():
    words = SHEETS[0].split()
    words[10] = next(word for word in WORDLIST if word != words[10])
    sheet = read_sheet(" ".join(words))
    assert (sheet.amiss, sheet.is_whole) == ((), False)


@pytest.mark.parametrize("count", [0, 1, 32, 34])
def test_another_number_of_words_is_no_whole_sheet(count: int):
    words = (SHEETS[0].split() * 2)[:count]
    assert not read_sheet(" ".join(words)).is_whole


def test_four_letters_tell_every_word_of_the_list():
    assert len({word[:4] for word in WORDLIST}) == len(WORDLIST) == 1024
