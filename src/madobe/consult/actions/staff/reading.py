"""Opening a thread: what is read is written down, once a look (trust.md G24), and colleagues see who has it open."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from madobe.audit.actions import record
from madobe.consult.actions.staff.errors import note
from madobe.consult.models import Appointment, Care, Consultation, Opening
from madobe.consult.reach import Hand, care_of, open_thread
from madobe.consult.rules.looks import part_of
from madobe.consult.thread import LockedThread
from madobe.consult.waiting import readers_of
from madobe.vault.choices import Holder
from madobe.vault.holders import members_of

OPEN_FOR: Final = timedelta(minutes=5)  # a page that is open says so again long before


@transaction.atomic
def read_thread(*, hand: Hand, thread_id: UUID, at: datetime, what: str = "") -> LockedThread:
    """This will open a thread for somebody and write that down, with the part they have in it. `what`: a piece of it, such as
    "file 2".

    Raises NotReached, NotOpenedHere.
    """
    found = open_thread(hand, thread_id, at=at)
    hold_open(hand=hand, thread_id=thread_id, at=at)
    part = part_of(
        is_owner=found.thread.owner == hand.id,
        is_beside=care_of(found.thread).co_holder == hand.id,
    )
    note("read", found.thread, hand.id, at, part=part.value, **({"what": what} if what else {}))
    if not what:
        _seen(found.thread, hand)
    return found


def note_lines_read(*, by: str, threads: Iterable[UUID], at: datetime) -> None:
    """This will write down that somebody saw the first lines of these threads in their list."""
    seen = [str(one) for one in threads]
    if seen:
        record(
            by=by, action="talk.lines_read", at=at, table="consultation", detail={"threads": seen}
        )


def hold_open(*, hand: Hand, thread_id: UUID, at: datetime) -> None:
    """This will say for some minutes that somebody has a thread open. It keeps nobody out."""
    Opening.objects.filter(consultation=thread_id, until__lt=at).delete()
    Opening.objects.update_or_create(
        consultation_id=thread_id, member=hand.id, defaults={"until": at + OPEN_FOR}
    )


def _seen(thread: Consultation, hand: Hand) -> None:
    """So that its owner is mailed of what comes, not of what they have read; nobody else is told how far that is (E17).

    A time that was cancelled counts as seen once whoever would have been there has, or can read it no more.
    """
    if thread.owner == hand.id and care_of(thread).seen_count != thread.messages_count:
        Care.objects.update_or_create(
            consultation=thread, defaults={"seen_count": thread.messages_count}
        )
    off = Appointment.objects.filter(consultation=thread, off_at__isnull=False)
    for pk, member in list(off.values_list("pk", "member")):
        if member == hand.id or member not in _who_reads(thread):
            Appointment.objects.filter(pk=pk).update(off_at=None)


def _who_reads(thread: Consultation) -> set[str]:
    keys = readers_of(thread.pk)
    through = (one for key in keys if key.kind == Holder.DUTY for one in members_of(key))
    return {one.owner for one in (*keys, *through)}
