"""Answering: once, with nothing that arrived meanwhile passed over, and honestly about time."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from django.db import transaction

from madobe.consult.actions.seeker.letters import touch
from madobe.consult.actions.staff.drafts import asked_draft, draft_text, keep
from madobe.consult.actions.staff.errors import StaffRefusal, marked, note
from madobe.consult.actions.staff.notices import notice_after
from madobe.consult.choices import Author, State
from madobe.consult.colleagues import is_learning
from madobe.consult.doors import reads_here
from madobe.consult.models import Consultation, Message, StaffDraft
from madobe.consult.reach import Hand, lock_for
from madobe.consult.sealed import BODY
from madobe.consult.thread import LockedThread
from madobe.consult.times import day_of
from madobe.desks.models import Desk
from madobe.desks.rules.promise import MOST_REPLY_DAYS
from madobe.directory.rules.hours import JAPAN

LATEST: Final = MOST_REPLY_DAYS  # days a new promise may lie ahead


class NewLetterArrived(StaffRefusal):
    """Something was added since the page was drawn. What was typed is kept as a draft; both are shown."""


class ASecondPairLooks(StaffRefusal):
    """They are learning here: a colleague looks before it goes out. What was typed is kept as a draft."""


class NothingWritten(StaffRefusal):
    """An answer has at least a word."""


class NotADayToPromise(StaffRefusal):
    """The day is past, far ahead, or the desk is closed then."""


class OtherWordsWent(StaffRefusal):
    """The same form was sent before, with other words; those stand. What was typed now is kept as a draft."""


class NobodyReadsHere(StaffRefusal):
    """Whoever this is for has no 合言葉, so they would never see what is written here: it goes out by another way."""


@dataclass(frozen=True)
class Draft:
    """What is sent. `message`: drawn with the form. `seen`: how many messages its page showed."""

    message: UUID
    seen: int
    text: str

    def __repr__(self) -> str:
        return f"Draft({self.message})"


def reply(*, hand: Hand, thread_id: UUID, draft: Draft, at: datetime) -> bool:
    """This will answer on the person's own page; False where this very answer was sent before. Its draft is gone then,
    and only then.

    Raises OtherWordsWent, NobodyReadsHere, NewLetterArrived, ASecondPairLooks, NothingWritten, NotReached, NotOpenedHere.
    """
    refused: StaffRefusal | None = None
    with transaction.atomic():
        locked = lock_for(hand, thread_id, at=at)
        thread = locked.thread
        before = words_under(locked, draft.message)
        if before == draft.text:
            return False
        if not draft.text.strip():
            raise NothingWritten
        if before is not None:
            refused = OtherWordsWent()
        elif thread.messages_count != draft.seen:
            refused = NewLetterArrived()
        elif is_learning(thread.desk, hand.id):
            refused = ASecondPairLooks()
        elif not reads_here(thread):
            refused = NobodyReadsHere()
        if refused is not None:
            keep(locked, hand.id, draft.text, at=at)
        else:
            _send(locked, draft.message, draft.text, by=hand.id, at=at)
            StaffDraft.objects.filter(consultation=thread, member=hand.id).delete()
    if refused is not None:
        raise refused
    notice_after(hand=hand, thread_id=thread_id, at=at)
    return True


def send_for(
    *, hand: Hand, thread_id: UUID, draft_id: UUID, version: int, seen: int, at: datetime
) -> None:
    """This will send a colleague's draft after a look at it, in their name; the trail says who looked.

    `version`: of the words that were looked at. Raises NobodyReadsHere, NothingToLookAt, OtherThanLookedAt, NewLetterArrived, ASecondPairLooks, NotReached, NotOpenedHere.
    """
    with transaction.atomic():
        locked = lock_for(hand, thread_id, at=at)
        if is_learning(locked.thread.desk, hand.id):
            raise ASecondPairLooks
        check_reads_here(locked.thread)
        draft = asked_draft(locked, draft_id, other_than=hand.id, version=version)
        if locked.thread.messages_count != seen:
            raise NewLetterArrived
        # The draft's own id: looked at by two at once, it still goes out once.
        _send(locked, draft.pk, draft_text(locked, draft), by=draft.member, at=at)
        note("looked_and_sent", locked.thread, hand.id, at, writer=draft.member)
        draft.delete()
    notice_after(hand=hand, thread_id=thread_id, at=at)


def answer_later(
    *, hand: Hand, thread_id: UUID, message: UUID, day: date, at: datetime
) -> datetime:
    """This will say 「まだ考えています」 with a new day and hour, which is what is promised from then on.

    Gives that moment. Sent twice, it is said once. Raises OtherWordsWent, NobodyReadsHere, NotADayToPromise, NotReached, NotOpenedHere.
    """
    promised, is_new = _say_later(hand, thread_id, message, day, at)
    if is_new:
        notice_after(hand=hand, thread_id=thread_id, at=at)
    return promised


@transaction.atomic
def _say_later(
    hand: Hand, thread_id: UUID, message: UUID, day: date, at: datetime
) -> tuple[datetime, bool]:
    locked = lock_for(hand, thread_id, at=at)
    thread = locked.thread
    check_reads_here(thread)
    promised = moment_of_promise(thread.desk, day, at)
    text = still_thinking(promised)
    before = words_under(locked, message)
    if before == text:
        return promised, False
    if before is not None:
        raise OtherWordsWent
    _add(locked, message, text, by=hand.id, at=at)
    thread.reply_by, thread.missed, thread.state = promised, 0, State.WAITING_STAFF
    touch(thread, on=day_of(at))
    thread.save()
    is_no_news(thread)
    note("later", thread, hand.id, at, promised=promised.isoformat())
    return promised, True


def is_no_news(thread: Consultation) -> None:
    """This will not let the line the desk has just written count as news for the desk (`notices.tell_duty`)."""
    care = marked(thread)
    care.told_count += 1
    if care.seen_count == thread.messages_count - 1:  # else a letter came that nobody has seen
        care.seen_count += 1
    care.save()


def words_under(locked: LockedThread, message: UUID) -> str | None:
    """This will give what was written under this id before; None where nothing was."""
    row = Message.objects.filter(pk=message, consultation=locked.thread).first()
    return None if row is None else locked.opened.text(BODY, row.pk, row.body)


# Part of the letter itself, in the language letters here are answered in.
STILL_THINKING: Final = "まだ考えています。{month}月{day}日（{weekday}）{hour} ごろまでに書きます。"


def still_thinking(promised: datetime) -> str:
    """This will give the words for a new promise; `promised` in the time of Japan."""
    return STILL_THINKING.format(
        month=promised.month, day=promised.day, weekday="月火水木金土日"[promised.weekday()],
        hour=f"{promised:%H:%M}",
    )  # fmt: skip


def check_reads_here(thread: Consultation) -> None:
    """This will raise NobodyReadsHere where nobody has the words that open this thread."""
    if not reads_here(thread):
        raise NobodyReadsHere


def _send(locked: LockedThread, message: UUID, text: str, *, by: str, at: datetime) -> None:
    thread = locked.thread
    _add(locked, message, text, by=by, at=at)
    thread.state, thread.reply_by, thread.missed = State.WAITING_PERSON, None, 0
    touch(thread, on=day_of(at))
    thread.save()
    marked(thread).save()
    note("answered", thread, by, at)


def _add(locked: LockedThread, message: UUID, text: str, *, by: str, at: datetime) -> None:
    thread = locked.thread
    thread.messages_count += 1
    Message(
        id=message,
        consultation=thread,
        number=thread.messages_count,
        author=Author.STAFF,
        by=by,
        written_date=day_of(at),
        written_at=at,
        body=locked.opened.seal_text(BODY, message, text),
    ).save(force_insert=True)


def moment_of_promise(desk: Desk, day: date, at: datetime) -> datetime:
    """This will give the hour of a promise on that day: the desk's own, or the end of its opening.

    Raises NotADayToPromise.
    """
    ahead = (day - day_of(at)).days
    spans = desk.calendar().spans(day) if 0 <= ahead <= LATEST else ()
    if not spans:
        raise NotADayToPromise
    wished = desk.reply_time.hour * 60 + desk.reply_time.minute
    minute = min(wished, spans[-1][1], 23 * 60 + 59)
    moment = datetime.combine(day, time(minute // 60, minute % 60), JAPAN)
    if moment <= at:
        raise NotADayToPromise
    return moment
