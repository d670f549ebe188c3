"""Marks on a thread: just listening, resting, come to a stop, open again. None of them ends anything for the person."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from madobe.consult.actions.seeker.letters import touch
from madobe.consult.actions.staff.errors import StaffRefusal, marked, note
from madobe.consult.choices import State
from madobe.consult.models import Closing
from madobe.consult.quiet import DAYS
from madobe.consult.reach import Hand, lock_for
from madobe.consult.sealed import HELPED
from madobe.consult.staff_choices import ClosingKind
from madobe.consult.times import day_of


class AnAnswerIsPromised(StaffRefusal):
    """Somebody waits for an answer that was promised: it is written first, or a later day is said."""


class SomethingNewCame(StaffRefusal):
    """Something was added since the page was drawn: it is read first."""


class IsNotClosed(StaffRefusal):
    """The thread is open."""


@transaction.atomic
def mark_listening(*, hand: Hand, thread_id: UUID, listens: bool, at: datetime) -> None:
    """This will say that somebody wants to be listened to and nothing else today. Raises NotReached, NotOpenedHere."""
    thread = lock_for(hand, thread_id, at=at).thread
    care = marked(thread)
    care.listen_only = listens
    care.save()
    note("listen", thread, hand.id, at, listens=listens)


@transaction.atomic
def let_rest(
    *, hand: Hand, thread_id: UUID, at: datetime, contact_after: date | None = None
) -> None:
    """This will let a thread rest, open and unhurried. `contact_after`: from when the desk may write of itself.

    Raises AnAnswerIsPromised, NotReached, NotOpenedHere.
    """
    thread = lock_for(hand, thread_id, at=at).thread
    if thread.state == State.WAITING_STAFF:
        raise AnAnswerIsPromised
    thread.state = State.RESTING
    touch(thread, on=day_of(at))
    thread.save()
    care = marked(thread)
    care.contact_after = contact_after
    care.save()
    note("rested", thread, hand.id, at)


@transaction.atomic
def keep_quiet(*, hand: Hand, thread_id: UUID, quiet: bool, at: datetime) -> None:
    """This will let a thread wait in quiet for a week, or end that (consult.quiet). Raises NotReached, NotOpenedHere."""
    thread = lock_for(hand, thread_id, at=at).thread
    care = marked(thread)
    care.quiet_until = day_of(at) + timedelta(days=DAYS) if quiet else None
    care.save()
    note("quiet", thread, hand.id, at, quiet=quiet)


@transaction.atomic
def take_danger_back(*, hand: Hand, thread_id: UUID, seen: int, at: datetime) -> None:
    """This will say of the words of danger in a thread: read, and not urgent now. The trail keeps who said so.

    Nobody's key is taken away by it, and a safety note stays as it is; the next letter with such words raises the thread
    again. `seen`: how many messages their page showed. Raises SomethingNewCame, NotReached, NotOpenedHere.
    """
    thread = lock_for(hand, thread_id, at=at).thread
    if thread.messages_count != seen:
        raise SomethingNewCame
    if not thread.is_urgent:
        return
    thread.is_urgent = False
    thread.save(update_fields=["is_urgent"])
    marked(thread).save()
    note("danger_taken_back", thread, hand.id, at)


@transaction.atomic
def close(*, hand: Hand, thread_id: UUID, kind: ClosingKind, helped: str, at: datetime) -> None:
    """This will bring a thread to a stop. The words go on working; a letter opens it again.

    Raises AnAnswerIsPromised, NotReached, NotOpenedHere.
    """
    locked = lock_for(hand, thread_id, at=at)
    thread = locked.thread
    if thread.state == State.WAITING_STAFF and kind != ClosingKind.DIED:
        raise AnAnswerIsPromised
    row = uuid4()
    Closing(
        id=row,
        consultation=thread,
        kind=kind,
        helped=locked.opened.seal_text(HELPED, row, helped) if helped else None,
        by=hand.id,
        closed_date=day_of(at),
    ).save(force_insert=True)
    # Somebody who cannot be reached has not ended anything: their thread rests (domain.md §6.4).
    thread.state = State.RESTING if kind == ClosingKind.SILENT else State.CLOSED
    thread.reply_by, thread.missed = None, 0
    touch(thread, on=day_of(at))
    thread.save()
    marked(thread).save()
    note("closed", thread, hand.id, at, kind=str(kind))


@transaction.atomic
def reopen(*, hand: Hand, thread_id: UUID, at: datetime) -> None:
    """This will open a thread again with all that was said in it. Raises IsNotClosed, NotReached, NotOpenedHere."""
    thread = lock_for(hand, thread_id, at=at).thread
    if thread.state not in (State.CLOSED, State.RESTING):
        raise IsNotClosed
    Closing.objects.filter(consultation=thread, reopened_date__isnull=True).update(
        reopened_date=day_of(at)
    )
    thread.state = State.WAITING_PERSON
    touch(thread, on=day_of(at))
    thread.save()
    marked(thread).save()
    note("reopened", thread, hand.id, at)
