"""Entries as plain rows and back: what a merge compares, copies, remembers and restores."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from madobe.directory.actions.children import NESTED
from madobe.directory.models import Location, Organization, Service, ServiceKind
from madobe.directory.rules.merging import Part

Row = dict[str, Any]
ROWS = (
    "kinds", "areas", "phones", "text_doors", "contacts", "links", "usage_limits", "cost_options",
    "languages", "schedules", "eligibilities", "service_at_locations", "alerts",
)  # fmt: skip
# Tables that hang on a service and stay where they are: made from it, or a trail of their own.
STAYING = frozenset({
    "card", "listing", "searchentry", "document", "sourcerecord", "reviewitem", "suspension", "fieldchange",
    "suggestion", "confirmationlink",
})  # fmt: skip
_KEYS: dict[str, tuple[str, ...]] = {
    "kinds": ("kind",),
    "areas": ("extent",),
    "phones": ("number", "extension", "extension_last", "kind"),
    "text_doors": ("kind", "address"),
    "contacts": ("department",),
    "links": ("url", "title"),
    "usage_limits": ("target",),
    "languages": ("code",),
}
_UNCOMPARED = ("position", "is_main")


def plain(value: Any) -> Any:
    """This will give a column's value as JSON keeps it, to the microsecond."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value


def row_of(one: Model) -> Row:
    """This will give one row of a table as it stands."""
    values = {f.attname: plain(f.value_from_object(one)) for f in one._meta.concrete_fields}
    return {"table": one._meta.model_name, "pk": str(one.pk), "values": values}


def dump_service(service: Service) -> list[Row]:
    """This will give a service and every row a merge may write, those that others point to first."""
    found = [row_of(Service.objects.get(pk=service.pk))]
    for name in ROWS:
        for one in getattr(service, name).order_by("pk"):
            found.append(row_of(one))
            if name in NESTED:
                found += [row_of(low) for low in getattr(one, NESTED[name][1]).order_by("pk")]
    return found


def read(entry: Service | Organization, parts: Sequence[Part]) -> dict[str, Any]:
    """This will give each part as a preview compares it: a value, a tuple of columns, a list, or rows by key."""
    found: dict[str, Any] = {}
    for part in parts:
        if not part.columns:
            found[part.name] = [
                {"key": _key_of(part.name, one), "content": content(part.name, one)}
                for one in _rows(entry, part.name)
            ]
        elif part.is_list:
            found[part.name] = list(getattr(entry, part.columns[0]))
        else:
            values = tuple(plain(getattr(entry, column)) for column in part.columns)
            found[part.name] = values if len(values) > 1 else values[0]
    return found


def content(name: str, one: Model) -> dict[str, Any]:
    """This will give what a row says, without ids and without its place in a list."""
    if name == "service_at_locations":
        return _place(one.location)  # type: ignore[attr-defined]
    said = _said(one)
    if name in NESTED:
        said["below"] = sorted(
            (_said(low) for low in getattr(one, NESTED[name][1]).all()), key=repr
        )
    return said


def _rows(entry: Model, name: str) -> Iterable[Model]:
    rows = getattr(entry, name).all()
    return sorted(rows, key=lambda one: (getattr(one, "position", 0), str(one.pk)))


def _said(one: Model) -> dict[str, Any]:
    return {
        f.attname: plain(f.value_from_object(one))
        for f in one._meta.concrete_fields
        if not f.primary_key and not f.is_relation and f.name not in _UNCOMPARED
    }


def _place(location: Location) -> dict[str, Any]:
    return _said(location) | {
        "below": sorted((_said(a) for a in location.addresses.all()), key=repr)
    }


def _key_of(name: str, one: Model) -> list[Any]:
    said = content(name, one)
    if name == "phones":
        said["number"] = "".join(c for c in said["number"] if c.isdigit() or c == "#")
    return (
        [said[column] for column in _KEYS[name]] if name in _KEYS else [repr(sorted(said.items()))]
    )


def copy_rows(name: str, origin: Service, target: Service, *, joining: bool) -> None:
    """This will copy the rows of a part; `joining`: only those the target does not have, after its own."""
    known = [_key_of(name, one) for one in _rows(target, name)]
    place = len(known)
    for one in _rows(origin, name):
        if _key_of(name, one) in known:
            continue
        below = list(getattr(one, NESTED[name][1]).all()) if name in NESTED else []
        changes: dict[str, Any] = {"service_id": target.pk}
        if hasattr(one, "position"):
            changes["position"] = place
        if name == "kinds" and joining:
            changes["is_main"] = not target.kinds.exists()
        fresh = _fresh(one, **changes)
        for low in below:
            _fresh(low, **{f"{NESTED[name][3]}_id": fresh.pk})
        place += 1


def _fresh(one: Model, **changes: Any) -> Model:
    columns = {f.attname: f.value_from_object(one) for f in one._meta.concrete_fields}
    made = type(one)(**{**columns, "id": uuid.uuid4(), **changes})
    made.save(force_insert=True)
    return made


def model_of(table: str) -> type[Model]:
    """This will give the table of a row's name."""
    return apps.get_model("directory", table)


def stored(changes: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """This will give the columns of these rows as they stand now; rows that are gone are left out."""
    wanted: dict[str, list[str]] = {}
    for one in changes:
        wanted.setdefault(one["table"], []).append(one["pk"])
    return {
        (table, str(row.pk)): row_of(row)["values"]
        for table, keys in wanted.items()
        for row in model_of(table)._default_manager.filter(pk__in=keys)
    }


def put_back(table: str, pk: str, values: Mapping[str, Any]) -> None:
    """This will write a row that was taken away, exactly as it was."""
    model = model_of(table)
    columns = {f.attname: f.to_python(values[f.attname]) for f in model._meta.concrete_fields}
    if (
        model is ServiceKind
        and ServiceKind.objects.filter(service=columns["service_id"], is_main=True).exists()
    ):
        columns["is_main"] = False  # somebody chose another main kind since
    model(**columns).save(force_insert=True)


def set_back(table: str, pk: str, values: Mapping[str, Any]) -> None:
    """This will give some columns of a row the values they had."""
    model = model_of(table)
    fields = {f.attname: f for f in model._meta.concrete_fields}
    found = {name: fields[name].to_python(value) for name, value in values.items()}
    model._default_manager.filter(pk=pk).update(**found)


def copy_columns(columns: Sequence[str], origin: object, target: object) -> None:
    """This will set the same columns to the same values."""
    for column in columns:
        setattr(target, column, getattr(origin, column))
