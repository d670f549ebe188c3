"""Vetting an operator: each person answers the whole checklist alone; enough of them, and it may be listed.

Locks: the operator's row first, so that two answers never pass each other; then the trail, then the listing.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q

from madobe.audit.actions import record
from madobe.audit.models import AuditEvent
from madobe.directory.actions.family import family_of
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.actions.suspension import lift_refusals, suspend_for_refusal
from madobe.directory.choices import Sector, Standing, VettingState
from madobe.directory.models import (
    FieldSource,
    Organization,
    Service,
    VettingAnswer,
    VettingRound,
)
from madobe.directory.rules.vetting import (
    FACTS,
    Checklist,
    against,
    blocking,
    expiry,
    fingerprint,
    is_official_site,
    missing,
    needed_for,
)
from madobe.lib.actor import Actor

JAPAN = ZoneInfo("Asia/Tokyo")
VERIFIER, ADMIN = "verifier", "admin"


class VettingRefusal(Exception):
    """An answer that cannot be taken; the subclass says why."""


class NotAVerifier(VettingRefusal):
    """Somebody without the role answered."""


class OwnOrganization(VettingRefusal):
    """A member of the operator (or of a body above or below it) cannot vet it."""


class EnteredByYourself(VettingRefusal):
    """A public body without an address only public bodies have is vetted by somebody who did not enter it."""


class AnsweredAlready(VettingRefusal):
    """The same person answered this round before."""


class FactsChanged(VettingRefusal):
    """The operator's facts are not those the person was looking at."""


class NotAllAnswered(VettingRefusal):
    """Something is not answered; `items` are the codes."""

    def __init__(self, items: list[str]) -> None:
        super().__init__(", ".join(items))
        self.items = items


class RefusedForGood(VettingRefusal):
    """Nobody is taken or kept against their will by what is listed here; only an admin reopens it."""


class NothingRefused(VettingRefusal):
    """There is no refusal to take back."""


class ReasonMissing(VettingRefusal):
    """A reason is needed for this."""


class MergedAway(VettingRefusal):
    """The entry was merged into another one; that one is vetted."""


def facts_of(organization: Organization) -> Mapping[str, str]:
    """This will give the facts a vetting belongs to."""
    return {fact: getattr(organization, fact) for fact in FACTS}


@transaction.atomic
def answer_checklist(
    *, organization: UUID, checklist: Checklist, seen: str, by: Actor, at: datetime
) -> VettingRound:
    """This will take one person's answers and say what became of the round.

    `seen`: `fingerprint` of the facts they looked at. Enough different people with nothing against it: passed,
    and its services are listed. A "no": declined; a "no" to consent or to being free to leave: refused for
    good and taken from view at once. Raises a VettingRefusal.
    """
    locked = Organization.objects.select_for_update(no_key=True).get(pk=organization)
    _may_answer(locked, checklist, seen, by)
    current = _open_round(locked, by, at)
    if current.answers.filter(by=by.id).exists():
        raise AnsweredAlready
    VettingAnswer.objects.create(
        round=current, by=by.id, by_name=by.name[:100], at=at,
        answers={code: asdict(reply) for code, reply in checklist.replies.items()},
        evidence=checklist.evidence.strip(), evidence_url=checklist.evidence_url,
    )  # fmt: skip
    if blocking(checklist, locked.sector):
        _refuse(locked, current, blocking(checklist, locked.sector), by, at)
    elif against(checklist, locked.sector):
        _end(current, VettingState.DECLINED, by.id, at)
        _note("vetting.declined", locked, by.id, at, items=against(checklist, locked.sector))
    else:
        _agree(locked, current, by, at)
    return current


def _may_answer(locked: Organization, checklist: Checklist, seen: str, by: Actor) -> None:
    if not by.organizations(VERIFIER):
        raise NotAVerifier
    if locked.merged_into_id is not None:
        raise MergedAway
    if _is_member(locked, by):
        raise OwnOrganization
    if locked.vettings.filter(state=VettingState.REFUSED, reopened_at__isnull=True).exists():
        raise RefusedForGood
    if seen != fingerprint(facts_of(locked)):
        raise FactsChanged
    if (
        locked.sector == Sector.PUBLIC
        and not is_official_site(locked.website)
        and by.id in entered_by(locked.pk)
    ):
        raise EnteredByYourself
    lacking = missing(checklist, locked.sector)
    if lacking:
        raise NotAllAnswered(lacking)


def entered_by(organization: UUID) -> set[str]:
    """This will give the accounts that entered or changed an operator, as far as it is written down."""
    fields = FieldSource.objects.filter(record_id=organization).exclude(set_by="")
    acts = AuditEvent.objects.filter(table="organization", record_id=str(organization)).exclude(
        action__regex=r"^(vetting|suspension|staff)\."
    )
    return {*fields.values_list("set_by", flat=True), *acts.values_list("by", flat=True)}


def _is_member(organization: Organization, by: Actor) -> bool:
    own = {place for _, place in by.grants if place}
    return not own.isdisjoint(map(str, family_of(organization.pk)))


def _open_round(locked: Organization, by: Actor, at: datetime) -> VettingRound:
    """The round that is open on exactly these facts; one on other facts is void."""
    found = locked.vettings.filter(state=VettingState.OPEN).first()
    if found is not None and _facts_of_round(found) == facts_of(locked):
        return found
    if found is not None:
        _end(found, VettingState.VOID, by.id, at)
    return VettingRound.objects.create(
        organization=locked, needed=needed_for(locked.sector), opened_at=at, opened_by=by.id,
        **facts_of(locked),
    )  # fmt: skip


def _facts_of_round(one: VettingRound) -> Mapping[str, str]:
    return {fact: getattr(one, fact) for fact in FACTS}


def _agree(locked: Organization, current: VettingRound, by: Actor, at: datetime) -> None:
    """One more found everything in order; with enough of them the operator is vetted."""
    people = list(current.answers.order_by("at", "pk").values_list("by", flat=True))
    _note("vetting.answered", locked, by.id, at, people=len(people), needed=current.needed)
    if len(set(people)) < current.needed:
        return
    for earlier in locked.vettings.filter(state=VettingState.PASSED):
        _end(earlier, VettingState.REPLACED, by.id, at)
    day = at.astimezone(JAPAN).date()
    current.first_by, current.second_by = people[0], people[1] if current.needed > 1 else ""
    current.state, current.passed_at = VettingState.PASSED, at
    current.expires_on = expiry(day)
    current.save()
    locked.standing, locked.last_verified_date = Standing.VETTED, day
    locked.save(update_fields=["standing", "last_verified_date"])
    _note("vetting.passed", locked, by.id, at, expires_on=current.expires_on.isoformat())
    _list_again(locked, at)


def _refuse(
    locked: Organization, current: VettingRound, items: list[str], by: Actor, at: datetime
) -> None:
    _end(current, VettingState.REFUSED, by.id, at)
    for passed in locked.vettings.filter(state=VettingState.PASSED):
        _end(passed, VettingState.VOID, by.id, at)
    if locked.standing == Standing.VETTED:
        locked.standing = Standing.UNVETTED
        locked.save(update_fields=["standing"])
    _note("vetting.refused", locked, by.id, at, items=items)
    suspend_for_refusal(refusal=current, by=by, at=at)


@transaction.atomic
def reopen_vetting(*, organization: UUID, reason: str, by: Actor, at: datetime) -> None:
    """This will take a refusal back, so that the operator can be vetted anew; it stays out of view until then.

    Raises NotAVerifier for anybody but an admin, OwnOrganization, ReasonMissing, NothingRefused.
    """
    locked = Organization.objects.select_for_update(no_key=True).get(pk=organization)
    if not by.organizations(ADMIN):
        raise NotAVerifier
    if _is_member(locked, by):
        raise OwnOrganization
    if not reason.strip():
        raise ReasonMissing
    refusals = list(locked.vettings.filter(state=VettingState.REFUSED, reopened_at__isnull=True))
    if not refusals:
        raise NothingRefused
    for one in refusals:
        one.reopened_at, one.reopened_by, one.reopening_reason = at, by.id, reason.strip()[:300]
        one.save(update_fields=["reopened_at", "reopened_by", "reopening_reason"])
    # a row of a register, too, is listed again only after two people have looked
    locked.standing = Standing.UNVETTED
    locked.save(update_fields=["standing"])
    _note("vetting.reopened", locked, by.id, at, reason=reason)
    lift_refusals(refusals=refusals, organization=locked.pk, reason=reason, by=by, at=at)


@transaction.atomic
def void_if_facts_changed(*, organization: UUID, by: str, at: datetime) -> bool:
    """This will end a vetting made on other facts than those of now; returns whether it did. Call it after
    every change of an operator's name, sector, corporate number or website.
    """
    locked = Organization.objects.select_for_update(no_key=True).get(pk=organization)
    stale = [
        one
        for one in locked.vettings.filter(state__in=[VettingState.OPEN, VettingState.PASSED])
        if _facts_of_round(one) != facts_of(locked)
    ]
    for one in stale:
        was_passed = one.state == VettingState.PASSED
        _end(one, VettingState.VOID, by, at)
        if was_passed and locked.standing == Standing.VETTED:
            locked.standing = Standing.UNVETTED
            locked.save(update_fields=["standing"])
    if stale:
        _note("vetting.void", locked, by, at)
        _list_again(locked, at)
    return bool(stale)


@transaction.atomic
def lapse_expired_vettings(*, at: datetime, by: str) -> list[UUID]:
    """This will take from view every operator whose vetting is over; returns their ids. For a daily job.

    Those whose facts somebody changed without saying so (an import, a script) go with them.
    """
    today = at.astimezone(JAPAN).date()
    over = VettingRound.objects.filter(state=VettingState.PASSED, expires_on__lt=today)
    ended = [one for one in _changed() if void_if_facts_changed(organization=one, by=by, at=at)]
    for key in sorted(over.values_list("organization_id", flat=True)):
        locked = Organization.objects.select_for_update(no_key=True).get(pk=key)
        current = locked.vettings.filter(state=VettingState.PASSED, expires_on__lt=today).first()
        if current is None:
            continue  # renewed while we waited for the lock
        _end(current, VettingState.LAPSED, by, at)
        if locked.standing == Standing.VETTED:
            locked.standing = Standing.UNVETTED
            locked.save(update_fields=["standing"])
        _note("vetting.lapsed", locked, by, at)
        ended.append(key)
    if ended:
        touched = Service.objects.filter(organization__in=ended).values_list("pk", flat=True)
        refresh_listing(services=list(touched), at=at)
    return ended


def _changed() -> list[UUID]:
    passed = VettingRound.objects.filter(state=VettingState.PASSED)
    other = Q()
    for fact in FACTS:
        other |= ~Q(**{fact: F(f"organization__{fact}")})
    return sorted(passed.filter(other).values_list("organization_id", flat=True))


def _end(one: VettingRound, state: VettingState, by: str, at: datetime) -> None:
    one.state, one.ended_at, one.ended_by = state, at, by
    one.save(update_fields=["state", "ended_at", "ended_by"])


def _note(
    action: str,
    organization: Organization,
    by: str,
    at: datetime,
    reason: str = "",
    **detail: object,
) -> None:
    record(
        by=by, action=action, at=at, table="organization", record_id=organization.pk,
        reason=reason[:300], detail=detail,
    )  # fmt: skip


def _list_again(organization: Organization, at: datetime) -> None:
    services = Service.objects.filter(organization=organization).values_list("pk", flat=True)
    refresh_listing(services=list(services), at=at)
