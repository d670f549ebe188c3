"""Noting a talk in the words of who had it: on the telephone, at the counter, at the door; and letters on paper."""

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from madobe.consult.actions.doors.outgoing import NotThatWay, answered, write_by_staff
from madobe.consult.actions.doors.wishes import write_wishes
from madobe.consult.actions.staff.answers import NothingWritten, OtherWordsWent, words_under
from madobe.consult.actions.staff.errors import StaffRefusal, marked, note
from madobe.consult.choices import Door, State, Who
from madobe.consult.colleagues import house
from madobe.consult.danger import raise_danger
from madobe.consult.door_choices import NOTED
from madobe.consult.doors import reachable_of, wishes_of
from madobe.consult.models import Consultation, Message
from madobe.consult.reach import Hand, lock_for
from madobe.consult.rules.crisis import read_danger
from madobe.consult.rules.doors.gate import Address, may_send
from madobe.consult.rules.doors.talks import Talk
from madobe.consult.rules.doors.wishes import CallBack
from madobe.consult.rules.once import with_words
from madobe.consult.thread import LockedThread
from madobe.consult.times import day_of
from madobe.desks.models import Desk
from madobe.desks.queries import receiving_desk
from madobe.desks.rules.keeping import keep_until, keep_without_words
from madobe.vault.actions.cases import begin_case
from madobe.vault.choices import Holder
from madobe.vault.granting import with_keys_of_now
from madobe.vault.holders import holder


class NoDutyYet(StaffRefusal):
    """Nobody holds the key of the desk yet, so that nobody could read the note. Or it is not their desk."""


class NotATalk(StaffRefusal):
    """The way is none that is noted by hand."""


@with_keys_of_now
@transaction.atomic
def note_talk(
    *,
    hand: Hand,
    talk: Talk,
    message: UUID,
    at: datetime,
    thread_id: UUID | None = None,
    desk_id: UUID | None = None,
    call_back: CallBack | None = None,
    keeps_promise: bool = False,
) -> UUID:
    """This will note a talk in a thread of theirs, or in a new one for whoever is on duty; gives the thread.

    `message`: drawn with the form; sent twice, it is noted once, and what was changed in between is another note.
    `keeps_promise`: with this talk, what was promised is done, and so is the wish to be called back that stood there. With
    a new wish, the thread waits for the desk. Raises NothingWritten, NotATalk, NoDutyYet, NotReached, NotOpenedHere.
    """
    if talk.door not in NOTED:
        raise NotATalk
    if not talk.text.strip() and not (call_back and call_back.when.strip()):
        raise NothingWritten
    message = with_words(message, repr((_written(talk), call_back)))
    noted = Message.objects.filter(pk=message).values_list("consultation", flat=True).first()
    if noted is not None:
        return noted
    if thread_id is not None:
        locked = lock_for(hand, thread_id, at=at)
    else:
        locked = _begin(hand, desk_id, talk, at)
    thread = locked.thread
    write_by_staff(locked, message, _written(talk), door=talk.door, by=hand.id, at=at)
    if read_danger(talk.text).is_crisis:
        raise_danger(locked)
    if keeps_promise:
        _keep_promise(locked)
    if call_back is not None and call_back.when.strip():
        _wait_for_call(locked, call_back, at)
        thread.revision += 1  # the person sees a promise
    _count_contact(thread, at)
    marked(thread).save()
    note("talk_noted", thread, hand.id, at, door=talk.door)
    return thread.pk


@transaction.atomic
def note_letter(
    *,
    hand: Hand,
    thread_id: UUID,
    message: UUID,
    text: str,
    address: str,
    is_wished: bool,
    at: datetime,
    to_name: str = "",
    keeps_promise: bool = False,
) -> bool:
    """This will note a letter on paper that is about to be printed; False where it was noted before.

    Address and name pass the gate, each time anew, and are kept nowhere. `is_wished`: the person wishes for letters.
    `keeps_promise`: as in `note_talk`. Raises NotThatWay, OtherWordsWent, NothingWritten, NotReached, NotOpenedHere; then
    nothing may be printed.
    """
    locked = lock_for(hand, thread_id, at=at)
    if not text.strip():
        raise NothingWritten
    to, printed = Address(address, wrote_by=is_wished), f"{to_name}\n{text}"
    refusal = may_send(reachable_of(locked), Door.LETTER, to, at, by_hand=True, text=printed)
    if refusal is not None:
        raise NotThatWay(refusal)
    before = words_under(locked, message)
    if before == text:
        return False
    if before is not None:
        raise OtherWordsWent
    write_by_staff(locked, message, text, door=Door.LETTER, by=hand.id, at=at)
    if keeps_promise:
        _keep_promise(locked)
    _count_contact(locked.thread, at)
    marked(locked.thread).save()
    note("letter_printed", locked.thread, hand.id, at)
    return True


def _keep_promise(locked: LockedThread) -> None:
    """Like an answer: nobody waits for the desk any more. The person's page says so, and shows nothing of the talk."""
    wishes, thread = wishes_of(locked), locked.thread
    if wishes.call_back.when:
        write_wishes(locked, replace(wishes, call_back=CallBack()))
    answered(thread)
    thread.revision += 1


def _count_contact(thread: Consultation, at: datetime) -> None:
    """The days of keeping begin anew; a page of the person is not stirred by what only staff see."""
    thread.last_date = day_of(at)
    thread.expires_date = keep_until(thread.last_date, thread.keep)
    thread.save()


def _begin(hand: Hand, desk_id: UUID | None, talk: Talk, at: datetime) -> LockedThread:
    desk = _desk(hand, desk_id)
    duty = holder(Holder.DUTY, f"desk:{desk.pk}")
    if duty is None:
        raise NoDutyYet
    case, day = uuid4(), day_of(at)
    opened = begin_case(case=case, readers=[duty, *house()], on=day).opened
    thread = Consultation(
        id=case,
        desk=desk,
        door=talk.door,
        who=talk.who if talk.who in Who.values else "",
        state=State.WAITING_PERSON,
        opened_date=day,
        last_date=day,
        keep=keep_without_words(desk.keep_default),
        expires_date=keep_until(day, keep_without_words(desk.keep_default)),
    )
    thread.save(force_insert=True)
    return LockedThread(thread, opened)


def _desk(hand: Hand, desk_id: UUID | None) -> Desk:
    found = [one for one in hand.desks if desk_id in (None, one.pk)]
    if not found:
        raise NoDutyYet
    return found[0]


def _wait_for_call(locked: LockedThread, call_back: CallBack, at: datetime) -> None:
    wishes, thread = wishes_of(locked), locked.thread
    write_wishes(locked, replace(wishes, call_back=call_back))
    if thread.state != State.WAITING_STAFF or thread.reply_by is None:
        desk = receiving_desk(at=at, desk_id=thread.desk_id, even_in_set_up=True)
        thread.reply_by, thread.missed = desk.reply_by if desk else None, 0
    thread.state = State.WAITING_STAFF


# Part of the note itself, in the language records here are kept in.
_DOORS: Final = {
    Door.PHONE: "電話", Door.COUNTER: "来所", Door.VISIT: "訪問", Door.LETTER: "手紙・メモ", Door.VIDEO: "オンライン",
}  # fmt: skip
_WHO: Final = {
    Who.SELF: "ご本人",
    Who.FAMILY: "ご家族",
    Who.TOGETHER: "ご本人とご家族",
    Who.FRIEND: "友人・知人",
    Who.WORKER: "支援の方",
}


def _written(talk: Talk) -> str:
    """Who and how long stand in the note and are sealed with it: no column tells them."""
    head = [_DOORS[Door(talk.door)]]
    head.append(_WHO[Who(talk.who)] if talk.who in Who.values else "名のらない方")
    if talk.minutes:
        head.append(f"{talk.minutes}分")
    return "\n\n".join(part for part in (f"［{'・'.join(head)}］", talk.text.strip()) if part)
