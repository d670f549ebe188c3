"""A list of places as a few letters, so that it fits into one address."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Sequence
from uuid import UUID

LETTERS_EACH = 22  # sixteen bytes in base64, without the padding


def letters_of_places(places: Sequence[UUID]) -> str:
    """This will write each place as twenty-two letters, one after the other."""
    return "".join(urlsafe_b64encode(one.bytes).decode().rstrip("=") for one in places)


def places_of_letters(letters: str) -> tuple[UUID, ...]:
    """This will read them back; letters that are cut off or changed are left out, the others stay."""
    found = []
    for start in range(0, len(letters) - LETTERS_EACH + 1, LETTERS_EACH):
        try:
            read = urlsafe_b64decode(letters[start : start + LETTERS_EACH] + "==")
        except (Error, ValueError):
            continue
        if len(read) == 16:
            found.append(UUID(bytes=read))
    return tuple(dict.fromkeys(found))
