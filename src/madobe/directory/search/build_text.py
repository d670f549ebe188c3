"""The text of all rows as numbers of characters, and every pair of neighbours in it."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from madobe.directory.search.planes import of_rows, pack

GAPS = " \n。、？「」"  # never part of a word
LONGEST = (1 << 15) - 1  # characters of one row
KEY_BITS = 63
COMMON_SHARE = 32  # a character in more than one row of so many has a plane
PAIR_SHARE = 24  # a pair, likewise: its planes are then smaller than its list


class DirectoryTooLarge(ValueError):
    """So many services with so many different characters do not fit into the index as it is made here."""


def text_arrays(texts: Sequence[str], arrays: dict[str, Any]) -> dict[str, Any]:
    """This will add text and pairs to `arrays`; returns the numbers of characters and their planes."""
    texts = [text[:LONGEST] for text in texts]
    points = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32)
    alphabet = np.array(
        [ord(" "), *(one for one in np.unique(points).tolist() if chr(one) not in GAPS)], np.uint32
    )
    numbers = np.zeros(0x110000, np.uint16)
    numbers[alphabet[1:]] = np.arange(1, len(alphabet))
    codes = numbers[points]
    lengths = np.array([len(text) for text in texts], np.int64)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    arrays |= {"alphabet": alphabet, "text_codes": codes, "text_offsets": offsets}
    arrays["text_middle"], arrays["text_weak"] = _fields(texts)
    keys = _sorted_pairs(codes, lengths, offsets, len(alphabet))
    arrays |= keys
    common = _common_characters(arrays, len(texts), len(alphabet))
    characters = [chr(one) for one in alphabet.tolist()]
    return {
        "pair_planes": _common_pairs(arrays, len(texts)),
        "characters": "".join(characters[1:]),
        "character_planes": "".join(characters[one] for one in common),
    }


def _fields(texts: Sequence[str]) -> tuple[Any, Any]:
    """Where the second and the third field of each row begin."""
    middle, weak = [], []
    for text in texts:
        first = text.find("\n")
        second = text.find("\n", first + 1) if first >= 0 else -1
        middle.append(first if first >= 0 else LONGEST)
        weak.append(second if second >= 0 else LONGEST)
    return np.array(middle, np.uint16), np.array(weak, np.uint16)


def _sorted_pairs(codes: Any, lengths: Any, offsets: Any, characters: int) -> dict[str, Any]:
    """Pairs sorted by character, next character and row, each with its first place in the row."""
    rows = len(lengths)
    character_bits, row_bits = max(1, characters.bit_length()), max(1, rows.bit_length())
    if 2 * character_bits + row_bits + 15 > KEY_BITS:
        raise DirectoryTooLarge(f"{rows} services with {characters} different characters")
    row = np.repeat(np.arange(rows, dtype=np.int64), lengths)
    place = np.arange(len(codes), dtype=np.int64) - offsets[:-1][row]
    following = np.zeros(len(codes), np.int64)
    following[:-1] = codes[1:]
    last = offsets[1:][lengths > 0] - 1
    following[last] = 0
    keys = codes.astype(np.int64) << character_bits | following
    keys = (keys << row_bits | row) << 15 | place
    keys = keys[codes > 0]
    keys.sort()
    of_row = keys >> 15
    first = np.ones(len(keys), np.bool_)
    first[1:] = of_row[1:] != of_row[:-1]
    keys = keys[first]
    pairs = keys >> (row_bits + 15)
    unique, starts = np.unique(pairs, return_index=True)
    mask = (1 << character_bits) - 1
    return {
        "gram_keys": ((unique >> character_bits) << 16 | (unique & mask)).astype(np.uint32),
        "gram_starts": np.concatenate([starts, [len(keys)]]).astype(np.int64),
        "gram_rows": (keys >> 15 & ((1 << row_bits) - 1)).astype(np.int32),
        "gram_places": (keys & LONGEST).astype(np.uint16),
    }


def _common_characters(arrays: dict[str, Any], rows: int, characters: int) -> list[int]:
    """Give frequent characters a plane of their own; returns their numbers."""
    first = arrays["gram_keys"] >> 16
    planes, common = [], []
    bounds = np.searchsorted(first, np.arange(characters + 1))
    for code in range(1, characters):
        start, end = arrays["gram_starts"][bounds[code]], arrays["gram_starts"][bounds[code + 1]]
        if (end - start) * COMMON_SHARE <= rows:
            continue
        flags = np.zeros(rows, np.bool_)
        flags[arrays["gram_rows"][start:end]] = True
        if np.count_nonzero(flags) * COMMON_SHARE > rows:
            planes.append(pack(flags))
            common.append(code)
    arrays["character_planes"] = np.array(planes, np.uint64).reshape(len(planes), (rows + 63) // 64)
    return common


def _common_pairs(arrays: dict[str, Any], rows: int) -> list[int]:
    """Give frequent pairs planes: where they stand, and where they first do in the first and the second field."""
    starts = arrays["gram_starts"]
    common = np.flatnonzero(np.diff(starts) * PAIR_SHARE > rows)
    common = common[
        (arrays["gram_keys"][common] & 0xFFFF) > 0
    ]  # the last character of a row is no pair
    planes = np.zeros((3 * len(common), (rows + 63) // 64), np.uint64)
    for place, pair in enumerate(common.tolist()):
        own = slice(starts[pair], starts[pair + 1])
        holders, places = arrays["gram_rows"][own], arrays["gram_places"][own]
        first = places < arrays["text_middle"][holders]
        second = ~first & (places < arrays["text_weak"][holders])
        for step, some in enumerate((np.ones(len(holders), np.bool_), first, second)):
            planes[3 * place + step] = of_rows(holders[some], rows)
    arrays["pair_planes"] = planes
    return [int(one) for one in arrays["gram_keys"][common]]
