"""What staff see of operators and services: who waits for a check, who is out of view, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from madobe.audit.models import AuditEvent
from madobe.directory.choices import Standing, VettingState
from madobe.directory.models import (
    Card,
    Merge,
    Organization,
    Service,
    Suspension,
    VettingRound,
)
from madobe.directory.queries.spellings import in_names

RENEW_WITHIN = timedelta(days=60)
FOUND = 30


@dataclass(frozen=True)
class Queue:
    """What is waiting, in the order in which it matters."""

    suspended: Sequence[Suspension]
    waiting: Sequence[Organization]  # each with `answered`, `services_count`
    renewals: Sequence[VettingRound]
    refused: Sequence[VettingRound]


def vetting_queue(*, today: date, many: int = 100) -> Queue:
    """This will give what people who check operators should look at."""
    open_suspensions = Suspension.objects.filter(
        lifted_at__isnull=True, because_of__isnull=True, refusal__isnull=True
    ).select_related("organization", "service")
    refused = VettingRound.objects.filter(state=VettingState.REFUSED, reopened_at__isnull=True)
    waiting = (
        Organization.objects.filter(standing=Standing.UNVETTED, merged_into__isnull=True)
        .exclude(pk__in=refused.values("organization"))
        .annotate(
            answered=Count(
                "vettings__answers", filter=Q(vettings__state=VettingState.OPEN), distinct=True
            ),
            services_count=Count("services", distinct=True),
        )
        .order_by("-answered", "name", "pk")
    )
    return Queue(
        suspended=list(open_suspensions[:many]),
        waiting=list(waiting[:many]),
        renewals=list(vettings_to_renew(today=today)[:many]),
        refused=list(refused.select_related("organization")[:many]),
    )


def vettings_to_renew(*, today: date) -> QuerySet[VettingRound]:
    """This will give the vettings that end soon, the first to end first: for the re-check list."""
    return (
        VettingRound.objects.filter(state=VettingState.PASSED, expires_on__lte=today + RENEW_WITHIN)
        .select_related("organization")
        .order_by("expires_on", "pk")
    )


@dataclass(frozen=True)
class Dossier:
    """One operator with everything that was decided about it."""

    organization: Organization
    rounds: Sequence[VettingRound]
    suspensions: Sequence[Suspension]
    services: Sequence[tuple[Service, bool]]  # with whether the public sees it
    merged: Sequence[Organization]
    history: Sequence[AuditEvent]
    refused: bool

    @property
    def open_round(self) -> VettingRound | None:
        return next((one for one in self.rounds if one.state == VettingState.OPEN), None)

    @property
    def open_suspensions(self) -> list[Suspension]:
        return [one for one in self.suspensions if one.lifted_at is None]


def dossier(key: UUID) -> Dossier | None:
    """This will give an operator, None when there is none with this id."""
    found = (
        Organization.objects.select_related("merged_into", "parent_organization")
        .filter(pk=key)
        .first()
    )
    if found is None:
        return None
    rounds = list(found.vettings.prefetch_related("answers"))
    services = list(found.services.order_by("name", "pk")[:200])
    shown = set(
        Card.objects.filter(pk__in=[one.pk for one in services]).values_list("pk", flat=True)
    )
    return Dossier(
        organization=found,
        rounds=rounds,
        suspensions=list(found.suspensions.select_related("because_of__organization", "refusal")),
        services=[(one, one.pk in shown) for one in services],
        merged=list(found.merged_from.order_by("name")),
        history=_history("organization", key),
        refused=any(
            one.state == VettingState.REFUSED and one.reopened_at is None for one in rounds
        ),
    )


@dataclass(frozen=True)
class ServiceFile:
    """One service with everything that was decided about it."""

    service: Service
    is_shown: bool
    suspensions: Sequence[Suspension]
    merged: Sequence[Service]
    merges: Sequence[Merge]
    history: Sequence[AuditEvent]

    @property
    def open_suspensions(self) -> list[Suspension]:
        return [one for one in self.suspensions if one.lifted_at is None]


def service_file(key: UUID) -> ServiceFile | None:
    """This will give a service, None when there is none with this id."""
    found = Service.objects.select_related("organization", "merged_into").filter(pk=key).first()
    if found is None:
        return None
    return ServiceFile(
        service=found,
        is_shown=Card.objects.filter(pk=key).exists(),
        suspensions=list(found.suspensions.all()),
        merged=list(found.merged_from.order_by("name")),
        merges=list(Merge.objects.filter(Q(kept=key) | Q(other=key)).defer("written", "handed_on")),
        history=_history("service", key),
    )


def _history(table: str, key: UUID) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(table=table, record_id=str(key)).order_by("-number")[:50])


def suspension_of(key: UUID) -> Suspension | None:
    """This will give one suspension."""
    return Suspension.objects.filter(pk=key).first()


@dataclass(frozen=True)
class FoundEntries:
    """What a word finds among everything kept, shown or not."""

    organizations: Sequence[Organization]
    services: Sequence[Service]


def find_entries(words: str) -> FoundEntries:
    """This will give operators and services with this in their name or another spelling."""
    if not words.strip():
        return FoundEntries([], [])
    wanted = Q()
    for word in words.split():
        wanted &= in_names(word)
    return FoundEntries(
        list(Organization.objects.filter(wanted).order_by("name", "pk")[:FOUND]),
        list(
            Service.objects.filter(wanted)
            .select_related("organization")
            .order_by("name", "pk")[:FOUND]
        ),
    )
