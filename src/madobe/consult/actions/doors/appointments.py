"""Talking and meeting: times are offered, the person chooses, says that none fits, or cancels without a reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from madobe.consult.actions.doors.outgoing import Errand, answered, carry, write_by_staff
from madobe.consult.actions.seeker.letters import touch, write_contact
from madobe.consult.actions.staff.answers import check_reads_here
from madobe.consult.actions.staff.errors import StaffRefusal, marked, note
from madobe.consult.actions.staff.notices import then_noticed
from madobe.consult.choices import Author, Door, State, Who
from madobe.consult.door_choices import Meeting, Offered
from madobe.consult.doors import reachable_of
from madobe.consult.models import Appointment, Care, Consultation, Message, Offer
from madobe.consult.reach import Hand, lock_for
from madobe.consult.rules.doors.talks import MeetingWords, Span, checked, dumped, loaded
from madobe.consult.sealed import BODY, MEETING_WORDS
from madobe.consult.thread import LockedThread, lock_thread
from madobe.consult.times import day_of
from madobe.desks.queries import receiving_desk
from madobe.directory.rules.hours import JAPAN

DAY_BEFORE: Final = timedelta(days=1)
LIVING: Final = (Offered.OPEN, Offered.ANY, Offered.FIXED)


class NoSuchMeeting(StaffRefusal):
    """There is no such invitation here, or it was answered otherwise meanwhile."""


class TimeIsGone(StaffRefusal):
    """The time has passed, or whoever would be there has something else by now; the other times still stand."""


class NeedsOwnConsent(StaffRefusal):
    """Nobody comes home before the person themselves has agreed to it."""


@dataclass(frozen=True)
class Telling:
    """How the person hears of it. `way`: the ChannelIdentity it goes out by; None: it stands on the person's page.

    `message`: drawn with the form, so that a press made twice tells once. `quietly`: they are told by nobody here, as it
    was agreed by telephone or on paper; only the calendar knows, and no promise ends by it. `seen`: how many messages
    the page showed; where more has come since, the invitation is no answer to that. Without a way and not
    quietly, NobodyReadsHere is raised where they have no page; with one, whatever `outgoing.carry` raises.
    """

    way: UUID | None = None
    message: UUID = field(default_factory=uuid4)
    quietly: bool = False
    seen: int | None = None


@dataclass(frozen=True)
class Preference:
    """What somebody would like; all may be left out. `consents`: to somebody coming home, for themselves.

    `notice_to`: where a notice of the day before goes, said along with the wish for it.
    """

    voice_only: bool = False
    camera_off: bool = False
    wants_notice: bool = False
    consents: bool = False
    notice_to: str = field(default="", repr=False)


@then_noticed
def offer_times(
    *,
    hand: Hand,
    thread_id: UUID,
    kind: Meeting,
    spans: Sequence[Span],
    words: MeetingWords,
    at: datetime,
    telling: Telling | None = None,
) -> UUID:
    """This will invite somebody to talk or meet at one of these times; gives the invitation.

    A family cannot agree for the person: for somebody else's thread, coming home needs the person's own words in
    `words.consent`. Sent twice, they are invited once. Raises NotTimesToOffer, NeedsOwnConsent, NotReached,
    NotOpenedHere, and what `Telling` names.
    """
    telling = telling or Telling()
    row, is_in_full = uuid5(telling.message, "invitation"), telling.way is not None
    times = checked(spans, at=at)
    told = bool(words.consent.strip())

    def invite(locked: LockedThread) -> str:
        thread = locked.thread
        if Appointment.objects.filter(pk=row).exists():
            raise NoSuchMeeting  # the same press once more, where no message tells of it
        if kind == Meeting.HOME and _is_of_another(thread) and not told:
            raise NeedsOwnConsent
        made = Appointment(
            id=row,
            consultation=thread,
            number=_next_number(thread),
            kind=kind,
            member=hand.id,
            offered_at=at,
            consent_date=day_of(at) if kind == Meeting.HOME and told else None,
        )
        made.words = locked.opened.seal(MEETING_WORDS, row, dumped(words))
        made.save(force_insert=True)
        for number, span in enumerate(times, start=1):
            Offer.objects.create(
                appointment=made, number=number, starts_at=span.starts_at, ends_at=span.ends_at
            )
        return _invitation_in_full(kind, times, words) if is_in_full else INVITATION

    def settle(locked: LockedThread, is_told: bool) -> None:
        if is_told:
            answered(locked.thread)
        note("times_offered", locked.thread, hand.id, at, kind=str(kind))

    _tell(hand, thread_id, telling, invite, settle, at)
    return row


@then_noticed
def fix_time(
    *,
    hand: Hand,
    thread_id: UUID,
    meeting_id: UUID,
    number: int,
    at: datetime,
    consent: str = "",
    telling: Telling | None = None,
) -> None:
    """This will fix one of the times: after 「どれでもよい」, or as was agreed in a talk or by letter.

    `consent`: the person's own words, where they agreed in a talk to somebody coming home. Raises NoSuchMeeting,
    TimeIsGone, NeedsOwnConsent, NotReached, NotOpenedHere, and what `Telling` names.
    """
    telling = telling or Telling()
    # Whoever said that any time fits waits for nothing but this; so does whoever chose one in a letter.
    waits_for_this = {telling.way is not None}

    def fix(locked: LockedThread) -> str:
        row = _meeting(locked.thread, pk=meeting_id, state__in=(Offered.OPEN, Offered.ANY))
        waits_for_this.add(_waits_only_for_a_time(locked))
        if consent.strip():
            plain = dumped(MeetingWords(_words(locked, row).where, consent))
            row.consent_date = day_of(at)
            row.words_version += 1
            row.words = locked.opened.seal(MEETING_WORDS, row.pk, plain, version=row.words_version)
        _fix(row, number, at)
        kind = _KINDS[Meeting(row.kind)]
        return FIXED.format(when=_said(row.starts_at), kind=kind)

    def settle(locked: LockedThread, is_told: bool) -> None:
        if is_told and any(waits_for_this):
            answered(locked.thread)
        note("time_fixed", locked.thread, hand.id, at, kind=_kind_of(meeting_id))

    _tell(hand, thread_id, telling, fix, settle, at)


@then_noticed
def call_off(
    *,
    hand: Hand,
    thread_id: UUID,
    meeting_id: UUID,
    at: datetime,
    telling: Telling | None = None,
) -> None:
    """This will take an invitation or a fixed time back. Raises NoSuchMeeting, NotReached, NotOpenedHere, and what
    `Telling` names.
    """

    def end(locked: LockedThread) -> str:
        _end(_meeting(locked.thread, pk=meeting_id, state__in=LIVING), Offered.CANCELLED, at)
        return CALLED_OFF

    def settle(locked: LockedThread, is_told: bool) -> None:
        note("time_called_off", locked.thread, hand.id, at)

    _tell(hand, thread_id, telling or Telling(), end, settle, at)


@transaction.atomic
def choose_time(
    *, secret: bytes, offer: str, at: datetime, preference: Preference = Preference()
) -> bool:
    """This will choose a time by the words of the thread. `offer`: "2.1" = the first time of invitation 2; "2.any".

    False: it is chosen, but a notice was wished for and there is no address. Chosen twice, it is chosen once. Raises NoSuchThread, NoSuchMeeting, TimeIsGone, NeedsOwnConsent.
    """
    locked = lock_thread(secret=secret, on=day_of(at))
    number, _, which = offer.partition(".")
    row = _meeting(locked.thread, number=_whole(number), state__in=LIVING)
    if row.state == Offered.FIXED or (row.state == Offered.ANY and which == "any"):
        return True  # the same press once more; another time is found together
    row.voice_only, row.camera_off = preference.voice_only, preference.camera_off
    wished = preference.wants_notice
    row.wants_notice = wished and _can_be_told(locked, preference.notice_to)
    if row.kind == Meeting.HOME and preference.consents and not _is_of_another(locked.thread):
        row.consent_date = day_of(at)
    if row.kind == Meeting.HOME and row.consent_date is None:
        raise NeedsOwnConsent
    kind = _KINDS[Meeting(row.kind)]
    if which == "any":
        _check_some_lies_ahead(row, at)
        row.state, row.answered_date = Offered.ANY, day_of(at)
        row.save()
        _answer(locked, ANY.format(kind=kind), at, waits=True)
    else:
        _fix(row, _whole(which), at)
        _answer(locked, CHOSEN.format(when=_said(row.starts_at), kind=kind), at, waits=False)
    return row.wants_notice == wished


@transaction.atomic
def none_fits(*, secret: bytes, number: str, at: datetime) -> None:
    """This will say that none of the times of an invitation fits; no reason. Raises NoSuchThread, NoSuchMeeting."""
    locked = lock_thread(secret=secret, on=day_of(at))
    row = _meeting(locked.thread, number=_whole(number), state__in=(Offered.OPEN, Offered.ANY))
    _end(row, Offered.NONE_FITS, at)
    _answer(locked, NONE, at, waits=True)


@transaction.atomic
def cancel(*, secret: bytes, number: str, at: datetime) -> None:
    """This will cancel a time, without a reason, at any moment. Raises NoSuchThread, NoSuchMeeting."""
    locked = lock_thread(secret=secret, on=day_of(at))
    row = _meeting(locked.thread, number=_whole(number), state__in=LIVING)
    row.off_at = row.starts_at  # somebody may be about to set out
    _end(row, Offered.CANCELLED, at)
    _answer(locked, CANCELLED, at, waits=False)


def remind(at: datetime) -> int:
    """This will let a notice without content go out on the day before, to who wished for it; gives how many are due.

    It goes with the notices of answers (actions.staff.notices): in no quiet hours, from whoever has a key open.
    """
    due = Appointment.objects.filter(
        state=Offered.FIXED,
        wants_notice=True,
        noticed=False,
        starts_at__gt=at,
        starts_at__lte=at + DAY_BEFORE,
    )
    done = 0
    for pk, thread in list(due.values_list("pk", "consultation")):
        with transaction.atomic():
            if Appointment.objects.filter(pk=pk, noticed=False).update(noticed=True):
                Care.objects.update_or_create(consultation_id=thread, defaults={"notice_due": True})
                done += 1
    return done


def _tell(
    hand: Hand,
    thread_id: UUID,
    telling: Telling,
    change: Callable[[LockedThread], str],
    settle: Callable[[LockedThread, bool], None],
    at: datetime,
) -> None:
    """What is changed and what is said of it, together: on the person's page, or by a way. `change` gives the words.

    By a way, the change is tried and taken back, the words go out, and only then it stands: a host that does not take
    them leaves everything as it was.
    """
    if telling.way is None:
        _write(hand, thread_id, telling, change, settle, at)
        return

    fits: list[bool] = []  # whether nothing had come since the page was drawn

    def tried(locked: LockedThread) -> str:
        fits.append(telling.seen in (None, locked.thread.messages_count))
        with transaction.atomic():
            text = change(locked)
            transaction.set_rollback(True)
        return text

    def stands(locked: LockedThread, is_last: bool) -> None:
        change(locked)
        settle(locked, is_last and all(fits))

    errand = Errand(telling.message, hand.id, tried, stands)
    carry(hand=hand, thread_id=thread_id, identity_id=telling.way, errand=errand, at=at)


@transaction.atomic
def _write(
    hand: Hand,
    thread_id: UUID,
    telling: Telling,
    change: Callable[[LockedThread], str],
    settle: Callable[[LockedThread, bool], None],
    at: datetime,
) -> None:
    locked = lock_for(hand, thread_id, at=at)
    if not telling.quietly:
        check_reads_here(locked.thread)
    if Message.objects.filter(pk=telling.message, consultation=locked.thread).exists():
        return
    is_last = telling.seen in (None, locked.thread.messages_count)
    text = change(locked)
    if not telling.quietly:
        write_by_staff(locked, telling.message, text, door=Door.WEB, by=hand.id, at=at)
    settle(locked, is_last and not telling.quietly)
    _save(locked.thread, at)


# Part of the letters themselves, in the language letters here are answered in.
INVITATION: Final = "お話しする時間の候補をお送りします。お誘いですので、合わなければ「どれも合わない」をえらべます。理由はいりません。"
# The same where there is no page to choose on: it can be answered as it is.
IN_FULL: Final = (
    "お話しする時間の候補です（{kind}時間です）。お誘いですので、合わなくてもかまいません。\n\n{times}\n\n"
    "{beside}合うものがあれば、番号だけのお返事でだいじょうぶです。「どれでもよい」「どれも合わない」でもかまいません。理由はいりません。"
)
BY_CONSENT: Final = "家にうかがうのは、ご本人がよいと思われたときだけです。"
FIXED: Final = "{when}に、{kind}ことになりました。変えたいとき、やめたいときは、いつでもそうできます。理由はいりません。"
CALLED_OFF: Final = "お送りした時間は、こちらの都合で取りやめになりました。すみません。あらためてご相談させてください。"
CHOSEN: Final = "（{kind}時間は、{when}をえらびました）"
ANY: Final = "（{kind}時間は、どれでもよい）"
NONE: Final = "（お誘いの時間は、どれも合いませんでした）"
CANCELLED: Final = "（予定をやめました）"
_KINDS: Final = {
    Meeting.OFFICE: "窓口で会う", Meeting.PHONE: "電話で話す", Meeting.HOME: "家にうかがう", Meeting.VIDEO: "オンラインで話す",
}  # fmt: skip


def _fix(row: Appointment, number: int, at: datetime) -> None:
    """Two people who choose the same hour of one counsellor: all their invitations are locked, the second is told."""
    list(
        Appointment.objects.select_for_update()
        .filter(member=row.member, state__in=LIVING)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    offer = Offer.objects.filter(appointment=row, number=number).first()
    if offer is None:
        raise NoSuchMeeting
    busy = Appointment.objects.filter(
        member=row.member,
        state=Offered.FIXED,
        starts_at__lt=offer.ends_at,
        ends_at__gt=offer.starts_at,
    ).exclude(pk=row.pk)
    if offer.starts_at <= at or busy.exists():
        raise TimeIsGone
    if row.kind == Meeting.HOME and row.consent_date is None:
        raise NeedsOwnConsent
    row.state, row.answered_date = Offered.FIXED, day_of(at)
    row.starts_at, row.ends_at = offer.starts_at, offer.ends_at
    row.save()


def _end(row: Appointment, state: Offered, at: datetime) -> None:
    row.state, row.answered_date = state, day_of(at)
    row.starts_at = row.ends_at = None
    row.save()


def _waits_only_for_a_time(locked: LockedThread) -> bool:
    """Whether 「どれでもよい」 is all that was said since the desk wrote: then the time is the answer, and no other is owed."""
    last = list(locked.thread.messages.order_by("-number")[:2])
    if [one.author for one in last] != [Author.PERSON, Author.STAFF]:
        return False
    said = locked.opened.text(BODY, last[0].pk, last[0].body)
    return said in {ANY.format(kind=kind) for kind in _KINDS.values()}


def _can_be_told(locked: LockedThread, address: str) -> bool:
    """Whether there is an address for notices; one said just now becomes it, where there was none."""
    known = reachable_of(locked).contact
    if address and not known.notice_to:
        write_contact(locked, replace(known, notice_to=address))
    return bool(address or known.notice_to)


def _check_some_lies_ahead(row: Appointment, at: datetime) -> None:
    if not row.offers.filter(starts_at__gt=at).exists():
        raise TimeIsGone


def _answer(locked: LockedThread, text: str, at: datetime, *, waits: bool) -> None:
    """A line of the person in the thread, so that whoever answers finds it where they look. `waits`: for the desk."""
    thread, row = locked.thread, uuid4()
    thread.messages_count += 1
    Message(
        id=row,
        consultation=thread,
        number=thread.messages_count,
        author=Author.PERSON,
        written_date=day_of(at),
        body=locked.opened.seal_text(BODY, row, text),
    ).save(force_insert=True)
    if waits and (thread.state != State.WAITING_STAFF or thread.reply_by is None):
        desk = receiving_desk(at=at, desk_id=thread.desk_id, even_in_set_up=True)
        thread.reply_by, thread.missed = desk.reply_by if desk else None, 0
        thread.state = State.WAITING_STAFF
    _save(thread, at)


def _save(thread: Consultation, at: datetime) -> None:
    touch(thread, on=day_of(at))
    thread.save()
    marked(thread).save()


def _meeting(thread: Consultation, **which: object) -> Appointment:
    found = Appointment.objects.filter(consultation=thread, **which).first()
    if found is None:
        raise NoSuchMeeting
    return found


def _words(locked: LockedThread, row: Appointment) -> MeetingWords:
    if row.words is None:
        return MeetingWords()
    plain = locked.opened.open(MEETING_WORDS, row.pk, row.words, version=row.words_version)
    return loaded(plain)


def _kind_of(meeting: UUID) -> str:
    return Appointment.objects.values_list("kind", flat=True).get(pk=meeting)


def _invitation_in_full(kind: Meeting, times: Sequence[Span], words: MeetingWords) -> str:
    lines = [
        f"{number}. {_said(one.starts_at)}〜{one.ends_at.astimezone(JAPAN):%H:%M}"
        for number, one in enumerate(times, start=1)
    ]
    beside = [words.where.strip(), BY_CONSENT if kind == Meeting.HOME else ""]
    return IN_FULL.format(
        kind=_KINDS[kind],
        times="\n".join(lines),
        beside="".join(f"{one}\n\n" for one in beside if one),
    )


def _is_of_another(thread: Consultation) -> bool:
    """Whether who writes here writes about somebody else, or not alone: whose tap it was, nobody can tell."""
    return thread.who not in ("", Who.SELF)


def _next_number(thread: Consultation) -> int:
    last = thread.appointments.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise NoSuchMeeting
    return int(text)


def _said(moment: datetime | None) -> str:
    if moment is None:
        raise NoSuchMeeting
    here = moment.astimezone(JAPAN)
    return f"{here.month}月{here.day}日（{'月火水木金土日'[here.weekday()]}）{here:%H:%M}"
