"""Numbering what changed, so that every copy of the directory can catch up."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.directory.models import Change, Revision


@transaction.atomic
def note_changes(*, services: Collection[UUID], shown: Collection[UUID], at: datetime) -> int:
    """This will give these services the next revision; returns its number. Call it last in a transaction:
    from here to the commit no other writer gets a number.
    """
    revision = lock_revision()
    if not services:
        return revision.number
    revision.number += 1
    revision.save(update_fields=["number"])
    Change.objects.bulk_create(
        (
            Change(service_id=key, number=revision.number, at=at, is_shown=key in shown)
            for key in sorted(services)
        ),
        update_conflicts=True,
        unique_fields=["service_id"],
        update_fields=["number", "at", "is_shown"],
        batch_size=500,
    )
    return revision.number


def lock_revision() -> Revision:
    """This will make every other writer of the listing wait until this transaction ends. What is read after
    this line includes what they wrote: nobody lists a service by what it was before a suspension.
    """
    Revision.objects.get_or_create(id=1)
    return Revision.objects.select_for_update().get(id=1)
