"""Rows of the rings around a place: rows are sorted by their widest area, so that a ring is a few ranges; further
areas of a service are kept apart as single rows.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from madobe.directory.search.planes import Rows
from madobe.directory.search.regions import INSIDE, Ring


class Range(NamedTuple):
    """Rows `start` to `end` (not included) of one ring, by its place among the rings."""

    ring: int
    start: int
    end: int


class Ground(NamedTuple):
    """All rows of some rings, each in its best one. `single`: ascending rows that are in none of the ranges, or in a
    worse one; `lifted`: those of them that lie in a range as well.
    """

    ranges: tuple[Range, ...]
    single: Rows
    single_rings: NDArray[np.int64]
    lifted: Rows


def ground_of(
    rings: Sequence[Ring],
    ranges: Mapping[str, tuple[int, int]],
    singles: Mapping[str, tuple[int, int]],
    single_rows: NDArray[np.int64],
) -> Ground:
    """This will give the rows of the rings. `ranges`, `singles`: by extent, "13*" included."""
    found = [
        Range(place, *ranges[extent])
        for place, ring in enumerate(rings)
        for extent in ring.extents
        if extent in ranges
    ]
    best: dict[int, int] = {}
    for place, ring in enumerate(rings):
        for extent in ring.extents:
            start, end = singles.get(extent, (0, 0))
            for row in single_rows[start:end].tolist():
                if best.get(row, len(rings)) > place and _ring_of(row, found, place) > place:
                    best[row] = place
    rows = np.array(sorted(best), np.int64)
    inside = [row for row in rows.tolist() if _ring_of(row, found, len(rings)) < len(rings)]
    return Ground(
        tuple(_joined(found)),
        rows,
        np.array([best[row] for row in rows.tolist()], np.int64),
        np.array(inside, np.int64),
    )


def _ring_of(row: int, ranges: Sequence[Range], otherwise: int) -> int:
    inside = [one.ring for one in ranges if one.start <= row < one.end]
    return min(inside, default=otherwise + 1)


def _joined(ranges: Sequence[Range]) -> list[Range]:
    """Neighbours of one ring as one range: a city and its wards."""
    joined: list[Range] = []
    for one in sorted(ranges, key=lambda r: (r.ring, r.start)):
        if joined and joined[-1].ring == one.ring and joined[-1].end == one.start:
            joined[-1] = Range(one.ring, joined[-1].start, one.end)
        else:
            joined.append(one)
    return joined


def inside_key(extent: str) -> str:
    """This will give the name under which a municipality's rows count as being inside its prefecture."""
    return extent[:2] + INSIDE
