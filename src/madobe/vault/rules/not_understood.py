"""What can be said when a receipt could not be read. The sentences are made by the page."""

from dataclasses import dataclass, field
from enum import StrEnum


class Problem(StrEnum):
    """Why it could not be read."""

    NOTHING = "nothing"  # neither kana nor digits
    TOO_LONG = "too long"  # more than anybody's receipt
    TOO_FEW = "too few"
    TOO_MANY = "too many"
    UNKNOWN = "unknown"  # eight words, some of them not in the list
    CHECK = "check"  # all is well written, and yet it is no receipt


@dataclass(frozen=True)
class WrongWord:
    """A word that is not in the list. `place` counts from 1; `nearest`: up to three, the likeliest first."""

    place: int
    typed: str = field(repr=False)
    nearest: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Correction:
    """A change with which it would be a receipt: at these places (from 1), these words or groups of digits.

    Two places: two words, or two digits, that may have changed places.
    """

    places: tuple[int, ...]
    instead: tuple[str, ...] = field(repr=False)


class ReceiptNotUnderstood(ValueError):
    """It could not be read. Its text names the problem only: what was typed is almost the secret.

    `counted`: how many words or digits were there. `odd_groups`: groups of digits (from 1) that are not of three.
    `corrections` are found by the check alone: whether such a receipt was ever given is not known here.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        in_digits: bool = False,
        counted: int = 0,
        wrong: tuple[WrongWord, ...] = (),
        corrections: tuple[Correction, ...] = (),
        odd_groups: tuple[int, ...] = (),
    ) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.in_digits = in_digits
        self.counted = counted
        self.wrong = wrong
        self.corrections = corrections
        self.odd_groups = odd_groups
