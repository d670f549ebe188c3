"""Codes that tell nothing over a shoulder: four letters instead of a name, for addresses."""

import zlib
from collections.abc import Iterable

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no l and 1, no o and 0


def letters_of(name: str) -> str:
    """Four letters that stay the same whatever names are added, and say nothing."""
    number, letters = zlib.crc32(name.encode()), ""
    for _ in range(4):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return letters


def name_of(written: str, names: Iterable[str]) -> str:
    """This will give the name that is written so, by its letters or as itself; "" for none of them."""
    return next((name for name in names if written in (name, letters_of(name))), "")
