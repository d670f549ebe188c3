"""Writing down which entries look the same, once a pair, and what people decided about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from madobe.audit.actions import record
from madobe.directory.choices import ReviewKind
from madobe.directory.models import ReviewItem, Service
from madobe.directory.rules.duplicates import Entry, Found, find_pairs
from madobe.directory.rules.scope import MAY_MERGE, reaches
from madobe.lib.actor import Actor

WORDS = {
    "name": "名前が同じ",
    "alike": "名前がよく似ている",
    "phone": "電話番号が同じ",
    "address": "住所が同じ",
    "number": "法人番号が同じ",
    "website": "ウェブページが同じ",
    "near": "場所がすぐ近く",
}


class MayNotDecide(Exception):
    """Somebody without one of the roles."""


class DecidedAlready(Exception):
    """This pair is not on the list any more."""


@dataclass(frozen=True)
class Noted:
    """What looking for duplicates did. `known`: on the list before; `gone`: no longer alike."""

    pairs: int
    added: int
    known: int
    gone: int
    comparisons: int


def note_duplicates(
    *, services: Iterable[Entry], organizations: Iterable[Entry], at: datetime
) -> Noted:
    """This will put every pair that looks the same on the list, once; a second time changes nothing.

    The entries are those of `queries.duplicates`.
    Pairs decided before ("not the same", merged) are not asked about again.
    """
    tables = {
        "service": find_pairs(services, decided=_decided("service")),
        "organization": find_pairs(
            organizations, decided=_decided("organization"), one_number_each=True
        ),
    }
    with transaction.atomic():  # looking takes a while and must keep nobody from writing
        done = [_note(table, found, at) for table, found in tables.items()]
    return Noted(*(sum(numbers) for numbers in zip(*done, strict=True)))


def _items(table: str) -> QuerySet[ReviewItem]:
    return ReviewItem.objects.filter(kind=ReviewKind.DUPLICATE, table=table).exclude(field="")


def _decided(table: str) -> set[tuple[str, str]]:
    settled = _items(table).filter(settled_at__isnull=False).values_list("record_id", "field")
    return {(str(first), second) for first, second in settled}


def _note(table: str, found: Found, at: datetime) -> tuple[int, int, int, int, int]:
    waiting = _items(table).filter(settled_at__isnull=True)
    there = {(str(one.record_id), one.field): one.pk for one in waiting}
    decided = _decided(table)
    pairs = {
        (pair.first, pair.second): pair
        for pair in found.pairs
        if (pair.first, pair.second) not in decided
    }
    fresh = [
        ReviewItem(
            kind=ReviewKind.DUPLICATE,
            table=table,
            record_id=UUID(first),
            field=second,
            service_id=UUID(first) if table == "service" else None,
            ours=list(pair.reasons),
            reason="・".join(WORDS[one] for one in pair.reasons),
            opened_at=at,
        )  # fmt: skip
        for (first, second), pair in pairs.items()
        if (first, second) not in there
    ]
    ReviewItem.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    gone = [item for key, item in there.items() if key not in pairs]
    for start in range(0, len(gone), 500):
        ReviewItem.objects.filter(pk__in=gone[start : start + 500]).delete()
    return len(pairs), len(fresh), len(pairs) - len(fresh), len(gone), found.comparisons


@transaction.atomic
def mark_not_same(*, item: UUID, by: Actor, at: datetime) -> None:
    """This will remember that the two are not the same. Raises MayNotDecide, DecidedAlready."""
    found = ReviewItem.objects.select_for_update(of=("self",)).get(
        pk=item, kind=ReviewKind.DUPLICATE
    )
    if not reaches(by, MAY_MERGE, *_owners(found)):
        raise MayNotDecide
    if found.settled_at is not None:
        raise DecidedAlready
    found.settled_at, found.settled_by = at, by.id
    found.save(update_fields=["settled_at", "settled_by"])
    record(
        by=by.id, action="duplicate.not_same", at=at, table=found.table, record_id=found.record_id or "",
        detail={"other": found.field},
    )  # fmt: skip


def _owners(item: ReviewItem) -> list[UUID]:
    keys = [key for key in (item.record_id, UUID(item.field)) if key is not None]
    if item.table == "organization":
        return keys
    return list(Service.objects.filter(pk__in=keys).values_list("organization_id", flat=True))
