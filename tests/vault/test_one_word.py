"""Whether a word somebody typed is one of a receipt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.vault.rules.receipts import Receipt, holds_word
from madobe.vault.rules.words import word_list

RECEIPT = Receipt(bytes(range(10)))


@given(st.binary(min_size=10, max_size=10), st.integers(0, 7))
def test_each_of_its_words_is_found(secret: bytes, place: int):
    receipt = Receipt(secret)
    assert holds_word(receipt, receipt.words[place])


def test_a_word_is_found_with_other_signs_around_it_and_blanks_within():
    word = RECEIPT.words[3]
    assert holds_word(RECEIPT, f"「{word}」。")
    assert holds_word(RECEIPT, " ".join(word))


def test_the_whole_of_it_is_found_too():
    assert holds_word(RECEIPT, "".join(RECEIPT.words))
    assert holds_word(RECEIPT, RECEIPT.digits)


@pytest.mark.parametrize("typed", ["", " ", "ー", "1", "abc", "\x00", "あ" * 5000])
def test_what_is_no_word_is_not_found(typed: str):
    assert not holds_word(RECEIPT, typed)


@given(st.sampled_from(word_list().words))
def test_another_word_of_the_list_is_not_found(word: str):
    assert holds_word(RECEIPT, word) == (word in RECEIPT.words)


def test_words_of_somebody_else_are_not_found():
    assert not holds_word(RECEIPT, Receipt(bytes(10)).digits)
