"""Rows of the rings around a place: rows are sorted by their widest area, so that a ring is a few ranges; further
areas of a service are kept apart as single rows.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from madobe.directory.search.planes import WORD_BITS, Rows, Words
from madobe.directory.search.regions import INSIDE, Ring

NO_RING = -1


class Ground(NamedTuple):
    """All rows of some rings, gathered once: the `words` of a plane that hold them, with a `mask` of their bits.

    `edges` cut the rows into stretches of one ring each (`stretch_rings`, one more than edges); `single` rows are
    in a ring of their own, `single_rings`, whatever stretch they lie in.
    """

    words: NDArray[np.int64]
    mask: Words
    edges: Rows
    stretch_rings: NDArray[np.int64]
    single: Rows
    single_rings: NDArray[np.int64]

    def rings_of(self, rows: Rows) -> NDArray[np.int64]:
        """This will give the ring of each of ascending rows, NO_RING outside of all."""
        cuts = [0, *np.searchsorted(rows, self.edges).tolist(), len(rows)]
        rings = np.repeat(self.stretch_rings, np.diff(cuts))
        if len(self.single) and len(rows):
            at = np.searchsorted(rows, self.single)
            at[at == len(rows)] = 0
            here = rows[at] == self.single
            rings[at[here]] = self.single_rings[here]
        return rings


def ground_of(
    rings: Sequence[Ring],
    ranges: Mapping[str, tuple[int, int]],
    singles: Mapping[str, tuple[int, int]],
    single_rows: NDArray[np.int64],
) -> Ground:
    """This will give the rows of the rings, each in its best one. `ranges`, `singles`: by extent, "13*" included."""
    found = sorted(
        (*ranges[extent], place)
        for place, ring in enumerate(rings)
        for extent in ring.extents
        if extent in ranges
    )
    edges: list[int] = []
    stretches = [NO_RING]
    for start, end, own in found:
        edges += [start, end]
        stretches += [own, NO_RING]
    best: dict[int, int] = {}
    for place, ring in enumerate(rings):
        for extent in ring.extents:
            start, end = singles.get(extent, (0, 0))
            for row in single_rows[start:end].tolist():
                if place < min(best.get(row, len(rings)), _ring_in(found, row, len(rings))):
                    best[row] = place
    rows = sorted(best)
    words, mask = _words([np.arange(start, end) for start, end, _ring in found], rows)
    return Ground(
        words,
        mask,
        np.array(edges, np.int64),
        np.array(stretches, np.int64),
        np.array(rows, np.int64),
        np.array([best[row] for row in rows], np.int64),
    )


def _ring_in(ranges: Sequence[tuple[int, int, int]], row: int, otherwise: int) -> int:
    return next((ring for start, end, ring in ranges if start <= row < end), otherwise)


def _words(pieces: Sequence[Rows], singles: Sequence[int]) -> tuple[NDArray[np.int64], Words]:
    rows = np.unique(np.concatenate([*pieces, np.array(singles, np.int64)]))
    words, starts = np.unique(rows >> 6, return_index=True)
    bits = np.uint64(1) << (rows & (WORD_BITS - 1)).astype(np.uint64)
    mask = np.bitwise_or.reduceat(bits, starts) if len(rows) else np.empty(0, np.uint64)
    return words, mask


def inside_key(extent: str) -> str:
    """This will give the name under which a municipality's rows count as being inside its prefecture."""
    return extent[:2] + INSIDE
