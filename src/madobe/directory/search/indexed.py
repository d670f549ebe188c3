"""Answering from snapshot and delta together."""

from bisect import bisect_right
from typing import NamedTuple

import numpy as np

from madobe.directory.search.engine import State
from madobe.directory.search.find import Found, find
from madobe.directory.search.plan import Plan
from madobe.directory.search.ranked import Answered, Ranked, in_order, summed
from madobe.directory.search.regions import INSIDE, covers, extent_order
from madobe.directory.search.segment import Segment


class SegmentHit(NamedTuple):
    """One row of a segment, read when reasons are asked for."""

    segment: Segment
    row: int

    def text(self) -> str:
        return self.segment.text(self.row)

    def answers(self, concept: str) -> bool:
        return bool(self.segment.postings.at(concept, np.array([self.row]))[0])

    def holds(self, fact: str) -> bool:
        return self.segment.holds(fact, self.row)


def answer(state: State, plan: Plan, *, with_facets: bool = True) -> Answered:
    """This will give total, facets and the best hits, edits of a moment ago included."""
    snapshot, delta = state.snapshot, state.delta
    main = find(snapshot, plan, live=delta.live, with_facets=with_facets)
    hits = _ranked(snapshot, plan, main)
    if delta.fresh is None:
        return Answered(main.total, hits, main.facets)
    fresh = find(delta.fresh, plan, basis=snapshot, with_facets=with_facets)
    together = in_order([*hits, *_ranked(delta.fresh, plan, fresh)])
    return Answered(
        main.total + fresh.total, together[: plan.wanted], summed(main.facets, fresh.facets)
    )


def _ranked(segment: Segment, plan: Plan, found: Found) -> list[Ranked]:
    hits = []
    for place, row in enumerate(found.rows):
        service, ring = segment.service(row), found.rings[place]
        widest = _widest(segment, row)
        extent = _extent(segment, plan, row, ring, widest)
        hits.append(
            Ranked(
                service=service,
                score=found.scores[place],
                ring=ring,
                extent=extent,
                area_name=segment.facts["names"].get(extent, ""),
                km=found.km[place] if found.km is not None else None,
                order=(*extent_order(widest), service.bytes),
                seen=SegmentHit(segment, row),
            )
        )
    return hits


def _widest(segment: Segment, row: int) -> str:
    """The widest area of a row; "" for one without areas."""
    starts = segment.range_starts
    place = bisect_right(starts, row, key=lambda one: one[0]) - 1
    if place < 0:
        return ""
    extent = starts[place][1]
    return extent if row < segment.facts["ranges"][extent][1] else ""


def _extent(segment: Segment, plan: Plan, row: int, ring: int, widest: str) -> str:
    """The area by which a row is a hit: the widest, or the further one that lies in the hit's ring."""
    if ring < 0 or covers(plan.rings[ring].extents, widest):
        return widest
    for extent, (start, end) in segment.facts["singles"].items():
        is_here = not extent.endswith(INSIDE) and covers(plan.rings[ring].extents, extent)
        if is_here and row in segment.arrays["single_rows"][start:end]:
            return str(extent)
    return widest
