"""What entries are compared by when looking for duplicates, and the pairs waiting for a person."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from madobe.directory.choices import PhoneKind, ReviewKind, Status
from madobe.directory.models import (
    Address,
    Location,
    Organization,
    Phone,
    ReviewItem,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceKind,
    SourceRecord,
)
from madobe.directory.rules.duplicates import Entry


def service_entries() -> list[Entry]:
    """This will give every service that stands for itself, published or not, as the rules compare it."""
    kinds = _gathered(ServiceKind.objects.values_list("service", "kind"))
    areas = _gathered(
        ServiceArea.objects.filter(extent_type="municipality").values_list("service", "extent")
    )
    phones = _gathered(
        Phone.objects.filter(service__isnull=False, kind=PhoneKind.VOICE).values_list(
            "service", "number"
        )
    )
    programmes = _gathered(
        SourceRecord.objects.filter(source="wam", service__isnull=False).values_list(
            "service", "scope"
        )
    )
    places = _places()
    rows = Service.objects.filter(merged_into__isnull=True).exclude(status=Status.ARCHIVED)
    found = []
    for key, name, alternate, aliases, url, number in rows.values_list(
        "pk", "name", "alternate_name", "aliases", "url", "organization__corporate_number"
    ):
        place = places.get(key, _Place())
        own = areas.get(key, ())
        found.append(
            Entry(
                id=str(key),
                name=name,
                other_names=(alternate, *aliases) if alternate else tuple(aliases),
                municipality=place.municipality or (own[0] if len(own) == 1 else ""),
                phones=tuple(phones.get(key, ())),
                address=place.address,
                website=url,
                corporate_number=number,
                latitude=place.latitude,
                longitude=place.longitude,
                group=frozenset(kinds.get(key, ())),
                programmes=frozenset(programmes.get(key, ())),
            )  # fmt: skip
        )
    return found


def organization_entries() -> list[Entry]:
    """This will give every operator that stands for itself, as the rules compare it."""
    phones = _gathered(
        Phone.objects.filter(organization__isnull=False, kind=PhoneKind.VOICE).values_list(
            "organization", "number"
        )
    )
    towns = _gathered(
        ServiceArea.objects.filter(extent_type="municipality")
        .order_by("service__organization", "extent")
        .values_list("service__organization", "extent")
        .distinct()
    )
    rows = Organization.objects.filter(merged_into__isnull=True).values_list(
        "pk", "name", "aliases", "website", "corporate_number"
    )
    return [
        Entry(
            id=str(key),
            name=name,
            other_names=tuple(aliases),
            website=website,
            corporate_number=number,
            municipality=towns[key][0] if len(towns.get(key, ())) == 1 else "",
            phones=tuple(phones.get(key, ())),
        )  # fmt: skip
        for key, name, aliases, website, number in rows
    ]


@dataclass(frozen=True)
class _Place:
    municipality: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None


def _places() -> dict[UUID, _Place]:
    """The first place of every service."""
    streets: dict[UUID, str] = {}
    for key, *parts in Address.objects.order_by("pk").values_list(
        "location", "state_province", "city", "region", "address_1"
    ):
        streets.setdefault(key, "".join(parts))
    where = {
        key: _Place(town, streets.get(key) or description, latitude, longitude)
        for key, town, description, latitude, longitude in Location.objects.values_list(
            "pk", "municipality", "description", "latitude", "longitude"
        )
    }
    found: dict[UUID, _Place] = {}
    for service, location in ServiceAtLocation.objects.order_by("pk").values_list(
        "service", "location"
    ):
        found.setdefault(service, where[location])
    return found


def _gathered(pairs: Iterable[tuple[Any, str]]) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)


@dataclass(frozen=True)
class Side:
    """One entry of a pair, with what a person tells it by."""

    id: UUID
    name: str
    organization: str
    place: str
    phones: tuple[str, ...]


@dataclass(frozen=True)
class OpenPair:
    """Two entries that look the same; `reasons` as codes of `rules.duplicates`."""

    id: UUID
    table: str
    first: Side
    second: Side
    reasons: tuple[str, ...]
    opened_at: datetime


def open_pairs(table: str, *, first: int = 0, many: int = 50) -> tuple[list[OpenPair], int]:
    """This will give the pairs a person should look at, oldest first, and how many there are in all."""
    items = ReviewItem.objects.filter(
        kind=ReviewKind.DUPLICATE, table=table, settled_at__isnull=True
    ).exclude(field="")
    chosen = list(items.order_by("opened_at", "pk")[first : first + many])
    keys = {key for one in chosen for key in (one.record_id, UUID(one.field)) if key is not None}
    sides = _services(keys) if table == "service" else _organizations(keys)
    pairs = []
    for one in chosen:
        ours, theirs = sides.get(one.record_id), sides.get(UUID(one.field))  # type: ignore[arg-type]
        if ours and theirs:
            reasons = tuple(one.ours or ())
            pairs.append(OpenPair(one.pk, table, ours, theirs, reasons, one.opened_at))
    return pairs, items.count()


def _services(keys: set[UUID]) -> Mapping[UUID, Side]:
    rows = Service.objects.filter(pk__in=keys).select_related("organization")
    rows = rows.prefetch_related("phones", "service_at_locations__location__addresses")
    found = {}
    for one in rows:
        here = [each.location for each in one.service_at_locations.all()]
        street = next((str(a) for where in here for a in where.addresses.all()), "")
        place = street or next((where.description for where in here), "")
        phones = tuple(phone.number for phone in one.phones.all())
        found[one.pk] = Side(one.pk, one.name, one.organization.name, place, phones)
    return found


def _organizations(keys: set[UUID]) -> Mapping[UUID, Side]:
    rows = Organization.objects.filter(pk__in=keys).prefetch_related("phones")
    return {
        one.pk: Side(
            one.pk,
            one.name,
            one.corporate_number,
            one.website,
            tuple(p.number for p in one.phones.all()),
        )
        for one in rows
    }
