"""Which threads somebody who works here reaches, and opening them. What is out of reach looks like what never was."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from madobe.consult.choices import State
from madobe.consult.colleagues import duty_readers
from madobe.consult.models import Care, ChangeRequest, Consultation, Receipt
from madobe.consult.rules.scope import ANSWERS, COORDINATOR
from madobe.consult.thread import LockedThread, lock_row
from madobe.consult.waiting import bring_in, waiting_threads
from madobe.desks.models import Desk, DutyTurn
from madobe.desks.queries import desks_of
from madobe.lib.actor import EVERYWHERE, Actor
from madobe.vault.actions.cases import give_case
from madobe.vault.choices import Holder
from madobe.vault.granting import KeyIsRetired
from madobe.vault.keyring import Keyring, NotYours
from madobe.vault.models import Grant, HolderKey


class NotReached(Exception):
    """There is no such thread, or none for them: which of both, is not told."""


class NotOpenedHere(Exception):
    """They may know of the thread, but their key does not open it (a colleague lets them into the duty group)."""


@dataclass(frozen=True)
class Hand:
    """Somebody who answers, their key in hand, and the desks they answer at."""

    actor: Actor
    keyring: Keyring
    desks: tuple[Desk, ...]

    @property
    def id(self) -> str:
        return self.actor.id

    def leads(self, desk: Desk) -> bool:
        """This will tell whether they coordinate this desk."""
        return self.actor.has(COORDINATOR, organization=desk.organization_id)


def hand_of(actor: Actor, keyring: Keyring) -> Hand:
    """This will give who somebody is at the desks: those of their organizations, and those that let them into their
    duty group from a desk they are paired with.
    """
    places = actor.organizations(*ANSWERS)
    mine = desks_of(None if EVERYWHERE in places else places)
    groups = HolderKey.objects.filter(kind=Holder.DUTY, seals__member=keyring.holder.pk)
    paired = {UUID(one.owner.removeprefix("desk:")) for one in groups} - {one.pk for one in mine}
    return Hand(actor, keyring, (*mine, *Desk.objects.filter(pk__in=paired)))


def reachable(hand: Hand, *, at: datetime) -> QuerySet[Consultation]:
    """This will give the threads of their desks that their key opens, are theirs, or wait for whoever is on duty now.

    From somebody a person did not want any more, being on duty opens nothing (trust.md E22).
    """
    keys = list(hand.keyring.private_keys())
    turns = DutyTurn.objects.filter(member=hand.id, starts_at__lte=at, ends_at__gt=at)
    left = ChangeRequest.objects.filter(owner_then=hand.id, settled_date__isnull=False)
    on_duty = (
        Q(desk__in=turns.values("desk"))
        & (Q(owner="") | Q(is_urgent=True))
        & ~Q(pk__in=left.values("consultation"))
    )
    held = Q(pk__in=Grant.objects.filter(holder__in=keys).values("case"))
    return Consultation.objects.filter(
        held | Q(owner=hand.id) | on_duty, desk__in=[one.pk for one in hand.desks], erasing=""
    ).exclude(state=State.SET_ASIDE)


def reach(hand: Hand, thread_id: UUID, *, at: datetime) -> Consultation:
    """This will give one thread. Raises NotReached."""
    found = reachable(hand, at=at).select_related("desk").filter(pk=thread_id).first()
    if found is None:
        raise NotReached
    return found


def may_erase(hand: Hand, thread: Consultation) -> bool:
    """This will tell whether somebody may erase a thread at its person's wish: who answers it, or coordinates its desk.

    Whoever has words erases by them, and nobody does it for them.
    """
    if Receipt.objects.filter(consultation=thread).exists():
        return False
    return thread.owner == hand.id or hand.leads(thread.desk)


def open_thread(hand: Hand, thread_id: UUID, *, at: datetime) -> LockedThread:
    """This will open a thread for reading. Raises NotReached, NotOpenedHere."""
    return _opened(hand, reach(hand, thread_id, at=at))


def lock_for(hand: Hand, thread_id: UUID, *, at: datetime) -> LockedThread:
    """This will open a thread for writing, inside a transaction: its row is locked before its key is read, so that
    nobody writes with a key that is being renewed. Raises NotReached, NotOpenedHere.
    """
    lock_row(thread_id)
    found = open_thread(hand, thread_id, at=at)
    if bring_in(found, hand.keyring) and found.thread.is_urgent:
        with suppress(
            KeyIsRetired
        ):  # a key that ends at this moment is not given; its successor will be
            give_case(found.opened, to=duty_readers(found.thread))
    return found


@transaction.atomic
def lay_in_what_waits(hand: Hand, *, at: datetime) -> None:
    """This will lay letters that came by a channel into their threads, those of them this person opens."""
    for thread in waiting_threads(hand.keyring):
        with suppress(NotReached, NotOpenedHere):
            lock_for(hand, thread, at=at)


def care_of(thread: Consultation) -> Care:
    """This will give the marks of the desk on a thread that is locked; saved or not."""
    return Care.objects.filter(pk=thread.pk).first() or Care(consultation=thread)


def cares_of(threads: Iterable[UUID]) -> dict[UUID, Care]:
    """This will give the marks there are, by thread."""
    return {one.pk: one for one in Care.objects.filter(pk__in=list(threads))}


def _opened(hand: Hand, thread: Consultation) -> LockedThread:
    try:
        return LockedThread(thread, hand.keyring.open(thread.pk))
    except NotYours:
        raise NotOpenedHere from None
