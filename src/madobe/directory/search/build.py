"""From entries to the arrays of a segment: rows in order, planes, postings, areas, points, opening hours."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from madobe.directory.search import points
from madobe.directory.search.build_text import text_arrays
from madobe.directory.search.entry import Entry
from madobe.directory.search.facts import BIT, CHECK, DESK, FACTS, KINDS
from madobe.directory.search.ground_rows import inside_key
from madobe.directory.search.limits import OLDEST, load_dated
from madobe.directory.search.opening import spans_of
from madobe.directory.search.planes import pack
from madobe.directory.search.ranking import CHECK_MALUS, standing, weight

Arrays = dict[str, Any]
STANDINGS = sorted(
    {standing(is_desk=d, needs_check=c) for d in (False, True) for c in (False, True)}
)
DENSE_SHARE = 32  # a concept in more than one row of so many has a column


class Counts(NamedTuple):
    """How many services there are, and how many have each concept: what makes a word rare."""

    everybody: int
    holders: Mapping[str, int]


def segment_arrays(
    entries: Iterable[Entry],
    *,
    days: Sequence[date] = (),
    counts: Counts | None = None,
    say: Callable[[str], None] = lambda _line: None,
) -> tuple[Arrays, dict[str, Any]]:
    """This will give arrays and the small facts beside them. `counts`: of the segment these rows will be ranked with.

    `days`: for which opening hours are worked out beforehand.
    """
    rows = sorted(entries, key=Entry.order)
    say(f"{len(rows)} services")
    arrays: Arrays = {
        "ids": np.frombuffer(b"".join(row.service.bytes for row in rows), np.uint8).reshape(-1, 16)
    }
    facts: dict[str, Any] = {"rows": len(rows)}
    facts["planes"], arrays["planes"] = _planes(rows, arrays, facts)
    say("areas and places")
    facts |= _areas(rows, arrays)
    arrays |= points.arrays_of(
        [(row, *point) for row, entry in enumerate(rows) for point in entry.read_points()]
    )
    arrays |= _dated(rows)
    say("opening hours")
    facts |= _opening(rows, arrays, days)
    say("words")
    facts |= _concepts(rows, arrays, counts)
    say("pairs of characters")
    facts |= text_arrays([row.text for row in rows], arrays)
    return arrays, facts


def _planes(
    rows: Sequence[Entry], arrays: Arrays, facts: dict[str, Any]
) -> tuple[dict[str, int], Any]:
    names: dict[str, int] = {}
    planes: list[Any] = []

    def add(name: str, flags: Any) -> None:
        names[name] = len(planes)
        planes.append(pack(flags))

    own = np.array([row.facts for row in rows], np.int64)
    kinds = np.array([row.kinds for row in rows], np.int64)
    youngest = np.array([row.youngest for row in rows], np.int64)
    oldest = np.array([row.oldest for row in rows], np.int64)
    months = np.array([row.months for row in rows], np.int64)
    add("all", np.ones(len(rows), np.bool_))
    for name in FACTS:
        add(name, own >> BIT[name] & 1)
    for place, kind in enumerate(KINDS):
        add(f"kind:{kind}", kinds >> place & 1)
    for age in range(OLDEST + 1):
        add(f"age:{age}", (youngest <= age) & (age <= oldest))
    # 0 always has a plane: where every row asks for longer, nothing fits, and an empty plane must say so
    facts["months"] = sorted({0, *map(int, np.unique(months))})
    for least in facts["months"]:
        add(f"months:{least}", months <= least)
    own_standing = (own >> BIT[DESK] & 1) * standing(is_desk=True, needs_check=False) - (
        own >> BIT[CHECK] & 1
    ) * CHECK_MALUS
    for one in STANDINGS:
        add(f"standing:{one}", own_standing == one)
    arrays["standing"] = (own_standing + CHECK_MALUS).astype(np.uint8)  # never below 0
    return names, np.array(planes)


def _areas(rows: Sequence[Entry], arrays: Arrays) -> dict[str, Any]:
    """Ranges of the widest areas, and single rows of every further area."""
    ranges: dict[str, list[int]] = {}
    singles: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for row, entry in enumerate(rows):
        areas = entry.read_areas()
        names.update((extent, name) for extent, name in areas if extent not in names)
        if not areas:
            continue
        widest = areas[0][0]
        for key in _keys(widest):
            ranges.setdefault(key, [row, row])[1] = row + 1
        own = set(_keys(widest))
        for key in dict.fromkeys(k for extent, _name in areas[1:] for k in _keys(extent)):
            if key not in own:
                singles.setdefault(key, []).append(row)
    ends: dict[str, list[int]] = {}
    together: list[int] = []
    for extent, found in sorted(singles.items()):
        ends[extent] = [len(together), len(together) + len(found)]
        together += found
    arrays["single_rows"] = np.array(together, np.int64)
    return {"ranges": ranges, "singles": ends, "names": names}


def _keys(extent: str) -> list[str]:
    return [extent, inside_key(extent)] if len(extent) == 6 else [extent]


def _dated(rows: Sequence[Entry]) -> Arrays:
    dated = [
        (row, one.youngest, one.oldest, one.months, one.first, one.last)
        for row, entry in enumerate(rows)
        for one in load_dated(entry.dated_limits)
    ]
    return {"dated": np.array(dated, np.int64).reshape(-1, 6)}


def _opening(rows: Sequence[Entry], arrays: Arrays, days: Sequence[date]) -> dict[str, Any]:
    numbers: dict[str, int] = {"": 0}
    of_rows = [numbers.setdefault(row.timetable, len(numbers)) for row in rows]
    arrays["timetables"] = np.array(of_rows, np.uint16 if len(numbers) < 1 << 16 else np.uint32)
    texts = [text.encode() for text in numbers]
    arrays["timetable_texts"] = np.frombuffer(b"".join(texts), np.uint8)
    arrays["timetable_ends"] = np.cumsum([len(text) for text in texts])
    for day, spans in zip(days, spans_of(list(numbers), days), strict=True):
        arrays[f"open_{day.toordinal()}"] = spans
    return {"days": [day.toordinal() for day in days]}


def _concepts(rows: Sequence[Entry], arrays: Arrays, counts: Counts | None) -> dict[str, Any]:
    found: dict[str, tuple[list[int], list[int]]] = {}
    for row, entry in enumerate(rows):
        for concept, impact in entry.read_concepts().items():
            holders, impacts = found.setdefault(concept, ([], []))
            holders.append(row)
            impacts.append(impact)
    counts = counts or Counts(len(rows), {name: len(one[0]) for name, one in found.items()})
    together: list[Any] = []
    weights: list[Any] = []
    columns: list[Any] = []
    places: dict[str, list[int]] = {}
    start = 0
    for concept, (holders, impacts) in sorted(found.items()):
        adds = _weights(impacts, counts.holders.get(concept, 0), counts.everybody)
        held = np.array(holders, np.int32)
        if len(held) * DENSE_SHARE > len(rows):
            column = np.zeros(len(rows), np.uint8)
            column[held] = adds
            places[concept] = [0, 0, len(columns), len(held)]
            columns.append(column)
            continue
        places[concept] = [start, start + len(held), -1, len(held)]
        start += len(held)
        together.append(held)
        weights.append(adds)
    arrays["concept_rows"] = np.concatenate([*together, np.empty(0, np.int32)])
    arrays["concept_weights"] = np.concatenate([*weights, np.empty(0, np.uint8)])
    arrays["concept_columns"] = np.array(columns, np.uint8).reshape(len(columns), len(rows))
    return {"concepts": places}


def _weights(impacts: Sequence[int], holders: int, everybody: int) -> Any:
    table = np.array([weight(impact, holders, everybody) for impact in range(100)], np.uint8)
    return table[np.array(impacts, np.int64)]
