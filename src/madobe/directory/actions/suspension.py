"""Taking an operator or a service from view, at once, and bringing it back.

An open `Suspension` hides; it lies in a table of its own, so that no form or import that saves an older copy of
the operator or the service can bring it back.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from madobe.audit.actions import record
from madobe.directory.actions.family import below, family_of
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.models import Organization, Service, Suspension, VettingRound
from madobe.lib.actor import Actor

MAY_SUSPEND = ("verifier", "coordinator", "officer", "admin")


class SuspensionRefusal(Exception):
    """A suspension that cannot be made or lifted; the subclass says why."""


class MayNotSuspend(SuspensionRefusal):
    """Somebody without one of the roles."""


class SuspensionReasonMissing(SuspensionRefusal):
    """A reason is needed."""


class SuspendedAlready(SuspensionRefusal):
    """It is out of view already."""


class NotSuspended(SuspensionRefusal):
    """There is nothing to lift."""


class FollowsAnother(SuspensionRefusal):
    """It is out of view because of the body above it, or of a refusal: that one is lifted, not this."""


class OwnSuspension(SuspensionRefusal):
    """A member of the operator cannot bring it back."""


@transaction.atomic
def suspend_organization(*, organization: UUID, reason: str, by: Actor, at: datetime) -> Suspension:
    """This will take an operator from view with everything it, those below it and those merged into it offer.

    One that was merged away stands for the one it was merged into. Raises a SuspensionRefusal.
    """
    words = _allowed(reason, by)
    locked = _lock(_kept(organization))
    if _open(organization=locked).filter(because_of__isnull=True, refusal__isnull=True).exists():
        raise SuspendedAlready
    made = Suspension.objects.create(
        organization=locked,
        reason=words,
        started_at=at,
        started_by=by.id,
        started_by_name=by.name[:100],
    )
    touched = _hide(locked, made, by, at)
    _note("suspension.begun", "organization", locked.pk, words, by, at)
    refresh_listing(services=touched, at=at)
    return made


def suspend_for_refusal(*, refusal: VettingRound, by: Actor, at: datetime) -> Suspension:
    """This will take an operator from view that must not be listed; `actions.vetting.reopen_vetting` ends it."""
    locked = _lock(refusal.organization_id)
    made = Suspension.objects.create(
        organization=locked, refusal=refusal, reason="確認で「のせない」となりました。",
        started_at=at, started_by=by.id, started_by_name=by.name[:100],
    )  # fmt: skip
    touched = _hide(locked, made, by, at)
    refresh_listing(services=touched, at=at)
    return made


def lift_refusals(
    *, refusals: Collection[VettingRound], organization: UUID, reason: str, by: Actor, at: datetime
) -> None:
    """This will end what `suspend_for_refusal` began, for `actions.vetting.reopen_vetting`."""
    begun = Suspension.objects.filter(refusal__in=refusals, lifted_at__isnull=True)
    _end(begun, by, at, reason.strip()[:300])
    refresh_listing(services=_show_again(below(organization)), at=at)


@transaction.atomic
def suspend_service(*, service: UUID, reason: str, by: Actor, at: datetime) -> Suspension:
    """This will take one service from view; one merged away stands for the one it was merged into."""
    words = _allowed(reason, by)
    key = service
    while (kept := Service.objects.values_list("merged_into", flat=True).get(pk=key)) is not None:
        key = kept
    locked = Service.objects.select_for_update(no_key=True, of=("self",)).get(pk=key)
    if _open(service=locked).exists():
        raise SuspendedAlready
    made = Suspension.objects.create(
        service=locked, reason=words, started_at=at, started_by=by.id, started_by_name=by.name[:100]
    )
    _note("suspension.begun", "service", key, words, by, at)
    refresh_listing(services=[key], at=at)
    return made


@transaction.atomic
def lift_suspension(*, suspension: UUID, reason: str, by: Actor, at: datetime) -> None:
    """This will end a suspension and those that followed it; what else hides an entry goes on hiding it."""
    words = _allowed(reason, by)
    found = Suspension.objects.get(pk=suspension)
    owner = found.organization_id or found.service.organization_id  # type: ignore[union-attr]
    assert owner is not None
    _lock(owner)
    locked = Suspension.objects.select_for_update(of=("self",)).get(pk=suspension)
    if locked.lifted_at is not None:
        raise NotSuspended
    if locked.because_of_id is not None or locked.refusal_id is not None:
        raise FollowsAnother
    if not {place for _, place in by.grants if place}.isdisjoint(map(str, family_of(owner))):
        raise OwnSuspension
    _end(Suspension.objects.filter(pk=locked.pk), by, at, words)
    if locked.service_id is not None:
        touched: Collection[UUID] = [locked.service_id]
    else:
        touched = _show_again(below(owner))
    table = "service" if locked.service_id else "organization"
    _note("suspension.lifted", table, locked.service_id or owner, words, by, at)
    refresh_listing(services=touched, at=at)


def _allowed(reason: str, by: Actor) -> str:
    if not by.organizations(*MAY_SUSPEND):
        raise MayNotSuspend
    if not reason.strip():
        raise SuspensionReasonMissing
    return reason.strip()[:300]


def _lock(organization: UUID) -> Organization:
    return Organization.objects.select_for_update(no_key=True, of=("self",)).get(pk=organization)


def _kept(organization: UUID) -> UUID:
    key = organization
    while True:
        kept = Organization.objects.values_list("merged_into", flat=True).get(pk=key)
        if kept is None:
            return key
        key = kept


def _open(**of: Any) -> QuerySet[Suspension]:
    return Suspension.objects.filter(lifted_at__isnull=True, **of)


def _end(begun: QuerySet[Suspension], by: Actor, at: datetime, reason: str) -> None:
    """These and what followed them."""
    keys = list(begun.values_list("pk", flat=True))
    Suspension.objects.filter(
        Q(pk__in=keys) | Q(because_of__in=keys), lifted_at__isnull=True
    ).update(lifted_at=at, lifted_by=by.id, lifted_by_name=by.name[:100], lifting_reason=reason)


def _hide(locked: Organization, made: Suspension, by: Actor, at: datetime) -> list[UUID]:
    """Everybody below follows; returns the services to take from the listing."""
    everybody = below(locked.pk)
    Suspension.objects.bulk_create(
        Suspension(
            organization_id=key,
            because_of=made,
            reason=made.reason,
            started_at=at,
            started_by=by.id,
            started_by_name=by.name[:100],
        )
        for key in sorted(everybody - {locked.pk})
    )
    Organization.objects.filter(pk__in=everybody, suspended_at__isnull=True).update(
        suspended_at=at, suspended_by=by.id, suspension_reason=made.reason
    )
    return list(Service.objects.filter(organization__in=everybody).values_list("pk", flat=True))


def _show_again(everybody: set[UUID]) -> list[UUID]:
    """Those nothing else keeps out of view any more; returns the services of all."""
    held = set(
        Suspension.objects.filter(organization__in=everybody, lifted_at__isnull=True).values_list(
            "organization_id", flat=True
        )
    )
    Organization.objects.filter(pk__in=everybody - held).update(
        suspended_at=None, suspended_by="", suspension_reason=""
    )
    return list(Service.objects.filter(organization__in=everybody).values_list("pk", flat=True))


def _note(action: str, table: str, key: UUID, reason: str, by: Actor, at: datetime) -> None:
    record(by=by.id, action=action, at=at, table=table, record_id=key, reason=reason)
