"""Erasing at the wish of somebody who came without words to erase by: by mail, LINE, telephone, on paper, at a door."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.consult.actions.erasing import finish_erasing, mark_for_erasing
from madobe.consult.actions.staff.errors import StaffRefusal, note
from madobe.consult.doors import emptied_homes
from madobe.consult.reach import Hand, lock_for, may_erase
from madobe.consult.times import day_of
from madobe.vault.actions.cases import TraceIsLeft
from madobe.vault.installed import ask_key_store


class NotTheirsToErase(StaffRefusal):
    """Neither who answers it nor who coordinates its desk; or its person has words, and erases it by them."""


def erase_at_wish(*, hand: Hand, thread_id: UUID, at: datetime) -> None:
    """This will erase a thread and those put into it because its person wishes it: keys first, for good, then every row.

    The trail and the mark stand before the key goes; cut off, the upkeep does the rest. A tombstone keeps that it was.
    Raises NotTheirsToErase, NotReached, NotOpenedHere, KeyStoreIsNotOurs.
    """
    ask_key_store()
    day = day_of(at)
    with transaction.atomic():
        found = lock_for(hand, thread_id, at=at)
        if not may_erase(hand, found.thread):
            raise NotTheirsToErase
        cases = [one.pk for one in (*emptied_homes(found), found.thread)]
        for case in cases:
            mark_for_erasing(case, by_person=True, on=day)
        note("erased", found.thread, hand.id, at)
    for case in cases:  # somebody who reads the key store just then: it goes with the upkeep
        with suppress(TraceIsLeft):
            finish_erasing(case, on=day)
