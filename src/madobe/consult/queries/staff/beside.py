"""What stands beside a thread and its person never sees: notes, danger, the duty to notify, how it came to a stop."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from madobe.consult.models import AbuseRecord, Closing, SafetyNote, StaffNote
from madobe.consult.reach import Hand
from madobe.consult.rules.noted import Abuse, Danger, Noted, loaded
from madobe.consult.sealed import ABUSE_RECORD, HELPED, SAFETY_NOTE, STAFF_NOTE
from madobe.consult.staff_choices import ClosingKind, Safety, Visibility
from madobe.consult.thread import LockedThread
from madobe.ui.staff import name_of


@dataclass(frozen=True)
class SeenNote:
    """A note somebody may see, by whom and for whom."""

    at: datetime
    name: str
    visibility: Visibility
    noted: Noted = field(repr=False)


@dataclass(frozen=True)
class SeenDanger:
    """A danger that was noted. `second`: who confirmed it, "" as long as nobody has."""

    id: UUID
    level: Safety
    at: datetime
    name: str
    second: str
    is_mine: bool
    holds: bool
    review_on: date
    danger: Danger = field(repr=False)


@dataclass(frozen=True)
class SeenAbuse:
    """What two people thought of a notification."""

    id: UUID
    at: datetime
    name: str
    second: str
    is_mine: bool
    notified_on: date | None
    abuse: Abuse = field(repr=False)


@dataclass(frozen=True)
class SeenClosing:
    """How the thread came to a stop."""

    kind: ClosingKind
    on: date
    reopened_on: date | None
    helped: str = field(repr=False)


@dataclass(frozen=True)
class Beside:
    """All of it."""

    notes: tuple[SeenNote, ...]
    dangers: tuple[SeenDanger, ...]
    abuse: tuple[SeenAbuse, ...]
    closings: tuple[SeenClosing, ...]

    @property
    def danger(self) -> SeenDanger | None:
        """The danger that holds now."""
        return next((one for one in self.dangers if one.holds), None)


def beside_of(hand: Hand, found: LockedThread) -> Beside:
    """This will open what stands beside a thread, as far as it was meant for this person."""
    return Beside(_notes(hand, found), _dangers(hand, found), _abuse(hand, found), _closings(found))


def _notes(hand: Hand, found: LockedThread) -> tuple[SeenNote, ...]:
    thread, opened = found.thread, found.opened
    meant = Q(by=hand.id) | Q(visibility=Visibility.DESK)
    meant |= Q(visibility=Visibility.OWNER, owner_then=hand.id)
    if thread.owner == hand.id:
        meant |= Q(visibility=Visibility.HANDOVER)
    return tuple(
        SeenNote(
            at=row.at,
            name=name_of(row.by),
            visibility=Visibility(row.visibility),
            noted=loaded(Noted, opened.open(STAFF_NOTE, row.pk, row.body)),
        )
        for row in StaffNote.objects.filter(meant, consultation=thread)
    )


def _dangers(hand: Hand, found: LockedThread) -> tuple[SeenDanger, ...]:
    return tuple(
        SeenDanger(
            id=row.pk,
            level=Safety(row.level),
            at=row.decided_at,
            name=name_of(row.decided_by),
            second=name_of(row.confirmed_by) if row.confirmed_by else "",
            is_mine=row.decided_by == hand.id,
            holds=row.ended_at is None,
            review_on=row.review_date,
            danger=loaded(Danger, found.opened.open(SAFETY_NOTE, row.pk, row.body)),
        )
        for row in SafetyNote.objects.filter(consultation=found.thread)
    )


def _abuse(hand: Hand, found: LockedThread) -> tuple[SeenAbuse, ...]:
    return tuple(
        SeenAbuse(
            id=row.pk,
            at=row.at,
            name=name_of(row.by),
            second=name_of(row.second_by) if row.second_by else "",
            is_mine=row.by == hand.id,
            notified_on=row.notified_date,
            abuse=loaded(Abuse, found.opened.open(ABUSE_RECORD, row.pk, row.body)),
        )
        for row in AbuseRecord.objects.filter(consultation=found.thread)
    )


def _closings(found: LockedThread) -> tuple[SeenClosing, ...]:
    return tuple(
        SeenClosing(
            kind=ClosingKind(row.kind),
            on=row.closed_date,
            reopened_on=row.reopened_date,
            helped=found.opened.text(HELPED, row.pk, row.helped),
        )
        for row in Closing.objects.filter(consultation=found.thread)
    )
