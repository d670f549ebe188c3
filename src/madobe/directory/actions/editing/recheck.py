"""Entries past their day of checking: still shown, marked as such until somebody looks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from madobe.audit.actions import record
from madobe.directory.actions.editing.trail import JAPAN
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.choices import Rhythm, Status
from madobe.directory.models import FieldChange, Service
from madobe.directory.rules.recheck import latest_past

CHUNK = 500


@dataclass(frozen=True)
class Marked:
    """How many entries are now past their day, and how many stand among the others again."""

    stale: int = 0
    fresh: int = 0


@transaction.atomic
def mark_stale(*, by: str, at: datetime) -> Marked:
    """This will mark every published entry past its day of checking, and unmark those checked since."""
    today = at.astimezone(JAPAN).date()
    past = Q()
    for months in Rhythm.values:
        past |= Q(recheck_months=months, last_verified_date__lte=latest_past(months, today))
    services = Service.objects.filter(merged_into__isnull=True)
    stale = _move(services.filter(past, status=Status.PUBLISHED), Status.STALE, by, at)
    fresh = _move(services.filter(~past, status=Status.STALE), Status.PUBLISHED, by, at)
    if stale or fresh:
        record(
            by=by, at=at, action="service.recheck", table="service",
            detail={"stale": len(stale), "fresh": len(fresh)},
        )  # fmt: skip
        refresh_listing(services=[*stale, *fresh], at=at)
    return Marked(len(stale), len(fresh))


def _move(services: QuerySet[Service], status: Status, by: str, at: datetime) -> list[UUID]:
    before: dict[UUID, str] = defaultdict(str)
    before.update(services.select_for_update(of=("self",)).values_list("pk", "status"))
    keys = list(before)
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        Service.objects.filter(pk__in=chunk).update(status=status, updated_at=at)
        FieldChange.objects.bulk_create(
            FieldChange(
                service_id=key, table="service", record_id=key, field="status",
                old=before[key], new=str(status), by=by, at=at,
            )
            for key in chunk
        )  # fmt: skip
    return keys
