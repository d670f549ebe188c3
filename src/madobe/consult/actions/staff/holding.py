"""Whose a thread is: taken, given back, handed over, arranged anew. Each time it gets a new key (trust.md, keys).

Whoever does not hold the new key reads nothing written from then on, not even with a copy of the whole database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.consult.actions.staff.errors import StaffRefusal, marked, note
from madobe.consult.colleagues import (
    beside,
    colleagues,
    duty_readers,
    held_by,
    house,
    left_behind,
    readers_with,
)
from madobe.consult.models import ChangeRequest, Consultation, Opening
from madobe.consult.reach import Hand, NotOpenedHere, NotReached, lock_for, reach
from madobe.consult.thread import LockedThread, lock_row
from madobe.consult.times import day_of
from madobe.ui.staff import name_of
from madobe.vault.actions.cases import renew_case
from madobe.vault.keyring import NotYours
from madobe.vault.models import HolderKey


class HeldAlready(StaffRefusal):
    """Somebody else has taken it; `name` says who."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NotAColleague(StaffRefusal):
    """They do not answer at this desk, have made no key yet, or answered here until the person wished otherwise."""


class NobodyOnDutyCouldRead(StaffRefusal):
    """The desk has no duty group to give it back to."""


class NothingToArrange(StaffRefusal):
    """Nobody asked for another counsellor, or it was arranged already."""


@dataclass(frozen=True)
class Held:
    """That somebody has a thread now, who else can open it ("": the duty group), and whether they have very many."""

    owner: str
    co_holder: str
    is_much: bool = False


@transaction.atomic
def claim(*, hand: Hand, thread_id: UUID, at: datetime, co_holder: str = "") -> Held:
    """This will give a waiting thread to who asks for it, and to one colleague beside them.

    A workload over the desk's measure is said, never forbidden. Raises HeldAlready, NotReached, NotOpenedHere.
    """
    lock_row(thread_id)
    thread = _with_owner(hand, thread_id, at)
    if thread.owner and thread.owner != hand.id:
        raise HeldAlready(name_of(thread.owner))
    return _assign(
        _opened(hand, thread), hand.id, wished=co_holder, by=hand.id, at=at, how="claimed"
    )


@transaction.atomic
def hand_over(*, hand: Hand, thread_id: UUID, to: str, at: datetime, co_holder: str = "") -> Held:
    """This will give a thread to a colleague; who had it reads no more unless they are the one beside.

    Raises NotAColleague, NotReached, NotOpenedHere.
    """
    locked = lock_for(hand, thread_id, at=at)
    _check_is_colleague(locked.thread, to)
    wished = co_holder if co_holder != to else ""
    return _assign(locked, to, wished=wished, by=hand.id, at=at, how="handed_over")


@transaction.atomic
def give_back(*, hand: Hand, thread_id: UUID, at: datetime) -> None:
    """This will give a thread back to whoever is on duty. Raises NobodyOnDutyCouldRead, NotReached, NotOpenedHere."""
    locked = lock_for(hand, thread_id, at=at)
    duty = duty_readers(locked.thread)
    if not duty:
        raise NobodyOnDutyCouldRead
    _write(locked, owner="", co_holder="", readers=[*duty, *house()], is_news=True)
    note("given_back", locked.thread, hand.id, at)


@transaction.atomic
def arrange_change(*, hand: Hand, thread_id: UUID, to: str, at: datetime) -> Held:
    """This will give somebody the other counsellor they asked for. From here on, the one before reads nothing.

    `to`: an `Actor.id`; the one who is to go cannot arrange it. Raises NothingToArrange, NotAColleague, NotReached,
    NotOpenedHere.
    """
    locked = lock_for(hand, thread_id, at=at)
    thread = locked.thread
    wish = ChangeRequest.objects.filter(consultation=thread, settled_date__isnull=True).first()
    if wish is None or hand.id in (
        wish.owner_then,
        thread.owner,
    ):  # they are not told (domain.md §6.4)
        raise NothingToArrange
    before = wish.owner_then or thread.owner  # whoever has it since was not meant
    wish.settled_date, wish.settled_by, wish.owner_then = day_of(at), hand.id, before
    wish.save()
    _check_is_colleague(thread, to)
    Opening.objects.filter(consultation=thread, member=before).delete()
    return _assign(locked, to, wished=hand.id, by=hand.id, at=at, how="changed")


def _assign(
    locked: LockedThread, owner: str, *, wished: str, by: str, at: datetime, how: str
) -> Held:
    thread = locked.thread
    co_holder = beside(thread, owner=owner, wished=wished, at=at)
    readers = readers_with(thread, owner=owner, other=co_holder)
    if not any(one.owner == owner for one in readers):
        raise NotAColleague
    is_new_to_them = owner not in (by, thread.owner)
    _write(locked, owner=owner, co_holder=co_holder, readers=readers, is_news=is_new_to_them)
    note(how, thread, by, at, to=owner, beside=co_holder)
    held = held_by(thread.desk, [owner]).get(owner, 0)
    return Held(owner, co_holder, is_much=held > thread.desk.max_open)


def _write(
    locked: LockedThread,
    *,
    owner: str,
    co_holder: str,
    readers: Sequence[HolderKey],
    is_news: bool,
) -> None:
    """The row of the case is locked; drafts and notes of everybody are sealed anew with the rest.

    `is_news`: what waits there is told to whom it goes to, as if it had just come.
    """
    thread = locked.thread
    renew_case(locked.opened, readers=readers)
    thread.owner = owner
    thread.held = "" if owner else thread.held  # whoever is answered stands behind no row of others
    thread.save(update_fields=["owner", "held"])
    care = marked(thread)
    care.co_holder = co_holder
    care.seen_count = 0 if is_news else thread.messages_count
    care.told_count = 0 if is_news else care.told_count
    care.save()


def _check_is_colleague(thread: Consultation, member: str) -> None:
    there = {one.id for one in colleagues(thread.desk) if one.has_key}
    if member not in there - left_behind(thread):
        raise NotAColleague


def _with_owner(hand: Hand, thread_id: UUID, at: datetime) -> Consultation:
    """The thread; who just had it open is told by name that somebody was a moment faster, and nobody else is."""
    try:
        return reach(hand, thread_id, at=at)
    except NotReached:
        had = Opening.objects.filter(consultation=thread_id, member=hand.id, until__gte=at)
        lost = had.select_related("consultation").first()
        if lost is None or not lost.consultation.owner or hand.id in left_behind(lost.consultation):
            raise
        raise HeldAlready(name_of(lost.consultation.owner)) from None


def _opened(hand: Hand, thread: Consultation) -> LockedThread:
    try:
        return LockedThread(thread, hand.keyring.open(thread.pk))
    except NotYours:
        raise NotOpenedHere from None
