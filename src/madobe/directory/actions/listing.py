"""Make the listing: what pages and guide read, put together from the tables once per change."""

import json
from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction

from madobe.directory.actions.changes import lock_revision, note_changes
from madobe.directory.actions.documents import keep_in_order, write_documents
from madobe.directory.actions.merging.following import follow_merges
from madobe.directory.actions.search_entries import entry_of
from madobe.directory.choices import NATION, Standing, Status
from madobe.directory.hsds.gather import with_everything
from madobe.directory.models import (
    Address,
    Card,
    Document,
    Listing,
    Location,
    Phone,
    Schedule,
    SearchEntry,
    Service,
)
from madobe.directory.rules.eligibility import ConditionRow, ConditionSet
from madobe.directory.rules.hours import JAPAN, is_readable, rows_are_readable
from madobe.directory.rules.hours_compose import DateException, ScheduleRow, dump_rows
from madobe.directory.rules.registers import REGISTERS

CHUNK = 500
# Desks made for this before general ones; inside each, those for everyone before those for some, and last
# what nobody can call or write to. Among nationwide lines, those whose hours are known come first.
DESK_RANK, GENERAL_RANK = 0, 10
FOR_SOME, HOURS_UNKNOWN, HARD_TO_REACH = 2, 1, 5


@transaction.atomic
def refresh_listing(*, at: datetime, services: Collection[UUID] | None = None) -> int:
    """This will make listing and cards anew for these services (None: all); returns how many are shown.

    Services that are not to be shown leave the listing; merged ones hand on what changed in them. Each gets the next revision (`models.Change`).
    """
    lock_revision()
    followed = follow_merges(services=services, at=at)
    if services is not None:
        services = {*services, *followed}
    wanted = Service.objects.all() if services is None else Service.objects.filter(pk__in=services)
    cards, listings = Card.objects.all(), Listing.objects.all()
    entries = SearchEntry.objects.all()
    if services is not None:
        cards = cards.filter(service__in=services)
        listings = listings.filter(service__in=services)
        entries = entries.filter(service__in=services)
    before = set(cards.values_list("pk", flat=True))
    cards.delete()
    listings.delete()
    entries.delete()
    Document.objects.filter(service__in=wanted).exclude(service__in=wanted.shown()).delete()
    shown, today = 0, at.astimezone(JAPAN).date()
    renewed: list[UUID] = []
    keys = list(wanted.shown().values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        chunk = list(with_everything(Service.objects.filter(pk__in=keys[start : start + CHUNK])))
        Card.objects.bulk_create(Card(service=one, body=card_text(one)) for one in chunk)
        Listing.objects.bulk_create(row for one in chunk for row in _listings(one))
        SearchEntry.objects.bulk_create(_search_entry(one, today) for one in chunk)
        renewed += write_documents(chunk, at=at)
        shown += len(chunk)
    touched = before | set(wanted.values_list("pk", flat=True))
    note_changes(services=touched, shown=set(keys), at=at)
    keep_in_order(renewed, at=at)
    return shown


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
        "address": _address(location),
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
        "rows": _timetable(service),
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
            for one in sorted(service.usage_limits.all(), key=lambda one: one.target)
        ],
        "links": [
            {
                "kind": one.kind,
                "title": one.title,
                "url": one.url,
                "source_date": _iso(one.source_date),
                "needs_check": one.needs_check,
            }
            for one in sorted(service.links.all(), key=lambda one: (one.kind, one.title, one.url))
        ],
        "registration": service.registration or organization.registration,
        "max_months": service.max_months,
        "source_page_id": service.source_page_id,
        "conditions": _conditions(service),
    }
    body = {key: value for key, value in body.items() if value not in ("", None, [], False)}
    body["areas"] = sorted(
        ([one.extent, one.name] for one in service.areas.all()),
        key=lambda pair: (pair[0] == "JP", -len(pair[0]), pair[0]),
    )
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _search_entry(service: Service, today: date) -> SearchEntry:
    locations = [one.location for one in service.service_at_locations.all()]
    conditions = (
        ConditionSet(
            tuple(
                ConditionRow(one["kind"], one["number"], tuple(one["values"]), one["note"])
                for one in group["conditions"]
            ),
            group["valid_from"],
            group["valid_to"],
            group["needs_check"],
        )
        for group in _conditions(service)
    )
    return entry_of(
        service,
        timetable=_timetable(service),
        conditions=conditions,
        address=" ".join(_address(one) for one in locations),
        today=today,
    )


def _register(service: Service) -> dict[str, str]:
    """The public register an operator is known from, and the day it was made public."""
    if service.organization.standing != Standing.REGISTER:
        return {}
    names = {
        one.source: REGISTERS[one.source]
        for one in service.source_records.all()
        if one.source in REGISTERS
    }
    return {
        "register_name": next(iter(names.values()), service.source_name),
        "register_date": _iso(service.source_updated_date or service.last_verified_date),
    }


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
                for exception in sorted(one.exceptions.all(), key=lambda e: e.date)
            ),
        )
        for one in schedules
    ]
    return sorted(
        rows, key=lambda row: (row.kind, row.dtstart, row.valid_from, row.opens_at, row.byday)
    )


def _listings(service: Service) -> Iterable[Listing]:
    rank = DESK_RANK if service.is_hikikomori_desk else GENERAL_RANK
    own = service.phones.all() or service.text_doors.all() or service.url
    if not (own or service.organization.phones.all()):
        rank += HARD_TO_REACH
    if any(area.extent == NATION for area in service.areas.all()):
        rank += FOR_SOME * bool(service.eligibilities.all())
        rank += HOURS_UNKNOWN * (not service.schedules.all())
    return [
        Listing(
            extent=area.extent,
            kind=kind.kind,
            rank=rank,
            verified_date=service.last_verified_date,
            service=service,
            area_name=area.name,
        )
        for area in service.areas.all()
        for kind in service.kinds.all()
    ]


def _timetable(service: Service) -> str:
    """Rows nobody can read are left out: then the source's own words stand alone."""
    text = dump_rows(schedule_rows(service.schedules.all()))
    return text if text and rows_are_readable(text) else ""


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


def _conditions(service: Service) -> list[dict[str, Any]]:
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


def _address(location: Location | None) -> str:
    if location is None:
        return ""
    for one in location.addresses.all():
        return _joined(one)
    return location.description


def _joined(address: Address) -> str:
    postal = f"〒{address.postal_code} " if address.postal_code else ""
    return f"{postal}{address.state_province}{address.city}{address.region}{address.address_1}{address.address_2}"


def _building(location: Location | None) -> str:
    if location is None:
        return ""
    for one in location.addresses.all():
        parts = [location.name, one.building, one.floor, one.window]
        return " ".join(part for part in parts if part)
    return location.name


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _clock(moment: time | None) -> str:
    return f"{moment:%H:%M}" if moment else ""
