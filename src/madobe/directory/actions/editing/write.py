"""Putting the values of facts into the tables. Rows that stay as they are keep their ids."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django.db.models import DateField, Model, TimeField

from madobe.directory.actions.children import made
from madobe.directory.models import (
    Address,
    Location,
    Phone,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceKind,
)
from madobe.directory.models.facts import (
    COLUMNS,
    OF_ADDRESS,
    OF_LOCATION,
    ROWS,
    Rows,
    normal_rows,
    place_of,
    place_values,
    values_of,
)
from madobe.directory.municipalities import by_code, prefecture_name

_WHERE = ("postal_code", "state_province", "city", "address_1")


def write_facts(service: Service, facts: Mapping[str, Any]) -> None:
    """This will write these facts, in normal form, and save the service."""
    for name in COLUMNS:
        if name in facts:
            setattr(service, name, _column(Service, name, facts[name]))
    service.save()
    for name, value in facts.items():
        if name == "kinds":
            _write_kinds(service, value)
        elif name == "areas":
            _write_areas(service, value)
        elif name == "place":
            _write_place(service, value)
        elif name in ROWS:
            _write_rows(service, name, value)


def area_name(extent: str) -> str:
    """This will give the short name of an area: 昭島市, 東京都, 全国."""
    if extent == "JP":
        return "全国"
    if len(extent) == 2:
        return prefecture_name(extent)
    found = by_code(extent)
    return found.name if found else extent


def _write_kinds(service: Service, kinds: Sequence[str]) -> None:
    service.kinds.exclude(kind__in=kinds).delete()
    service.kinds.update(is_main=False)
    for place, kind in enumerate(kinds):
        ServiceKind.objects.update_or_create(
            service=service, kind=kind, defaults={"is_main": place == 0}
        )


def _write_areas(service: Service, extents: Sequence[str]) -> None:
    service.areas.exclude(extent__in=extents).delete()
    there = set(service.areas.values_list("extent", flat=True))
    levels = {6: "municipality", 2: "prefecture"}
    ServiceArea.objects.bulk_create(
        ServiceArea(
            service=service,
            extent=extent,
            extent_type="nation" if extent == "JP" else levels[len(extent)],
            name=area_name(extent),
        )
        for extent in extents
        if extent not in there
    )


def _write_rows(service: Service, name: str, wanted: Sequence[Mapping[str, Any]]) -> None:
    rows = ROWS[name]
    there = [
        (row, *normal_rows(rows, [values_of(row, rows)])) for row in getattr(service, name).all()
    ]
    spare: list[Model] = []
    kept: dict[int, Model] = {}
    open_places = list(range(len(wanted)))
    for row, values in there:
        place = next((one for one in open_places if wanted[one] == values), None)
        if place is None:
            spare.append(row)
        else:
            kept[place] = row
            open_places.remove(place)
    for place in open_places:
        if spare:
            kept[place] = _rewrite(spare.pop(0), rows, wanted[place])
        else:
            made(name, service, [_entry(rows, wanted[place], place)])[0].save()
    for row in spare:
        row.delete()
    for place, row in kept.items():
        if getattr(row, "position", place) != place:
            row.position = place  # type: ignore[attr-defined]
            row.save(update_fields=["position"])


def _rewrite(row: Model, rows: Rows, values: Mapping[str, Any]) -> Model:
    """A row takes other values; what hangs below it is made anew."""
    for name in rows.columns:
        setattr(row, name, _column(rows.model, name, values.get(name, _default(rows.model, name))))
    row.save()
    if rows.below:
        name, below = rows.below
        getattr(row, name).all().delete()
        for place, entry in enumerate(values.get(name, ())):
            getattr(row, name).create(**_entry(below, entry, place))
    return row


def _entry(rows: Rows, values: Mapping[str, Any], place: int) -> dict[str, Any]:
    entry = dict(values)
    if any(one.name == "position" for one in rows.model._meta.concrete_fields):
        entry["position"] = place
    return entry


def _write_place(service: Service, value: Mapping[str, str]) -> None:
    here = place_of(service)
    if not value:
        if here is not None:
            location = here.location
            here.delete()
            _forget_unused(location)
        return
    before = place_values(service)
    location = _own_location(service, here)
    for name in OF_LOCATION:
        setattr(location, name, value.get(name, ""))
    if any(before.get(name, "") != value.get(name, "") for name in _WHERE):
        location.latitude = location.longitude = None  # they said where the old address is
    location.save()
    _write_address(location, value)


def _own_location(service: Service, here: ServiceAtLocation | None) -> Location:
    """The place to write to: one that other services share stays theirs, and this service gets its own."""
    if here is None:
        location = Location.objects.create(organization=service.organization)
        ServiceAtLocation.objects.create(service=service, location=location)
        return location
    if not here.location.service_at_locations.exclude(service=service).exists():
        return here.location
    shared = here.location
    own = Location.objects.create(
        organization=service.organization,
        location_type=shared.location_type,
        url=shared.url,
        latitude=shared.latitude,
        longitude=shared.longitude,
    )
    Phone.objects.bulk_create(
        Phone(
            location=own,
            number=one.number,
            description=one.description,
            kind=one.kind,
            position=one.position,
        )
        for one in shared.phones.filter(service__isnull=True)
    )
    here.location = own
    here.save(update_fields=["location"])
    return own


def _write_address(location: Location, value: Mapping[str, str]) -> None:
    address = location.addresses.order_by("pk").first()
    if not value.get("address_1"):
        location.addresses.all().delete()
        return
    address = address or Address(location=location)
    for name in OF_ADDRESS:
        setattr(address, name, value.get(name, ""))
    address.save()


def _forget_unused(location: Location) -> None:
    if not location.service_at_locations.exists():
        location.delete()


def _default(model: type[Model], name: str) -> Any:
    return model._meta.get_field(name).get_default()  # type: ignore[union-attr]


def _column(model: type[Model], name: str, value: Any) -> Any:
    """A value as a column keeps it: days and times are text in facts."""
    column = model._meta.get_field(name)
    if isinstance(column, DateField) and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(column, TimeField) and isinstance(value, str):
        return time.fromisoformat(value)
    return value
