"""Writing services an import gives, without ever writing over what a person changed.

Every field remembers the last imported value (`actions.fields` says what follows when a person edited it).
New services are written in bulk, a table at a time: a release brings thousands.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Model

from madobe.directory.actions.fields import ImportedFields
from madobe.directory.actions.importing.parts import PARTS, clear_part, read_part, rows_of
from madobe.directory.choices import Standing
from madobe.directory.models import FieldSource, Organization, Service, SourceRecord
from madobe.directory.municipalities import all_municipalities
from madobe.directory.rules.windows.service import ServiceDraft

# ids that stay the same from import to import
NAMESPACE = uuid.UUID("5d0cbb0a-52d5-5f0e-9a3b-4a8f1a6f2a11")
_DATES = ("last_verified_date",)


@dataclass
class Writing:
    """Rows gathered for one bulk write a table."""

    at: datetime
    rows: dict[type[Model], list[Model]] = field(default_factory=lambda: defaultdict(list))

    def add(self, rows: Iterable[Model]) -> None:
        for row in rows:
            self.rows[type(row)].append(row)

    def save(self) -> None:
        """Write everything, tables that others point to first (the order in which they were first added)."""
        for table, rows in self.rows.items():
            table._default_manager.bulk_create(rows, batch_size=500)


def fixed_id(*parts: str) -> UUID:
    """This will give the same id for the same words, for ever."""
    return uuid.uuid5(NAMESPACE, ":".join(parts))


def organizations(
    drafts: Sequence[ServiceDraft], records: Mapping[str, SourceRecord], at: datetime
) -> list[UUID]:
    """This will give the organization of every draft, in their order, made where there was none."""
    ids = [_organization_id(draft) for draft in drafts]
    wanted = dict(zip(reversed(ids), reversed(drafts), strict=True))
    there = set(Organization.objects.in_bulk(list(wanted)))
    known = _known_elsewhere([draft for key, draft in wanted.items() if key not in there])
    writing = Writing(at)
    for key, draft in wanted.items():
        if key in there or draft.organization in known:
            continue
        source, record = draft.windows[0].source, records[draft.windows[0].key]
        writing.add([
            Organization(
                id=key, name=draft.organization, sector=draft.sector,
                standing=Standing.REGISTER, source_name=source.name[:200],
                last_verified_date=_date(draft.fields["last_verified_date"]),
            ),
            _field_source("organization", key, "name", draft.organization, record, at),
        ])  # fmt: skip
    writing.save()
    return [
        key if key in there else known.get(draft.organization, key)
        for key, draft in zip(ids, drafts, strict=True)
    ]


def _organization_id(draft: ServiceDraft) -> UUID:
    coverage = draft.windows[0].coverage
    place = coverage.extent if draft.organization == coverage.name else coverage.prefecture
    return fixed_id("organization", place, draft.organization)


def _known_elsewhere(drafts: Sequence[ServiceDraft]) -> dict[str, UUID]:
    """Organizations other sources brought, by names only one municipality has (府中市 has two)."""
    counted = Counter(one.name for one in all_municipalities())
    names = sorted({d.organization for d in drafts if counted[d.organization] < 2})
    found = (
        one
        for start in range(0, len(names), 500)
        for one in Organization.objects.filter(
            name__in=names[start : start + 500], is_invented=False
        ).order_by("-pk")
    )
    return {one.name: one.pk for one in found}


def create(
    draft: ServiceDraft, key: UUID, organization: UUID, record: SourceRecord, writing: Writing
) -> None:
    """Gather the rows of a service that is new."""
    service = Service(
        id=key, organization_id=organization, updated_at=writing.at, **_columns(draft.fields)
    )
    writing.add([service])
    for part in PARTS:
        writing.add(_rows(part, draft, key, organization))
    writing.add(
        _field_source("service", key, name, value, record, writing.at)
        for name, value in _values(draft, organization).items()
        if value  # an empty field has nobody's word; `update` knows that it was empty
    )


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
        if (sources[name].last_imported != value if name in sources else value)
    }
    if not differing:
        return False
    # An empty value left no trace; without one, what a person filled in would look like the import's.
    FieldSource.objects.bulk_create(
        _field_source("service", service.pk, name, type(value)(), record, at)
        for name, value in differing.items()
        if name not in sources
    )
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
        areas=draft.parts["areas"], source_name=draft.fields["source_name"],
    )  # fmt: skip


def _values(draft: ServiceDraft, organization: UUID) -> dict[str, Any]:
    return {**draft.fields, **draft.parts, "organization": str(organization)}


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


def _field_source(
    table: str, key: UUID, name: str, value: Any, record: SourceRecord, at: datetime
) -> FieldSource:
    return FieldSource(
        table=table, record_id=key, field=name, last_imported=value, source_record=record, set_at=at
    )
