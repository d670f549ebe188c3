"""What every act leaves behind: history of each field, whose word it now is, a line in the audit trail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from madobe.directory.models import FieldChange, FieldSource, Service

JAPAN = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True)
class Word:
    """Who says so, when, and on whose word: the name of a source, its address, a reason in one sentence."""

    by: str
    at: datetime
    source_name: str = ""
    source_url: str = ""
    reason: str = ""
    group: UUID = field(default_factory=uuid4)

    @property
    def today(self) -> date:
        """The day in Japan."""
        return self.at.astimezone(JAPAN).date()


def locked(service_id: UUID) -> Service:
    """This will give a service that nobody else changes until this transaction ends."""
    return Service.objects.select_for_update(of=("self",)).get(pk=service_id)


def remember(
    service: Service, changes: Mapping[str, tuple[Any, Any]], word: Word, *, is_fact: bool = True
) -> None:
    """This will keep old and new value of each field and, for facts, note whose word they are now.

    `last_imported` stays what the last import said, so that the next one sees that a person edited the field.
    """
    FieldChange.objects.bulk_create(
        FieldChange(
            service=service,
            table="service",
            record_id=service.pk,
            field=name,
            old=old,
            new=new,
            by=word.by,
            at=word.at,
            source_name=word.source_name,
            source_url=word.source_url,
            reason=word.reason,
            group=word.group,
        )
        for name, (old, new) in changes.items()
    )
    if is_fact:
        _note_sources(service, {name: old for name, (old, _new) in changes.items()}, word)


def _note_sources(service: Service, before: Mapping[str, Any], word: Word) -> None:
    # A field of an imported service without a source was empty when it came: an import of that field must
    # meet the emptiness it gave, or it would take a person's words for its own.
    is_imported = service.source_records.exists()
    FieldSource.objects.bulk_create(
        (
            FieldSource(
                table="service",
                record_id=service.pk,
                field=name,
                set_by=word.by,
                set_at=word.at,
                source_name=word.source_name,
                source_url=word.source_url,
                checked_date=word.today,
                last_imported=old if is_imported else None,
            )
            for name, old in before.items()
        ),
        update_conflicts=True,
        unique_fields=["record_id", "field"],
        update_fields=["set_by", "set_at", "source_name", "source_url", "checked_date"],
    )
