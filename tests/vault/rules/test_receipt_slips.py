"""What is typed wrong is found, and said as far as it can be told."""

import random
import traceback
from contextlib import suppress

import pytest

from madobe.vault.rules.receipts import (
    Problem,
    Receipt,
    ReceiptNotUnderstood,
    read_receipt,
)
from madobe.vault.rules.words import word_list

RECEIPT = Receipt(bytes.fromhex("4d61646f62658a93f107"))
WORDS = [
    "ごまだれ",
    "あるぱか",
    "えりもと",
    "ほそみち",
    "しふぉん",
    "こまめ",
    "ほしいも",
    "ようせい",
]
KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん"
LARGE = str.maketrans("ぁぃぅぇぉっゃゅょ", "あいうえおつやゆよ")


def said(typed: str) -> ReceiptNotUnderstood:
    with pytest.raises(ReceiptNotUnderstood) as error:
        read_receipt(typed)
    return error.value


def changed(at: int, *words: str) -> list[str]:
    return [*WORDS[:at], *words, *WORDS[at + len(words) :]]


@pytest.mark.parametrize("typed", ["", "  \n", "。、", "桜", "😀"])
def test_nothing_typed_is_said_so(typed: str):
    assert said(typed).problem in (Problem.NOTHING, Problem.TOO_FEW)


def test_five_hundred_characters_and_no_more():
    assert said(" ".join(WORDS) + " " * 500).problem == Problem.TOO_LONG
    assert read_receipt(" ".join(WORDS).ljust(500)) == RECEIPT


def test_a_word_too_few_is_counted():
    error = said(" ".join(WORDS[:7]))
    assert (error.problem, error.counted) == (Problem.TOO_FEW, 7)


def test_words_too_many_are_counted():
    error = said(" ".join([*WORDS[:4], "さくら", *WORDS[4:]]))
    assert (error.problem, error.counted) == (Problem.TOO_MANY, 9)


@pytest.mark.parametrize("between", [" ", ""])
def test_a_wrong_word_is_told_with_its_place_and_the_nearest(between: str):
    error = said(between.join(changed(3, "ほそみり")))
    assert error.problem == Problem.UNKNOWN
    assert [(w.place, w.typed, w.nearest[0]) for w in error.wrong] == [(4, "ほそみり", "ほそみち")]


def test_two_wrong_words_are_told():
    error = said(" ".join(changed(1, "あらぱか", "えろもと")))
    assert [(w.place, w.nearest[0]) for w in error.wrong] == [(2, "あるぱか"), (3, "えりもと")]


def test_a_word_typed_in_kanji_is_told():
    error = said(" ".join(changed(0, "胡麻だれ")))
    assert [(w.place, w.typed) for w in error.wrong] == [(1, "胡麻だれ")]


def test_no_more_than_three_words_are_offered():
    assert len(said(" ".join(changed(3, "ほしほし"))).wrong[0].nearest) <= 3


def test_two_words_that_changed_places_are_offered_the_right_way_round():
    error = said(" ".join(changed(2, "ほそみち", "えりもと")))
    assert error.problem == Problem.CHECK
    assert ((3, 4), ("えりもと", "ほそみち")) in [(c.places, c.instead) for c in error.corrections]


def test_another_word_of_the_list_is_found_and_the_like_one_offered():
    """「ようかん」 is two kana from 「ようせい」."""
    error = said(" ".join(changed(7, "ようかん")))
    assert error.problem == Problem.CHECK
    assert ((8,), ("ようせい",)) in [(c.places, c.instead) for c in error.corrections]


def test_every_slip_of_one_kana_is_found_at_its_place():
    """It makes no word of the list, at most the beginning of another."""
    dice = random.Random(1)
    found = first = among = 0
    for _ in range(400):
        receipt = Receipt(dice.randbytes(10))
        words = list(receipt.words)
        at = dice.randrange(8)
        kana = dice.randrange(len(words[at]))
        wrong = words[at][:kana] + dice.choice(KANA) + words[at][kana + 1 :]
        if wrong.translate(LARGE) == words[at].translate(LARGE):  # っ for つ is no slip
            continue
        words[at] = wrong
        error = said(" ".join(words))
        assert error.problem == Problem.UNKNOWN
        assert [w.place for w in error.wrong] == [at + 1]
        found += 1
        first += error.wrong[0].nearest[:1] == (receipt.words[at],)
        among += receipt.words[at] in error.wrong[0].nearest
    assert found > 350
    assert among == found
    assert first > 0.95 * found


def test_of_all_other_words_in_one_place_seven_pass():
    """As few as any check of eight bits can let through; none of them is like the true word."""
    passed = []
    for word in word_list().words:
        with suppress(ReceiptNotUnderstood):
            passed.append(read_receipt(" ".join(changed(4, word))).words[4])
    assert len(passed) == 8
    assert "しふぉん" in passed


@pytest.mark.parametrize("at", range(7))
def test_neighbours_that_changed_places_are_found(at: int):
    assert said(" ".join(changed(at, WORDS[at + 1], WORDS[at]))).problem == Problem.CHECK


def test_swaps_of_neighbours_are_found_but_for_words_of_one_colour():
    dice = random.Random(2)
    missed = 0
    for _ in range(300):
        words = list(Receipt(dice.randbytes(10)).words)
        at = dice.randrange(7)
        words[at], words[at + 1] = words[at + 1], words[at]
        with suppress(ReceiptNotUnderstood):
            read_receipt(" ".join(words))
            missed += 1
    assert missed <= 6


def test_every_wrong_digit_is_found():
    digits = RECEIPT.digits.replace(" ", "")
    for at in range(27):
        for digit in set("0123456789") - {digits[at]}:
            error = said(digits[:at] + digit + digits[at + 1 :])
            assert (error.problem, error.in_digits) == (Problem.CHECK, True)
            assert at // 3 + 1 in {place for c in error.corrections for place in c.places}


def test_every_swap_of_two_digits_is_found():
    digits = RECEIPT.digits.replace(" ", "")
    for at in range(26):
        if digits[at] != digits[at + 1]:
            typed = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
            assert said(typed).problem == Problem.CHECK


def test_a_damaged_group_is_told():
    error = said("300 739 664 554 692 397 797 989 762")
    assert ((9,), ("761",)) in [(c.places, c.instead) for c in error.corrections]


def test_a_group_with_a_digit_missing_is_told():
    error = said("300 739 664 55 692 397 797 989 761")
    assert (error.problem, error.counted, error.odd_groups) == (Problem.TOO_FEW, 26, (4,))


def test_digits_too_many_are_counted():
    error = said(RECEIPT.digits + "0")
    assert (error.problem, error.counted) == (Problem.TOO_MANY, 28)


def test_a_number_beyond_eighty_bits_is_no_receipt():
    assert said(str(823 * 2**80).zfill(27)).problem == Problem.CHECK


def test_what_was_typed_does_not_show_in_the_error():
    error = said(" ".join(changed(3, "ほそみり")))
    text = "".join(traceback.format_exception(error)) + repr(error) + repr(error.wrong)
    assert not [word for word in [*WORDS, "ほそみり"] if word in text]
