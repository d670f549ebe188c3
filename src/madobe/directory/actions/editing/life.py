"""The life of an entry: published, checked again, taken from view."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.audit.actions import record
from madobe.directory.actions.editing.trail import Word, locked, remember
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.choices import SHOWN, Status
from madobe.directory.models import FieldSource, Service
from madobe.directory.models.facts import FACTS, facts_of
from madobe.directory.rules.publication import missing


class LacksBeforePublishing(Exception):
    """The entry does not say yet what people need; `facts` names what is missing."""

    def __init__(self, facts: Sequence[str]) -> None:
        super().__init__(", ".join(facts))
        self.facts = tuple(facts)


@transaction.atomic
def publish_service(*, service_id: UUID, by: str, at: datetime, reason: str = "") -> Service:
    """This will put an entry where people read it; whether they do still hangs on its operator's standing.

    Raises LacksBeforePublishing without 使い時, source, kind, area or a day of checking.
    """
    service = locked(service_id)
    lacking = missing(facts_of(service), service.last_verified_date)
    if lacking:
        raise LacksBeforePublishing(lacking)
    return _to(service, Status.PUBLISHED, Word(by, at, reason=reason), "service.publish")


@transaction.atomic
def withdraw_service(*, service_id: UUID, by: str, at: datetime, reason: str = "") -> Service:
    """This will take an entry from view. Everything in it is kept; it can be published again."""
    service = locked(service_id)
    return _to(service, Status.SUSPENDED, Word(by, at, reason=reason), "service.withdraw")


@transaction.atomic
def verify_service(
    *,
    service_id: UUID,
    by: str,
    at: datetime,
    source_name: str = "",
    source_url: str = "",
    fields: Sequence[str] = (),
) -> Service:
    """This will note that the entry was found right on this day: all of it, or only these facts.

    An entry whose time of checking was past stands among the others again.
    """
    word = Word(by, at, source_name, source_url)
    service = locked(service_id)
    if fields:
        _check_facts(service, fields, word)
    else:
        before = service.last_verified_date
        if before != word.today:
            service.last_verified_date = word.today
            remember(
                service,
                {"last_verified_date": (before and before.isoformat(), word.today.isoformat())},
                word,
            )
        if service.status == Status.STALE:
            service.status = Status.PUBLISHED
    service.updated_at = at
    service.save()
    record(
        by=by, at=at, action="service.verify", table="service", record_id=service.pk,
        reason=source_name, detail={"fields": sorted(fields)},
    )  # fmt: skip
    refresh_listing(services=[service.pk], at=at)
    return service


def _check_facts(service: Service, fields: Sequence[str], word: Word) -> None:
    for name in set(fields) & set(FACTS):
        FieldSource.objects.update_or_create(
            record_id=service.pk,
            field=name,
            defaults={"checked_date": word.today},
            create_defaults={
                "table": "service",
                "checked_date": word.today,
                "set_by": word.by,
                "set_at": word.at,
                "source_name": word.source_name,
                "source_url": word.source_url,
                "last_imported": facts_of(service)[name]
                if service.source_records.exists()
                else None,
            },
        )


def _to(service: Service, status: Status, word: Word, action: str) -> Service:
    if service.status == status or (status == Status.PUBLISHED and service.status in SHOWN):
        return service
    remember(service, {"status": (service.status, str(status))}, word, is_fact=False)
    service.status, service.updated_at = status, word.at
    service.save(update_fields=["status", "updated_at"])
    record(
        by=word.by, at=word.at, action=action, table="service", record_id=service.pk,
        reason=word.reason,
    )  # fmt: skip
    refresh_listing(services=[service.pk], at=word.at)
    return service
