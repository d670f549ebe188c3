"""合言葉: make one, spell it, read it back. The rest of the product asks here."""

import re
import unicodedata

from .kana import AS_WRITTEN, BAR, KANA, NOTHING, VOWEL, fold, hiragana
from .not_understood import Correction, Problem, ReceiptNotUnderstood, WrongWord
from .reading_digits import read_digits
from .reading_words import read_words
from .spelling import DIGITS, Receipt, new_receipt
from .words import CURRENT, word_list

__all__ = [
    "Correction",
    "Problem",
    "Receipt",
    "ReceiptNotUnderstood",
    "WrongWord",
    "holds_word",
    "new_receipt",
    "read_receipt",
]

LONGEST = 500
_RUNS = re.compile(f"[ぁ-ゖ{BAR}]+")
_FEW_DIGITS = 9  # as many as may stand before the words to number them


def read_receipt(text: str, *, version: int = CURRENT) -> Receipt:
    """This will give the receipt somebody typed, as words or as digits, with whatever stands around it.

    ReceiptNotUnderstood says what is wrong, as far as can be told from what was typed. Nothing is looked up.
    """
    if len(text) > LONGEST:
        raise ReceiptNotUnderstood(Problem.TOO_LONG, counted=len(text))
    plain = hiragana("".join(map(_plain, text)))
    digits = sum(char in "0123456789" for char in plain)
    kana = sum(map(len, KANA.findall(plain)))
    if not kana and digits or digits > max(_FEW_DIGITS, kana):
        return read_digits(plain)
    try:
        return read_words(plain, word_list(version))
    except ReceiptNotUnderstood as of_the_words:
        if digits < DIGITS:
            raise
        try:
            return read_digits(plain)  # the whole sheet, words and digits
        except ReceiptNotUnderstood:
            raise of_the_words from None


def holds_word(receipt: Receipt, typed: str) -> bool:
    """This will tell whether what somebody typed holds a word of this receipt, in any kana; or is the whole of it."""
    plain = hiragana(typed[:LONGEST])
    runs = _RUNS.findall(plain)
    words = {fold(word) for word in receipt.words}
    bars = (VOWEL, AS_WRITTEN, NOTHING) if BAR in plain else (VOWEL,)
    if any(fold(run, bar=bar) in words for bar in bars for run in (*runs, "".join(runs))):
        return True
    try:
        return read_receipt(typed).secret == receipt.secret
    except ReceiptNotUnderstood:
        return False


def _plain(char: str) -> str:
    """A circled number only counts the words: a gap. Any digit of any script is a plain one."""
    kind = unicodedata.category(char)
    return " " if kind == "No" else str(unicodedata.digit(char)) if kind == "Nd" else char
