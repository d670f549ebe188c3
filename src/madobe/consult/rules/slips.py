"""The number of a 受付票: the first signs of its thread's id, for a paper and for who looks for the letter by it."""

import re
import unicodedata
from typing import Final
from uuid import UUID

SIGNS: Final = (
    8  # hexadecimal; two threads of one desk with the same are one in four thousand million
)
_NUMBER: Final = re.compile(f"[0-9a-f]{{{SIGNS}}}")
_BETWEEN: Final = re.compile(r"[\s\-‐－ー−]+")


def slip_number(case: UUID) -> str:
    """This will give the number of a thread."""
    return case.hex[:SIGNS].upper()


def cases_with(number: str) -> tuple[UUID, UUID] | None:
    """This will give the first and the last id a number could be of, however it is typed; None where it is none."""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", number)).lower()
    if not _NUMBER.fullmatch(plain):
        return None
    rest = UUID(int=0).hex[SIGNS:]
    return UUID(plain + rest), UUID(plain + "f" * len(rest))
