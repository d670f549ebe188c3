"""Notes the person does not see, for those who were chosen before the first word."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from madobe.consult.actions.staff.errors import StaffRefusal, marked, note
from madobe.consult.models import StaffNote
from madobe.consult.reach import Hand, lock_for
from madobe.consult.rules.noted import Noted, dumped
from madobe.consult.sealed import STAFF_NOTE
from madobe.consult.staff_choices import Visibility


class NothingNoted(StaffRefusal):
    """All boxes were empty."""


@transaction.atomic
def add_note(
    *, hand: Hand, thread_id: UUID, visibility: Visibility, noted: Noted, at: datetime
) -> None:
    """This will keep a note beside a thread. Raises NothingNoted, NotReached, NotOpenedHere."""
    if noted == Noted():
        raise NothingNoted
    locked = lock_for(hand, thread_id, at=at)
    row = uuid4()
    StaffNote(
        id=row,
        consultation=locked.thread,
        by=hand.id,
        owner_then=locked.thread.owner,
        at=at,
        visibility=visibility,
        body=locked.opened.seal(STAFF_NOTE, row, dumped(noted)),
    ).save(force_insert=True)
    marked(locked.thread).save()
    note("noted", locked.thread, hand.id, at, visibility=str(visibility))
