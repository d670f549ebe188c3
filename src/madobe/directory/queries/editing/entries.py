"""Entries as their keepers see them: every one, drafts too, each fact with whose word it is."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from madobe.directory.choices import SHOWN, ReviewKind, Rhythm, Status, SuggestionState
from madobe.directory.models import (
    Draft,
    FieldChange,
    FieldSource,
    Organization,
    Phone,
    ReviewItem,
    Service,
    ServiceAlert,
    Suggestion,
)
from madobe.directory.models.facts import facts_of, fingerprint
from madobe.directory.queries.spellings import in_names
from madobe.directory.rules.doubts import Doubt, doubts, extension_text
from madobe.directory.rules.hours import JAPAN, rows_are_readable
from madobe.directory.rules.hours_compose import DateException, ScheduleRow, dump_rows
from madobe.directory.rules.recheck import due_date, latest_past
from madobe.directory.rules.reviewed import FACT_OF
from madobe.lib.folding import fold

A_PAGE = 50
HISTORY = 100  # changes an entry's page shows
FLAGS = ("is_hikikomori_desk", "is_unevaluated", "needs_check")  # without the flag there is no fact
PAIR = Q(kind=ReviewKind.DUPLICATE) & ~Q(field="")
SOON = 31  # days ahead the list of what to look at reaches


@dataclass(frozen=True)
class Listed:
    """One entry of a list, with the day it should be looked at again."""

    service: Service
    due_date: date | None
    is_past: bool = False


@dataclass(frozen=True)
class Fact:
    """One fact, whose word it is, when it was last checked and who put it there."""

    name: str
    value: Any
    source_name: str = ""
    source_url: str = ""
    checked_date: date | None = None
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """An entry with everything its keeper looks at."""

    service: Service
    facts: tuple[Fact, ...]
    history: Sequence[FieldChange]
    alerts: Sequence[ServiceAlert]
    reviews: Sequence[ReviewItem]
    duplicates: Sequence[tuple[str, str]]  # id of what looks the same, and why; decided elsewhere
    suggestions: Sequence[Suggestion]
    doubts: Sequence[Doubt]
    due_date: date | None
    is_shown: bool


@dataclass(frozen=True)
class Opened:
    """An entry opened for editing: what stands there, and its fingerprints."""

    service: Service
    facts: dict[str, Any]
    seen: dict[str, str] = field(default_factory=dict)
    doubts: Sequence[Doubt] = ()
    shares_place: bool = False


def entries(
    organizations: list[str] | None,
    *,
    words: str = "",
    status: str = "",
    kind: str = "",
    page: int = 1,
    at: datetime,
) -> Page[Service]:
    """This will give one page of entries whose names, organizations or numbers hold all the words, in any spelling."""
    found = in_scope(organizations).select_related("organization")
    for word in words.replace("\x00", " ").split()[:10]:
        operators = Organization.objects.filter(in_names(word))
        here = in_names(word) | Q(organization__in=operators.values("pk"))
        if folded := fold(word):  # what is shown: by everything the public finds it by
            here |= Q(search_entry__text__contains=folded)
        number = unicodedata.normalize("NFKC", word)
        if re.fullmatch(r"[\d-]{3,}", number):
            here |= Q(pk__in=Phone.objects.filter(number__contains=number).values("service"))
        found = found.filter(here)
    if status in Status.values:
        found = found.filter(status=status)
    if kind:
        found = found.filter(kinds__kind=kind)
    paginator = Paginator(found.order_by("name", "pk"), A_PAGE)
    return paginator.get_page(page)


def in_scope(organizations: list[str] | None) -> QuerySet[Service]:
    """This will give the entries somebody keeps; those merged into another are no entries any more."""
    found = Service.objects.filter(merged_into__isnull=True)
    return (
        found if organizations is None else found.filter(organization__in=map(UUID, organizations))
    )


def own_organizations(organizations: list[str] | None) -> QuerySet[Organization]:
    """This will give the organizations somebody keeps entries of, by name."""
    found = Organization.objects.filter(merged_into__isnull=True).order_by("name")
    return found if organizations is None else found.filter(pk__in=map(UUID, organizations))


def entry(service_id: UUID, organizations: list[str] | None, *, at: datetime) -> Entry | None:
    """This will give an entry with its facts, history and what is open; None outside somebody's scope."""
    service = scoped(service_id, organizations)
    if service is None:
        return None
    facts = facts_of(service)
    waiting = service.review_items.filter(settled_at__isnull=True)
    return Entry(
        service=service,
        facts=tuple(_with_sources(service, facts)),
        history=list(service.field_changes.all()[:HISTORY]),
        alerts=list(service.alerts.filter(withdrawn_at__isnull=True)),
        reviews=list(waiting.exclude(PAIR)),
        duplicates=_duplicates(service),
        suggestions=list(service.suggestions.filter(state=SuggestionState.OPEN)),
        doubts=_doubts(service, facts),
        due_date=_due(service),
        is_shown=Service.objects.filter(pk=service.pk).shown().exists(),
    )


def opened(service_id: UUID, organizations: list[str] | None) -> Opened | None:
    """This will give an entry for its form; None outside somebody's scope."""
    service = scoped(service_id, organizations)
    if service is None:
        return None
    facts = facts_of(service)
    places = service.service_at_locations.values("location")
    return Opened(
        service=service,
        facts=facts,
        seen={name: fingerprint(value) for name, value in facts.items()},
        doubts=_doubts(service, facts),
        shares_place=Service.objects.exclude(pk=service.pk)
        .filter(service_at_locations__location__in=places)
        .exists(),
    )


def draft_of(owner: str, target: str) -> Draft | None:
    """This will give what somebody began to write and has not saved."""
    return Draft.objects.filter(owner=owner, target=target).first()


def due(
    organizations: list[str] | None, *, at: datetime, page: int = 1
) -> tuple[Page[Any], list[Listed]]:
    """This will give what should be looked at again within a month, soonest first, a page at a time."""
    today = at.astimezone(JAPAN).date()
    horizon = date.fromordinal(today.toordinal() + SOON)
    near = Q()
    for months in Rhythm.values:
        near |= Q(recheck_months=months, last_verified_date__lte=latest_past(months, horizon))
    found = in_scope(organizations).filter(near, status__in=SHOWN)
    days = {
        key: due_date(verified, months)
        for key, verified, months in found.values_list("pk", "last_verified_date", "recheck_months")
        if verified
    }
    shown = Paginator(sorted(days, key=lambda key: (days[key], str(key))), A_PAGE).get_page(page)
    services = Service.objects.select_related("organization").in_bulk(list(shown.object_list))
    listed = [Listed(services[key], days[key], days[key] < today) for key in shown.object_list]
    return shown, listed


def scoped(service_id: UUID, organizations: list[str] | None) -> Service | None:
    """This will give an entry somebody keeps, else None."""
    return in_scope(organizations).select_related("organization").filter(pk=service_id).first()


def _duplicates(service: Service) -> list[tuple[str, str]]:
    key = str(service.pk)
    pairs = ReviewItem.objects.filter(PAIR, table="service", settled_at__isnull=True).filter(
        Q(record_id=service.pk) | Q(field=key)
    )
    return [
        (one.field if one.field != key else str(one.record_id), one.reason)
        for one in pairs.order_by("opened_at", "pk")
    ]


def _due(service: Service) -> date | None:
    verified = service.last_verified_date
    return due_date(verified, service.recheck_months) if verified else None


def _with_sources(service: Service, facts: dict[str, Any]) -> Iterable[Fact]:
    found = FieldSource.objects.filter(record_id=service.pk).select_related("source_record")
    sources = {FACT_OF.get(one.field, one.field): one for one in found.order_by("set_at")}
    for name, value in facts.items():
        if value in ("", None, [], {}) or (value is False and name in FLAGS):
            continue
        source = sources.get(name)
        if source is None:
            yield Fact(
                name, value, service.source_name, service.source_url, service.last_verified_date
            )
            continue
        is_persons = bool(source.source_name)
        checked = [one for one in (source.checked_date, service.last_verified_date) if one]
        yield Fact(
            name,
            value,
            source.source_name if is_persons else service.source_name,
            source.source_url if is_persons else service.source_url,
            max(checked, default=None),
            source.set_by
            or (f"import {source.source_record.source}" if source.source_record else ""),
            source.set_at,
        )


def _doubts(service: Service, facts: dict[str, Any]) -> list[Doubt]:
    organization = service.organization
    others = Service.objects.filter(organization=organization, merged_into__isnull=True).exclude(
        pk=service.pk
    )
    phones = Phone.objects.filter(service__in=others).values_list(
        "number", "extension", "extension_last"
    )
    numbers = [one["number"] for one in facts["phones"]]
    return doubts(
        facts,
        own_names=[
            *others.values_list("name", flat=True)[:500],
            organization.name,
            *organization.aliases,
        ],
        other_names=Service.objects.filter(name__in=facts["aliases"], merged_into__isnull=True)
        .exclude(pk=service.pk)
        .values_list("name", flat=True),
        other_phones=[
            (number, extension_text({"extension": first, "extension_last": last}))
            for number, first, last in phones.filter(number__in=numbers)
        ],
        hours_readable=_is_readable(facts["schedules"]),
    )


def _is_readable(rows: list[dict[str, Any]]) -> bool:
    known = set(ScheduleRow.__dataclass_fields__)
    plain = [
        ScheduleRow(**{
            **{key: one for key, one in row.items() if key in known},
            "exceptions": tuple(
                DateException(**{key: text for key, text in one.items() if key != "source_name"})
                for one in row.get("exceptions", ())
            ),
        })
        for row in rows
    ]  # fmt: skip
    return not plain or rows_are_readable(dump_rows(plain))
