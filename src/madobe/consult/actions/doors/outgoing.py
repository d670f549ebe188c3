"""An answer by the way somebody wrote: sent in the counsellor's own request, past one gate, once."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

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
    words_under,
)
from madobe.consult.actions.staff.drafts import draft_text, keep, own_draft
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


def send_by_door(
    *, hand: Hand, thread_id: UUID, identity_id: UUID, draft: Draft, at: datetime
) -> bool:
    """This will send an answer to where somebody wrote from; False where this very answer went before.

    Nothing is locked while a host is waited for. Raises NotThatWay, DidNotGo, IsOnItsWay, OtherWordsWent,
    NewLetterArrived, ASecondPairLooks, NothingWritten, NotReached, NotOpenedHere.
    """
    began = _begin(hand, thread_id, identity_id, draft, at)
    if isinstance(began, StaffRefusal):
        raise began
    if began is None:
        return False
    channel, place = began
    try:
        letter_ids = _send(channel, place, draft)
    except (
        MailIsNotSetUp, LetterDidNotGo, host.LineIsNotSetUp, host.LineDoesNotAnswer, host.LineDoesNotTake
    ):  # fmt: skip
        Posting.objects.filter(pk=draft.message).delete()
        raise DidNotGo from None
    _keep_sent(hand, thread_id, identity_id, draft, letter_ids, at)
    return True


@transaction.atomic
def _begin(
    hand: Hand, thread_id: UUID, identity_id: UUID, draft: Draft, at: datetime
) -> tuple[str, Place] | StaffRefusal | None:
    """The way and the address; None: it went before. A refusal is given back, not raised: the draft is to stay."""
    locked = lock_for(hand, thread_id, at=at)
    thread = locked.thread
    before = words_under(locked, draft.message)
    if before == draft.text:
        return None
    if not draft.text.strip():
        return NothingWritten()
    keep(locked, hand.id, draft.text, at=at)
    if before is not None:
        return OtherWordsWent()
    identity = ChannelIdentity.objects.filter(consultation=thread, pk=identity_id).first()
    if identity is None:
        return NotThatWay(Refusal.NO_ADDRESS)
    if thread.messages_count != draft.seen:
        return NewLetterArrived()
    if is_learning(thread.desk, hand.id):
        return ASecondPairLooks()
    address = address_of(locked, identity)
    refusal = may_send(
        reachable_of(locked), identity.channel, address, at, by_hand=True, text=draft.text
    )
    if refusal is not None:
        return NotThatWay(refusal)
    # One whose request died on the way out is let go after a while; LINE takes the same key once all the same.
    Posting.objects.filter(pk=draft.message, started_at__lt=at - PATIENCE).delete()
    _, is_first = Posting.objects.get_or_create(
        pk=draft.message, defaults={"consultation": thread, "started_at": at}
    )
    return (identity.channel, place_of(locked, identity)) if is_first else IsOnItsWay()


def _send(channel: str, place: Place, draft: Draft) -> tuple[str, ...]:
    if channel == Door.LINE:
        return host.send_text(place.value, draft.text, key=draft.message)
    with translation.override("ja"):  # the neutral heading of the letter
        sent = send_letter(place.value, draft.text, place.letter_id or None, earlier=place.earlier)
    return (sent,)


@transaction.atomic
def _keep_sent(
    hand: Hand,
    thread_id: UUID,
    identity_id: UUID,
    draft: Draft,
    letter_ids: tuple[str, ...],
    at: datetime,
) -> None:
    """It is with the person: from here on it is written down, whatever came in meanwhile."""
    locked = lock_for(hand, thread_id, at=at)
    thread = locked.thread
    identity = ChannelIdentity.objects.filter(pk=identity_id).first()
    write_by_staff(locked, draft.message, draft.text, door=_door(identity), by=hand.id, at=at)
    if identity is not None:
        letter_id = letter_ids[0] if letter_ids else ""
        look_up = letter_look_up(identity.channel, letter_id)
        Carried.objects.create(message_id=draft.message, identity=identity, look_up=look_up)
        if identity.channel == Door.EMAIL and identity.consultation_id == thread.pk:
            remember(identity, locked.opened, letter_id)
    Posting.objects.filter(pk=draft.message).delete()
    answers_all = thread.messages_count == draft.seen + 1
    if answers_all:
        thread.state, thread.reply_by, thread.missed = State.WAITING_PERSON, None, 0
    touch(thread, on=day_of(at))
    thread.save()
    marked(thread).save()
    kept = own_draft(locked, hand.id)
    if kept is not None and draft_text(locked, kept) == draft.text:  # else it was changed meanwhile
        kept.delete()
    note("answered", thread, hand.id, at, door=_door(identity))


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


def _door(identity: ChannelIdentity | None) -> str:
    return identity.channel if identity else str(Door.EMAIL)
