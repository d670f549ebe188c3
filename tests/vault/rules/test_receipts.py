"""A receipt is spelled as words or digits, and read back."""

import pytest

from madobe.vault.rules.receipts import Receipt, new_receipt, read_receipt

# Worked out apart from the code: bits as text, log tables for GF(256), the last word by trying all.
GOLDEN = [
    (
        "00000000000000000000",
        "あいづち あいづち あいづち あいづち あいづち あいづち あいづち あいづち",
        "000 000 000 000 000 000 000 000 000",
    ),
    (
        "00010203040506070809",
        "あいづち あべかわ てぃらみす あべかわ さざめき あこがれ おすすめ きゅうり",
        "000 015 300 975 771 516 183 172 335",
    ),
    (
        "ffffffffffffffffffff",
        "わんわん わんわん わんわん わんわん わんわん わんわん わんわん らじお",
        "994 945 949 542 839 810 783 182 025",
    ),
    (
        "4d61646f62658a93f107",
        "ごまだれ あるぱか えりもと ほそみち しふぉん こまめ ほしいも ようせい",
        "300 739 664 554 692 397 797 989 761",
    ),
]


@pytest.mark.parametrize(("secret", "words", "digits"), GOLDEN)
def test_a_known_secret_is_spelled_as_it_always_was(secret: str, words: str, digits: str):
    receipt = Receipt(bytes.fromhex(secret))
    assert " ".join(receipt.words) == words
    assert receipt.digits == digits


@pytest.mark.parametrize(("secret", "words", "digits"), GOLDEN)
def test_both_spellings_give_the_one_secret(secret: str, words: str, digits: str):
    assert read_receipt(words).secret == read_receipt(digits).secret == bytes.fromhex(secret)


def test_four_lines_of_two_words_to_write_down():
    assert Receipt(bytes.fromhex(GOLDEN[3][0])).lines == (
        "ごまだれ　あるぱか",
        "えりもと　ほそみち",
        "しふぉん　こまめ",
        "ほしいも　ようせい",
    )


def test_the_secret_is_the_random_bytes_and_nothing_else():
    asked: list[int] = []

    def bytes_of(count: int) -> bytes:
        asked.append(count)
        return bytes(range(count))

    assert new_receipt(bytes_of).secret == bytes(range(10))
    assert asked == [10]


def test_two_receipts_are_not_the_same():
    assert new_receipt() != new_receipt()


def test_each_of_the_eighty_bits_changes_the_words():
    """Eighty bits of the eighty-eight are the secret as it is: seven words, and the eighth of the list of the last."""
    spelled = {Receipt((1 << bit).to_bytes(10)).words for bit in range(80)}
    assert len(spelled) == 80


@pytest.mark.parametrize("at", range(7))
def test_every_word_can_stand_in_the_first_seven_places(at: int):
    shift = 3 + 11 * (6 - at)
    seen = {Receipt((n << shift).to_bytes(10)).words[at] for n in range(2048)}
    assert len(seen) == 2048


def test_every_word_can_stand_last():
    """Three bits choose the eighth of the list, the check the word in it."""
    seen = {Receipt((n << 3 | top).to_bytes(10)).words[7] for n in range(256) for top in range(8)}
    assert len(seen) == 2048


def test_its_secret_does_not_show():
    receipt = Receipt(b"0123456789")
    assert repr(receipt) == "Receipt(version=1)"
    assert "0123" not in f"{receipt} {receipt!r}"


@pytest.mark.parametrize("length", [0, 9, 11])
def test_ten_bytes_and_no_other_number(length: int):
    with pytest.raises(ValueError, match="ten bytes"):
        Receipt(bytes(length))


def test_a_list_nobody_made_is_not_read():
    with pytest.raises(KeyError):
        read_receipt(GOLDEN[1][1], version=2)
