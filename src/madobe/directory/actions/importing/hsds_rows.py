"""From the entries of an HSDS record to rows of tables. Parts keep the ids they came with, where these are free."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import CharField, Model, TextField, URLField

from madobe.directory.hsds.merge import own_id
from madobe.directory.models import (
    Address,
    Condition,
    Contact,
    CostOption,
    Eligibility,
    Language,
    Link,
    Location,
    Phone,
    Schedule,
    ScheduleException,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceKind,
    TextDoor,
    UsageLimit,
)

Entry = dict[str, Any]
_FLAT: Mapping[str, type[Model]] = {
    "kinds": ServiceKind, "areas": ServiceArea, "phones": Phone, "text_doors": TextDoor, "contacts": Contact,
    "links": Link, "usage_limits": UsageLimit, "cost_options": CostOption, "languages": Language,
}  # fmt: skip
_NESTED: Mapping[str, tuple[type[Model], str, type[Model], str]] = {
    "schedules": (Schedule, "exceptions", ScheduleException, "schedule"),
    "eligibilities": (Eligibility, "conditions", Condition, "eligibility"),
}
_ORDERED = (Phone, TextDoor, Condition)
PARTS = (*_FLAT, *_NESTED, "places")


class Ids:
    """Which ids are taken. One id belongs to one row of a table; the next record with it gets another, for ever
    the same one (`own_id`).
    """

    def __init__(self) -> None:
        self._owners: dict[tuple[type[Model], UUID], UUID] = {}

    def know(self, model: type[Model], wanted: Iterable[UUID]) -> None:
        """Look once for many ids: those already in the table are taken."""
        keys = list(wanted)
        for start in range(0, len(keys), 500):
            there = model._default_manager.filter(pk__in=keys[start : start + 500])
            for key in there.values_list("pk", flat=True):
                self._owners[model, key] = key

    def take(self, model: type[Model], foreign: str, owner: UUID) -> UUID | None:
        """This will give the id a part gets here; None where even its second one is taken."""
        for key in (UUID(foreign), own_id(owner, foreign)):
            if (model, key) not in self._owners:
                self._owners[model, key] = owner
                return key
        return None


def wanted_ids(parts: Mapping[str, list[Entry]]) -> Iterable[tuple[type[Model], UUID]]:
    """This will give every id these parts came with, by table."""
    for name, entries in parts.items():
        for one in entries:
            if name == "places":
                yield ServiceAtLocation, UUID(one["id"])
                yield Location, UUID(one["location"]["id"])
                yield from ((Address, UUID(a["id"])) for a in one["addresses"])
                yield from ((Phone, UUID(p["id"])) for p in one["phones"])
            elif "id" in one:
                yield _FLAT.get(name) or _NESTED[name][0], UUID(one["id"])


def fitted(model: type[Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """This will cut texts to what a column holds; the record as it came keeps the rest. Half an address is none."""
    made = {}
    for name, value in values.items():
        column = model._meta.get_field(name)
        if isinstance(value, str) and isinstance(column, CharField | TextField):
            most = column.max_length
            if most is not None and len(value) > most:
                value = "" if isinstance(column, URLField) else value[:most]
        made[name] = value
    return made


def rows_of(
    name: str, entries: list[Entry], *, service: Service, ids: Ids, places: dict[UUID, bool]
) -> Iterable[Model]:
    """This will give the unsaved rows of one part, those others point to first.

    `places`: Locations in the table that this source may share (True) or must not touch (False).
    """
    key = service.pk
    if name == "places":
        yield from _places(entries, service, ids, places)
        return
    if name in _FLAT:
        model = _FLAT[name]
        for place, one in enumerate(entries):
            own = ids.take(model, one["id"], key) if "id" in one else None
            if own is None and "id" in one:
                continue
            yield _row(model, one, place, pk=own, service=service)
        return
    model, below, below_model, parent = _NESTED[name]
    for one in entries:
        own = ids.take(model, one["id"], key)
        if own is None:
            continue
        row = _row(model, {k: v for k, v in one.items() if k != below}, 0, pk=own, service=service)
        yield row
        for place, inside in enumerate(one[below]):
            made = _row(below_model, inside, place)
            setattr(made, parent, row)
            yield made


def _places(
    entries: list[Entry], service: Service, ids: Ids, places: dict[UUID, bool]
) -> Iterable[Model]:
    key = service.pk
    for one in entries:
        own = ids.take(ServiceAtLocation, one["id"], key)
        if own is None:
            continue
        there = UUID(one["location"]["id"])
        values = fitted(Location, {k: v for k, v in one["location"].items() if k != "id"})
        if places.get(there):
            location = Location(pk=there)  # stands already, told by another service of this source
        else:
            taken = ids.take(Location, one["location"]["id"], key)
            if taken is None:
                continue
            location = Location(pk=taken, organization_id=service.organization_id, **values)
            yield location
            places[taken] = True  # the next service of this source that names it shares it
            for address in one["addresses"]:
                if (own_address := ids.take(Address, address["id"], key)) is not None:
                    yield _row(Address, address, 0, pk=own_address, location=location)
            for place, phone in enumerate(one["phones"]):
                if (own_phone := ids.take(Phone, phone["id"], key)) is not None:
                    yield _row(Phone, phone, place, pk=own_phone, location=location)
        yield ServiceAtLocation(
            pk=own, service=service, location=location, description=one["description"]
        )


def _row(
    model: type[Model], entry: Entry, place: int, *, pk: UUID | None = None, **links: Any
) -> Model:
    values = fitted(model, {k: v for k, v in entry.items() if k != "id"})
    if model in _ORDERED:
        values["position"] = place
    return model(**({"pk": pk} if pk else {}), **values, **links)


def clear(name: str, service: Service) -> None:
    """This will take away the rows of one part; a place another service shares stays."""
    if name != "places":
        getattr(service, name).all().delete()
        return
    here = list(service.service_at_locations.values_list("location_id", flat=True))
    service.service_at_locations.all().delete()
    Location.objects.filter(pk__in=here, service_at_locations__isnull=True).delete()


def in_order_of_tables(rows: Iterable[Model]) -> dict[type[Model], list[Model]]:
    """This will gather rows by table, tables others point to first (the order in which they first came)."""
    gathered: dict[type[Model], list[Model]] = defaultdict(list)
    for one in rows:
        gathered[type(one)].append(one)
    return gathered
