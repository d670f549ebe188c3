"""What imports left to a person: keep ours, take theirs, or just note that it was seen."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from madobe.audit.actions import record
from madobe.directory.actions.editing.life import withdraw_service
from madobe.directory.actions.editing.suggestions import AlreadySettled
from madobe.directory.actions.editing.trail import Word, locked, remember
from madobe.directory.actions.editing.write import write_facts
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.choices import Decision, ReviewKind
from madobe.directory.models import (
    Address,
    Location,
    Organization,
    Phone,
    ReviewItem,
    Service,
    ServiceAtLocation,
)
from madobe.directory.models.facts import FACTS, facts_of, normal
from madobe.directory.rules.reviewed import fact_of

_OTHER_TABLES: dict[str, type[Model]] = {
    "organization": Organization,
    "location": Location,
    "address": Address,
    "phone": Phone,
}


@transaction.atomic
def settle_review_item(*, item_id: UUID, decision: str, by: str, at: datetime) -> ReviewItem:
    """This will settle a review item. "theirs" writes the source's value, or takes away an entry its source
    no longer has; "ours" and "seen" leave everything as it is. Raises AlreadySettled.
    """
    item = ReviewItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    if item.settled_at is not None:
        raise AlreadySettled
    if decision == Decision.THEIRS:
        _take_theirs(item, by, at)
    item.settled_at, item.settled_by, item.decision = at, by, decision
    item.save(update_fields=["settled_at", "settled_by", "decision"])
    record(
        by=by, at=at, action="review.settle", table="reviewitem", record_id=item.pk,
        detail={"decision": decision},
    )  # fmt: skip
    return item


def _take_theirs(item: ReviewItem, by: str, at: datetime) -> None:
    if item.kind == ReviewKind.REMOVED and item.service_id:
        withdraw_service(service_id=item.service_id, by=by, at=at, reason=item.reason)
    elif item.kind == ReviewKind.DIFFERENCE and item.table in _OTHER_TABLES:
        _write_elsewhere(item, at)
    elif item.kind == ReviewKind.DIFFERENCE and item.service_id:
        _write_fact(item, Word(by, at, _source_name(item), reason=item.reason))


def _write_fact(item: ReviewItem, word: Word) -> None:
    assert item.service_id is not None
    service = locked(item.service_id)
    name, theirs = fact_of(item.field, item.theirs)
    old: Any
    if name in FACTS:
        old, new = facts_of(service)[name], normal(name, theirs)
        service.updated_at = word.at
        write_facts(service, {name: new})
    else:  # a column no form shows: status, last_verified_date, organization
        column = {"organization": "organization_id"}.get(name, name)
        old, new = item.ours, theirs
        setattr(service, column, theirs or None if name.endswith("_date") else theirs)
        service.updated_at = word.at
        service.save()
    remember(service, {name: (old, new)}, word)
    refresh_listing(services=[service.pk], at=word.at)


def _write_elsewhere(item: ReviewItem, at: datetime) -> None:
    table = _OTHER_TABLES[item.table]
    row = table._default_manager.get(pk=item.record_id)
    setattr(row, item.field, item.theirs)
    row.save()
    refresh_listing(services=_touched_by(row), at=at)


def _touched_by(row: Model) -> list[UUID]:
    if isinstance(row, Organization):
        return list(Service.objects.filter(organization=row).values_list("pk", flat=True))
    places = ServiceAtLocation.objects.filter(
        location=row if isinstance(row, Location) else getattr(row, "location", None)
    )
    return list(places.values_list("service_id", flat=True))


def _source_name(item: ReviewItem) -> str:
    return str(item.source_record)[:200] if item.source_record else ""
