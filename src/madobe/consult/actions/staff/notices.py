"""Neutral notices: to a person who asked for them, and to whoever is on duty. Neither carries a word of a thread."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from madobe.accounts.models import User
from madobe.channels.email.sending import LetterDidNotGo, MailIsNotSetUp, send_notice
from madobe.consult.choices import State
from madobe.consult.colleagues import colleagues
from madobe.consult.doors import reachable_of
from madobe.consult.models import Care, Consultation
from madobe.consult.quiet import waits_in_quiet
from madobe.consult.reach import Hand, reachable
from madobe.consult.rules.contact import Contact
from madobe.consult.rules.doors.gate import Address, Refusal, may_tell
from madobe.consult.thread import LockedThread
from madobe.desks.models import Desk
from madobe.desks.queries import on_duty
from madobe.desks.rules.opening import is_staffed_at

NEAR: Final = timedelta(hours=3)  # a promise somebody who coordinates hears of
AT_ONCE: Final = 20  # notices one look at the list sends at most
LOOKED_AT: Final = 200  # of how many: whose hours are quiet, only their own key tells


def notify_person(contact: Contact) -> None:
    """This will send 「お知らせがあります」 to the address somebody gave for it, and nothing else (trust.md E19).

    Raises MailIsNotSetUp, LetterDidNotGo.
    """
    with override("ja"):
        send_notice(contact.notice_to)


def notice_after(*, hand: Hand, thread_id: UUID, at: datetime) -> None:
    """This will let the person know of an answer if they wished that; in quiet hours it waits (`send_due_notices`)."""
    found = reachable(hand, at=at).filter(pk=thread_id, contact__isnull=False).first()
    if found is None:
        return
    opened = hand.keyring.open_all([found.pk]).get(found.pk)
    if opened is not None and reachable_of(LockedThread(found, opened)).contact.notice_to:
        Care.objects.update_or_create(consultation=found, defaults={"notice_due": True})
        send_due_notices(hand=hand, at=at, threads=[found.pk])


def send_due_notices(*, hand: Hand, at: datetime, threads: Iterable[UUID] | None = None) -> int:
    """This will send what has waited for a loud hour, of threads this person opens. Gives how many went out.

    The address lies sealed with the thread, so it waits for somebody whose key is open: nothing else could read it.
    What the person's wishes never let out is no longer due.
    """
    due = reachable(hand, at=at).filter(care__notice_due=True).select_related("desk")
    if threads is not None:
        due = due.filter(pk__in=list(threads))
    found = {one.pk: one for one in due[:LOOKED_AT]}
    opened = hand.keyring.open_all(list(found)) if found else {}
    loud = (LockedThread(found[case], key) for case, key in opened.items())
    going = [one for one in loud if _may_go_now(one, at)]
    return sum(_send_due(one) for one in going[:AT_ONCE])


def tell_duty(at: datetime) -> int:
    """This will tell whoever is on duty in opening hours that something has come: 「窓辺に1件」, danger apart.

    Each letter once; and who coordinates, that a promise is near, before it is missed (domain.md §6.3). Gives how many
    mails went out.
    """
    if not settings.MAIL:
        return 0
    sent = 0
    for desk in Desk.objects.filter(is_open=True):
        if is_staffed_at(desk.calendar(), at):
            sent += _tell_desk(desk, at) + _tell_leads(desk, at)
    return sent


def _tell_desk(desk: Desk, at: datetime) -> int:
    waiting = Consultation.objects.filter(desk=desk, owner="", state=State.WAITING_STAFF, held="")
    waiting = waiting.exclude(waits_in_quiet(at=at)).select_related("care")
    new = [one for one in waiting if one.messages_count > _told(one)]
    members = [one.removeprefix("staff:") for one in on_duty(desk.pk, at)]
    people = list(User.objects.filter(pk__in=members, is_active=True))
    if not new or not people:
        return 0
    for one in new:
        Care.objects.update_or_create(consultation=one, defaults={"told_count": one.messages_count})
    return sum(_mail(user, subject) for user in people for subject in _subjects(new, user))


def _tell_leads(desk: Desk, at: datetime) -> int:
    near = Consultation.objects.filter(
        desk=desk, state=State.WAITING_STAFF, held="", reply_by__gt=at, reply_by__lt=at + NEAR
    ).select_related("care")
    new = [
        one for one in near if not hasattr(one, "care") or one.care.lead_told_for != one.reply_by
    ]
    leads = [one.id.removeprefix("staff:") for one in colleagues(desk) if one.is_coordinator]
    people = list(User.objects.filter(pk__in=leads, is_active=True))
    if not new or not people:
        return 0
    for one in new:
        Care.objects.update_or_create(consultation=one, defaults={"lead_told_for": one.reply_by})
    sent = 0
    for user in people:
        with override(user.language):
            sent += _mail(user, _("窓辺に、約束の近いものが%(count)s件") % {"count": len(new)})
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


def _told(thread: Consultation) -> int:
    return thread.care.told_count if hasattr(thread, "care") else 0


def _may_go_now(found: LockedThread, at: datetime) -> bool:
    """The gate is asked at the moment of sending: what it does not let out now waits, or never goes."""
    who = reachable_of(found)
    refusal = may_tell(who, Address(who.contact.notice_to, wrote_by=True), at)
    if refusal not in (None, Refusal.QUIET):
        Care.objects.filter(consultation=found.thread).update(notice_due=False)
    return refusal is None


def _send_due(found: LockedThread) -> bool:
    """First taken off the list, then sent: two who look at once send one notice. What does not go out stays due."""
    thread = found.thread
    if not Care.objects.filter(consultation=thread, notice_due=True).update(notice_due=False):
        return False
    try:
        notify_person(reachable_of(found).contact)
    except (MailIsNotSetUp, LetterDidNotGo):
        Care.objects.filter(consultation=thread).update(notice_due=True)
        return False
    return True
