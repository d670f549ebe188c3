"""What hangs on a service (phones, doors, hours …): from plain values to rows of tables, and back.

`read_part` gives exactly what `rows_of` was given as long as nobody changed the rows since.
"""

from collections.abc import Iterable
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import Model

from madobe.directory.models import (
    Address,
    Contact,
    Location,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceKind,
    TextDoor,
)
from madobe.directory.rules.windows.service import timetable_order

PARTS = ("kinds", "areas", "phones", "text_doors", "schedules", "place", "contact")
_ADDRESS = ("postal_code", "city", "address_1", "building", "floor", "window")
_DOOR = ("kind", "address", "label", "source_name", "source_url", "needs_check")
_PHONE = ("number", "kind", "is_toll_free", "description", "extension")
_TIMES = ("opens_at", "closes_at")
_TIMETABLE = (
    "kind", "freq", "byday", "bymonthday", "season_start", "season_end", "closed_on_holidays",
    "year_end_start", "year_end_end", "is_irregular", "description", "notes",
)  # fmt: skip
_TYPE = {6: "municipality", 2: "prefecture"}


def rows_of(
    part: str,
    value: Any,
    *,
    service: UUID,
    organization: UUID,
    areas: list[list[str]],
    source_name: str,
) -> Iterable[Model]:
    """This will give the unsaved rows of one part, those that others point to first."""
    if part == "kinds":
        return [
            ServiceKind(service_id=service, kind=kind, is_main=i == 0)
            for i, kind in enumerate(value)
        ]
    if part == "areas":
        return [
            ServiceArea(
                service_id=service, extent=extent, extent_type=_TYPE[len(extent)], name=name
            )
            for extent, name in value
        ]
    if part == "phones":
        return [Phone(service_id=service, position=i, **one) for i, one in enumerate(value)]
    if part == "text_doors":
        return [
            TextDoor(
                service_id=service,
                position=i,
                **(one | {"verified_date": _date(one["verified_date"])}),
            )
            for i, one in enumerate(value)
        ]
    if part == "schedules":
        return [
            Schedule(
                service_id=service,
                source_name=source_name,
                **(one | {name: time.fromisoformat(one[name]) for name in _TIMES}),
            )
            for one in value
        ]
    if part == "contact":
        return [Contact(service_id=service, department=value)] if value else []
    return _place_rows(value, service, organization, areas) if value else []


def _place_rows(
    value: dict[str, str], service: UUID, organization: UUID, areas: list[list[str]]
) -> Iterable[Model]:
    extent, name = areas[0]
    here = len(extent) == 6 and (name in value["description"] or value["city"] == name)
    location = Location(
        organization_id=organization,
        description=value["description"],
        municipality=extent if here else "",
    )
    yield location
    yield ServiceAtLocation(service_id=service, location=location)
    if value["address_1"]:
        yield Address(
            location=location,
            **{
                column: value[column][:20] if column in ("floor", "window") else value[column]
                for column in _ADDRESS
            },
        )


def clear_part(part: str, service: Service) -> None:
    """This will take away the rows of one part."""
    if part == "place":
        here = list(service.service_at_locations.values_list("location_id", flat=True))
        service.service_at_locations.all().delete()
        # a place another service shares stays
        Location.objects.filter(pk__in=here, service_at_locations__isnull=True).delete()
    else:
        getattr(service, part if part != "contact" else "contacts").all().delete()


def read_part(part: str, service: Service) -> Any:
    """This will give a part as it stands now, in the form an import gives it."""
    if part == "kinds":
        kinds = list(service.kinds.all())
        return [k.kind for k in sorted(kinds, key=lambda k: (not k.is_main, k.kind))]
    if part == "areas":
        return sorted([area.extent, area.name] for area in service.areas.all())
    if part == "phones":
        return [{column: getattr(one, column) for column in _PHONE} for one in service.phones.all()]
    if part == "text_doors":
        return [
            {column: getattr(one, column) for column in _DOOR}
            | {"verified_date": one.verified_date.isoformat() if one.verified_date else ""}
            for one in service.text_doors.all()
        ]
    if part == "schedules":
        return sorted((_timetable(one) for one in service.schedules.all()), key=timetable_order)
    if part == "contact":
        return next((one.department for one in service.contacts.all()), "")
    return _read_place(service)


def _timetable(row: Schedule) -> dict[str, Any]:
    said = {column: getattr(row, column) for column in _TIMETABLE}
    kept = {column: value for column, value in said.items() if value not in ("", False)}
    times = {
        name: f"{getattr(row, name):%H:%M}" for name in _TIMES if getattr(row, name) is not None
    }
    return {"byday": "", "notes": ""} | kept | times


def _read_place(service: Service) -> dict[str, str]:
    here = service.service_at_locations.select_related("location").first()
    if here is None:
        return {}
    address = here.location.addresses.first()
    columns = {column: getattr(address, column) if address else "" for column in _ADDRESS}
    return {"description": here.location.description} | columns


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
