"""One service put together for reading: everything a page shows of it, as the text of its card."""

import json
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from madobe.directory.choices import Standing, Status
from madobe.directory.models import Address, Location, Phone, Schedule, Service
from madobe.directory.rules.hours import is_readable, rows_are_readable
from madobe.directory.rules.hours_compose import DateException, ScheduleRow, dump_rows
from madobe.directory.rules.registers import REGISTERS


def card_text(service: Service) -> str:
    """This will give the card of one service as `rules.card.read_card` reads it; empty values are left out."""
    organization = service.organization
    at_locations = sorted(service.service_at_locations.all(), key=lambda one: str(one.pk))
    locations = [one.location for one in at_locations]
    location = locations[0] if locations else None
    body: dict[str, Any] = {
        "id": str(service.pk),
        "kinds": [
            k.kind for k in sorted(service.kinds.all(), key=lambda k: (not k.is_main, k.kind))
        ],
        "name": service.name,
        "organization": organization.name,
        "lang": service.lang,
        "role": service.role_text,
        "content": service.content_text,
        "when_to_use": service.when_to_use,
        "first_visit": service.first_visit,
        "methods": service.methods,
        "audience": service.audience,
        "anonymous_ok": service.anonymous_ok,
        "family_only_ok": service.family_only_ok,
        "reservation": service.reservation,
        "fee": service.fee,
        "extra_costs": service.extra_costs or service.fees_description,
        "functions": service.functions,
        "professions": service.professions,
        "private": service.sector == "private",
        "sector": service.sector,
        "no_evaluation": service.is_unevaluated,
        "address": address_of(location),
        "building": _building(location),
        "phones": _phones(service, locations),
        "doors": [
            {
                "kind": door.kind,
                "address": door.address,
                "label": "　".join(part for part in (door.label, door.reply_note) if part),
                "source": door.source_name or service.source_name,
                "needs_check": door.needs_check,
                "hours_rule": door.hours_rule if is_readable(door.hours_rule) else "",
            }
            for door in service.text_doors.all()
        ],
        "url": service.url or organization.website,
        "rows": timetable_of(service),
        "prose": service.hours_prose,
        "notices": [*([service.alert] if service.alert else []), *service.notices],
        **_register(service),
        "source_name": service.source_name,
        "source_url": service.source_url,
        "source_date": _iso(service.source_updated_date),
        "verified_date": _iso(service.last_verified_date),
        "needs_check": service.needs_check or service.status == Status.STALE,
        "stale": service.status == Status.STALE,
        "availability": service.availability,
        "availability_note": service.availability_note,
        "availability_date": _iso(service.availability_date),
        "capacity": service.capacity,
        "alerts": [
            {
                "kind": one.kind,
                "text": one.text,
                "starts_date": _iso(one.starts_date),
                "ends_date": _iso(one.ends_date),
            }
            for one in service.alerts.all()
            if one.withdrawn_at is None
        ],
        "invented": service.is_invented,
        "aliases": list(dict.fromkeys([*service.aliases, *organization.aliases])),
        "departments": sorted(one.department for one in service.contacts.all()),
        "application": service.application_process,
        "apply_at_kind": service.apply_at_kind,
        "limits": [
            {
                "target": one.target,
                "times": one.times,
                "note": one.period_note,
                "needs_check": one.needs_check,
            }
            for one in sorted(service.usage_limits.all(), key=lambda one: (one.target, str(one.pk)))
        ],
        "links": [
            {
                "kind": one.kind,
                "title": one.title,
                "url": one.url,
                "source_date": _iso(one.source_date),
                "needs_check": one.needs_check,
            }
            for one in sorted(
                service.links.all(), key=lambda one: (one.kind, one.title, one.url, str(one.pk))
            )
        ],
        "registration": service.registration or organization.registration,
        "max_months": service.max_months,
        "source_page_id": service.source_page_id,
        "conditions": conditions_of(service),
    }
    body = {key: value for key, value in body.items() if value not in ("", None, [], False)}
    body["areas"] = sorted(
        ([one.extent, one.name] for one in service.areas.all()),
        key=lambda pair: (pair[0] == "JP", -len(pair[0]), *pair),
    )
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def schedule_rows(schedules: Iterable[Schedule]) -> list[ScheduleRow]:
    """This will give schedules as plain rows, in an order that does not depend on the database."""
    rows = [
        ScheduleRow(
            kind=one.kind,
            freq=one.freq,
            interval=one.interval,
            byday=one.byday,
            bymonthday=one.bymonthday,
            dtstart=_iso(one.dtstart),
            until=_iso(one.until),
            opens_at=_clock(one.opens_at),
            closes_at=_clock(one.closes_at),
            valid_from=_iso(one.valid_from),
            valid_to=_iso(one.valid_to),
            season_start=one.season_start,
            season_end=one.season_end,
            closed_on_holidays=one.closed_on_holidays,
            year_end_start=one.year_end_start,
            year_end_end=one.year_end_end,
            is_irregular=one.is_irregular,
            description=one.description,
            exceptions=tuple(
                DateException(
                    date=_iso(exception.date),
                    kind=exception.kind,
                    moved_to=_iso(exception.moved_to),
                    opens_at=_clock(exception.opens_at),
                    closes_at=_clock(exception.closes_at),
                    note=exception.note,
                )
                for exception in one.exceptions.all()
            ),
        )
        for one in schedules
    ]
    return sorted(
        rows,
        key=lambda row: (
            row.kind, row.dtstart, row.valid_from, row.opens_at, row.byday,
            repr(row),  # two rows alike so far stand in one order on every database, and after a merge taken back
        ),
    )  # fmt: skip


def timetable_of(service: Service) -> str:
    """This will give the hours as `dump_rows` writes them. Rows nobody can read are left out: then the source's own
    words stand alone.
    """
    text = dump_rows(schedule_rows(service.schedules.all()))
    return text if text and rows_are_readable(text) else ""


def _register(service: Service) -> dict[str, str]:
    """The public register an operator is known from, and the day it was made public."""
    if service.organization.standing != Standing.REGISTER:
        return {}
    names = {
        one.source: REGISTERS[one.source]
        for one in sorted(service.source_records.all(), key=lambda one: one.source)
        if one.source in REGISTERS
    }
    if not names:  # the founding facts name their own pages; they are no register
        return {}
    return {
        "register_name": next(iter(names.values())),
        "register_date": _iso(service.source_updated_date or service.last_verified_date),
    }


def _phones(service: Service, locations: list[Location]) -> list[dict[str, Any]]:
    own = list(service.phones.all()) or list(service.organization.phones.all())
    venue = [phone for location in locations for phone in location.phones.all()]
    return [_phone(one, one.description) for one in own] + [
        _phone(one, one.description or "会場") for one in venue
    ]


def _phone(phone: Phone, description: str) -> dict[str, Any]:
    extension = "" if phone.extension is None else str(phone.extension)
    if phone.extension_last is not None:
        extension += f"-{phone.extension_last}"
    return {
        "number": phone.number,
        "extension": extension,
        "description": description,
        "toll_free": phone.is_toll_free,
        "kind": phone.kind,
    }


def conditions_of(service: Service) -> list[dict[str, Any]]:
    """This will give the conditions of use as plain values."""
    return [
        {
            "valid_from": _iso(group.valid_from),
            "valid_to": _iso(group.valid_to),
            "needs_check": group.needs_check,
            "conditions": [
                {
                    "kind": one.kind,
                    "number": -1 if one.number is None else one.number,
                    "values": one.values,
                    "note": one.note,
                }
                for one in group.conditions.all()
            ],
        }
        for group in sorted(
            service.eligibilities.all(),
            key=lambda one: (_iso(one.valid_from), _iso(one.valid_to), str(one.pk)),
        )
    ]


def address_of(location: Location | None) -> str:
    """This will give an address as people write it, "" where there is none."""
    if location is None:
        return ""
    for one in _addresses(location):
        return _joined(one)
    return location.description


def _addresses(location: Location) -> list[Address]:
    return sorted(location.addresses.all(), key=lambda one: str(one.pk))


def _joined(address: Address) -> str:
    postal = f"〒{address.postal_code} " if address.postal_code else ""
    return f"{postal}{address.state_province}{address.city}{address.region}{address.address_1}{address.address_2}"


def _building(location: Location | None) -> str:
    if location is None:
        return ""
    for one in _addresses(location):
        parts = [location.name, one.building, one.floor, one.window]
        return " ".join(part for part in parts if part)
    return location.name


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _clock(moment: time | None) -> str:
    return f"{moment:%H:%M}" if moment else ""
