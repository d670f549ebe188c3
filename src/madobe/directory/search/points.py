"""Where services are: points sorted by cells of a tenth of a degree, so that a circle touches few of them."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from madobe.directory.search.ground import least_nearness, nearness, on_sphere
from madobe.directory.search.planes import Rows
from madobe.directory.search.question import Near

CELLS_A_DEGREE = 10
CELLS_AROUND = 360 * CELLS_A_DEGREE
KM_A_DEGREE = 111.0  # a little less than the shortest degree of latitude, so that no cell is missed


class Points(NamedTuple):
    """Points a circle may touch: their rows, and how near they are to its middle."""

    rows: Rows
    near: NDArray[np.float64]


def arrays_of(points: list[tuple[int, float, float]]) -> dict[str, Any]:
    """This will give (row, latitude, longitude) as arrays sorted by cell."""
    rows = np.array([row for row, _lat, _lng in points], np.int64)
    latitudes = np.array([lat for _row, lat, _lng in points], np.float64)
    longitudes = np.array([lng for _row, _lat, lng in points], np.float64)
    cells = _line(latitudes) * CELLS_AROUND + _column(longitudes)
    order = np.lexsort((rows, cells))
    return {
        "point_cells": cells[order],
        "point_rows": rows[order],
        "points": on_sphere(latitudes[order], longitudes[order]),
    }


def inside(arrays: Mapping[str, Any], near: Near) -> Points:
    """This will give the points inside the circle (its rim included); a row may have several."""
    pieces = _pieces(arrays["point_cells"], near)
    rows = np.concatenate([arrays["point_rows"][a:b] for a, b in pieces] or [_NO_ROWS])
    places = np.concatenate([arrays["points"][:, a:b] for a, b in pieces] or [_NO_POINTS], axis=1)
    how_near = nearness(places, near.latitude, near.longitude)
    here = how_near >= least_nearness(near.within_km)
    return Points(rows[here], how_near[here])


_NO_ROWS = np.empty(0, np.int64)
_NO_POINTS = np.empty((3, 0), np.float64)


def _pieces(cells: NDArray[np.int64], near: Near) -> list[tuple[int, int]]:
    """Ranges of the sorted points whose cells the circle may touch."""
    reach = near.within_km / KM_A_DEGREE
    low, high = max(-90.0, near.latitude - reach), min(90.0, near.latitude + reach)
    widest = math.cos(math.radians(min(89.0, max(abs(low), abs(high)))))
    around = reach / widest
    if reach > 45 or around > 180 or abs(near.longitude) + around > 180:  # about the whole map
        return [(0, len(cells))]
    lines = np.arange(int(_line(np.float64(low))), int(_line(np.float64(high))) + 1)
    west, east = (
        _column(np.float64(near.longitude - around)),
        _column(np.float64(near.longitude + around)),
    )
    starts = np.searchsorted(cells, lines * CELLS_AROUND + west)
    ends = np.searchsorted(cells, lines * CELLS_AROUND + east, side="right")
    return [(int(a), int(b)) for a, b in zip(starts, ends, strict=True) if a < b]


def _line(latitude: Any) -> Any:
    return np.floor((latitude + 90) * CELLS_A_DEGREE).astype(np.int64)


def _column(longitude: Any) -> Any:
    columns = np.floor((longitude + 180) * CELLS_A_DEGREE).astype(np.int64)
    return np.clip(columns, 0, CELLS_AROUND - 1)
