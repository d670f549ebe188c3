"""Erasing a thread: it is marked, then its key goes, for good, then every row. Cut off anywhere, the upkeep does the rest.

A thread without a key is never a reason to erase it: a key store that is lost or not put in place looks the same.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from madobe.consult.choices import Erasing, State
from madobe.consult.models import Consultation, Tombstone
from madobe.consult.waiting import shred_waiting
from madobe.vault.actions.cases import shred_case
from madobe.vault.installed import ask_key_store


def erase_thread(thread: Consultation, *, by_person: bool, on: date) -> bool:
    """This will erase a thread; a tombstone keeps that it was. Not inside a transaction: the mark stands before the key goes.

    `by_person` false: its days have run out, which is asked once more with its row locked; False: they have not, so it
    stays. Raises KeyStoreIsNotOurs, TraceIsLeft.
    """
    ask_key_store()
    if not mark_for_erasing(thread.pk, by_person=by_person, on=on):
        return False
    finish_erasing(thread.pk, on=on)
    return True


@transaction.atomic
def finish_erasing(case: UUID, *, on: date) -> None:
    """This will take away what a marked thread still has: its keys, then its rows.

    Raises KeyStoreIsNotOurs, TraceIsLeft: the mark stays, and the upkeep does it later.
    """
    ask_key_store()
    thread = Consultation.objects.select_for_update().filter(pk=case).exclude(erasing="").first()
    if thread is None:
        return
    shred_case(case)
    shred_waiting(case)
    Consultation.objects.filter(pk=case).delete()
    if thread.state != State.SET_ASIDE:
        Tombstone.objects.create(
            desk_id=thread.desk_id,
            door=thread.door,
            opened_date=thread.opened_date,
            erased_date=on,
            by_person=thread.erasing == Erasing.PERSON,
        )


@transaction.atomic
def mark_for_erasing(case: UUID, *, by_person: bool, on: date) -> bool:
    """This will take a thread out of everybody's reach, with its row locked; `finish_erasing` does the rest.

    False: there is none, or (`by_person` false) its days have not run out.
    """
    rows = Consultation.objects.select_for_update().filter(pk=case)
    if not by_person:
        rows = rows.filter(expires_date__lt=on)
    found = rows.first()
    if found is None:
        return False
    if not found.erasing:
        found.erasing = Erasing.PERSON if by_person else Erasing.DAYS
        found.save(update_fields=["erasing"])
    return True
