"""Erasing a thread: its key first, for good, then every row."""

from datetime import date

from django.db import transaction

from madobe.consult.choices import State
from madobe.consult.models import Consultation, Tombstone
from madobe.consult.waiting import shred_waiting
from madobe.vault.actions.cases import shred_case


def erase_thread(thread: Consultation, *, by_person: bool, on: date) -> None:
    """This will erase a thread. Cut off after the key, the upkeep does the rest. A tombstone keeps that it was."""
    shred_case(thread.pk)
    shred_waiting(thread.pk)
    with transaction.atomic():
        gone, _ = Consultation.objects.filter(pk=thread.pk).delete()
        if gone and thread.state != State.SET_ASIDE:
            Tombstone.objects.create(
                desk_id=thread.desk_id,
                door=thread.door,
                opened_date=thread.opened_date,
                erased_date=on,
                by_person=by_person,
            )
