"""An answer by the way somebody wrote: sent in the counsellor's own request, past one gate, once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import translation

from madobe.channels.email.sending import LetterDidNotGo, MailIsNotSetUp, send_letter
from madobe.channels.line import host
from madobe.consult.actions.seeker.letters import touch
from madobe.consult.actions.staff.answers import (
    ASecondPairLooks,
    Draft,
    NewLetterArrived,
    NothingWritten,
    OtherWordsWent,
    is_no_news,
    moment_of_promise,
    still_thinking,
    words_under,
)
from madobe.consult.actions.staff.drafts import asked_draft, draft_text, keep, own_draft
from madobe.consult.actions.staff.errors import StaffRefusal, marked, note
from madobe.consult.choices import Author, Door, State
from madobe.consult.colleagues import is_learning
from madobe.consult.doors import address_of, place_of, reachable_of
from madobe.consult.models import (
    Carried,
    ChannelIdentity,
    Consultation,
    Message,
    Posting,
    StaffDraft,
)
from madobe.consult.reach import Hand, lock_for
from madobe.consult.rules.doors.came import Place
from madobe.consult.rules.doors.gate import Refusal, may_send
from madobe.consult.sealed import BODY
from madobe.consult.thread import LockedThread
from madobe.consult.times import day_of
from madobe.consult.waiting import letter_look_up, remember

PATIENCE: Final = timedelta(minutes=5)  # longer than any host is waited for


class NotThatWay(StaffRefusal):
    """The gate lets nothing out there now; `refusal` says why. What was typed is kept as a draft."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class DidNotGo(StaffRefusal):
    """The host did not take it, or none is set up. What was typed is kept as a draft."""


class IsOnItsWay(StaffRefusal):
    """This very answer is being sent at this moment, by the same press made twice."""


class WentAllTheSame(StaffRefusal):
    """The words are with the person, and what they speak of can be done no more: another letter puts that right."""


@dataclass(frozen=True, repr=False)
class Errand:
    """Something that goes out by a way, and what changes with it.

    `prepare` gives its text, the thread being locked; a refusal it gives back leaves what it kept. `settle` changes the
    thread, locked again, once the text is with the person; it is told whether nothing came in meanwhile. `by`: who says it.
    `said`: its text, where a form may bring another one under the same id.
    """

    message: UUID
    by: str
    prepare: Callable[[LockedThread], str | StaffRefusal]
    settle: Callable[[LockedThread, bool], None]
    said: str | None = None


@dataclass(frozen=True)
class _Begun:
    channel: str
    place: Place
    text: str = field(repr=False)
    seen: int


def send_by_door(
    *, hand: Hand, thread_id: UUID, identity_id: UUID, draft: Draft, at: datetime
) -> bool:
    """This will send an answer to where somebody wrote from; False where this very answer went before.

    Nothing is locked while a host is waited for. Raises NotThatWay, DidNotGo, IsOnItsWay, OtherWordsWent,
    NewLetterArrived, ASecondPairLooks, NothingWritten, NotReached, NotOpenedHere.
    """

    def prepare(locked: LockedThread) -> str | StaffRefusal:
        if not draft.text.strip():
            return NothingWritten()
        keep(locked, hand.id, draft.text, at=at)
        if locked.thread.messages_count != draft.seen:
            return NewLetterArrived()
        return ASecondPairLooks() if is_learning(locked.thread.desk, hand.id) else draft.text

    def settle(locked: LockedThread, is_last: bool) -> None:
        if is_last:
            answered(locked.thread)
        kept = own_draft(locked, hand.id)
        if kept is not None and draft_text(locked, kept) == draft.text:  # else changed meanwhile
            kept.delete()
        note("answered", locked.thread, hand.id, at, door=_door(identity_id))

    errand = Errand(draft.message, hand.id, prepare, settle, said=draft.text)
    return carry(hand=hand, thread_id=thread_id, identity_id=identity_id, errand=errand, at=at)


def send_for_by_door(
    *,
    hand: Hand,
    thread_id: UUID,
    identity_id: UUID,
    draft_id: UUID,
    version: int,
    seen: int,
    at: datetime,
) -> bool:
    """This will send a colleague's draft after a look at it, in their name, to where somebody wrote from.

    `version`: of the words that were looked at. False where it went before. What its writer changes meanwhile stays.
    Raises NotThatWay, DidNotGo, IsOnItsWay, NothingToLookAt, OtherThanLookedAt, NewLetterArrived, ASecondPairLooks, NotReached, NotOpenedHere.
    """
    looked_at = StaffDraft.objects.filter(pk=draft_id, consultation=thread_id).first()
    writer = looked_at.member if looked_at else ""

    def prepare(locked: LockedThread) -> str | StaffRefusal:
        if is_learning(locked.thread.desk, hand.id):
            return ASecondPairLooks()
        draft = asked_draft(locked, draft_id, other_than=hand.id, version=version)
        if locked.thread.messages_count != seen:
            return NewLetterArrived()
        return draft_text(locked, draft)

    def settle(locked: LockedThread, is_last: bool) -> None:
        if is_last:
            answered(locked.thread)
        StaffDraft.objects.filter(pk=draft_id, version=version).delete()
        note("looked_and_sent", locked.thread, hand.id, at, writer=writer)
        note("answered", locked.thread, writer, at, door=_door(identity_id))

    # An id of these very words: looked at by two at once, they go out once; what is written later is another letter.
    errand = Errand(uuid5(draft_id, str(version)), writer, prepare, settle)
    return carry(hand=hand, thread_id=thread_id, identity_id=identity_id, errand=errand, at=at)


def later_by_door(
    *, hand: Hand, thread_id: UUID, identity_id: UUID, message: UUID, day: date, at: datetime
) -> bool:
    """This will say 「まだ考えています」 by a way, with a new day and hour; False where that was said before.

    Raises NotADayToPromise, NotThatWay, DidNotGo, IsOnItsWay, NotReached, NotOpenedHere.
    """

    def prepare(locked: LockedThread) -> str | StaffRefusal:
        return still_thinking(moment_of_promise(locked.thread.desk, day, at))

    def settle(locked: LockedThread, is_last: bool) -> None:
        thread, promised = locked.thread, moment_of_promise(locked.thread.desk, day, at)
        thread.reply_by, thread.missed, thread.state = promised, 0, State.WAITING_STAFF
        is_no_news(thread)
        note("later", thread, hand.id, at, promised=promised.isoformat())

    errand = Errand(message, hand.id, prepare, settle)
    return carry(hand=hand, thread_id=thread_id, identity_id=identity_id, errand=errand, at=at)


def carry(*, hand: Hand, thread_id: UUID, identity_id: UUID, errand: Errand, at: datetime) -> bool:
    """This will let something out by a way of a thread; False where this very message went before.

    Raises NotThatWay, DidNotGo, IsOnItsWay, WentAllTheSame, NotReached, NotOpenedHere, and whatever the errand refuses
    before anything goes.
    """
    begun = _begin(hand, thread_id, identity_id, errand, at)
    if isinstance(begun, StaffRefusal):
        raise begun
    if begun is None:
        return False
    try:
        letter_ids = _send(begun, errand.message)
    except (
        MailIsNotSetUp, LetterDidNotGo, host.LineIsNotSetUp, host.LineDoesNotAnswer, host.LineDoesNotTake
    ):  # fmt: skip
        Posting.objects.filter(pk=errand.message).delete()
        raise DidNotGo from None
    refused = _keep_sent(hand, thread_id, identity_id, errand, begun, letter_ids, at)
    if refused is not None:
        raise WentAllTheSame from refused
    return True


@transaction.atomic
def _begin(
    hand: Hand, thread_id: UUID, identity_id: UUID, errand: Errand, at: datetime
) -> _Begun | StaffRefusal | None:
    """What goes where; None: it went before. A refusal is given back, not raised: what was typed is to stay."""
    locked = lock_for(hand, thread_id, at=at)
    thread = locked.thread
    before = words_under(locked, errand.message)
    if before is not None and errand.said in (None, before):
        return None
    seen, text = thread.messages_count, errand.prepare(locked)
    if before is not None:
        return OtherWordsWent()
    if isinstance(text, StaffRefusal):
        return text
    identity = ChannelIdentity.objects.filter(consultation=thread, pk=identity_id).first()
    if identity is None:
        return NotThatWay(Refusal.NO_ADDRESS)
    address = address_of(locked, identity)
    refusal = may_send(reachable_of(locked), identity.channel, address, at, by_hand=True, text=text)
    if refusal is not None:
        return NotThatWay(refusal)
    # One whose request died on the way out is let go after a while; LINE takes the same key once all the same.
    Posting.objects.filter(pk=errand.message, started_at__lt=at - PATIENCE).delete()
    _, is_first = Posting.objects.get_or_create(
        pk=errand.message, defaults={"consultation": thread, "started_at": at}
    )
    if not is_first:
        return IsOnItsWay()
    return _Begun(identity.channel, place_of(locked, identity), text, seen)


def _send(begun: _Begun, message: UUID) -> tuple[str, ...]:
    place = begun.place
    if begun.channel == Door.LINE:
        return host.send_text(place.value, begun.text, key=message)
    with translation.override("ja"):  # the neutral heading of the letter
        sent = send_letter(place.value, begun.text, place.letter_id or None, earlier=place.earlier)
    return (sent,)


@transaction.atomic
def _keep_sent(
    hand: Hand,
    thread_id: UUID,
    identity_id: UUID,
    errand: Errand,
    begun: _Begun,
    letter_ids: tuple[str, ...],
    at: datetime,
) -> StaffRefusal | None:
    """It is with the person: from here on it is written down, whatever came in meanwhile. Gives what could not be
    settled any more.
    """
    locked = lock_for(hand, thread_id, at=at)
    thread, refused = locked.thread, None
    identity = ChannelIdentity.objects.filter(pk=identity_id).first()
    write_by_staff(locked, errand.message, begun.text, door=begun.channel, by=errand.by, at=at)
    if identity is not None:
        letter_id = letter_ids[0] if letter_ids else ""
        look_up = letter_look_up(identity.channel, letter_id)
        Carried.objects.create(message_id=errand.message, identity=identity, look_up=look_up)
        if identity.channel == Door.EMAIL and identity.consultation_id == thread.pk:
            remember(identity, locked.opened, letter_id)
    Posting.objects.filter(pk=errand.message).delete()
    try:
        with transaction.atomic():
            errand.settle(locked, thread.messages_count == begun.seen + 1)
    except StaffRefusal as late:
        refused = late
    touch(thread, on=day_of(at))
    thread.save()
    marked(thread).save()
    return refused


def answered(thread: Consultation) -> None:
    """This will mark a promise as kept; the caller saves."""
    thread.state, thread.reply_by, thread.missed = State.WAITING_PERSON, None, 0


def write_by_staff(
    locked: LockedThread, message: UUID, text: str, *, door: str, by: str, at: datetime
) -> None:
    """This will write what somebody of the desk sent or noted into a thread that is locked; the caller saves that."""
    thread: Consultation = locked.thread
    thread.messages_count += 1
    Message(
        id=message,
        consultation=thread,
        number=thread.messages_count,
        author=Author.STAFF,
        by=by,
        door=door,
        written_date=day_of(at),
        written_at=at,
        body=locked.opened.seal_text(BODY, message, text),
    ).save(force_insert=True)


def _door(identity_id: UUID) -> str:
    channels = ChannelIdentity.objects.filter(pk=identity_id).values_list("channel", flat=True)
    return channels.first() or str(Door.EMAIL)
