"""The rows that hang on a service, made from plain entries and described as plain values for comparison."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.db.models import Model

from madobe.directory.models import (
    Condition,
    Contact,
    CostOption,
    Eligibility,
    Language,
    Link,
    Phone,
    Schedule,
    ScheduleException,
    Service,
    ServiceArea,
    ServiceKind,
    TextDoor,
    UsageLimit,
)

SIMPLE: dict[str, type[Model]] = {
    "phones": Phone,
    "text_doors": TextDoor,
    "contacts": Contact,
    "links": Link,
    "usage_limits": UsageLimit,
    "cost_options": CostOption,
    "languages": Language,
}
NESTED: dict[str, tuple[type[Model], str, type[Model], str]] = {
    "schedules": (Schedule, "exceptions", ScheduleException, "schedule"),
    "eligibilities": (Eligibility, "conditions", Condition, "eligibility"),
}
# what the founding facts speak of; the rest of SIMPLE only people fill in
CHILDREN = (
    "kinds", "areas", "phones", "text_doors", "contacts", "links", "usage_limits", *NESTED,
)  # fmt: skip
TIMES = ("opens_at", "closes_at")


@dataclass
class Row:
    """One row and the rows below it, not yet saved."""

    row: Model
    below: list[Model] = field(default_factory=list)

    def save(self) -> None:
        self.row.save()
        for one in self.below:
            one.save()


def made(name: str, service: Service, entries: Iterable[Any]) -> list[Row]:
    """This will make the rows of one kind ("phones", "schedules") from plain entries, unsaved."""
    if name == "kinds":
        return [
            Row(ServiceKind(service=service, kind=kind, is_main=place == 0))
            for place, kind in enumerate(entries)
        ]
    if name == "areas":
        return [
            Row(ServiceArea(service=service, extent_type=_level(one["extent"]), **one))
            for one in entries
        ]
    if name in SIMPLE:
        return [
            Row(_new(SIMPLE[name], {**entry, "service": service}, place))
            for place, entry in enumerate(entries)
        ]
    model, below, below_model, parent = NESTED[name]
    rows = []
    for entry in entries:
        own = {key: value for key, value in entry.items() if key != below}
        row = _new(model, {**own, "service": service}, 0)
        rows.append(
            Row(
                row,
                [
                    _new(below_model, {**one, parent: row}, place)
                    for place, one in enumerate(entry.get(below, ()))
                ],
            )
        )
    return rows


def saved(name: str, service: Service) -> list[Row]:
    """This will give the rows of one kind as they stand in the tables."""
    rows = getattr(service, name).all()
    if name not in NESTED:
        return [Row(row) for row in rows]
    below = NESTED[name][1]
    return [Row(row, list(getattr(row, below).all())) for row in rows.prefetch_related(below)]


def described(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """This will describe rows as plain values, in an order that does not depend on the database."""
    all_of_them = [
        {**_values(one.row), "below": _in_order(map(_values, one.below))} for one in rows
    ]
    return _in_order(all_of_them)


def plain(value: Any) -> Any:
    """This will turn dates, times and tuples into what JSON keeps."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def _in_order(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=repr)


def _values(row: Model) -> dict[str, Any]:
    return {
        one.name: plain(getattr(row, one.name))
        for one in row._meta.concrete_fields
        if not one.primary_key and not one.is_relation
    }


def _new(model: type[Model], entry: Mapping[str, Any], place: int) -> Model:
    values = {
        key: time.fromisoformat(value) if key in TIMES else value for key, value in entry.items()
    }
    if any(one.name == "position" for one in model._meta.concrete_fields):
        values.setdefault("position", place)
    return model(**values)


def _level(extent: str) -> str:
    return {6: "municipality", 2: "prefecture"}[len(extent)] if extent != "JP" else "nation"
