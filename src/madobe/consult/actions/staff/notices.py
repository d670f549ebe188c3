"""Neutral notices: to a person who asked for them, and to whoever is on duty. Neither carries a word of a thread."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import wraps
from typing import Final, ParamSpec, TypeVar, cast
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from madobe.accounts.models import User
from madobe.channels.email.sending import LetterDidNotGo, MailIsNotSetUp, send_notice
from madobe.consult.choices import State
from madobe.consult.colleagues import colleagues, left_behind
from madobe.consult.doors import reachable_of
from madobe.consult.models import Appointment, Care, ChangeRequest, Consultation
from madobe.consult.quiet import waits_in_quiet
from madobe.consult.reach import Hand, reachable
from madobe.consult.rules.contact import Contact
from madobe.consult.rules.doors.gate import Address, Refusal, may_tell
from madobe.consult.thread import LockedThread
from madobe.desks.models import Desk
from madobe.desks.queries import on_duty
from madobe.desks.rules.opening import is_staffed_at

P = ParamSpec("P")
R = TypeVar("R")
NEAR: Final = timedelta(hours=3)  # a promise somebody who coordinates hears of
AT_ONCE: Final = 20  # notices one look at the list sends at most
PATIENCE: Final = timedelta(minutes=10)  # until what did not go is tried again
REFUSED: Final = "SMTPRecipientsRefused"  # this one address; everything else is about the server
HOST: Final = "host"
# In the memory of this process: what did not go, and when. At most as many as wait for a notice.
_tried: Final[dict[UUID | str, datetime]] = {}
LOOKED_AT: Final = 200  # of how many: whose hours are quiet, only their own key tells


def notify_person(contact: Contact) -> None:
    """This will send 「お知らせがあります」 to the address somebody gave for it, and nothing else (trust.md E19).

    Raises MailIsNotSetUp, LetterDidNotGo.
    """
    with override("ja"):
        send_notice(contact.notice_to)


def notice_after(*, hand: Hand, thread_id: UUID, at: datetime) -> None:
    """This will let the person know that something is there for them, if they wished that.

    In quiet hours it waits (`send_due_notices`).
    """
    found = reachable(hand, at=at).filter(pk=thread_id, contact__isnull=False).first()
    if found is None:
        return
    opened = hand.keyring.open_all([found.pk]).get(found.pk)
    if opened is not None and reachable_of(LockedThread(found, opened)).contact.notice_to:
        Care.objects.update_or_create(consultation=found, defaults={"notice_due": True})
        send_due_notices(hand=hand, at=at, threads=[found.pk])


def then_noticed(act: Callable[P, R]) -> Callable[P, R]:
    """This will let the person know, if they wished that, once an act that wrote to them is done and stored."""

    @wraps(act)
    def done(*args: P.args, **said: P.kwargs) -> R:
        result = act(*args, **said)
        hand, at = cast(Hand, said["hand"]), cast(datetime, said["at"])
        notice_after(hand=hand, thread_id=cast(UUID, said["thread_id"]), at=at)
        return result

    return done


def send_due_notices(*, hand: Hand, at: datetime, threads: Iterable[UUID] | None = None) -> int:
    """This will send what has waited for a loud hour, of threads this person opens. Gives how many went out.

    The address lies sealed with the thread, so it waits for somebody whose key is open: nothing else could read it.
    What the person's wishes never let out is no longer due.
    """
    due = reachable(hand, at=at).filter(care__notice_due=True).select_related("desk")
    if threads is not None:
        due = due.filter(pk__in=list(threads))
    if _rests(HOST, at):
        return 0
    found = {one.pk: one for one in due[:LOOKED_AT] if not _rests(one.pk, at)}
    opened = hand.keyring.open_all(list(found)) if found else {}
    loud = (LockedThread(found[case], key) for case, key in opened.items())
    going = [one for one in loud if _may_go_now(one, at)]
    sent = 0
    for one in going[:AT_ONCE]:
        sent += _send_due(one, at)
        if _rests(HOST, at):
            break
    return sent


def _rests(what: UUID | str, at: datetime) -> bool:
    """Whether it did not go a short while ago: a mail server that is away holds up no page more than once."""
    return what in _tried and at < _tried[what] + PATIENCE


def tell_duty(at: datetime) -> int:
    """This will tell in opening hours that something has come: 「窓辺に1件」, danger apart.

    Each letter once, whoever is on duty; of a thread somebody answers, them, and of danger there everybody. Who
    coordinates hears that a promise is near, before it is missed, and that somebody is to be given another counsellor
    or place (domain.md §6.3, §6.4); who is to meet somebody, that the person cancelled it. Gives how many mails went out.
    """
    if not settings.MAIL:
        return 0
    sent = 0
    for desk in Desk.objects.filter(is_open=True):
        if is_staffed_at(desk.calendar(), at):
            sent += _tell_desk(desk, at) + _tell_leads(desk, at)
            sent += _tell_wishes(desk) + _tell_meetings(desk)
    return sent


def _tell_desk(desk: Desk, at: datetime) -> int:
    waiting = Consultation.objects.filter(desk=desk, state=State.WAITING_STAFF, held="", erasing="")
    waiting = waiting.exclude(waits_in_quiet(at=at)).select_related("care")
    duty = _people(on_duty(desk.pk, at))
    users = duty | _people(one.owner for one in waiting if one.owner)
    new: dict[str, list[Consultation]] = {}
    for one in waiting:
        told = [member for member in _to_tell(one, list(duty)) if member in users]
        for member in told:
            new.setdefault(member, []).append(one)
        if told:
            Care.objects.update_or_create(
                consultation=one, defaults={"told_count": one.messages_count}
            )
    return sum(
        _mail(users[member], subject)
        for member, threads in new.items()
        for subject in _subjects(threads, users[member])
    )


def _to_tell(thread: Consultation, duty: list[str]) -> list[str]:
    """Who is told of what is new there, as members; [] where nothing is.

    Of danger everybody on duty is told, whoever answers; of a calm letter whoever answers, once until they have seen it.
    """
    care = thread.care if hasattr(thread, "care") else Care(consultation=thread)
    if care.told_count == thread.messages_count:
        return []
    if not thread.owner or thread.is_urgent:
        gone = left_behind(thread)  # of whom somebody took leave, they are told nothing (E22)
        members = dict.fromkeys([*duty, *([thread.owner] if thread.owner else [])])
        return [one for one in members if one not in gone]
    is_seen = care.seen_count == thread.messages_count
    return [] if is_seen or care.told_count > care.seen_count else [thread.owner]


def _people(members: Iterable[str]) -> dict[str, User]:
    ids = {one.removeprefix("staff:") for one in members}
    return {one.actor_id: one for one in User.objects.filter(pk__in=ids, is_active=True)}


def _tell_leads(desk: Desk, at: datetime) -> int:
    near = Consultation.objects.filter(
        desk=desk,
        state=State.WAITING_STAFF,
        held="",
        erasing="",
        reply_by__gt=at,
        reply_by__lt=at + NEAR,
    ).select_related("care")
    new = [
        one for one in near if not hasattr(one, "care") or one.care.lead_told_for != one.reply_by
    ]
    people = _people(one.id for one in colleagues(desk) if one.is_coordinator)
    if not new or not people:
        return 0
    for one in new:
        Care.objects.update_or_create(consultation=one, defaults={"lead_told_for": one.reply_by})
    sent = 0
    for user in people.values():
        with override(user.language):
            sent += _mail(user, _("窓辺に、約束の近いものが%(count)s件") % {"count": len(new)})
    return sent


def _tell_wishes(desk: Desk) -> int:
    """Who coordinates hears once that something is to be arranged; never who is not to know of it (domain.md §6.4)."""
    wishes = ChangeRequest.objects.filter(
        consultation__desk=desk,
        consultation__erasing="",
        settled_date__isnull=True,
        lead_told=False,
    ).exclude(consultation__state=State.SET_ASIDE)
    here = colleagues(desk)
    users, sent = _people(one.id for one in here), 0
    for wish in wishes.select_related("consultation__care"):
        thread = wish.consultation
        beside = {thread.care.co_holder} if hasattr(thread, "care") else set()
        quiet = {thread.owner, wish.owner_then}
        leads = {one.id for one in here if one.is_coordinator} - quiet
        told = [users[one] for one in sorted(leads or beside - quiet) if one in users]
        if told:
            ChangeRequest.objects.filter(pk=wish.pk).update(lead_told=True)
        for user in told:
            with override(user.language):
                sent += _mail(user, _("窓辺に、調整をお待ちのものが1件"))
    return sent


def _tell_meetings(desk: Desk) -> int:
    """Whoever would have been there, and whoever answers, hears once that a time was cancelled."""
    off = Appointment.objects.filter(
        consultation__desk=desk, consultation__erasing="", off_at__isnull=False, off_told=False
    )
    rows, sent = list(off.select_related("consultation")), 0
    users = _people(one for row in rows for one in (row.member, row.consultation.owner) if one)
    for row in rows:
        told = [users[one] for one in {row.member, row.consultation.owner} if one in users]
        if told:
            Appointment.objects.filter(pk=row.pk).update(off_told=True)
        for user in told:
            with override(user.language):
                sent += _mail(user, _("窓辺に、予定のお知らせが1件"))
    return sent


def _mail(user: User, subject: str) -> int:
    """A mail that did not go is no reason to hold up the others: the list itself shows what waits."""
    try:
        return send_mail(subject, subject, None, [user.email])
    except OSError:
        return 0


def _subjects(new: list[Consultation], user: User) -> list[str]:
    urgent, calm = sum(one.is_urgent for one in new), sum(not one.is_urgent for one in new)
    with override(user.language):
        first = [_("窓辺に%(count)s件（急ぎの当番へ）") % {"count": urgent}] if urgent else []
        return first + ([_("窓辺に%(count)s件") % {"count": calm}] if calm else [])


def _may_go_now(found: LockedThread, at: datetime) -> bool:
    """The gate is asked at the moment of sending: what it does not let out now waits, or never goes."""
    who = reachable_of(found)
    refusal = may_tell(who, Address(who.contact.notice_to, wrote_by=True), at)
    if refusal not in (None, Refusal.QUIET):
        Care.objects.filter(consultation=found.thread).update(notice_due=False)
    return refusal is None


def _send_due(found: LockedThread, at: datetime) -> bool:
    """First taken off the list, then sent: two who look at once send one notice. What does not go out stays due."""
    thread = found.thread
    if not Care.objects.filter(consultation=thread, notice_due=True).update(notice_due=False):
        return False
    try:
        notify_person(reachable_of(found).contact)
    except (MailIsNotSetUp, LetterDidNotGo) as error:
        Care.objects.filter(consultation=thread).update(notice_due=True)
        _tried[thread.pk if REFUSED in error.args else HOST] = at
        return False
    _tried.pop(thread.pk, None)
    return True
