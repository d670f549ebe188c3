"""A region's page: the first places of each distance, and how many there are of each kind. Three queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import Case, Count, F, IntegerField, Value, When, Window
from django.db.models.functions import RowNumber

from madobe.directory.models import Listing
from madobe.directory.queries.places import KIND_ORDER, bodies_of, extents_of
from madobe.directory.rules.card import fits, place_of, read_card
from madobe.directory.rules.eligibility import Person
from madobe.directory.rules.place import Place

DISTANCES = ("city", "prefecture", "nation")
FIRST_SHOWN = 5  # places of one distance a region page shows in full
LOOKED_AT = 24  # listing rows read for them: a service may stand under several kinds, an office in two sources


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
    """This will give a region's places in groups by distance; a prefecture's page starts with the prefecture."""
    is_city = len(region.code) == 6
    extents = extents_of(region.code if is_city else "", region.code[:2])
    distances = DISTANCES if is_city else DISTANCES[1:]
    first = _first(extents, at)
    counted = _counted(extents)
    return [
        PlaceGroup(
            distance,
            tuple(first.get(distance, ())),
            tuple(
                sorted(
                    counted.get(distance, {}).items(),
                    key=lambda one: (-one[1], KIND_ORDER.get(one[0], 99)),
                )
            ),
        )
        for distance in distances
    ]


def _first(extents: Mapping[str, tuple[int, str]], at: datetime) -> dict[str, list[Place]]:
    rows = (
        Listing.objects.filter(extent__in=extents)
        .annotate(
            nearness=_by_extent({extent: near for extent, (near, _) in extents.items()}),
            far=_by_extent({e: DISTANCES.index(distance) for e, (_, distance) in extents.items()}),
            kind_order=Case(
                *(When(kind=kind, then=Value(place)) for kind, place in KIND_ORDER.items()),
                default=Value(len(KIND_ORDER)),
                output_field=IntegerField(),
            ),
        )
        .annotate(
            row=Window(
                RowNumber(),
                partition_by=[F("far")],
                order_by=[
                    F("nearness"),
                    F("rank"),
                    F("kind_order"),
                    F("verified_date").desc(nulls_last=True),
                    F("service_id"),
                ],
            )
        )
        .filter(row__lte=LOOKED_AT)
        .order_by("far", "row")
        .values_list("far", "service_id", "area_name")
    )
    found = list(rows)
    bodies = bodies_of({service for _far, service, _name in found})
    places: dict[str, list[Place]] = {}
    seen: set[object] = set()
    for far, service, area_name in found:
        distance = DISTANCES[far]
        card = read_card(bodies[service])
        office = (card.name, distance)  # the same office may be known from two sources
        here = places.setdefault(distance, [])
        if service in seen or office in seen or len(here) == FIRST_SHOWN:
            continue
        seen |= {service, office}
        here.append(
            place_of(card, at, fit=fits(card, Person(), at), distance=distance, area_name=area_name)
        )
    return places


def _counted(extents: Mapping[str, tuple[int, str]]) -> dict[str, dict[str, int]]:
    rows = (
        Listing.objects.filter(extent__in=extents)
        .annotate(
            far=_by_extent({e: DISTANCES.index(distance) for e, (_, distance) in extents.items()})
        )
        .values_list("far", "kind")
        .annotate(Count("service", distinct=True))
        .order_by()
    )
    counted: dict[str, dict[str, int]] = {}
    for far, kind, count in rows:
        counted.setdefault(DISTANCES[far], {})[kind] = count
    return counted


def _by_extent(values: Mapping[str, int]) -> Case:
    return Case(
        *(When(extent=extent, then=Value(value)) for extent, value in values.items()),
        default=Value(0),
        output_field=IntegerField(),
    )
