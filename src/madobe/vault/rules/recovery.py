"""The recovery key of the house on paper: three shares, any two of them open it, one tells nothing (SLIP-39)."""

from collections.abc import Iterable
from itertools import combinations
from typing import Final

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from madobe.vault.rules.algorithms import KEY

NEEDED: Final = 2
SHARES: Final = 3


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
