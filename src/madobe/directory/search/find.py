"""Answering a plan from one segment: exact total and facets, and the best rows."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from madobe.directory.search import planes as bits
from madobe.directory.search import points
from madobe.directory.search.ground import kilometres, near_bonuses
from madobe.directory.search.ground_rows import NO_RING
from madobe.directory.search.plan import Plan
from madobe.directory.search.planes import Rows, Words
from madobe.directory.search.ranking import CHECK_MALUS, RING_BONUS
from madobe.directory.search.scratch import scratch
from madobe.directory.search.segment import Segment

SAMPLE_STEP = 64  # one row in so many is looked at to guess the score of the best
SAMPLE_BEST = 4  # of which the fourth is taken for the threshold
FEW = 4096  # hits of which no threshold is guessed
SORTED_WHOLE = 256  # hits that are simply sorted


class Found(NamedTuple):
    """`rows`: the best, best first, with `scores`, rings (-1 without an area) and kilometres (None: not asked)."""

    total: int
    rows: list[int]
    scores: list[int]
    rings: list[int]
    km: list[float] | None
    facets: Mapping[str, Mapping[str, int]]


class Candidates(NamedTuple):
    """Rows that pass the planes, ascending, with their rings; inside a circle, how near they are."""

    rows: Rows
    rings: NDArray[np.int64]
    near: NDArray[np.float64] | None


def find(
    segment: Segment,
    plan: Plan,
    *,
    live: Words | None = None,
    basis: Segment | None = None,
    with_facets: bool = True,
) -> Found:
    """This will answer a plan. `live`: rows that still stand (None: all). `basis`: the segment by which words are rare."""
    if plan.rings or plan.near:
        return _around(segment, plan, live, basis or segment, with_facets)
    return _everywhere(segment, plan, live, basis or segment, with_facets)


# --- around a place: few rows, gathered ---


def _around(
    segment: Segment, plan: Plan, live: Words | None, basis: Segment, with_facets: bool
) -> Found:
    found = _near(segment, plan, live) if plan.near else _in_rings(segment, plan, live)
    rows, rings, near = found
    if plan.open_at is not None:
        keep = segment.is_open(plan, rows)
        rows, rings, near = rows[keep], rings[keep], near[keep] if near is not None else None
    scores = segment.arrays["standing"][rows].astype(np.int64)
    if plan.terms:
        said = _said(segment, plan, basis, rows)
        hit = np.flatnonzero(said)
        rows, rings, scores = rows[hit], rings[hit], scores[hit] + said[hit]
        near = near[hit] if near is not None else None
    facets = _facets_of_rows(segment, plan, rows, rings) if with_facets else {}
    scores += _RING_BONUS[rings]
    if near is not None and plan.near is not None:
        scores += near_bonuses(near, plan.near.within_km)
    best = _best(scores, plan.wanted)
    return Found(
        len(rows),
        rows[best].tolist(),
        scores[best].tolist(),
        rings[best].tolist(),
        kilometres(near[best]).tolist() if near is not None else None,
        facets,
    )


# By ring, the last for NO_RING; the malus is what the column of standings was lifted by.
_RING_BONUS = np.array([*RING_BONUS, 0], np.int64) - CHECK_MALUS


def _said(segment: Segment, plan: Plan, basis: Segment, rows: Rows) -> NDArray[np.int64]:
    """What the words add to each row; 0 where none stands."""
    said = np.zeros(len(rows), np.int64)
    for term in plan.terms:
        if term.concept is not None:
            said += segment.postings.at(term.concept, rows)
        else:
            said += segment.grams.at(term.word, rows, basis.word_weights(term))
    return said


def _in_rings(segment: Segment, plan: Plan, live: Words | None) -> Candidates:
    ground, chosen = segment.ground(plan.rings), segment.selection(plan)
    words = ground.words
    plane = ground.mask
    for one in chosen.every:
        plane = plane & segment.planes[one][words]
    for group in chosen.any_of:
        some = segment.planes[group[0]][words]
        for one in group[1:]:
            some |= segment.planes[one][words]
        plane = plane & some
    for more in (live, segment.allowed(plan)):
        if more is not None:
            plane = plane & more[words]
    bit = np.flatnonzero(np.unpackbits(plane.view(np.uint8), bitorder="little").view(np.bool_))
    rows = (words[bit >> 6] << 6) | (bit & 63)
    return Candidates(rows, ground.rings_of(rows), None)


def _near(segment: Segment, plan: Plan, live: Words | None) -> Candidates:
    assert plan.near is not None
    rows, near = points.inside(segment.arrays, plan.near)
    keep = bits.bits_at(_by_planes(segment, plan, live), rows)
    rows, near = rows[keep], near[keep]
    here = np.zeros(segment.rows, np.bool_)
    here[rows] = True
    once = np.flatnonzero(here)
    if len(once) < len(rows):  # services with several places: the nearest, written last, counts
        order = np.argsort(near, kind="stable")
        rows, near = rows[order], near[order]
    with scratch(segment.rows, np.int32) as places:
        places[rows] = np.arange(len(rows))
        near = near[places[once]]
    if not plan.rings:
        return Candidates(once, np.full(len(once), NO_RING, np.int64), near)
    rings = segment.ground(plan.rings).rings_of(once)
    inside = rings != NO_RING
    return Candidates(once[inside], rings[inside], near[inside])


def _best(scores: NDArray[np.int64], wanted: int) -> Rows:
    """Places of the highest scores, best first; of equals the lower place first."""
    if wanted <= 0:
        return np.empty(0, np.int64)
    if len(scores) > max(SORTED_WHOLE, wanted):
        least = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
        above, equal = np.flatnonzero(scores > least), np.flatnonzero(scores == least)
        places = np.concatenate([above, equal[: wanted - len(above)]])
        return places[np.argsort(-scores[places], kind="stable")]
    return np.argsort(-scores, kind="stable")[:wanted]


def _facets_of_rows(
    segment: Segment, plan: Plan, rows: Rows, rings: NDArray[np.int64]
) -> dict[str, dict[str, int]]:
    of_rows = rows >> 6
    starts = np.flatnonzero(np.diff(of_rows, prepend=-1))  # where a new word of the planes begins
    words = of_rows[starts]
    bit = np.uint64(1) << (rows & 63).astype(np.uint64)
    plane = np.bitwise_or.reduceat(bit, starts) if len(rows) else np.empty(0, np.uint64)
    inside = segment.planes[segment.facet_planes[:, None], words] & plane
    counts = np.bitwise_count(inside).sum(axis=1, dtype=np.int64)
    distances = {
        ring.distance: number
        for place, ring in enumerate(plan.rings)
        if (number := int(np.count_nonzero(rings == place)))
    }
    return _named(segment, counts, distances)


def _plane_counts(segment: Segment, plane: Words) -> NDArray[np.int64]:
    both = np.empty_like(plane)
    counts = np.empty(len(segment.facet_planes), np.int64)
    for place, one in enumerate(segment.facet_planes):
        np.bitwise_and(segment.planes[one], plane, out=both)
        counts[place] = bits.count(both)
    return counts


def _named(
    segment: Segment, counts: NDArray[np.int64], distances: dict[str, int]
) -> dict[str, dict[str, int]]:
    flat = iter(counts.tolist())
    named = {
        group: {name: number for name, _plane in members if (number := next(flat))}
        for group, members in segment.facets.items()
    }
    named["distance"] = distances
    return named


# --- everywhere: all rows, column by column ---


def _everywhere(
    segment: Segment, plan: Plan, live: Words | None, basis: Segment, with_facets: bool
) -> Found:
    plane = _passing(segment, plan, live)
    if not plan.terms:
        rows, scores = _first_by_standing(segment, plane, plan.wanted)
        total = bits.count(plane)
    else:
        plane, total, rows, scores = _by_words(segment, plan, plane, basis)
    facets = _named(segment, _plane_counts(segment, plane), {}) if with_facets else {}
    return Found(total, rows, scores, [NO_RING] * len(rows), None, facets)


def _by_planes(segment: Segment, plan: Plan, live: Words | None) -> Words:
    """The rows all planes of a plan let pass."""
    chosen = segment.selection(plan)
    plane = bits.both(segment.planes, chosen.every)
    for group in chosen.any_of:
        plane &= bits.either(segment.planes, group)
    for more in (live, segment.allowed(plan)):
        if more is not None:
            plane &= more
    return plane


def _passing(segment: Segment, plan: Plan, live: Words | None) -> Words:
    """The same, with the minute."""
    plane = _by_planes(segment, plan, live)
    if plan.open_at is not None:
        is_open = segment.opening.open_rows(plan.open_at, segment.timetables)
        plane &= bits.pack(is_open)
    return plane


def _first_by_standing(segment: Segment, plane: Words, wanted: int) -> tuple[list[int], list[int]]:
    """Without words, what a service always has decides: those made for this, then the rest, in the order of rows."""
    rows: list[int] = []
    scores: list[int] = []
    for place in segment.standings:
        if len(rows) >= wanted:
            break
        found = list(bits.first_rows(plane & segment.planes[place], wanted - len(rows)))
        rows += found
        scores += (segment.arrays["standing"][found].astype(np.int64) - CHECK_MALUS).tolist()
    return rows, scores


def _by_words(
    segment: Segment, plan: Plan, plane: Words, basis: Segment
) -> tuple[Words, int, list[int], list[int]]:
    passing = bits.unpack(plane, segment.rows)
    with scratch(segment.rows, np.uint16) as scores:
        scores.fill(0)
        for term in plan.terms:
            if term.concept is not None:
                segment.postings.add_to(scores, term.concept)
            else:
                segment.grams.add_to(scores, term.word, plane, basis.word_weights(term))
        hits = scores != 0
        hits &= passing
        total = int(np.count_nonzero(hits))
        # A standing is lifted by the malus: no hit falls to 0; what is none does.
        np.add(scores, segment.arrays["standing"], out=scores)
        np.multiply(scores, hits, out=scores)
        rows = _best_of_all(scores, hits, total, plan.wanted)
        values = scores[rows].astype(np.int64) - CHECK_MALUS
    best = _best(values, plan.wanted)
    return bits.pack(hits), total, rows[best].tolist(), values[best].tolist()


def _best_of_all(
    scores: NDArray[np.uint16], hits: NDArray[np.bool_], total: int, wanted: int
) -> Rows:
    """Rows that hold the best `wanted` hits for certain, ascending."""
    if total > FEW:
        sample = scores[::SAMPLE_STEP]
        best = SAMPLE_BEST + wanted // (2 * SAMPLE_STEP)
        if len(sample) > best:
            threshold = np.partition(sample, len(sample) - best)[len(sample) - best]
            if threshold:
                rows = np.flatnonzero(scores >= threshold)
                if len(rows) >= wanted:
                    return rows
    return np.flatnonzero(hits)
