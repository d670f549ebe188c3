"""Words no concept knows: every pair of neighbouring characters, with the rows it stands in and where it first does.

A word of two characters is one pair. A longer one is the AND of its pairs, then read in the text itself, so that
the count is exact. A word of one character is a plane where it is common, else every pair that begins with it.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from madobe.directory.search.matching import CHARACTER_IMPACT, WORD_IMPACTS
from madobe.directory.search.planes import Rows, bits_at
from madobe.directory.search.ranking import weight

MANY = 6000  # rows: from here on a table of all rows is cheaper than searching in sorted lists
NOWHERE = 0xFFFF


class Standing(NamedTuple):
    """Rows a word stands in, ascending, with the character at which it first does (0: not told)."""

    rows: Rows
    places: NDArray[Any]


class Grams:
    """The pairs of one segment. `characters`: number of each character; `planes`: place of a common one's plane."""

    def __init__(
        self,
        arrays: Mapping[str, Any],
        *,
        characters: Mapping[str, int],
        planes: Mapping[str, int],
        count: int,
    ) -> None:
        self._keys, self._starts = arrays["gram_keys"], arrays["gram_starts"]
        self._rows, self._places = arrays["gram_rows"], arrays["gram_places"]
        self._codes, self._offsets = arrays["text_codes"], arrays["text_offsets"]
        self._middle, self._weak = arrays["text_middle"], arrays["text_weak"]
        self._character_planes = arrays["character_planes"]
        self._characters, self._planes, self._count = characters, planes, count

    def holders(self, word: str) -> int:
        """This will give in how many rows a word may stand: exact for up to two characters, else at most so many."""
        if len(word) == 1:
            if word in self._planes:
                return int(np.bitwise_count(self._character_planes[self._planes[word]]).sum())
            return len(self._of_character(word))
        return min(end - start for start, end in self._pairs(word))

    def standing(self, word: str, *, among: Rows | None, passing: Any = None) -> Standing:
        """This will give where a word stands: among ascending rows, or (None) wherever `passing` is true for the row."""
        if len(word) == 1:
            rows = self._one_character(word, among)
            if among is None:
                rows = rows[passing[rows]]
            return Standing(rows, np.zeros(len(rows), np.uint16))
        pairs = sorted(self._pairs(word), key=lambda pair: pair[1] - pair[0])
        first, *others = pairs
        if among is None:
            rows = self._rows[first[0] : first[1]].astype(np.int64)
            places = self._places[first[0] : first[1]]
            keep = passing[rows]
            rows, places = rows[keep], places[keep]
        else:
            rows, places = self._keep(among, first)
        found = [places]
        for pair in others:
            kept, more = self._keep(rows, pair)
            if len(kept) < len(rows):
                stays = np.isin(rows, kept, assume_unique=True)
                found = [one[stays] for one in found]
                rows = kept
            found.append(more)
            if not len(rows):
                break
        if len(word) == 2 or not len(rows):
            return Standing(rows, found[0])
        return self._read(word, rows, dict(zip(pairs, found, strict=True)))

    def weights(self, standing: Standing, by_field: tuple[int, int, int]) -> NDArray[np.uint8]:
        """This will give what the word adds to each row, by the field it first stands in."""
        rows, places = standing
        field = (places >= self._middle[rows]).astype(np.int64) + (places >= self._weak[rows])
        chosen: NDArray[np.uint8] = np.array(by_field, np.uint8)[field]
        return chosen

    def text(self, row: int, alphabet: NDArray[np.uint32]) -> str:
        """This will give the folded text of a row; marks and gaps as spaces."""
        codes = self._codes[self._offsets[row] : self._offsets[row + 1]]
        return alphabet[codes].tobytes().decode("utf-32-le")

    def _pairs(self, word: str) -> list[tuple[int, int]]:
        return [self._pair(word[i : i + 2]) for i in range(len(word) - 1)]

    def _pair(self, pair: str) -> tuple[int, int]:
        first, second = (self._characters.get(one, -1) for one in pair)
        if first < 0 or second < 0:
            return 0, 0
        key = first << 16 | second
        place = int(np.searchsorted(self._keys, np.uint32(key)))
        if place == len(self._keys) or int(self._keys[place]) != key:
            return 0, 0
        return int(self._starts[place]), int(self._starts[place + 1])

    def _of_character(self, word: str) -> Rows:
        code = self._characters.get(word, -1)
        if code < 0:
            return np.empty(0, np.int64)
        low, high = np.searchsorted(
            self._keys, np.array([code << 16, (code << 16) + 0xFFFF], np.uint32), side="left"
        )
        rows = self._rows[int(self._starts[low]) : int(self._starts[high])]
        return np.unique(rows).astype(np.int64)

    def _one_character(self, word: str, among: Rows | None) -> Rows:
        if word in self._planes:
            plane = self._character_planes[self._planes[word]]
            if among is not None:
                return among[bits_at(plane, among)]
            bits = np.unpackbits(plane.view(np.uint8), count=self._count, bitorder="little")
            return np.flatnonzero(bits.view(np.bool_))
        rows = self._of_character(word)
        return rows if among is None else np.intersect1d(rows, among, assume_unique=True)

    def _keep(self, rows: Rows, pair: tuple[int, int]) -> Standing:
        """Those of ascending rows that hold a pair, with the place it first stands at."""
        start, end = pair
        holders, places = self._rows[start:end], self._places[start:end]
        if start == end:
            return Standing(rows[:0], places)
        if len(rows) > MANY and len(holders) > MANY:
            table = np.empty(self._count, np.uint16)
            table[rows] = NOWHERE
            table[holders] = places
            found = table[rows]
            keep = found != NOWHERE
            return Standing(rows[keep], found[keep])
        at = np.searchsorted(holders, rows)
        at[at == len(holders)] = 0
        keep = holders[at] == rows
        return Standing(rows[keep], places[at[keep]])

    def _read(
        self, word: str, rows: Rows, anchors: Mapping[tuple[int, int], NDArray[Any]]
    ) -> Standing:
        """Read the word where its pairs first stand; where it is not there, in the whole text of the row."""
        wanted = [self._characters[one] for one in word]
        places = np.full(len(rows), NOWHERE, np.int64)
        open_rows = np.arange(len(rows))
        for offset, pair in enumerate(self._pairs(word)):
            start = anchors[pair][open_rows].astype(np.int64) - offset
            begin = self._offsets[rows[open_rows]] + np.maximum(start, 0)
            stands = start >= 0
            for step, code in enumerate(wanted):
                stands &= self._codes[np.minimum(begin + step, len(self._codes) - 1)] == code
            places[open_rows[stands]] = start[stands]
            open_rows = open_rows[~stands]
            if not len(open_rows):
                break
        pattern = np.array(wanted, np.uint16).tobytes()
        for one in open_rows.tolist():
            places[one] = self._find(int(rows[one]), pattern)
        keep = places != NOWHERE
        return Standing(rows[keep], places[keep])

    def _find(self, row: int, pattern: bytes) -> int:
        text = self._codes[self._offsets[row] : self._offsets[row + 1]].tobytes()
        at = text.find(pattern)
        while at >= 0 and at % 2:
            at = text.find(pattern, at + 1)
        return at // 2 if at >= 0 else NOWHERE


def word_weights(word: str, holders: int, everybody: int) -> tuple[int, int, int]:
    """This will give what a word adds by the field it first stands in."""
    if len(word) == 1:
        same = weight(CHARACTER_IMPACT, holders, everybody)
        return same, same, same
    strong, middle, weak = (weight(impact, holders, everybody) for impact in WORD_IMPACTS)
    return strong, middle, weak
