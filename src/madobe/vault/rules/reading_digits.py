"""A receipt read from its digits, however they are grouped."""

import re

from .not_understood import Correction, Problem, ReceiptNotUnderstood
from .spelling import DIGITS, GROUP, Receipt, from_number

_GROUPS = re.compile(r"[0-9]+")
_NUMBERED = re.compile(r"(?<![0-9])([1-9])[.):：）．]\s*(?=[0-9]{3}(?![0-9]))")


def read_digits(plain: str) -> Receipt:
    """This will give the receipt these digits spell; ReceiptNotUnderstood where they spell none.

    `plain` has plain digits. Numbers before the groups, 1 to 9, are left out.
    """
    if _NUMBERED.findall(plain) == list("123456789"):
        plain = _NUMBERED.sub(" ", plain)
    groups = _GROUPS.findall(plain)
    digits = "".join(groups)
    if len(digits) != DIGITS:
        problem = Problem.TOO_FEW if len(digits) < DIGITS else Problem.TOO_MANY
        raise ReceiptNotUnderstood(
            problem, in_digits=True, counted=len(digits), odd_groups=_odd(groups)
        )
    if receipt := from_number(int(digits)):
        return receipt
    raise ReceiptNotUnderstood(
        Problem.CHECK, in_digits=True, counted=DIGITS, corrections=_corrections(digits)
    )


def _odd(groups: list[str]) -> tuple[int, ...]:
    """Groups that are not of three digits, where the others are."""
    odd = tuple(n for n, group in enumerate(groups, 1) if len(group) != GROUP)
    return odd if len(odd) * 2 < len(groups) else ()


def _corrections(digits: str) -> tuple[Correction, ...]:
    """One other digit, or two neighbours swapped, with which the check fits."""
    others = [
        digits[:at] + digit + digits[at + 1 :]
        for at in range(DIGITS)
        for digit in "0123456789"
        if digit != digits[at]
    ]
    swapped = [
        digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(DIGITS - 1)
    ]
    return tuple(
        dict.fromkeys(
            _as_groups(digits, other) for other in others + swapped if from_number(int(other))
        )
    )


def _as_groups(digits: str, other: str) -> Correction:
    changed = [
        (n // GROUP + 1, other[n : n + GROUP])
        for n in range(0, DIGITS, GROUP)
        if digits[n : n + GROUP] != other[n : n + GROUP]
    ]
    return Correction(tuple(n for n, _ in changed), tuple(group for _, group in changed))
