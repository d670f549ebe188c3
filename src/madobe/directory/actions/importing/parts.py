"""What hangs on a service (phones, doors, hours …): from plain values to rows of tables, and back.

`read_part` gives exactly what `rows_of` was given as long as nobody changed the rows since.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model

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
from madobe.directory.rules.draft import PLACE


@dataclass(frozen=True)
class _List:
    """A part that is a list of rows, with the columns an entry holds."""

    model: type[Model]
    columns: tuple[str, ...]
    has_order: bool = False  # whether `position` keeps the order; else the order means nothing


_LISTS: Mapping[str, _List] = {
    "phones": _List(
        Phone,
        ("number", "kind", "is_toll_free", "description", "extension", "extension_last"),
        has_order=True,
    ),
    "text_doors": _List(
        TextDoor,
        ("kind", "address", "label", "source_name", "source_url", "needs_check", "verified_date"),
        has_order=True,
    ),
    "links": _List(Link, ("kind", "title", "url", "source_date")),
    "usage_limits": _List(UsageLimit, ("target", "times", "period_note", "source_name")),
    "cost_options": _List(CostOption, ("option", "amount", "currency", "amount_description")),
    "languages": _List(Language, ("code", "name", "note")),
}
PARTS = ("kinds", "areas", "schedules", "place", "contact", "eligibilities", *_LISTS)
_DATES = (
    "verified_date", "source_date", "valid_from", "valid_to", "dtstart", "until", "date", "moved_to",
)  # fmt: skip
_IN_LOCATION = ("name", "description", "municipality", "latitude", "longitude")
_IN_ADDRESS = tuple(column for column in PLACE if column not in _IN_LOCATION)
_SHORT = ("floor", "window", "state_province")  # 20 characters
_TIMES = ("opens_at", "closes_at")
_TIMETABLE = (
    "kind", "freq", "byday", "bymonthday", "season_start", "season_end", "closed_on_holidays",
    "year_end_start", "year_end_end", "is_irregular", "description", "notes", "interval", "dtstart", "until",
    "valid_from", "valid_to",
)  # fmt: skip
_EXCEPTION = ("date", "kind", "moved_to", "note", "opens_at", "closes_at")
_ELIGIBILITY = ("valid_from", "valid_to", "source_name", "source_url", "needs_check")
_CONDITION = ("kind", "number", "values", "note")
_TYPE = {6: "municipality", 2: "prefecture"}


def in_order(part: str, value: Any) -> Any:
    """This will give a part in the one order in which it is compared."""
    if part == "schedules":
        return sorted(value, key=_timetable_order)
    if part in ("areas", "eligibilities") or (part in _LISTS and not _LISTS[part].has_order):
        return sorted(value, key=repr)
    return value


def rows_of(
    part: str, value: Any, *, service: UUID, organization: UUID, source_name: str
) -> Iterable[Model]:
    """This will give the unsaved rows of one part, those that others point to first."""
    if part in _LISTS:
        kind = _LISTS[part]
        return [
            kind.model(
                service_id=service,
                **({"position": i} if kind.has_order else {}),
                **_with_dates(one),
            )
            for i, one in enumerate(value)
        ]
    if part == "kinds":
        return [
            ServiceKind(service_id=service, kind=kind, is_main=i == 0)
            for i, kind in enumerate(value)
        ]
    if part == "areas":
        return [
            ServiceArea(
                service_id=service,
                extent=extent,
                extent_type="nation" if extent == "JP" else _TYPE[len(extent)],
                name=name,
            )
            for extent, name in value
        ]
    if part == "schedules":
        return _schedule_rows(value, service, source_name)
    if part == "contact":
        return [Contact(service_id=service, department=value)] if value else []
    if part == "eligibilities":
        return _eligibility_rows(value, service)
    return _place_rows(value, service, organization) if value else []


def _schedule_rows(
    value: Sequence[Mapping[str, Any]], service: UUID, source_name: str
) -> Iterable[Model]:
    for one in value:
        own = {column: said for column, said in one.items() if column != "exceptions"}
        row = Schedule(service_id=service, source_name=source_name, **_with_dates(own))
        yield row
        for exception in one.get("exceptions", ()):
            yield ScheduleException(schedule=row, **_with_dates(exception))


def _eligibility_rows(value: Sequence[Mapping[str, Any]], service: UUID) -> Iterable[Model]:
    for one in value:
        group = Eligibility(
            service_id=service, **_with_dates({column: one[column] for column in _ELIGIBILITY})
        )
        yield group
        for i, condition in enumerate(one["conditions"]):
            yield Condition(eligibility=group, position=i, **condition)


def _place_rows(value: Mapping[str, Any], service: UUID, organization: UUID) -> Iterable[Model]:
    location = Location(
        organization_id=organization, **{column: value[column] for column in _IN_LOCATION}
    )
    yield location
    yield ServiceAtLocation(service_id=service, location=location)
    if value["address_1"]:
        yield Address(
            location=location,
            **{
                column: value[column][:20] if column in _SHORT else value[column]
                for column in _IN_ADDRESS
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
    if part in _LISTS:
        rows = getattr(service, part).all()
        columns = _LISTS[part].columns
        return in_order(part, [{c: _plain(c, getattr(one, c)) for c in columns} for one in rows])
    if part == "kinds":
        kinds = list(service.kinds.all())
        return [k.kind for k in sorted(kinds, key=lambda k: (not k.is_main, k.kind))]
    if part == "areas":
        return in_order(part, [[area.extent, area.name] for area in service.areas.all()])
    if part == "schedules":
        return in_order(part, [_timetable(one) for one in service.schedules.all()])
    if part == "contact":
        return next((one.department for one in service.contacts.all()), "")
    if part == "eligibilities":
        return in_order(part, [_eligibility(one) for one in service.eligibilities.all()])
    return _read_place(service)


def _timetable_order(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(c, "")) for c in ("freq", "byday", "opens_at", "closes_at", "bymonthday"))  # fmt: skip


def _timetable(row: Schedule) -> dict[str, Any]:
    said = _said(row, _TIMETABLE)
    if said.get("interval") == 1:
        del said["interval"]
    exceptions = [_said(one, _EXCEPTION) for one in row.exceptions.all()]
    return (
        {"freq": "", "byday": "", "notes": ""}
        | said
        | ({"exceptions": exceptions} if exceptions else {})
    )


def _said(row: Model, columns: Iterable[str]) -> dict[str, Any]:
    """The columns that are set, times and days as text."""
    said = {column: _plain(column, getattr(row, column)) for column in (*columns, *_TIMES)}
    return {column: value for column, value in said.items() if value not in ("", None, False)}


def _eligibility(group: Eligibility) -> dict[str, Any]:
    said = {column: _plain(column, getattr(group, column)) for column in _ELIGIBILITY}
    conditions = [
        {column: getattr(one, column) for column in _CONDITION} for one in group.conditions.all()
    ]
    return said | {"conditions": conditions}


def _read_place(service: Service) -> dict[str, Any]:
    links = service.service_at_locations.all()
    if not links:
        return {}
    location = min(links, key=lambda one: one.pk).location
    address = min(location.addresses.all(), key=lambda one: one.pk, default=None)
    found = {column: getattr(location, column) for column in _IN_LOCATION}
    return found | {column: getattr(address, column) if address else "" for column in _IN_ADDRESS}


def _with_dates(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {column: _typed(column, value) for column, value in entry.items()}


def _typed(column: str, value: Any) -> Any:
    if column in _DATES:
        return date.fromisoformat(value) if value else None
    if column in _TIMES:
        return time.fromisoformat(value) if value else None
    return value


def _plain(column: str, value: Any) -> Any:
    if column in _DATES:
        return value.isoformat() if value else ""
    if column in _TIMES:
        return f"{value:%H:%M}" if value is not None else ""
    return f"{value:f}" if isinstance(value, Decimal) else value
