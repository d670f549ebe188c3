"""Writing down by which ways somebody can be reached safely."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.consult.actions.staff.errors import marked, note
from madobe.consult.doors import wishes_of
from madobe.consult.models import DoorWishes
from madobe.consult.reach import Hand, lock_for
from madobe.consult.rules.doors.wishes import DoorsWished, dumped
from madobe.consult.sealed import DOOR_WISHES
from madobe.consult.thread import LockedThread


@transaction.atomic
def set_wishes(*, hand: Hand, thread_id: UUID, wishes: DoorsWished, at: datetime) -> None:
    """This will note it in place of what was noted before. Raises NotReached, NotOpenedHere."""
    locked = lock_for(hand, thread_id, at=at)
    before = wishes_of(locked)
    write_wishes(locked, replace(wishes, joined=before.joined, writer=before.writer))
    marked(locked.thread).save()
    note("ways_noted", locked.thread, hand.id, at)


def write_wishes(locked: LockedThread, wishes: DoorsWished) -> None:
    """This will note it for a thread that is locked."""
    thread = locked.thread
    row = DoorWishes.objects.filter(pk=thread.pk).first() or DoorWishes(pk=thread.pk, version=0)
    row.version += 1
    row.body = locked.opened.seal(DOOR_WISHES, thread.pk, dumped(wishes), version=row.version)
    row.save()
