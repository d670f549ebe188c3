"""Addresses that tell nothing over a shoulder: a kind of service goes by four letters, not by its name."""

import zlib

from madobe.directory.choices import Kind

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no l and 1, no o and 0


def letters_of(kind: str) -> str:
    """Four letters that stay the same whatever kinds are added, and say nothing."""
    number, letters = zlib.crc32(kind.encode()), ""
    for _ in range(4):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return letters


class KindConverter:
    """The id of a kind of service, written as four letters; the id itself is understood, too."""

    regex = "[a-z0-9_]+"

    def to_python(self, value: str) -> str:
        for kind in Kind.values:
            if value in (kind, letters_of(kind)):
                return str(kind)
        raise ValueError(value)

    def to_url(self, value: str) -> str:
        return letters_of(value)
