"""Rows that answer each known concept, with what it adds to them. Frequent concepts have a column of all rows."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from madobe.directory.search.planes import Rows


class Place(NamedTuple):
    """Where the postings of one concept lie: a piece of the lists, or a column (-1: none). `holders`: rows."""

    start: int
    end: int
    column: int
    holders: int


NOBODY = Place(0, 0, -1, 0)


class Postings:
    """The postings of one segment."""

    def __init__(self, arrays: Mapping[str, Any], places: Mapping[str, Place]) -> None:
        self._rows, self._weights = arrays["concept_rows"], arrays["concept_weights"]
        self._columns = arrays["concept_columns"]
        self._places = places

    def place(self, concept: str) -> Place:
        """This will give where a concept's postings lie."""
        return self._places.get(concept, NOBODY)

    def at(self, concept: str, rows: Rows) -> NDArray[np.uint8]:
        """This will give what the concept adds to each of ascending rows; 0 where it is not answered."""
        start, end, column, _holders = self.place(concept)
        if column >= 0:
            picked: NDArray[np.uint8] = self._columns[column][rows]
            return picked
        found = np.zeros(len(rows), np.uint8)
        if start == end or not len(rows):
            return found
        # Only the postings around these rows are looked at: one town's are a few of the nation's.
        own, weights = self._rows[start:end], self._weights[start:end]
        few = np.array([rows[0], rows[-1] + 1], own.dtype)  # the type of the list: it is not copied
        low, high = np.searchsorted(own, few)
        own, weights = own[low:high], weights[low:high]
        if not len(own):
            return found
        if len(own) < len(rows):
            at = np.searchsorted(rows, own)
            same = rows[at] == own  # own ends before rows do
            found[at[same]] = weights[same]
        else:
            at = np.searchsorted(own, rows.astype(own.dtype))
            at[at == len(own)] = 0
            same = own[at] == rows
            found[same] = weights[at[same]]
        return found

    def add_to(self, scores: NDArray[np.uint16], concept: str) -> None:
        """This will add the concept to the scores of all rows."""
        start, end, column, _holders = self.place(concept)
        if column >= 0:
            np.add(scores, self._columns[column], out=scores)
        elif start < end:
            scores[self._rows[start:end]] += self._weights[start:end]
