"""Drafts of answers: kept for each person, looked at by a colleague, taken away by nobody but their writer."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.consult.actions.staff.errors import StaffRefusal, marked, note
from madobe.consult.models import StaffDraft
from madobe.consult.reach import Hand, lock_for
from madobe.consult.sealed import LOOK_NOTE, STAFF_DRAFT
from madobe.consult.thread import LockedThread


class DraftMovedOn(StaffRefusal):
    """The same person saved other words meanwhile, on another screen; those are `text`, of version `version`."""

    def __init__(self, text: str, version: int) -> None:
        super().__init__(str(version))
        self.text, self.version = text, version

    def __repr__(self) -> str:
        return f"DraftMovedOn({self.version})"


class NothingToLookAt(StaffRefusal):
    """There is no such draft waiting for a second pair of eyes, or it is their own."""


class OtherThanLookedAt(StaffRefusal):
    """Its writer has saved other words since it was looked at: those are read first."""


@dataclass(frozen=True)
class Saved:
    """A draft that is stored."""

    version: int
    at: datetime = field(compare=False)


@transaction.atomic
def save_draft(
    *, hand: Hand, thread_id: UUID, text: str, at: datetime, version: int | None = None
) -> Saved:
    """This will keep what somebody has written so far. `version`: of the draft their screen began with, 0 for none;
    None: whatever is there. Raises DraftMovedOn, NotReached, NotOpenedHere.
    """
    locked = lock_for(hand, thread_id, at=at)
    return keep(locked, hand.id, text, at=at, version=version)


def keep(
    locked: LockedThread, member: str, text: str, *, at: datetime, version: int | None = None
) -> Saved:
    """This will keep a draft of a thread that is locked. Raises DraftMovedOn."""
    draft = own_draft(locked, member) or StaffDraft(
        consultation=locked.thread, member=member, version=0
    )
    if draft.version:
        there = draft_text(locked, draft)
        if there == text:
            return Saved(draft.version, draft.saved_at)
        if version is not None and version != draft.version:
            raise DraftMovedOn(there, draft.version)
    draft.version += 1
    draft.saved_at = at
    draft.body = locked.opened.seal_text(STAFF_DRAFT, draft.pk, text, version=draft.version)
    draft.save()
    return Saved(draft.version, at)


@transaction.atomic
def put_away(*, hand: Hand, thread_id: UUID, at: datetime) -> None:
    """This will take away one's own draft, by one's own act. Raises NotReached, NotOpenedHere."""
    locked = lock_for(hand, thread_id, at=at)
    StaffDraft.objects.filter(consultation=locked.thread, member=hand.id).delete()


@transaction.atomic
def ask_for_a_look(*, hand: Hand, thread_id: UUID, text: str, at: datetime) -> None:
    """This will keep a draft and put it where colleagues look before it goes out. Raises NotReached, NotOpenedHere."""
    locked = lock_for(hand, thread_id, at=at)
    keep(locked, hand.id, text, at=at)
    mine = StaffDraft.objects.filter(consultation=locked.thread, member=hand.id)
    mine.update(look_asked_at=at, looked_at=None)
    marked(locked.thread).save()
    note("look_asked", locked.thread, hand.id, at)


@transaction.atomic
def give_draft_back(
    *, hand: Hand, thread_id: UUID, draft_id: UUID, text: str, at: datetime
) -> None:
    """This will give a draft back to its writer with a note. Raises NothingToLookAt, NotReached, NotOpenedHere."""
    locked = lock_for(hand, thread_id, at=at)
    draft = asked_draft(locked, draft_id, other_than=hand.id)
    draft.look_version += 1
    draft.look_note = locked.opened.seal_text(LOOK_NOTE, draft.pk, text, version=draft.look_version)
    draft.look_asked_at, draft.looked_at, draft.look_by = None, at, hand.id
    draft.save()
    marked(locked.thread).save()
    note("look_given_back", locked.thread, hand.id, at, writer=draft.member)


def own_draft(locked: LockedThread, member: str) -> StaffDraft | None:
    """This will give somebody's draft in a thread."""
    return StaffDraft.objects.filter(consultation=locked.thread, member=member).first()


def asked_draft(
    locked: LockedThread, draft_id: UUID, *, other_than: str, version: int | None = None
) -> StaffDraft:
    """This will give a draft that waits for a look by this person. `version`: of the words that were looked at.

    Raises NothingToLookAt, OtherThanLookedAt.
    """
    waiting = StaffDraft.objects.filter(consultation=locked.thread, look_asked_at__isnull=False)
    found = waiting.filter(pk=draft_id).exclude(member=other_than).first()
    if found is None:
        raise NothingToLookAt
    if version is not None and version != found.version:
        raise OtherThanLookedAt
    return found


def draft_text(locked: LockedThread, draft: StaffDraft) -> str:
    """This will open a draft."""
    return locked.opened.text(STAFF_DRAFT, draft.pk, draft.body, version=draft.version)
