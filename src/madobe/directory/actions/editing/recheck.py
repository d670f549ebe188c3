"""Entries past their day of checking: still shown, marked as such until somebody looks."""

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

CHUNK = 200


@dataclass(frozen=True)
class Marked:
    """How many entries are now past their day, and how many stand among the others again."""

    stale: int = 0
    fresh: int = 0


def mark_stale(*, by: str, at: datetime) -> Marked:
    """This will mark every published entry past its day of checking, and unmark those checked since.

    A few hundred at a time: nobody else waits long to write, and ended on the way the next call does the rest.
    """
    today = at.astimezone(JAPAN).date()
    past = Q()
    for months in Rhythm.values:
        past |= Q(recheck_months=months, last_verified_date__lte=latest_past(months, today))
    services = Service.objects.filter(merged_into__isnull=True)
    done = Marked()
    while True:
        with transaction.atomic():
            stale = _move(services.filter(past, status=Status.PUBLISHED), Status.STALE, by, at)
            fresh = _move(services.filter(~past, status=Status.STALE), Status.PUBLISHED, by, at)
            if not stale and not fresh:
                return done
            record(
                by=by, at=at, action="service.recheck", table="service",
                detail={"stale": len(stale), "fresh": len(fresh)},
            )  # fmt: skip
            refresh_listing(services=[*stale, *fresh], at=at)
        done = Marked(done.stale + len(stale), done.fresh + len(fresh))


def _move(services: QuerySet[Service], status: Status, by: str, at: datetime) -> list[UUID]:
    some = services.order_by("pk").select_for_update(of=("self",))[:CHUNK]
    before = dict(some.values_list("pk", "status"))
    Service.objects.filter(pk__in=list(before)).update(status=status, updated_at=at)
    FieldChange.objects.bulk_create(
        FieldChange(
            service_id=key, table="service", record_id=key, field="status",
            old=old, new=str(status), by=by, at=at,
        )
        for key, old in before.items()
    )  # fmt: skip
    return list(before)
