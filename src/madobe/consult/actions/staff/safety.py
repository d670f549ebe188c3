"""Danger and the duty to notify: one person acts at once, a second one looks at it (domain.md §6.5)."""

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Model

from madobe.consult.actions.staff.errors import StaffRefusal, marked, note
from madobe.consult.models import AbuseRecord, Consultation, SafetyNote
from madobe.consult.reach import Hand, lock_for
from madobe.consult.rules.noted import Abuse, Danger, dumped
from madobe.consult.sealed import ABUSE_RECORD, SAFETY_NOTE
from madobe.consult.staff_choices import Safety

M = TypeVar("M", bound=Model)


class NoBasis(StaffRefusal):
    """What it rests on was left empty."""


class ItTakesASecond(StaffRefusal):
    """The one who decided cannot be the one who confirms, and a notification takes both."""


class NothingToConfirm(StaffRefusal):
    """There is no such note, or it was confirmed or ended already."""


@transaction.atomic
def note_danger(
    *, hand: Hand, thread_id: UUID, level: Safety, danger: Danger, review_on: date, at: datetime
) -> UUID:
    """This will note a danger; it holds from this moment on and replaces the note before it.

    Raises NoBasis, NotReached, NotOpenedHere.
    """
    if not danger.basis:
        raise NoBasis
    locked = lock_for(hand, thread_id, at=at)
    _end_open(locked.thread, hand.id, at)
    row = uuid4()
    SafetyNote(
        id=row,
        consultation=locked.thread,
        level=level,
        body=locked.opened.seal(SAFETY_NOTE, row, dumped(danger)),
        decided_by=hand.id,
        decided_at=at,
        review_date=review_on,
    ).save(force_insert=True)
    marked(locked.thread).save()
    note("danger_noted", locked.thread, hand.id, at, level=str(level))
    return row


@transaction.atomic
def confirm_danger(*, hand: Hand, thread_id: UUID, note_id: UUID, at: datetime) -> None:
    """This will confirm a note as the second person. Raises ItTakesASecond, NothingToConfirm, NotReached, NotOpenedHere."""
    thread = lock_for(hand, thread_id, at=at).thread
    found = _one(SafetyNote, thread, note_id, confirmed_at__isnull=True, ended_at__isnull=True)
    if found.decided_by == hand.id:
        raise ItTakesASecond
    found.confirmed_by, found.confirmed_at = hand.id, at
    found.save()
    marked(thread).save()
    note("danger_confirmed", thread, hand.id, at)


@transaction.atomic
def end_danger(*, hand: Hand, thread_id: UUID, at: datetime) -> None:
    """This will end what was noted of a danger; the note stays. Raises NothingToConfirm, NotReached, NotOpenedHere."""
    thread = lock_for(hand, thread_id, at=at).thread
    if not _end_open(thread, hand.id, at):
        raise NothingToConfirm
    marked(thread).save()
    note("danger_ended", thread, hand.id, at)


@transaction.atomic
def note_abuse(*, hand: Hand, thread_id: UUID, abuse: Abuse, at: datetime) -> UUID:
    """This will write down on what basis a notification is thought of. Raises NoBasis, NotReached, NotOpenedHere."""
    if not abuse.basis:
        raise NoBasis
    locked = lock_for(hand, thread_id, at=at)
    row = uuid4()
    AbuseRecord(
        id=row,
        consultation=locked.thread,
        body=locked.opened.seal(ABUSE_RECORD, row, dumped(abuse)),
        by=hand.id,
        at=at,
    ).save(force_insert=True)
    marked(locked.thread).save()
    note("abuse_noted", locked.thread, hand.id, at)
    return row


@transaction.atomic
def confirm_abuse(
    *, hand: Hand, thread_id: UUID, record_id: UUID, notified_on: date | None, at: datetime
) -> None:
    """This will confirm it as the second person; `notified_on`: the day it was made, if it was.

    Raises ItTakesASecond, NothingToConfirm, NotReached, NotOpenedHere.
    """
    thread = lock_for(hand, thread_id, at=at).thread
    found = _one(AbuseRecord, thread, record_id, second_at__isnull=True)
    if found.by == hand.id:
        raise ItTakesASecond
    found.second_by, found.second_at, found.notified_date = hand.id, at, notified_on
    found.save()
    marked(thread).save()
    note("abuse_confirmed", thread, hand.id, at, notified=bool(notified_on))


def _end_open(thread: Consultation, by: str, at: datetime) -> int:
    still = SafetyNote.objects.filter(consultation=thread, ended_at__isnull=True)
    return still.update(ended_at=at, ended_by=by)


def _one(model: type[M], thread: Consultation, key: UUID, **more: object) -> M:
    found = model._default_manager.filter(pk=key, consultation=thread, **more).first()
    if found is None:
        raise NothingToConfirm
    return found
