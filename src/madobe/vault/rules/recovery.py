"""The recovery key of the house on paper: three shares, any two of them open it, one tells nothing (SLIP-39)."""

from collections.abc import Iterable
from itertools import combinations
from typing import Final

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share
from shamir_mnemonic.wordlist import WORD_INDEX_MAP

from madobe.vault.rules.algorithms import KEY

NEEDED: Final = 2
SHARES: Final = 3
WORDS: Final = 33


class SharesDoNotFitError(ValueError):
    """The shares are too few, misspelt, or not of one set; `problem` says which, in the words of the standard."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def split(private: bytes) -> tuple[str, ...]:
    """This will give three shares, 33 English words each, for three people to keep apart."""
    if len(private) != KEY:
        raise ValueError(f"A key has {KEY} bytes.")
    (group,) = generate_mnemonics(1, [(NEEDED, SHARES)], private, iteration_exponent=0)
    return tuple(group)


def joined(shares: Iterable[str]) -> bytes:
    """This will give the key from any two shares that fit, however they are cased and spaced.

    Raises SharesDoNotFitError.
    """
    tidy = sorted({" ".join(share.lower().split()) for share in shares})
    problem = "two different shares are needed"
    for pair in combinations(tidy, NEEDED):  # of three, one may be misspelt
        try:
            return combine_mnemonics(pair)
        except MnemonicError as error:
            problem = str(error)
    raise SharesDoNotFitError(problem)


def whats_wrong(sheet: str) -> str:
    """This will say what is wrong with one sheet as typed, "" when it is whole. It names places and never a word."""
    words = sheet.lower().split()
    unknown = [str(place) for place, word in enumerate(words, 1) if word not in WORD_INDEX_MAP]
    if unknown:
        return f"not in the list of words: word {', '.join(unknown)}"
    if len(words) != WORDS:
        return f"a sheet has {WORDS} words, these are {len(words)}"
    try:
        Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        return "all words are in the list, and at least one is another than on the sheet"
    return ""
