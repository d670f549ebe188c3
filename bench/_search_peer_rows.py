"""The product's search entries as rows for the peers, and its plans as their questions."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from bench._search_corpus import NOW, on_sphere
from bench._search_peers import PeerQuestion, PeerRow, PeerTerm, kind_word
from bench._search_queries import MOMENTS
from madobe.directory.models import SearchEntry
from madobe.directory.rules.hours import JAPAN, hours_of_rows
from madobe.directory.search.facts import BIT, KIND_BIT
from madobe.directory.search.lexicon import by_id
from madobe.directory.search.limits import load_dated
from madobe.directory.search.plan import Plan
from madobe.directory.search.ranking import FULL_IMPACT, weight

FIELDS = (
    "service_id", "text", "kinds", "facts", "youngest", "oldest", "months",
    "dated_limits", "timetable", "areas", "points",
)  # fmt: skip


class Peers:
    """Numbers the services and timetables once, in the order of their ids."""

    def __init__(self) -> None:
        texts = SearchEntry.objects.values_list("timetable", flat=True).distinct()
        self._timetables = {text: place for place, text in enumerate(sorted(texts))}

    def rows(self) -> Iterator[PeerRow]:
        """This will give every entry as a row."""
        entries = SearchEntry.objects.order_by("service_id").values_list(*FIELDS)
        for number, entry in enumerate(entries.iterator(chunk_size=5000)):
            yield self._row(number, dict(zip(FIELDS, entry, strict=True)))

    def openings(self) -> list[tuple[int, int]]:
        """This will give (moment, timetable) wherever a timetable is open at a moment asked for."""
        return [
            (moment, number)
            for text, number in self._timetables.items()
            if text
            for moment, at in enumerate(MOMENTS)
            if hours_of_rows(text, at).open_now is True
        ]

    def _row(self, number: int, entry: dict[str, Any]) -> PeerRow:
        extents = [extent for extent, _name in json.loads(entry["areas"])]
        extent, extent2, *_others = [*extents, "", ""]
        ((latitude, longitude),) = json.loads(entry["points"])
        limits = [
            one
            for one in load_dated(entry["dated_limits"])
            if one.first <= NOW.astimezone(JAPAN).toordinal() <= one.last
        ]
        kinds = [kind_word(place) for place in KIND_BIT.values() if entry["kinds"] >> place & 1]
        return PeerRow(
            number,
            extent,
            extent2,
            _prefecture(extent),
            _prefecture(extent2),
            latitude,
            longitude,
            *on_sphere(latitude, longitude),
            entry["facts"],
            max([entry["youngest"], *(one.youngest for one in limits)]),
            min([entry["oldest"], *(one.oldest for one in limits)]),
            max([entry["months"], *(one.months for one in limits)]),
            self._timetables[entry["timetable"]],
            f"{entry['text']}\n{' '.join(kinds)}",
        )


def _prefecture(extent: str) -> str:
    return "" if extent == "JP" else extent[:2]


def questions(plans: Sequence[Plan], holders: Any, everybody: int) -> list[PeerQuestion]:
    """This will give plans as questions for the peers. `holders(term)`: how many services a term stands in."""
    present = _synonyms_present(plans)
    return [
        PeerQuestion(
            rings=tuple(ring.extents for ring in plan.rings),
            circle=(plan.near.latitude, plan.near.longitude, plan.near.within_km)
            if plan.near
            else None,
            facts=sum(1 << BIT[fact] for fact in plan.facts),
            any_facts=(sum(1 << BIT[one] for one in set(plan.methods)),) if plan.methods else (),
            age=plan.age,
            months=plan.months,
            moment=_moment(plan.open_at),
            terms=tuple(
                PeerTerm(
                    present[term.concept] if term.concept else (term.word,),
                    float(weight(FULL_IMPACT, holders(term), everybody)),
                )
                for term in plan.terms
            ),
        )
        for plan in plans
    ]


def _moment(at: datetime | None) -> int:
    return -1 if at is None else [one.timestamp() for one in MOMENTS].index(at.timestamp())


def _synonyms_present(plans: Sequence[Plan]) -> dict[str, tuple[str, ...]]:
    """Of each concept asked for the forms that stand in some entry; none that holds another; its kinds as words."""
    asked = sorted({term.concept for plan in plans for term in plan.terms if term.concept})
    text = "\0".join(SearchEntry.objects.values_list("text", flat=True).iterator(chunk_size=5000))
    found = {}
    for concept in asked:
        one = by_id()[concept]
        stands = [form for form in one.forms if form in text]
        least = [form for form in stands if not any(o != form and o in form for o in stands)]
        kinds = [kind_word(KIND_BIT[kind]) for kind in one.kinds]
        found[concept] = (*least, *kinds)
    return found
