"""Bit planes: one yes-or-no question, one bit a row, 64 rows a word; row r is bit r % 64 of word r // 64."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]

WORD_BITS = 64


def words_for(rows: int) -> int:
    """This will give how many words a plane of so many rows has."""
    return (rows + WORD_BITS - 1) // WORD_BITS


def pack(flags: Any) -> Words:
    """This will give the plane of one flag a row; bits beyond the last row are 0."""
    padded = np.zeros(words_for(len(flags)) * WORD_BITS, np.bool_)
    padded[: len(flags)] = flags
    return np.packbits(padded, bitorder="little").view(np.uint64)


def unpack(plane: Words, rows: int) -> Flags:
    """This will give one flag a row."""
    bits = np.unpackbits(plane.view(np.uint8), count=rows, bitorder="little")
    return bits.view(np.bool_)


def rows_of(plane: Words) -> Rows:
    """This will give the set rows, ascending."""
    bits = np.unpackbits(plane.view(np.uint8), bitorder="little")
    return np.flatnonzero(bits.view(np.bool_))


def bits_at(plane: Words, rows: Rows) -> Flags:
    """This will give the bits of these rows."""
    shift = (rows & (WORD_BITS - 1)).astype(np.uint64)
    return ((plane[rows >> 6] >> shift) & np.uint64(1)).astype(np.bool_)


def of_rows(rows: Rows, count: int) -> Words:
    """This will give the plane in which exactly these rows are set."""
    flags = np.zeros(count, np.bool_)
    flags[rows] = True
    return pack(flags)


def count(plane: Words) -> int:
    """This will give how many rows are set."""
    return int(np.bitwise_count(plane).sum(dtype=np.int64))


def both(planes: Words, chosen: Sequence[int]) -> Words:
    """This will give the AND of these planes (a fresh array)."""
    if len(chosen) == 1:
        return planes[chosen[0]].copy()
    together = np.bitwise_and(planes[chosen[0]], planes[chosen[1]])
    for one in chosen[2:]:
        np.bitwise_and(together, planes[one], out=together)
    return together


def either(planes: Words, chosen: Sequence[int]) -> Words:
    """This will give the OR of these planes; maybe a view, not to be written to."""
    together = planes[chosen[0]]
    for one in chosen[1:]:
        together = together | planes[one]
    return together


def first_rows(plane: Words, wanted: int) -> Iterable[int]:
    """This will give the lowest set rows, up to `wanted`."""
    filled = np.flatnonzero(plane)
    taken = filled[:wanted]  # each of these words holds one row at least
    bits = np.unpackbits(plane[taken].view(np.uint8), bitorder="little").reshape(-1, WORD_BITS)
    word, bit = np.nonzero(bits)
    return (taken[word[:wanted]] * WORD_BITS + bit[:wanted]).tolist()
