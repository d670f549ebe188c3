"""Writing services an import gives, without ever writing over what a person changed.

Every field remembers the last imported value (`actions.fields` says what follows when a person edited it).
New services are written in bulk, a table at a time: a release brings thousands.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.db.models import Model

from madobe.directory.actions.fields import ImportedFields
from madobe.directory.actions.importing.parts import (
    PARTS,
    clear_part,
    in_order,
    read_part,
    rows_of,
)
from madobe.directory.actions.importing.writing import Notes, Writing
from madobe.directory.models import FieldSource, Service, SourceRecord
from madobe.directory.rules.draft import ServiceDraft

_DATES = ("last_verified_date", "source_updated_date", "availability_date")


def create(
    draft: ServiceDraft, key: UUID, organization: UUID, record: SourceRecord, writing: Writing
) -> None:
    """Gather the rows of a service that is new."""
    service = Service(
        id=key, organization_id=organization, updated_at=writing.at, **_columns(draft.fields)
    )
    writing.add([service])
    for part in PARTS:
        if part in draft.parts:
            writing.add(_rows(part, draft, key, organization))
    said = {
        name: value
        for name, value in _values(draft, organization).items()
        if value != _empty(name)  # nobody's word; `update` knows that it was empty
    }
    writing.notes.add("service", key, said, record)


def update(
    draft: ServiceDraft,
    service: Service,
    organization: UUID,
    record: SourceRecord,
    sources: Mapping[str, FieldSource],
    at: datetime,
) -> bool:
    """Bring a service up to date, field by field; returns whether anything shown changed."""
    differing = {
        name: value
        for name, value in _values(draft, organization).items()
        if (sources[name].last_imported if name in sources else _empty(name)) != value
    }
    if not differing:
        return False
    # An empty value left no trace; without one, what a person filled in would look like the import's.
    traces = Notes(at)
    silent = {name: _empty(name) for name in differing if name not in sources}
    traces.add("service", service.pk, silent, record)
    traces.save()
    written: list[str] = []

    def write(name: str, value: Any) -> None:
        written.append(name)
        if name in PARTS:
            clear_part(name, service)
            fresh = Writing(at)
            fresh.add(_rows(name, draft, service.pk, organization))
            fresh.save()
        elif name == "organization":
            service.organization_id = organization
        else:
            setattr(service, name, _date(value) if name in _DATES else value)

    fields = ImportedFields(record=service, service=service, source_record=record, at=at)
    for name, value in differing.items():
        fields.take(name, shown=_shown(name, service), imported=value, write=partial(write, name))
    fields.finish()
    if written:
        service.updated_at = at
        # only what was brought: a merge or another change made meanwhile stays
        columns = [name for name in written if name not in PARTS]
        service.save(update_fields=[*columns, "updated_at"])
    return bool(written)


def _rows(part: str, draft: ServiceDraft, service: UUID, organization: UUID) -> Iterable[Model]:
    return rows_of(
        part, draft.parts[part], service=service, organization=organization,
        source_name=draft.fields.get("source_name", ""),
    )  # fmt: skip


def _values(draft: ServiceDraft, organization: UUID) -> dict[str, Any]:
    parts = {part: in_order(part, value) for part, value in draft.parts.items()}
    return {**draft.fields, **parts, "organization": str(organization)}


@cache
def _empty(name: str) -> Any:
    """What stands in a field of which nobody has said anything."""
    if name in PARTS:
        return {"place": {}, "contact": ""}.get(name, [])
    if name in _DATES or name == "organization":
        return ""
    return getattr(Service(), name)


def _shown(name: str, service: Service) -> Any:
    if name in PARTS:
        return read_part(name, service)
    if name == "organization":
        return str(service.organization_id)
    value = getattr(service, name)
    if name in _DATES:
        return value.isoformat() if value else ""
    return value


def _columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _date(value) if name in _DATES else value for name, value in fields.items()}


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
