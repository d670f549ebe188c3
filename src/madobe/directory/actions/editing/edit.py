"""Editing an entry, two people at a time without either losing a word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from madobe.audit.actions import record
from madobe.directory.actions.editing.trail import Word, locked, remember
from madobe.directory.actions.editing.write import write_facts
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.choices import SHOWN, Sector, Standing, Status
from madobe.directory.models import Draft, FieldChange, Organization, Service
from madobe.directory.models.facts import FACTS, facts_of, fingerprint, normal
from madobe.directory.rules.publication import missing

NEW = "new"  # the target of a draft for an entry that is not there yet


@dataclass(frozen=True)
class Conflict:
    """One fact two people changed: what stands there now and who put it there, and what was to be written."""

    field: str
    stored: Any
    wanted: Any
    by: str = ""
    at: datetime | None = None


class ChangedMeanwhile(Exception):
    """Somebody changed the same facts since the form was opened. Nothing was written; both values are here."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__(", ".join(one.field for one in conflicts))
        self.conflicts = conflicts


class WouldLackSomething(Exception):
    """An entry people read would no longer say what it must; `facts` names what would be missing."""

    def __init__(self, facts: tuple[str, ...]) -> None:
        super().__init__(", ".join(facts))
        self.facts = facts


@dataclass(frozen=True)
class Edited:
    """What an edit did: the entry, and the facts that took another value."""

    service: UUID
    fields: tuple[str, ...]


@transaction.atomic
def edit_service(
    *,
    service_id: UUID,
    values: Mapping[str, Any],
    seen: Mapping[str, str],
    by: str,
    at: datetime,
    source_name: str,
    source_url: str = "",
    reason: str = "",
    is_checked: bool = False,
) -> Edited:
    """This will write the facts this person changed, and only those.

    `values`: facts as a form gives them; `seen`: the fingerprints of what stood there when the form was
    opened. A fact the person left as they saw it keeps what somebody else wrote since. Raises
    ChangedMeanwhile where both changed the same one, WouldLackSomething for an entry people read; then
    nothing is written. `is_checked`: they checked the whole entry on this day. Their draft of it goes.
    """
    word = Word(by, at, source_name, source_url, reason)
    service = locked(service_id)
    stored = facts_of(service)
    changes = _changes(service, stored, values, seen)
    is_read = service.status in SHOWN
    lacking = missing({**stored, **changes}, service.last_verified_date or word.today)
    if is_read and lacking:
        raise WouldLackSomething(lacking)
    if changes or is_checked:
        _write(service, stored, changes, word, is_checked=is_checked)
        record(
            by=by, at=at, action="service.edit", table="service", record_id=service.pk, reason=reason,
            detail={"fields": sorted(changes), "checked": is_checked},
        )  # fmt: skip
    Draft.objects.filter(owner=by, target=str(service.pk)).delete()
    if changes or is_checked:
        refresh_listing(services=[service.pk], at=at)
    return Edited(service.pk, tuple(changes))


@transaction.atomic
def create_service(
    *,
    values: Mapping[str, Any],
    organization_name: str = "",
    organization_id: UUID | None = None,
    by: str,
    at: datetime,
    source_name: str,
    source_url: str = "",
    reason: str = "",
) -> Service:
    """This will add an entry as a draft nobody reads yet, of this organization.

    Without `organization_id` the one of that name is taken or made; a new one is unvetted: its entries are
    shown only once it has been vetted.
    """
    word = Word(by, at, source_name, source_url, reason)
    organization = (
        Organization.objects.get(pk=organization_id)
        if organization_id
        else _organization(organization_name, str(values.get("sector", "")), word)
    )
    facts = {name: normal(name, value) for name, value in values.items()}
    service = Service(organization=organization, name=facts["name"], status=Status.DRAFT)
    service.save(force_insert=True)
    empty = facts_of(service) | {"name": ""}
    service.updated_at = at
    facts = {name: value for name, value in facts.items() if value != empty[name]}
    write_facts(service, facts)
    remember(service, {name: (empty[name], value) for name, value in facts.items()}, word)
    record(
        by=by, at=at, action="service.create", table="service", record_id=service.pk, reason=reason
    )
    Draft.objects.filter(owner=by, target=NEW).delete()
    refresh_listing(services=[service.pk], at=at)
    return service


def _changes(
    service: Service, stored: Mapping[str, Any], values: Mapping[str, Any], seen: Mapping[str, str]
) -> dict[str, Any]:
    """What this person changed; raises ChangedMeanwhile where somebody else did, too."""
    changes: dict[str, Any] = {}
    both: dict[str, Any] = {}
    for name in FACTS:
        if name not in values:
            continue
        wanted = normal(name, values[name])
        print_seen = seen.get(
            name, ""
        )  # a form that does not say what it saw may overwrite nothing
        if wanted == stored[name] or fingerprint(wanted) == print_seen:
            continue
        (changes if fingerprint(stored[name]) == print_seen else both)[name] = wanted
    if both:
        latest: dict[str, FieldChange] = {}
        for one in FieldChange.objects.filter(service=service, field__in=both).order_by("at"):
            latest[one.field] = one
        raise ChangedMeanwhile(
            [
                Conflict(
                    name,
                    stored[name],
                    wanted,
                    latest[name].by if name in latest else "",
                    latest[name].at if name in latest else None,
                )
                for name, wanted in both.items()
            ]
        )
    return changes


def _write(
    service: Service,
    stored: Mapping[str, Any],
    changes: Mapping[str, Any],
    word: Word,
    *,
    is_checked: bool,
) -> None:
    service.updated_at = word.at
    history = {name: (stored[name], value) for name, value in changes.items()}
    if is_checked and service.last_verified_date != word.today:
        before = service.last_verified_date
        history["last_verified_date"] = (before and before.isoformat(), word.today.isoformat())
        service.last_verified_date = word.today
    if is_checked and service.status == Status.STALE:
        service.status = Status.PUBLISHED
    write_facts(service, changes)
    remember(service, history, word)


def _organization(name: str, sector: str, word: Word) -> Organization:
    found = Organization.objects.filter(name=name, merged_into__isnull=True).order_by("pk").first()
    if found is not None:
        return found
    made = Organization.objects.create(
        name=name,
        # who does not say it is a public body is vetted as any other
        sector=sector or Sector.PRIVATE,
        standing=Standing.UNVETTED,
        source_name=word.source_name,
        source_url=word.source_url,
    )
    record(
        by=word.by,
        at=word.at,
        action="organization.create",
        table="organization",
        record_id=made.pk,
    )
    return made
