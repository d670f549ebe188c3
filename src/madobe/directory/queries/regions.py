"""A region's page: the first places of each distance, and how many there are of each kind. Two queries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from madobe.directory.queries.places import KIND_ORDER, Row, bodies_of, rows_of
from madobe.directory.rules.card import fits, place_of, read_card
from madobe.directory.rules.eligibility import Person
from madobe.directory.rules.place import Place

DISTANCES = ("city", "prefecture", "nation")
FIRST_SHOWN = 5  # places of one distance a region page shows in full
READ = 12  # cards read for them: the same office may be known from two sources


class Region(Protocol):
    """A region as its page knows it: `code` is six digits, or the two of a prefecture."""

    @property
    def code(self) -> str: ...


@dataclass(frozen=True)
class PlaceGroup:
    """The places of one distance: the first ones in full, all of them counted by kind, the larger kinds first."""

    distance: str
    places: tuple[Place, ...]
    kinds: tuple[tuple[str, int], ...]

    @property
    def has_more(self) -> bool:
        """Whether a kind has places that are not among the first."""
        return any(
            count > sum(kind in place.kinds for place in self.places) for kind, count in self.kinds
        )


def region_page(region: Region, *, at: datetime) -> list[PlaceGroup]:
    """This will give a region's places in groups by distance; a prefecture's page starts with the prefecture.

    However many places there are, only the cards of the first ones are read.
    """
    is_city = len(region.code) == 6
    rows = rows_of(region.code if is_city else "", region.code[:2])
    first = {distance: _first(rows, distance) for distance in DISTANCES}
    bodies = bodies_of({row.service for chosen in first.values() for row in chosen})
    return [
        PlaceGroup(distance, _places(first[distance], bodies, at), _kinds(rows, distance))
        for distance in (DISTANCES if is_city else DISTANCES[1:])
    ]


def _first(rows: Sequence[Row], distance: str) -> list[Row]:
    """The first row of each of the first services."""
    first: dict[object, Row] = {}
    for row in rows:
        if row.distance == distance:
            first.setdefault(row.service, row)
            if len(first) == READ:
                break
    return list(first.values())


def _places(rows: Sequence[Row], bodies: Mapping[UUID, str], at: datetime) -> tuple[Place, ...]:
    nobody, places = Person(), {}
    for row in rows:
        if row.service not in bodies or len(places) == FIRST_SHOWN:
            continue
        card = read_card(bodies[row.service])
        if card.name not in places:
            places[card.name] = place_of(
                card, at, fit=fits(card, nobody, at), distance=row.distance, area_name=row.area_name
            )
    return tuple(places.values())


def _kinds(rows: Sequence[Row], distance: str) -> tuple[tuple[str, int], ...]:
    """How many services there are of each kind; one that stands under a city and its ward counts once."""
    counted = Counter(
        kind for kind, _service in {(r.kind, r.service) for r in rows if r.distance == distance}
    )
    order = sorted(
        counted, key=lambda kind: (-counted[kind], KIND_ORDER.get(kind, len(KIND_ORDER)))
    )
    return tuple((kind, counted[kind]) for kind in order)
