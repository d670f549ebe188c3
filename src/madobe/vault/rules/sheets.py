"""What somebody types from a recovery sheet, read kindly: which word is not one of the list, and which it may be."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from shamir_mnemonic import MnemonicError, Share
from shamir_mnemonic.wordlist import WORDLIST

WORDS: Final = 33  # on a sheet
TELLS: Final = 4  # letters that tell a word of the list from every other
_KNOWN: Final = frozenset(WORDLIST)
_BY_BEGINNING: Final = {word[:TELLS]: word for word in WORDLIST}
_LETTERS: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Amiss:
    """A word that is not of the list. `place`: from 1. `near`: the words it may be, most alike first."""

    place: int
    typed: str
    near: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet as typed. `amiss`: words nobody knows. `is_whole`: the number of words and their check are right."""

    words: tuple[str, ...]
    amiss: tuple[Amiss, ...]
    is_whole: bool

    @property
    def text(self) -> str:
        """The words with one space between them."""
        return " ".join(self.words)


def read_sheet(typed: str) -> Sheet:
    """This will read a sheet, with or without its numbers, in whatever case and width; four letters tell a word."""
    found = _LETTERS.findall(unicodedata.normalize("NFKC", typed).lower())
    words = tuple(
        _BY_BEGINNING.get(word[:TELLS], word) if _is_cut(word) else word for word in found
    )
    amiss = tuple(_amiss(words))
    return Sheet(words, amiss, not amiss and _fits(words))


def _is_cut(word: str) -> bool:
    return len(word) == TELLS and word not in _KNOWN


def _amiss(words: tuple[str, ...]) -> Iterator[Amiss]:
    for place, word in enumerate(words, start=1):
        if word not in _KNOWN:
            yield Amiss(place, word, tuple(get_close_matches(word, WORDLIST, n=2, cutoff=0.6)))


def _fits(words: tuple[str, ...]) -> bool:
    if len(words) != WORDS:
        return False
    try:
        Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        return False
    return True
