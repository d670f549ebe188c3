"""Places near somebody. Two indexed queries, whatever the number of kinds: the listing, then the cards."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from madobe.directory import municipalities
from madobe.directory.choices import NATION, Kind
from madobe.directory.models import Card, Listing, Service, ServiceAtLocation
from madobe.directory.rules.card import fits, place_of, read_card
from madobe.directory.rules.eligibility import Person, person_of
from madobe.directory.rules.place import EligibilityAnswer, Place
from madobe.directory.rules.sketch import Point
from madobe.directory.search.answer import Hit

SPARE = (
    2  # candidates beyond the limit, so that a fitting one can stand before one that does not fit
)


# Windows to talk at stand before places to be: the order of the taxonomy (domain §5).
KIND_ORDER = {str(kind): place for place, kind in enumerate(Kind.values)}


@dataclass(frozen=True)
class Row:
    kind: str
    service: UUID
    distance: str
    area_name: str
    order: tuple[object, ...]


def places_for(
    kinds: Collection[str],
    *,
    municipality: str,
    prefecture: str,
    at: datetime,
    who: str = "",
    age: int = -1,
    months: int = -1,
    signs: frozenset[str] = frozenset(),
    limit: int = 3,
) -> dict[str, list[Place]]:
    """This will give for each kind up to `limit` places whose area covers this one, nearest first.

    `municipality`: six digits or ""; `prefecture`: two digits or "". Inside one distance desks made for
    this come first, then those verified last. A place whose conditions or audience do not fit
    (`eligibility.overall == "unlikely"`) is given only where nothing fits better. Every kind asked for is a key.
    """
    person = person_of(
        who=who,
        age=age,
        months=months,
        municipality=municipality,
        prefecture=prefecture,
        signs=signs,
    )
    by_kind: dict[str, list[Row]] = {kind: [] for kind in kinds}
    for row in rows_of(municipality, prefecture, kinds=kinds):
        by_kind[row.kind].append(row)
    chosen = {kind: rows[: limit + SPARE] for kind, rows in by_kind.items()}
    bodies = bodies_of({row.service for rows in chosen.values() for row in rows})
    return {kind: _best(rows, bodies, person, at, limit) for kind, rows in chosen.items()}


def place(place_id: UUID | str, *, at: datetime) -> Place | None:
    """This will give one place, or None when there is none with this id that may be shown. One query."""
    try:
        key = place_id if isinstance(place_id, UUID) else UUID(place_id)
    except ValueError:
        return None
    body = Card.objects.filter(pk=key).values_list("body", flat=True).first()
    if body is None:
        return None
    card = read_card(body)
    return place_of(card, at, fit=fits(card, Person(), at))


def places(keys: Sequence[UUID], *, at: datetime) -> list[Place]:
    """This will give those of these places that may be shown, in the order asked for. One query."""
    bodies = bodies_of(keys)
    nobody = Person()
    cards = [read_card(bodies[key]) for key in keys if key in bodies]
    return [place_of(card, at, fit=fits(card, nobody, at)) for card in cards]


def found_places(hits: Sequence[Hit], *, at: datetime) -> list[tuple[Hit, Place]]:
    """This will give each hit of a search with its place, in the order of the hits. One query."""
    bodies = bodies_of([hit.service for hit in hits])
    return [
        (
            hit,
            place_of(
                read_card(bodies[hit.service]),
                at,
                fit=EligibilityAnswer(),
                distance=hit.distance,
                area_name=hit.area_name,
            ),
        )
        for hit in hits
        if hit.service in bodies  # hidden a moment ago
    ]


def places_with_points(keys: Sequence[UUID], *, at: datetime) -> list[tuple[Place, Point | None]]:
    """This will give the places that have an address or a known spot, numbered from 1; None: no spot known."""
    found = places(keys, at=at)
    rows = ServiceAtLocation.objects.filter(
        service__in=[one.id for one in found], location__latitude__isnull=False
    ).order_by("-pk")
    spots = {
        str(service): (latitude, longitude)
        for service, latitude, longitude in rows.values_list(
            "service_id", "location__latitude", "location__longitude"
        )
        if latitude is not None and longitude is not None
    }
    somewhere = [one for one in found if one.address or one.id in spots]
    return [
        (one, Point(number, *spots[one.id]) if one.id in spots else None)
        for number, one in enumerate(somewhere, start=1)
    ]


def places_in(municipality: str, prefecture: str, *, at: datetime) -> list[Place]:
    """This will give every place whose area covers this one, once each: city, prefecture, nation."""
    rows = rows_of(municipality, prefecture)
    bodies = bodies_of({row.service for row in rows})
    nobody = Person()
    found: list[Place] = []
    seen: set[object] = set()
    for row in rows:
        card = read_card(bodies[row.service])
        office = (card.name, row.distance)  # the same office may be known from two sources
        if row.service in seen or office in seen:
            continue
        seen |= {row.service, office}
        found.append(
            place_of(
                card, at, fit=fits(card, nobody, at), distance=row.distance, area_name=row.area_name
            )
        )
    return found


def covered(*, municipality: str, prefecture: str) -> Mapping[str, bool]:
    """This will tell for every kind whether a real entry serves this area; an unknown area may be served by all."""
    if not municipality and not prefecture:
        return dict.fromkeys(Kind.values, True)
    extents = extents_of(municipality, prefecture)
    served = set(
        Listing.objects.filter(extent__in=extents).values_list("kind", flat=True).distinct()
    )
    return {kind: kind in served for kind in Kind.values}


def extents_of(municipality: str, prefecture: str) -> dict[str, tuple[int, str]]:
    """Area codes that cover somebody here, with their order and distance.

    A ward is covered by its city; somebody who named the city is shown the offices of its wards, too.
    """
    extents: dict[str, tuple[int, str]] = {}
    if municipality:
        extents[municipality] = (0, "city")
        here = municipalities.by_code(municipality)
        if here is not None and here.parent:
            extents[here.parent] = (1, "city")
        for ward in municipalities.wards_of(municipality):
            extents[ward.code] = (2, "city")
    if prefecture or municipality:
        extents[prefecture or municipality[:2]] = (3, "prefecture")
    extents[NATION] = (4, "nation")
    return extents


def rows_of(
    municipality: str, prefecture: str, *, kinds: Collection[str] | None = None
) -> list[Row]:
    extents = extents_of(municipality, prefecture)
    found = Listing.objects.filter(extent__in=extents)
    if kinds is not None:
        found = found.filter(kind__in=kinds)
    rows = [
        Row(
            kind=kind,
            service=service,
            distance=extents[extent][1],
            area_name=area_name,
            order=(
                extents[extent][0],
                rank,
                KIND_ORDER.get(kind, len(KIND_ORDER)),
                -verified.toordinal() if verified else 0,
                str(service),
            ),
        )
        for extent, kind, rank, verified, service, area_name in found.values_list(
            "extent", "kind", "rank", "verified_date", "service_id", "area_name"
        )
    ]
    return sorted(rows, key=lambda row: row.order)


def bodies_of(services: Collection[UUID]) -> dict[UUID, str]:
    """This will give the text of each card that is there. Asked on nearly every page: by hand, at an eighth of the cost."""
    if not services:
        return {}
    kept_as = Service._meta.pk.get_db_prep_value  # UUIDs as this database writes them
    keys = {str(kept_as(one, connection)): one for one in services}
    marks = ",".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT service_id, body FROM directory_card WHERE service_id IN ({marks})",
            [kept_as(one, connection) for one in keys.values()],
        )
        return {keys[str(key)]: body for key, body in cursor.fetchall()}


def _best(
    rows: Iterable[Row], bodies: Mapping[UUID, str], person: Person, at: datetime, limit: int
) -> list[Place]:
    candidates: list[tuple[Row, EligibilityAnswer]] = []
    names: set[str] = set()
    for row in rows:
        card = read_card(bodies[row.service])
        if (
            card.name in names
        ):  # the same office from two sources, or covering both city and prefecture
            continue
        names.add(card.name)
        candidates.append((row, fits(card, person, at)))
    fitting = [pair for pair in candidates if pair[1].overall != "unlikely"]
    return [
        place_of(
            read_card(bodies[row.service]),
            at,
            fit=fit,
            kind=row.kind,
            distance=row.distance,
            area_name=row.area_name,
        )
        for row, fit in (fitting or candidates)[:limit]
    ]
