"""Noting who writes where they have not said it themselves: by e-mail, LINE or telephone nobody is asked."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.consult.actions.doors.wishes import write_wishes
from madobe.consult.actions.staff.errors import StaffRefusal, marked, note
from madobe.consult.choices import Who
from madobe.consult.doors import said_themselves, wishes_of
from madobe.consult.reach import Hand, lock_for


class TheySaidIt(StaffRefusal):
    """Whoever writes has said themselves who they are; nobody says otherwise for them."""


@transaction.atomic
def note_writer(*, hand: Hand, thread_id: UUID, who: Who, at: datetime) -> None:
    """This will note who writes in a thread. Raises TheySaidIt, NotReached, NotOpenedHere."""
    locked = lock_for(hand, thread_id, at=at)
    if said_themselves(locked):
        raise TheySaidIt
    write_wishes(locked, replace(wishes_of(locked), writer=str(who)))
    locked.thread.who = who
    locked.thread.save(update_fields=["who"])
    marked(locked.thread).save()
    note("writer_noted", locked.thread, hand.id, at, who=str(who))
