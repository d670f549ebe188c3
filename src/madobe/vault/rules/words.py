"""The list of the receipt words: which number is which word, and the colour of each.

The list is made by `tools/receipt_words.py` and frozen with its version: receipts are out there, on paper.
Another list gets another version and stands beside this one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from .kana import fold

DATA = Path(__file__).resolve().parent.parent / "data"
SIZE = 2048  # eleven bits to a word
CUT = 3  # so many kana tell a word
COLOURS = 256
CURRENT = 1
_FILES = {1: "receipt_words.txt"}
# One (multiplier, shift) for each eighth of the list, found by `tools/receipt_words.py colours`.
_COLOURING = {1: ((1, 0), (1, 0), (1, 0), (1, 64), (1, 195), (1, 16), (15, 76), (13, 77))}


@dataclass(frozen=True)
class Words:
    """A list of 2,048 words with its version. Words are known by their place in it."""

    version: int
    words: Sequence[str] = field(repr=False)
    colouring: Sequence[tuple[int, int]] = field(repr=False)

    @cached_property
    def folded(self) -> Sequence[str]:
        """The words as they are compared."""
        return tuple(fold(word) for word in self.words)

    @cached_property
    def by_beginning(self) -> Mapping[str, int]:
        """The place of the one word that begins with these three kana."""
        return {word[:CUT]: place for place, word in enumerate(self.folded)}

    @cached_property
    def colours(self) -> Sequence[int]:
        """The colour of each word: eight words share one, and no two of them lie within two slips."""
        return tuple(self._colour(place) for place in range(SIZE))

    @cached_property
    def by_colour(self) -> Mapping[tuple[int, int], int]:
        """The place of the word of this eighth of the list and this colour."""
        return {(place >> 8, colour): place for place, colour in enumerate(self.colours)}

    def _colour(self, place: int) -> int:
        multiplier, shift = self.colouring[place >> 8]
        return (multiplier * (place & 0xFF) + shift) % COLOURS


@cache
def word_list(version: int = CURRENT) -> Words:
    """This will give the list of that version; KeyError where there is none."""
    words = tuple((DATA / _FILES[version]).read_text(encoding="utf-8").split())
    return Words(version, words, _COLOURING[version])
