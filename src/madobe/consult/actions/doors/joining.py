"""What stands beside a thread goes along where two become one, and back again: safety is never left behind (E10)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Max

from madobe.consult.actions.doors.wishes import write_wishes
from madobe.consult.actions.seeker.letters import write_contact
from madobe.consult.actions.staff.drafts import draft_text, keep, own_draft
from madobe.consult.doors import reachable_of, wishes_of
from madobe.consult.models import (
    AbuseRecord,
    Appointment,
    Consultation,
    DoorWishes,
    SafetyNote,
    StaffDraft,
    StaffNote,
)
from madobe.consult.reach import care_of
from madobe.consult.rules.contact import stricter
from madobe.consult.rules.doors.wishes import Joined, merged, taken_apart
from madobe.consult.sealed import (
    ABUSE_RECORD,
    LOOK_NOTE,
    MEETING_WORDS,
    SAFETY_NOTE,
    STAFF_DRAFT,
    STAFF_NOTE,
)
from madobe.consult.staff_choices import Safety
from madobe.consult.thread import LockedThread
from madobe.vault.registry import SealedColumn

_BESIDE: Final[tuple[tuple[Any, tuple[SealedColumn, ...]], ...]] = (
    (SafetyNote, (SAFETY_NOTE,)),
    (AbuseRecord, (ABUSE_RECORD,)),
    (StaffNote, (STAFF_NOTE,)),
    (StaffDraft, (STAFF_DRAFT, LOOK_NOTE)),
    (Appointment, (MEETING_WORDS,)),
)


def bring(other: LockedThread, here: LockedThread, *, by: str, at: datetime) -> None:
    """This will bring over everything beside a thread before its messages go; both are locked, the caller saves them.

    What is unsafe for either is unsafe for both. Notes, danger, drafts and invitations stand here from now on.
    """
    mine, theirs = wishes_of(here), wishes_of(other)
    ended = _let_one_danger_stand(here.thread, other.thread, by, at)
    messages = map(str, other.thread.messages.values_list("pk", flat=True))
    joined = Joined(
        home=str(other.thread.pk),
        before=replace(mine, joined=()),
        theirs=replace(theirs, joined=()),
        brought=(*messages, *_carry(other, here, at)),
        ended=ended,
        was_urgent=other.thread.is_urgent,
    )
    both = merged(mine, theirs)
    write_wishes(here, replace(both, joined=(*both.joined, joined)))
    DoorWishes.objects.filter(pk=other.thread.pk).delete()
    if other.thread.contact is not None:
        write_contact(here, stricter(reachable_of(here).contact, reachable_of(other).contact))
        other.thread.contact = None
    _bring_marks(here.thread, other.thread)
    other.thread.keep = here.thread.keep  # an empty thread outlives nobody's wish


def take_apart(here: LockedThread, home: LockedThread, *, was_home: str) -> tuple[UUID, ...]:
    """This will give back to a thread what stood beside it; gives the ids of all that came with it.

    `was_home`: the id of the thread that was put into this one, which may be gone since. Both are locked, the caller
    saves them.
    """
    wishes = wishes_of(here)
    joined = next((one for one in wishes.joined if one.home == was_home), None)
    if joined is None:
        return ()
    came = tuple(UUID(one) for one in joined.brought)
    _carry(here, home, None, only=came)
    for row in SafetyNote.objects.filter(pk__in=joined.ended):
        still = SafetyNote.objects.filter(consultation=row.consultation_id, ended_at__isnull=True)
        if not still.exists():
            row.ended_at, row.ended_by = None, ""
            row.save()
    mine, theirs = taken_apart(wishes, joined)
    write_wishes(here, mine)
    write_wishes(home, theirs)
    home.thread.is_urgent = home.thread.is_urgent or joined.was_urgent
    return came


def _carry(
    source: LockedThread,
    target: LockedThread,
    at: datetime | None,
    *,
    only: Iterable[UUID] | None = None,
) -> list[str]:
    carried = []
    for model, columns in _BESIDE:
        rows = model.objects.filter(consultation=source.thread)
        for row in rows if only is None else rows.filter(pk__in=list(only)):
            if model is StaffDraft and _is_added(row, source, target, at):
                continue
            if model is Appointment:
                row.number = _next_number(target.thread)
            _seal_for(row, columns, source, target)
            carried.append(str(row.pk))
    return carried


def _seal_for(
    row: Any, columns: Iterable[SealedColumn], source: LockedThread, target: LockedThread
) -> None:
    for column in columns:
        blob = getattr(row, column.column)
        if blob is None:
            continue
        version = getattr(row, column.version) if column.version else 1
        plain = source.opened.open(column, row.pk, blob, version=version)
        setattr(row, column.column, target.opened.seal(column, row.pk, plain, version=version))
    row.consultation = target.thread
    row.save()


def _is_added(
    draft: StaffDraft, source: LockedThread, target: LockedThread, at: datetime | None
) -> bool:
    """Somebody who had begun in both finds both in the one box that is left."""
    there = own_draft(target, draft.member)
    if there is None:
        return False
    texts = (draft_text(target, there), draft_text(source, draft))
    keep(target, draft.member, "\n\n".join(texts), at=at or draft.saved_at)
    draft.delete()
    return True


def _let_one_danger_stand(
    here: Consultation, other: Consultation, by: str, at: datetime
) -> tuple[str, ...]:
    """The nearer danger, else the later; the other stays to be read among the notes of danger."""
    both = SafetyNote.objects.filter(consultation__in=[here, other], ended_at__isnull=True)
    ranked = sorted(both, key=lambda one: (one.level == Safety.URGENT, one.decided_at))
    for row in ranked[:-1]:
        row.ended_at, row.ended_by = at, by
        row.save()
    return tuple(str(row.pk) for row in ranked[:-1])


def _bring_marks(here: Consultation, other: Consultation) -> None:
    mine, theirs = care_of(here), care_of(other)
    mine.listen_only = mine.listen_only or theirs.listen_only
    days = [day for day in (mine.contact_after, theirs.contact_after) if day is not None]
    mine.contact_after = max(days, default=None)
    mine.save()
    here.wishes = " ".join(dict.fromkeys([*here.wishes.split(), *other.wishes.split()]))


def _next_number(thread: Consultation) -> int:
    last: int | None = thread.appointments.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
