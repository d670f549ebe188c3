"""What the acts of staff have in common: the refusal, the trail, the marks."""

from datetime import datetime

from madobe.audit.actions import record
from madobe.consult.models import Care, Consultation
from madobe.consult.reach import care_of


class StaffRefusal(Exception):
    """Something that is not done to a thread; the subclass says why. Nothing was changed."""


def note(action: str, thread: Consultation, by: str, at: datetime, **detail: object) -> None:
    """This will write into the trail what was done: codes and ids, no word of anybody."""
    record(
        by=by, action=f"talk.{action}", at=at, table="consultation", record_id=thread.pk, detail=detail
    )  # fmt: skip


def marked(thread: Consultation) -> Care:
    """This will give the marks of a thread that is locked, one revision on; the caller saves them.

    Apart from the thread's own revision: what only staff see must not stir a page of the person.
    """
    care = care_of(thread)
    care.revision += 1
    return care
