"""Columns of all rows that a search writes on, kept for the next one: making them anew would cost more than the search."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

KEPT = 3  # of each kind, whatever the number of threads

_kept: dict[Any, list[NDArray[Any]]] = {}


@contextmanager
def scratch(rows: int, kind: Any) -> Iterator[NDArray[Any]]:
    """A column of all rows for one search alone, holding whatever it held: two threads never have the same one."""
    kept = _kept.setdefault(kind, [])
    try:
        column = kept.pop()
    except IndexError:
        column = np.empty(0, kind)
    if len(column) != rows:
        column = np.empty(rows, kind)
    try:
        yield column
    finally:
        if len(kept) < KEPT:
            kept.append(column)
