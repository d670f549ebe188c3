"""Words no concept knows: every pair of neighbouring characters, with the rows it stands in and where it first does.

A word of two characters is one pair. A longer one is the AND of its pairs, then read in the text itself, so that
the count is exact. A word of one character is a plane where it is common, else every pair that begins with it.
Common pairs have planes, too: where they stand at all, and where they do in the first and in the second field.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from madobe.directory.search.matching import CHARACTER_IMPACT, WORD_IMPACTS
from madobe.directory.search.planes import Rows, Words, bits_at, rows_of, unpack
from madobe.directory.search.ranking import weight

MANY = 6000  # rows: from here on a table of all rows is cheaper than searching in sorted lists
NOWHERE = 0xFFFF
PLANES_A_PAIR = 3

Pair = tuple[
    int, int, int
]  # start and end in the lists, place among the pairs that have planes (-1: none)
ByField = tuple[int, int, int]  # what a word adds by the field it first stands in


class Grams:
    """The pairs of one segment. `characters`: number of each character; `planes`, `pairs`: who has planes, by place."""

    def __init__(
        self,
        arrays: Mapping[str, Any],
        *,
        characters: Mapping[str, int],
        planes: Mapping[str, int],
        pairs: Mapping[int, int],
        count: int,
    ) -> None:
        self._keys, self._starts = arrays["gram_keys"], arrays["gram_starts"]
        self._rows, self._places = arrays["gram_rows"], arrays["gram_places"]
        self._codes, self._offsets = arrays["text_codes"], arrays["text_offsets"]
        self._middle, self._weak = arrays["text_middle"], arrays["text_weak"]
        self._character_planes, self._pair_planes = (
            arrays["character_planes"],
            arrays["pair_planes"],
        )
        self._characters, self._planes, self._with_planes = characters, planes, pairs
        self._count = count

    def holders(self, word: str) -> int:
        """This will give in how many rows a word may stand: exact for up to two characters, else at most so many."""
        if len(word) == 1:
            if word in self._planes:
                return int(np.bitwise_count(self._character_planes[self._planes[word]]).sum())
            return len(self._of_character(word))
        return min(end - start for start, end, _place in self._pairs(word))

    def at(self, word: str, rows: Rows, by_field: ByField) -> NDArray[np.int64]:
        """This will give what a word adds to each of ascending rows; 0 where it does not stand."""
        found = np.zeros(len(rows), np.int64)
        if len(word) == 1:
            found[self._has_character(word, rows)] = by_field[0]
            return found
        pairs = self._pairs(word)
        if len(pairs) == 1 and pairs[0][2] >= 0:
            for plane, adds in zip(self._planes_of(pairs[0]), _steps(by_field), strict=True):
                found += bits_at(plane, rows) * adds
            return found
        kept = np.arange(len(rows))
        for pair in pairs:
            if pair[2] >= 0:
                kept = kept[bits_at(self._planes_of(pair)[0], rows[kept])]
        kept, places = self._standing(word, pairs, rows, kept)
        found[kept] = self._by_field(rows[kept], places, by_field)
        return found

    def add_to(
        self, scores: NDArray[np.uint16], word: str, passing: Words, by_field: ByField
    ) -> None:
        """This will add a word to the scores of all rows in the plane `passing` (others may get it, too)."""
        if len(word) == 1:
            self._add_character(scores, word, by_field[0])
            return
        pairs = self._pairs(word)
        if len(pairs) == 1 and pairs[0][2] >= 0:
            for plane, adds in zip(self._planes_of(pairs[0]), _steps(by_field), strict=True):
                np.add(
                    scores, unpack(plane, self._count).view(np.uint8) * np.uint8(adds), out=scores
                )
            return
        for pair in pairs:
            if pair[2] >= 0:
                passing = passing & self._planes_of(pair)[0]
        start, end, place = min(pairs, key=_length)
        if place >= 0:
            rows = rows_of(passing)
        else:
            rows = self._rows[start:end]
            rows = rows[bits_at(passing, rows)].astype(np.int64)
        kept, places = self._standing(word, pairs, rows, np.arange(len(rows)))
        rows = rows[kept]
        scores[rows] += self._by_field(rows, places, by_field).astype(np.uint16)

    def text(self, row: int, alphabet: NDArray[np.uint32]) -> str:
        """This will give the folded text of a row; marks and gaps as spaces."""
        codes = self._codes[self._offsets[row] : self._offsets[row + 1]]
        return alphabet[codes].tobytes().decode("utf-32-le")

    # --- pairs ---

    def _pairs(self, word: str) -> list[Pair]:
        return [self._pair(word[i : i + 2]) for i in range(len(word) - 1)]

    def _pair(self, pair: str) -> Pair:
        first, second = (self._characters.get(one, -1) for one in pair)
        if first < 0 or second < 0:
            return 0, 0, -1
        key = first << 16 | second
        place = int(np.searchsorted(self._keys, np.uint32(key)))
        if place == len(self._keys) or int(self._keys[place]) != key:
            return 0, 0, -1
        start, end = int(self._starts[place]), int(self._starts[place + 1])
        return start, end, self._with_planes.get(key, -1)

    def _planes_of(self, pair: Pair) -> Words:
        """Where the pair stands; where it first does in the first field; in the second."""
        planes: Words = self._pair_planes[PLANES_A_PAIR * pair[2] : PLANES_A_PAIR * (pair[2] + 1)]
        return planes

    def _standing(
        self, word: str, pairs: list[Pair], rows: Rows, kept: Rows
    ) -> tuple[Rows, NDArray[Any]]:
        """Those places of ascending rows, among `kept`, where the word stands, and the character at which it first does."""
        rarest = min(pairs, key=_length)
        places: NDArray[Any] = np.empty(0, np.uint16)
        for pair in sorted(pairs, key=_length, reverse=True):
            if pair[2] < 0 or pair == rarest:
                here, places = self._first_places(rows[kept], pair)
                kept = kept[here]
        if len(pairs) == 1 or not len(kept):
            return kept, places
        return self._read(word, pairs, rows, kept, places)

    def _first_places(self, rows: Rows, pair: Pair) -> tuple[Any, NDArray[Any]]:
        """Which of ascending rows hold a pair, and the place it first stands at in those."""
        start, end, _place = pair
        holders, places = self._rows[start:end], self._places[start:end]
        if start == end or not len(rows):
            return slice(0, 0), places[:0]
        if len(rows) > MANY and len(holders) > MANY:
            table = np.empty(self._count, np.uint16)
            table[rows] = NOWHERE
            table[holders] = places
            found = table[rows]
            keep = found != NOWHERE
            return keep, found[keep]
        at = np.searchsorted(holders, rows.astype(holders.dtype))
        at[at == len(holders)] = 0
        keep = holders[at] == rows
        return keep, places[at[keep]]

    def _read(
        self, word: str, pairs: list[Pair], rows: Rows, kept: Rows, first: NDArray[Any]
    ) -> tuple[Rows, NDArray[np.int64]]:
        """Read the word where its pairs first stand, from the rarest on; where it is not, in the whole text of the row."""
        wanted = [self._characters[one] for one in word]
        places = np.full(len(kept), NOWHERE, np.int64)
        unread = np.arange(len(kept))
        for step, offset in enumerate(
            sorted(range(len(pairs)), key=lambda one: _length(pairs[one]))
        ):
            stands_at = (
                first if step == 0 else self._first_places(rows[kept[unread]], pairs[offset])[1]
            )
            start = stands_at.astype(np.int64) - offset
            begin = self._offsets[rows[kept[unread]]] + np.maximum(start, 0)
            stands = start >= 0
            for place, code in enumerate(wanted):
                stands &= self._codes[np.minimum(begin + place, len(self._codes) - 1)] == code
            places[unread[stands]] = start[stands]
            unread = unread[~stands]
            if not len(unread):
                break
        pattern = np.array(wanted, np.uint16).tobytes()
        for one in unread.tolist():
            places[one] = self._find(int(rows[kept[one]]), pattern)
        here = places != NOWHERE
        return kept[here], places[here]

    def _find(self, row: int, pattern: bytes) -> int:
        text = self._codes[self._offsets[row] : self._offsets[row + 1]].tobytes()
        at = text.find(pattern)
        while at >= 0 and at % 2:
            at = text.find(pattern, at + 1)
        return at // 2 if at >= 0 else NOWHERE

    def _by_field(self, rows: Rows, places: NDArray[Any], by_field: ByField) -> NDArray[np.int64]:
        field = (places >= self._middle[rows]).astype(np.int64) + (places >= self._weak[rows])
        chosen: NDArray[np.int64] = np.array(by_field, np.int64)[field]
        return chosen

    # --- single characters ---

    def _of_character(self, word: str) -> Rows:
        code = self._characters.get(word, -1)
        if code < 0:
            return np.empty(0, np.int64)
        ends = np.array([code << 16, (code << 16) + 0xFFFF], np.uint32)
        low, high = np.searchsorted(self._keys, ends)
        rows = self._rows[int(self._starts[low]) : int(self._starts[high])]
        return np.unique(rows).astype(np.int64)

    def _has_character(self, word: str, rows: Rows) -> NDArray[np.bool_]:
        if word in self._planes:
            return bits_at(self._character_planes[self._planes[word]], rows)
        return np.isin(rows, self._of_character(word), assume_unique=True)

    def _add_character(self, scores: NDArray[np.uint16], word: str, adds: int) -> None:
        if word in self._planes:
            flags = unpack(self._character_planes[self._planes[word]], self._count)
            np.add(scores, flags.view(np.uint8) * np.uint8(adds), out=scores)
        else:
            scores[self._of_character(word)] += np.uint16(adds)


def _length(pair: Pair) -> int:
    return pair[1] - pair[0]


def _steps(by_field: ByField) -> ByField:
    """What to add where a pair stands at all, and what more in the first and in the second field."""
    strong, middle, weak = by_field
    return weak, strong - weak, middle - weak


def word_weights(word: str, holders: int, everybody: int) -> ByField:
    """This will give what a word adds by the field it first stands in."""
    if len(word) == 1:
        same = weight(CHARACTER_IMPACT, holders, everybody)
        return same, same, same
    strong, middle, weak = (weight(impact, holders, everybody) for impact in WORD_IMPACTS)
    return strong, middle, weak
