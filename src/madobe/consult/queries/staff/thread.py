"""One thread as those who answer see it: the person's wishes first, what was said, what was promised, what was noted."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import blake2b
from uuid import UUID

from madobe.consult.choices import Author, Door, State, Who, Wish
from madobe.consult.colleagues import Colleague, colleagues, is_learning, left_behind
from madobe.consult.doors import wishes_of
from madobe.consult.models import (
    Attachment,
    Consultation,
    Message,
    Opening,
    StaffDraft,
    StaffTemplate,
)
from madobe.consult.queries.doors.ways import WayOut, way_out
from madobe.consult.queries.staff.beside import Beside, beside_of
from madobe.consult.queries.staff.inbox import waiting_of, wishes_told_to
from madobe.consult.queries.threads import SeenFile, contact_of
from madobe.consult.quiet import quiet_day
from madobe.consult.reach import Hand, care_of, may_erase, reach
from madobe.consult.rules.contact import Contact
from madobe.consult.rules.doors.wishes import CallBack
from madobe.consult.rules.slips import slip_number
from madobe.consult.rules.waiting import Reason, reasons
from madobe.consult.sealed import BODY, FILE, LOOK_NOTE, STAFF_DRAFT
from madobe.consult.thread import LockedThread
from madobe.desks.queries import NightCall, alone_on_duty, when_alone
from madobe.ui.staff import name_of


@dataclass(frozen=True)
class Said:
    """One message. `name`: of the colleague who wrote it."""

    id: UUID
    number: int
    by_person: bool
    name: str
    on: date
    at: datetime | None
    text: str = field(repr=False)
    files: tuple[SeenFile, ...] = ()
    door: str = ""  # its label, where it is another than the window of this site


@dataclass(frozen=True)
class OwnDraft:
    """What somebody has begun. `look_note`: what a colleague said who gave it back, `look_by` by name."""

    text: str = field(default="", repr=False)
    version: int = 0
    saved_at: datetime | None = None
    is_asked: bool = False
    look_note: str = field(default="", repr=False)
    look_by: str = ""


@dataclass(frozen=True)
class ToLookAt:
    """A colleague's draft that waits for a second pair of eyes."""

    id: UUID
    name: str
    asked_at: datetime
    text: str = field(repr=False)
    version: int = 0

    @property
    def key(self) -> str:
        """Its id as a form says it."""
        return str(self.id)


@dataclass(frozen=True)
class People:
    """Who has a thread, and to whom it could go. `night_call`: whom to call, for somebody alone on duty (E16)."""

    owner: str
    owner_name: str
    is_mine: bool
    co_holder_name: str
    others: tuple[Colleague, ...]
    open_by: tuple[str, ...]
    is_learning: bool
    night_call: NightCall | None
    may_erase: bool  # at the wish of a person who has no words to erase by


@dataclass(frozen=True)
class StaffThread:
    """Everything the page of a thread shows."""

    id: UUID
    desk_id: UUID
    desk_name: str
    state: State
    who: str
    wishes: tuple[str, ...]
    listens: bool
    contact: Contact = field(repr=False)
    call_back: CallBack = field(repr=False)
    reasons: tuple[Reason, ...]
    reply_by: datetime | None
    is_late: bool
    is_urgent: bool
    wants_another: bool
    wants_place: bool
    messages: tuple[Said, ...]
    draft: OwnDraft
    to_look_at: tuple[ToLookAt, ...]
    people: People
    beside: Beside
    templates: tuple[StaffTemplate, ...]
    contact_after: date | None
    quiet_until: date | None
    out: WayOut
    mark: str
    count: int  # messages there ever were: more than are shown, once one was taken back or went elsewhere

    @property
    def number(self) -> str:
        """What stands on its 受付票."""
        return slip_number(self.id)

    def waits_for_a_look(self, draft: str) -> bool:
        """Whether the draft of this id is among those to look at."""
        return any(one.key == draft for one in self.to_look_at)


@dataclass(frozen=True)
class StaffFile:
    """One picture or paper, opened."""

    media_type: str
    number: int
    kind: str
    data: bytes = field(repr=False)


def staff_thread(hand: Hand, found: LockedThread, *, at: datetime) -> StaffThread:
    """This will open everything of a thread for one who answers. Reading it was written down (actions.staff.reading)."""
    thread, care = found.thread, care_of(found.thread)
    call_back = wishes_of(found).call_back
    waiting = replace(waiting_of(hand, thread, at=at), call_back=bool(call_back.when))
    wishes = thread.wishes.split()
    return StaffThread(
        id=thread.pk,
        desk_id=thread.desk_id,
        desk_name=thread.desk.name,
        state=State(thread.state),
        who=str(Who(thread.who).label) if thread.who else "",
        wishes=tuple(str(Wish(one).label) for one in wishes if one != Wish.LISTEN),
        listens=care.listen_only or Wish.LISTEN in wishes,
        contact=contact_of(found),
        call_back=call_back,
        reasons=tuple(reasons(waiting, at=at)),
        reply_by=thread.reply_by if thread.state == State.WAITING_STAFF else None,
        is_late=bool(waiting.waits and thread.reply_by and thread.reply_by < at),
        is_urgent=thread.is_urgent,
        wants_another=waiting.wants_another,
        wants_place=waiting.wants_place,
        messages=messages_of(found),
        draft=_own_draft(hand, found),
        to_look_at=_to_look_at(hand, found),
        people=_people(hand, thread, care.co_holder, at),
        beside=beside_of(hand, found),
        templates=tuple(StaffTemplate.objects.filter(desk=thread.desk_id)),
        contact_after=care.contact_after,
        quiet_until=quiet_day(care, at=at),
        out=way_out(found, at=at),
        mark=_mark(hand, thread, care.revision, at),
        count=thread.messages_count,
    )


def messages_of(found: LockedThread) -> tuple[Said, ...]:
    """This will open what was said."""
    files: dict[UUID, list[SeenFile]] = {}
    for row in (
        Attachment.objects.filter(consultation=found.thread).defer("data").order_by("number")
    ):
        seen = SeenFile(row.pk, row.kind, row.number, tuple(row.removed.split()))
        files.setdefault(row.message_id, []).append(seen)
    rows = list(found.thread.messages.order_by("number"))
    names = _names(one.by for one in rows)
    return tuple(_said(found, row, names, files.get(row.pk, [])) for row in rows)


def thread_mark(hand: Hand, thread_id: UUID, *, at: datetime) -> str:
    """This will give a mark of a thread's page that changes with it. Opens nothing. Raises NotReached."""
    thread = reach(hand, thread_id, at=at)
    return _mark(hand, thread, care_of(thread).revision, at)


def staff_file(found: LockedThread, file_id: UUID) -> StaffFile | None:
    """This will open one picture or paper of a thread; None where it has none such."""
    row = Attachment.objects.filter(pk=file_id, consultation=found.thread).first()
    if row is None:
        return None
    return StaffFile(
        row.media_type, row.number, row.kind, found.opened.open(FILE, row.pk, row.data)
    )


def _said(found: LockedThread, row: Message, names: dict[str, str], files: list[SeenFile]) -> Said:
    return Said(
        id=row.pk,
        number=row.number,
        by_person=row.author == Author.PERSON,
        name=names.get(row.by, ""),
        on=row.written_date,
        at=row.written_at,
        text=found.opened.text(BODY, row.pk, row.body),
        files=tuple(files),
        door=str(Door(row.door).label) if row.door != Door.WEB else "",
    )


def _own_draft(hand: Hand, found: LockedThread) -> OwnDraft:
    row = StaffDraft.objects.filter(consultation=found.thread, member=hand.id).first()
    if row is None:
        return OwnDraft()
    note = found.opened.text(LOOK_NOTE, row.pk, row.look_note, version=row.look_version)
    return OwnDraft(
        text=found.opened.text(STAFF_DRAFT, row.pk, row.body, version=row.version),
        version=row.version,
        saved_at=row.saved_at,
        is_asked=row.look_asked_at is not None,
        look_note=note if row.looked_at else "",
        look_by=name_of(row.look_by) if row.looked_at else "",
    )


def _to_look_at(hand: Hand, found: LockedThread) -> tuple[ToLookAt, ...]:
    rows = StaffDraft.objects.filter(consultation=found.thread).exclude(member=hand.id)
    return tuple(
        ToLookAt(
            id=row.pk,
            name=name_of(row.member),
            asked_at=row.look_asked_at,
            text=found.opened.text(STAFF_DRAFT, row.pk, row.body, version=row.version),
            version=row.version,
        )
        for row in rows.order_by("look_asked_at")
        if row.look_asked_at is not None
    )


def _people(hand: Hand, thread: Consultation, co_holder: str, at: datetime) -> People:
    gone = left_behind(thread) | {thread.owner}
    open_now = Opening.objects.filter(consultation=thread, until__gt=at).exclude(member=hand.id)
    alone = alone_on_duty(thread.desk_id, at, member=hand.id)
    return People(
        owner=thread.owner,
        owner_name=name_of(thread.owner) if thread.owner else "",
        is_mine=thread.owner == hand.id,
        co_holder_name=name_of(co_holder) if co_holder else "",
        others=tuple(one for one in colleagues(thread.desk) if one.id not in gone),
        open_by=tuple(name_of(one) for one in open_now.values_list("member", flat=True)),
        is_learning=is_learning(thread.desk, hand.id),
        night_call=when_alone(thread.desk_id) if alone else None,
        may_erase=may_erase(hand, thread),
    )


def _mark(hand: Hand, thread: Consultation, revision: int, at: datetime) -> str:
    looking = Opening.objects.filter(consultation=thread, until__gt=at).exclude(member=hand.id)
    told = list(wishes_told_to(hand).filter(consultation=thread).values_list("kind", flat=True))
    said = (
        thread.revision,
        revision,
        thread.owner,
        told,
        sorted(looking.values_list("member", flat=True)),
    )
    return blake2b(repr(said).encode(), digest_size=12).hexdigest()


def _names(members: Iterable[str]) -> dict[str, str]:
    return {one: name_of(one) for one in set(members) if one}
