"""The calm card above a search, when its words sound like danger.

Reading words of danger is the guide's work, on a floor above; it puts its reader in here when it starts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class NowCard:
    """The card for someone who may be in danger or near it."""

    messages: tuple[str, ...]
    lines: Sequence[Any]
    text_first: bool
    text_opens_at: datetime | None  # when no text line is open now: the next opening


class Reader(Protocol):
    """Reads a text as its writer meant it; `language` is a display's ("ja", "yasashii", "en")."""

    def __call__(self, text: str, *, language: str, at: datetime) -> NowCard | None: ...


_READERS: list[Reader] = []


def register_reader(reader: Reader) -> Callable[[], None]:
    """This will let a reader see every search from now on; call it in `apps.ready()`. Gives its undoing."""
    _READERS.append(reader)
    return lambda: _READERS.remove(reader)


def now_card(text: str, *, language: str, at: datetime) -> NowCard | None:
    """This will give the card for these words, or None where nobody reads danger in them."""
    if not text.strip():
        return None
    cards = (reader(text, language=language, at=at) for reader in _READERS)
    return next((card for card in cards if card), None)
