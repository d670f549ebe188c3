"""The same search in plain SQL that SQLite and PostgreSQL both understand: where there is no snapshot, and as the
measure for it. What no portable SQL can say (conditions with dates, kilometres, the minute) is settled row by row.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, Q, QuerySet

from madobe.directory.models import Location, SearchEntry, ServiceArea
from madobe.directory.rules.hours import hours_of_rows
from madobe.directory.search.entry import FIELDS, Entry
from madobe.directory.search.facts import BIT, CHECK, DESK, FACT_NEEDS, KIND_BIT, mask
from madobe.directory.search.grams import word_weights
from madobe.directory.search.ground import (
    kilometres,
    least_nearness,
    near_bonuses,
    nearness,
    on_sphere,
)
from madobe.directory.search.limits import load_dated
from madobe.directory.search.plan import Plan
from madobe.directory.search.ranked import Answered, Ranked, in_order
from madobe.directory.search.ranking import RING_BONUS, standing, weight
from madobe.directory.search.regions import INSIDE, Ring, covers
from madobe.directory.search.words import Term

CHUNK = 2000
KM_A_DEGREE = 111.0
HoldersOf = Callable[[Term], int]


class EntryHit(NamedTuple):
    """One entry as a hit."""

    entry: Entry

    def text(self) -> str:
        return self.entry.text

    def answers(self, concept: str) -> bool:
        return f" {concept}:" in self.entry.concepts

    def holds(self, fact: str) -> bool:
        name, _colon, value = fact.partition(":")
        if name == "kind":
            return bool(self.entry.kinds >> KIND_BIT[value] & 1)
        if name == "age":
            return self.entry.youngest <= int(value) <= self.entry.oldest
        return bool(self.entry.facts >> BIT[fact] & 1)


def answer(plan: Plan, *, holders: HoldersOf | None = None, everybody: int = 0) -> Answered:
    """This will give the answer. `holders`, `everybody`: another way to tell how rare words are (a snapshot's)."""
    weigh = _weigher(plan, holders, everybody)
    hits: list[Ranked] = []
    facets: dict[str, dict[str, int]] = {"kind": {}, "need": {}, "method": {}, "distance": {}}
    for entry in _candidates(plan):
        hit = _hit(plan, entry, weigh)
        if hit is not None:
            hits.append(hit)
            _count(facets, entry, plan, hit)
    return Answered(len(hits), in_order(hits)[: plan.wanted], facets)


def entries_for(plan: Plan) -> QuerySet[SearchEntry]:
    """This will give the entries that may fit: all that do, and some whose dates, kilometres or minute do not."""
    found = SearchEntry.objects.all()
    if plan.rings:
        areas = ServiceArea.objects.filter(_in_any(plan.rings))
        found = found.filter(pk__in=areas.values("service"))
    if plan.near:
        reach = plan.near.within_km / KM_A_DEGREE
        places = Location.objects.filter(
            latitude__range=(plan.near.latitude - reach, plan.near.latitude + reach)
        )
        found = found.filter(pk__in=places.values("service_at_locations__service"))
    if plan.facts:
        found = found.annotate(held=_bits("facts", mask(plan.facts)))
        found = found.filter(held=mask(plan.facts))
    if plan.methods:
        found = found.annotate(ways=_bits("facts", mask(plan.methods))).exclude(ways=0)
    if plan.kinds:
        wanted = sum(1 << KIND_BIT[kind] for kind in set(plan.kinds))
        found = found.annotate(are=_bits("kinds", wanted)).exclude(are=0)
    if plan.age >= 0:
        found = found.filter(youngest__lte=plan.age, oldest__gte=plan.age)
    if plan.months >= 0:
        found = found.filter(months__lte=plan.months)
    if plan.open_at is not None:
        found = found.exclude(timetable="")
    if plan.terms:
        said = Q()
        for term in plan.terms:
            said |= _says(term)
        found = found.filter(said)
    return found


def _bits(column: str, wanted: int) -> ExpressionWrapper:
    """64 bits wide: compared as a plain integer, a mask above the thirty-first bit would be none that PostgreSQL knows."""
    return ExpressionWrapper(F(column).bitand(wanted), output_field=BigIntegerField())


def _candidates(plan: Plan) -> Iterator[Entry]:
    rows = entries_for(plan).values_list(*FIELDS)
    for row in rows.iterator(chunk_size=CHUNK):
        yield Entry(*row)


def _in_any(rings: tuple[Ring, ...]) -> Q:
    areas = Q()
    for ring in rings:
        for extent in ring.extents:
            if extent.endswith(INSIDE):
                areas |= Q(extent__startswith=extent[:-1], extent_type="municipality")
            else:
                areas |= Q(extent=extent)
    return areas


def _says(term: Term) -> Q:
    if term.concept is not None:
        return Q(concepts__contains=f" {term.concept}:")
    return Q(text__contains=term.word)


def _hit(plan: Plan, entry: Entry, weigh: "Weigher") -> Ranked | None:
    dated = load_dated(entry.dated_limits)
    if any(one.excludes(age=plan.age, months=plan.months, day=plan.day) for one in dated):
        return None
    if plan.open_at and not hours_of_rows(entry.timetable, plan.open_at).open_now:
        return None
    near = _nearness(plan, entry)
    if plan.near and (near is None or near < least_nearness(plan.near.within_km)):
        return None
    ring, extent, area_name = _ring(plan, entry)
    score = weigh(entry) + standing(
        is_desk=bool(entry.facts >> BIT[DESK] & 1), needs_check=bool(entry.facts >> BIT[CHECK] & 1)
    )
    if ring >= 0:
        score += RING_BONUS[ring]
    km = None
    if plan.near and near is not None:
        score += int(near_bonuses(near, plan.near.within_km))
        km = float(kilometres(near))
    return Ranked(entry.service, score, ring, extent, area_name, km, entry.order(), EntryHit(entry))


def _nearness(plan: Plan, entry: Entry) -> float | None:
    """How near the nearest of its points is, None without a circle or a point."""
    if plan.near is None:
        return None
    near = plan.near
    return max(
        (
            float(nearness(on_sphere(lat, lng), near.latitude, near.longitude))
            for lat, lng in entry.read_points()
        ),
        default=None,
    )


def _ring(plan: Plan, entry: Entry) -> tuple[int, str, str]:
    areas = entry.read_areas()
    for place, ring in enumerate(plan.rings):
        for extent, name in areas:
            if covers(ring.extents, extent):
                return place, extent, name
    extent, name = areas[0] if areas else ("", "")
    return -1, extent, name


Weigher = Callable[[Entry], int]


def _weigher(plan: Plan, holders: HoldersOf | None, everybody: int) -> Weigher:
    """How much the words of the question add to an entry."""
    if not plan.terms:
        return lambda _entry: 0
    if holders is None:
        counts, everybody = _counted(plan)
        holders = counts.__getitem__
    known = [(t.concept, holders(t)) for t in plan.terms if t.concept is not None]
    others = [
        (t.word, word_weights(t.word, holders(t), everybody))
        for t in plan.terms
        if t.concept is None
    ]
    total = everybody

    def weigh(entry: Entry) -> int:
        impacts = entry.read_concepts()
        score = sum(
            weight(impacts[concept], held, total) for concept, held in known if concept in impacts
        )
        for word, by_field in others:
            at = entry.text.find(word)
            if at >= 0:
                score += by_field[min(entry.text.count("\n", 0, at), 2)]
        return score

    return weigh


def _counted(plan: Plan) -> tuple[dict[Term, int], int]:
    """How many entries each term stands in; of a longer unknown word its rarest pair, as the snapshot does."""
    asked: dict[str, Count] = {"everybody": Count("pk")}
    for place, term in enumerate(plan.terms):
        if term.concept is not None or len(term.word) <= 2:
            asked[f"t{place}_0"] = Count("pk", filter=_says(term))
            continue
        for step in range(len(term.word) - 1):
            pair = term.word[step : step + 2]
            asked[f"t{place}_{step}"] = Count("pk", filter=Q(text__contains=pair))
    found = SearchEntry.objects.aggregate(**asked)
    counts = {
        term: min(number for name, number in found.items() if name.startswith(f"t{place}_"))
        for place, term in enumerate(plan.terms)
    }
    return counts, found["everybody"]


def _count(facets: dict[str, dict[str, int]], entry: Entry, plan: Plan, hit: Ranked) -> None:
    named = [("need", need) for need in FACT_NEEDS if entry.facts >> BIT[f"need:{need}"] & 1]
    named += [("kind", kind) for kind, place in KIND_BIT.items() if entry.kinds >> place & 1]
    named += [
        ("method", name.removeprefix("method:"))
        for name, place in BIT.items()
        if name.startswith("method:") and entry.facts >> place & 1
    ]
    if hit.ring >= 0:
        named.append(("distance", plan.rings[hit.ring].distance))
    for group, name in named:
        facets[group][name] = facets[group].get(name, 0) + 1
