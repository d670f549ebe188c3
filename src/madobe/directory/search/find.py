"""Answering a plan from one segment: exact total and facets, and the best rows."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from madobe.directory.search import planes as bits
from madobe.directory.search import points
from madobe.directory.search.plan import Plan
from madobe.directory.search.planes import Rows, Words
from madobe.directory.search.ranking import CHECK_MALUS, NEAR_BONUS, RING_BONUS
from madobe.directory.search.segment import Segment

NO_RING = -1
SAMPLE_STEP = 64  # one row in so many is looked at to guess the score of the best
SAMPLE_BEST = 4  # of which the fourth is taken for the threshold
FEW = 4096  # hits that are simply sorted
SCRATCH_KEPT = 3  # columns of all rows kept for the next search of this process


class Found(NamedTuple):
    """`rows`: the best, best first, with `scores`, rings (-1 without an area) and kilometres (None: not asked)."""

    total: int
    rows: list[int]
    scores: list[int]
    rings: list[int]
    km: list[float] | None
    facets: Mapping[str, Mapping[str, int]]


class Candidates(NamedTuple):
    """Rows that pass everything but the words, ascending in each piece."""

    rows: Rows
    rings: NDArray[np.int64]
    km: NDArray[np.float64] | None


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
    rows, rings, km = found
    keep = _keep(segment, plan, rows)
    if keep is not None:
        rows, rings, km = rows[keep], rings[keep], km[keep] if km is not None else None
    scores = np.zeros(len(rows), np.int64)
    if plan.terms:
        for term in plan.terms:
            if term.concept is not None:
                scores += segment.postings.at(term.concept, rows)
            else:
                standing = segment.grams.standing(term.word, among=rows)
                weights = segment.grams.weights(standing, basis.word_weights(term))
                scores[np.searchsorted(rows, standing.rows)] += weights
        hit = np.flatnonzero(scores)
        rows, rings, scores = rows[hit], rings[hit], scores[hit]
        km = km[hit] if km is not None else None
    facets = _facets_of_rows(segment, plan, rows, rings) if with_facets else {}
    scores += _standing(segment, rows)
    if plan.rings:
        scores += _RING_BONUS[rings]
    if km is not None and plan.near is not None:
        scores += (NEAR_BONUS * (1 - km / plan.near.within_km)).astype(np.int64)
    best = _best(scores, plan.wanted)
    return Found(
        len(rows),
        rows[best].tolist(),
        scores[best].tolist(),
        rings[best].tolist(),
        km[best].tolist() if km is not None else None,
        facets,
    )


_RING_BONUS = np.array([*RING_BONUS, 0], np.int64)  # the last: NO_RING


def _in_rings(segment: Segment, plan: Plan, live: Words | None) -> Candidates:
    ground, chosen = segment.ground(plan.rings), segment.selection(plan)
    pieces, lengths, rings = [], [], []
    for ring, start, end in sorted(ground.ranges, key=lambda one: one.start):
        first, last = start >> 6, (end + 63) >> 6
        plane = bits.both(segment.planes, chosen.every, first, last)
        for group in chosen.any_of:
            plane &= bits.either(segment.planes, group, first, last)
        if live is not None:
            plane &= live[first:last]
        rows = bits.rows_between(plane, start, end, first)
        pieces.append(rows)
        lengths.append(len(rows))
        rings.append(ring)
    together = np.concatenate(pieces) if pieces else np.empty(0, np.int64)
    of_rows = np.repeat(np.array(rings, np.int64), lengths)
    if len(ground.single):
        together, of_rows = _with_single_rows(segment, plan, live, together, of_rows)
    return Candidates(together, of_rows, None)


def _with_single_rows(
    segment: Segment, plan: Plan, live: Words | None, rows: Rows, rings: NDArray[np.int64]
) -> tuple[Rows, NDArray[np.int64]]:
    """Put in the rows that are here by a further area of theirs."""
    ground = segment.ground(plan.rings)
    stays = ~np.isin(rows, ground.lifted, assume_unique=True)
    passing = _passes(segment, plan, live, ground.single)
    rows = np.concatenate([rows[stays], ground.single[passing]])
    rings = np.concatenate([rings[stays], ground.single_rings[passing]])
    order = np.argsort(rows, kind="stable")
    return rows[order], rings[order]


def _near(segment: Segment, plan: Plan, live: Words | None) -> Candidates:
    assert plan.near is not None
    rows, km = points.within(segment.arrays, plan.near)  # type: ignore[arg-type]
    keep = _passes(segment, plan, live, rows)
    rows, km = rows[keep], km[keep]
    rings = np.full(len(rows), NO_RING, np.int64)
    if plan.rings:
        ground = segment.ground(plan.rings)
        for ring, start, end in ground.ranges:
            rings[(start <= rows) & (rows < end)] = ring
        if len(ground.single):
            at = np.searchsorted(ground.single, rows)
            at[at == len(ground.single)] = 0
            same = ground.single[at] == rows
            rings[same] = ground.single_rings[at[same]]
        inside = rings != NO_RING
        rows, km, rings = rows[inside], km[inside], rings[inside]
    return Candidates(rows, rings, km)


def _passes(segment: Segment, plan: Plan, live: Words | None, rows: Rows) -> NDArray[np.bool_]:
    chosen = segment.selection(plan)
    keep = np.ones(len(rows), np.bool_)
    for one in chosen.every:
        keep &= bits.bits_at(segment.planes[one], rows)
    for group in chosen.any_of:
        some = np.zeros(len(rows), np.bool_)
        for one in group:
            some |= bits.bits_at(segment.planes[one], rows)
        keep &= some
    if live is not None:
        keep &= bits.bits_at(live, rows)
    return keep


def _keep(segment: Segment, plan: Plan, rows: Rows) -> NDArray[np.bool_] | None:
    """What planes cannot say: conditions with dates, and the minute. None: nothing to say."""
    keep: NDArray[np.bool_] | None = None
    excluded = segment.excluded(plan)
    if len(excluded) and len(rows):
        keep = ~np.isin(rows, excluded, assume_unique=True)
    if plan.open_at is not None:
        is_open = segment.is_open(plan, rows)
        keep = is_open if keep is None else keep & is_open
    return keep


def _standing(segment: Segment, rows: Rows) -> NDArray[np.int64]:
    return segment.arrays["standing"][rows].astype(np.int64) - CHECK_MALUS


def _best(scores: NDArray[np.int64], wanted: int) -> Rows:
    """Places of the highest scores, best first; of equals the lower place first."""
    if wanted <= 0:
        return np.empty(0, np.int64)
    if len(scores) > max(FEW, wanted):
        least = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
        above, equal = np.flatnonzero(scores > least), np.flatnonzero(scores == least)
        places = np.concatenate([above, equal[: wanted - len(above)]])
        return places[np.argsort(-scores[places], kind="stable")]
    return np.argsort(-scores, kind="stable")[:wanted]


def _facets_of_rows(
    segment: Segment, plan: Plan, rows: Rows, rings: NDArray[np.int64]
) -> dict[str, dict[str, int]]:
    counts = np.zeros(len(segment.facet_planes), np.int64)
    words = rows >> 6
    # rows of one area lie together: count whole words wherever they do
    for start, end in _runs(words):
        first = int(words[start])
        last = int(words[end - 1]) + 1
        flags = np.zeros((last - first) * bits.WORD_BITS, np.bool_)
        flags[rows[start:end] - first * bits.WORD_BITS] = True
        plane = np.packbits(flags, bitorder="little").view(np.uint64)
        counts += _plane_counts(segment, plane, first, last)
    distances = {
        ring.distance: number
        for place, ring in enumerate(plan.rings)
        if (number := int(np.count_nonzero(rings == place)))
    }
    return _named(segment, counts, distances)


def _runs(words: Rows, gap: int = 64) -> list[tuple[int, int]]:
    """Pieces of ascending words without a wide gap inside."""
    if not len(words):
        return []
    breaks = np.flatnonzero(np.diff(words) > gap) + 1
    edges = [0, *breaks.tolist(), len(words)]
    return list(zip(edges[:-1], edges[1:], strict=True))


def _plane_counts(segment: Segment, plane: Words, first: int, last: int) -> NDArray[np.int64]:
    counts = np.empty(len(segment.facet_planes), np.int64)
    if last - first <= 512:
        inside = segment.planes[segment.facet_planes, first:last] & plane
        counts[:] = np.bitwise_count(inside).sum(axis=1, dtype=np.int64)
        return counts
    both = np.empty_like(plane)
    for place, one in enumerate(segment.facet_planes):
        np.bitwise_and(segment.planes[one, first:last], plane, out=both)
        counts[place] = np.bitwise_count(both).sum(dtype=np.int64)
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
    facets = (
        _named(segment, _plane_counts(segment, plane, 0, len(plane)), {}) if with_facets else {}
    )
    return Found(total, rows, scores, [NO_RING] * len(rows), None, facets)


def _passing(segment: Segment, plan: Plan, live: Words | None) -> Words:
    chosen = segment.selection(plan)
    plane = bits.both(segment.planes, chosen.every)
    for group in chosen.any_of:
        plane &= bits.either(segment.planes, group)
    if live is not None:
        plane &= live
    excluded = segment.excluded(plan)
    if len(excluded):
        plane &= ~bits.of_rows(excluded, segment.rows)
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
        scores += _standing(segment, np.array(found, np.int64)).tolist()
    return rows, scores


def _by_words(
    segment: Segment, plan: Plan, plane: Words, basis: Segment
) -> tuple[Words, int, list[int], list[int]]:
    passing = bits.unpack(plane, segment.rows)
    with _scratch(segment.rows) as scores:
        for term in plan.terms:
            if term.concept is not None:
                segment.postings.add_to(scores, term.concept)
            else:
                standing = segment.grams.standing(term.word, among=None, passing=passing)
                weights = segment.grams.weights(standing, basis.word_weights(term))
                scores[standing.rows] += weights
        hits = scores != 0
        hits &= passing
        total = int(np.count_nonzero(hits))
        # one more than its standing, so that a hit never falls to 0; what is no hit does
        np.add(scores, segment.arrays["standing"], out=scores)
        scores += 1
        np.multiply(scores, hits, out=scores)
        rows = _best_of_all(scores, hits, total, plan.wanted)
        values = scores[rows].astype(np.int64) - 1 - CHECK_MALUS
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


_kept: list[NDArray[np.uint16]] = []


@contextmanager
def _scratch(rows: int) -> Iterator[NDArray[np.uint16]]:
    """A column of zeros for one search alone: two threads never hold the same one."""
    try:
        column = _kept.pop()
    except IndexError:
        column = np.empty(0, np.uint16)
    if len(column) != rows:
        column = np.empty(rows, np.uint16)
    column.fill(0)
    try:
        yield column
    finally:
        if len(_kept) < SCRATCH_KEPT:
            _kept.append(column)
