"""A service as plain values, one a fact: what editors compare, histories keep and forms show.

A value is in its normal form when two of them are equal exactly if they say the same: blanks and defaults
left out of rows, dates and times as text, lists of codes in the order of their choices.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from django.db.models import CharField, Field, JSONField, Model, TextField

from madobe.directory.choices import Audience, Function, Method
from madobe.directory.models.contact import Contact, Phone, TextDoor
from madobe.directory.models.eligibility import Condition, Eligibility, UsageLimit
from madobe.directory.models.location import Address, Location, ServiceAtLocation
from madobe.directory.models.schedule import Schedule, ScheduleException
from madobe.directory.models.service import CostOption, Language, Link, Service

COLUMNS = (
    "name", "alternate_name", "aliases", "url", "email",
    "role_text", "content_text", "when_to_use", "first_visit", "application_process", "apply_at_kind",
    "eligibility_description", "notices", "sector", "registration",
    "methods", "audience", "functions", "professions", "stages",
    "anonymous_ok", "family_only_ok", "camera_off_ok", "reservation",
    "fee", "fees_description", "extra_costs", "capacity", "is_hikikomori_desk", "is_unevaluated", "max_months",
    "hours_prose", "source_name", "source_url", "source_page_id", "source_updated_date",
    "recheck_months", "needs_check",
)  # fmt: skip
ORDERED_CODES = {
    "methods": Method.values,
    "audience": Audience.values,
    "functions": Function.values,
    "stages": ["1", "2", "3"],
}
OF_LOCATION = (
    "name", "alternate_name", "description", "transportation", "sensory_notes", "municipality",
)  # fmt: skip
OF_ADDRESS = (
    "postal_code", "state_province", "city", "region", "address_1", "address_2",
    "building", "floor", "window",
)  # fmt: skip
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Rows:
    """A table that hangs on a service, its columns, and the rows below one of its rows."""

    model: type[Model]
    columns: tuple[str, ...]
    below: tuple[str, "Rows"] | None = None


ROWS: Mapping[str, Rows] = {
    "phones": Rows(
        Phone,
        ("number", "extension", "extension_last", "kind", "description", "is_toll_free"),
    ),
    "text_doors": Rows(
        TextDoor,
        ("kind", "address", "label", "reply_note", "hours_rule", "source_name", "source_url", "verified_date", "needs_check"),
    ),
    "contacts": Rows(Contact, ("department", "title", "email")),
    "links": Rows(Link, ("kind", "title", "url", "source_date", "needs_check")),
    "usage_limits": Rows(
        UsageLimit, ("target", "times", "period_note", "source_name", "needs_check")
    ),
    "cost_options": Rows(
        CostOption,
        ("option", "amount", "currency", "amount_description", "subsidy", "valid_from", "valid_to"),
    ),
    "languages": Rows(Language, ("code", "name", "note")),
    "schedules": Rows(
        Schedule,
        (
            "kind", "freq", "interval", "byday", "bymonthday", "dtstart", "until", "opens_at", "closes_at",
            "valid_from", "valid_to", "season_start", "season_end", "closed_on_holidays",
            "year_end_start", "year_end_end", "is_irregular", "description", "notes", "source_name", "needs_check",
        ),
        (
            "exceptions",
            Rows(ScheduleException, ("date", "kind", "moved_to", "opens_at", "closes_at", "note", "source_name")),
        ),
    ),
    "eligibilities": Rows(
        Eligibility,
        ("valid_from", "valid_to", "source_name", "source_url", "needs_check"),
        ("conditions", Rows(Condition, ("kind", "number", "values", "note"))),
    ),
}  # fmt: skip
FACTS = (*COLUMNS, "kinds", "areas", *ROWS, "place")


def facts_of(service: Service) -> dict[str, Any]:
    """This will give every fact of a service in its normal form."""
    facts = {name: normal(name, getattr(service, name)) for name in COLUMNS}
    kinds = sorted(service.kinds.all(), key=lambda one: (not one.is_main, one.kind))
    facts["kinds"] = [one.kind for one in kinds]
    facts["areas"] = sorted(area.extent for area in service.areas.all())
    for name, rows in ROWS.items():
        facts[name] = normal_rows(
            rows, (values_of(row, rows) for row in getattr(service, name).all())
        )
    facts["place"] = normal("place", place_values(service))
    return facts


def values_of(row: Model, rows: Rows) -> dict[str, Any]:
    """This will give a row and those below it as values, not yet in normal form."""
    values = {name: getattr(row, name) for name in rows.columns}
    if rows.below:
        name, below = rows.below
        values[name] = [values_of(one, below) for one in getattr(row, name).all()]
    return values


def place_of(service: Service) -> ServiceAtLocation | None:
    """This will give where a service is given; of several places the first."""
    return (
        ServiceAtLocation.objects.filter(service=service)
        .select_related("location")
        .order_by("pk")
        .first()
    )


def place_values(service: Service) -> dict[str, str]:
    """This will give the place of a service with its address, {} for none."""
    here = place_of(service)
    if here is None:
        return {}
    address = Address.objects.filter(location=here.location).order_by("pk").first()
    values = {name: getattr(here.location, name) for name in OF_LOCATION}
    return values | {name: getattr(address, name) if address else "" for name in OF_ADDRESS}


def normal(name: str, value: Any) -> Any:
    """This will bring the value of a fact, from a table or a form, into its normal form."""
    if name == "kinds":
        return list(dict.fromkeys(value))
    if name == "areas":
        return sorted(set(value))
    if name == "place":
        both = {**dict.fromkeys(OF_LOCATION, Location), **dict.fromkeys(OF_ADDRESS, Address)}
        return {
            key: text
            for key in both
            if (text := _value(both[key]._meta.get_field(key), value.get(key)))
        }
    if name in ROWS:
        return normal_rows(ROWS[name], value)
    if name in ORDERED_CODES:
        order = {code: place for place, code in enumerate(ORDERED_CODES[name])}
        return sorted(set(value or ()), key=lambda code: (order.get(code, len(order)), code))
    return _value(Service._meta.get_field(name), value)


def normal_rows(rows: Rows, entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """This will bring rows into normal form: in their own order where they have one, else always the same."""
    found = [_normal_row(rows, entry) for entry in entries]
    if any(one.name == "position" for one in rows.model._meta.concrete_fields):
        return found
    return sorted(found, key=_row_order)


def fingerprint(value: Any) -> str:
    """This will give a short text that differs where two normal values do."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _normal_row(rows: Rows, entry: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name in rows.columns:
        column = rows.model._meta.get_field(name)
        default = _value(column, column.get_default() if isinstance(column, Field) else None)
        value = _value(column, entry.get(name, default))
        if value != default:
            row[name] = value
    if rows.below:
        name, below = rows.below
        if lower := normal_rows(below, entry.get(name, ())):
            row[name] = lower
    return row


def _value(column: Any, value: Any) -> Any:
    """One value as JSON keeps it."""
    if isinstance(column, JSONField):
        return [text for one in value or () if (text := _text(one))]
    if isinstance(column, CharField | TextField):
        return _text(value)
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


def _text(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _row_order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    days = str(row.get("byday", ""))
    return (
        str(row.get("kind", "")),
        str(row.get("dtstart") or row.get("date") or row.get("valid_from") or ""),
        min(
            (WEEK.index(day[-2:]) for day in days.split(",") if day[-2:] in WEEK), default=len(WEEK)
        ),
        str(row.get("opens_at", "")),
        json.dumps(row, ensure_ascii=False, sort_keys=True),
    )
