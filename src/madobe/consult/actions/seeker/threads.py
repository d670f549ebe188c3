"""What somebody does with their thread besides writing: rest, set aside, be reached otherwise, erase."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from uuid import uuid4

from django.db import IntegrityError, transaction

from madobe.consult.actions.erasing import finish_erasing, mark_for_erasing
from madobe.consult.actions.seeker.letters import say_anew, set_aside_in, touch, write_contact
from madobe.consult.choices import Author, State
from madobe.consult.doors import emptied_homes
from madobe.consult.models import ChangeRequest, Consultation, PersonDraft, Receipt
from madobe.consult.rules import drafts
from madobe.consult.rules.aside import with_aside
from madobe.consult.rules.contact import Contact, dumped
from madobe.consult.rules.drafts import SetAside
from madobe.consult.sealed import CONTACT, DRAFT
from madobe.consult.thread import LockedThread, address_of, find_thread, lock_thread
from madobe.consult.times import day_of
from madobe.desks.queries import ReceivingDesk
from madobe.desks.rules.keeping import keep_until
from madobe.vault.actions.cases import TraceIsLeft, begin_case, shred_case
from madobe.vault.installed import ask_key_store, pepper
from madobe.vault.rules.receipt_keys import receipt_pair


def set_aside_first(
    *,
    text: str,
    secret: bytes,
    desk: ReceivingDesk,
    at: datetime,
    contact: Contact = Contact(),  # noqa: B008 (frozen)
    keep: str = "",
    who: str = "",
    wishes: Sequence[str] = (),
) -> None:
    """This will keep an unfinished first letter under the words of its form, with all that was chosen beside it.

    Nobody but these words can open it.
    """
    day = day_of(at)
    pair = receipt_pair(secret, pepper())
    case = uuid4()
    thread = Consultation(
        id=case,
        desk_id=desk.id,
        state=State.SET_ASIDE,
        opened_date=day,
        last_date=day,
        keep=keep or desk.keep_default,
    )
    thread.expires_date = keep_until(day, thread.keep)
    try:
        with transaction.atomic():
            begun = begin_case(case=case, readers=[], own=[pair.public], on=day)
            if not contact.is_empty():
                thread.contact = begun.opened.seal(CONTACT, case, dumped(contact))
            thread.save(force_insert=True)
            Receipt(
                id=address_of(secret), consultation=thread, public=pair.public, blob=begun.own[0]
            ).save(force_insert=True)
            aside = SetAside(text, who, tuple(wishes))
            _keep_draft(LockedThread(thread, begun.opened), aside, on=day)
    except IntegrityError:
        shred_case(case)
        set_aside(
            text=text,
            contact=contact,
            keep=keep,
            who=who,
            wishes=wishes,
            secret=secret,
            at=at,
            is_first=True,
        )


def set_aside(
    *,
    text: str,
    secret: bytes,
    at: datetime,
    contact: Contact = Contact(),  # noqa: B008 (frozen)
    who: str = "",
    wishes: Sequence[str] = (),
    shown: str | None = None,
    is_first: bool = False,
    keep: str = "",
) -> None:
    """This will keep an unfinished letter in the thread of these words, and what was chosen. Raises NoSuchThread.

    `shown`: the mark of the set-aside letter that stood in its form (rules.aside); another one is kept together with it.
    `is_first`: it comes in the form its words were drawn for, which says all of how somebody is reached, and `keep`.
    """
    day = day_of(at)
    with transaction.atomic():
        locked = lock_thread(secret=secret, on=day)
        if is_first and locked.thread.state == State.SET_ASIDE:
            say_anew(locked, contact, keep)
        if not contact.is_empty():
            write_contact(locked, contact)
        touch(locked.thread, on=day)
        locked.thread.save()
        text = with_aside(set_aside_in(locked), text, shown=shown)
        _keep_draft(locked, SetAside(text, who, tuple(wishes)), on=day)


def rest(*, secret: bytes, at: datetime) -> None:
    """This will let a thread rest: open, unhurried, without anybody waiting. Raises NoSuchThread."""
    with transaction.atomic():
        thread = lock_thread(secret=secret, on=day_of(at)).thread
        if thread.state != State.SET_ASIDE:
            thread.state, thread.reply_by, thread.missed = State.RESTING, None, 0
        touch(thread, on=day_of(at))
        thread.save()


def ask_for_another(*, secret: bytes, kind: str, at: datetime) -> None:
    """This will ask for another counsellor or place: no reason, and whoever answers now is not told (domain.md §6.4).

    Asked twice, it is one wish, and the kind said last holds. Where nobody has taken the thread, it is whoever wrote last
    that somebody else is wished for. Raises NoSuchThread.
    """
    with transaction.atomic():
        thread = lock_thread(secret=secret, on=day_of(at)).thread
        wish = thread.change_requests.filter(settled_date__isnull=True)
        if not wish.update(kind=kind):
            ChangeRequest.objects.create(
                consultation=thread,
                kind=kind,
                asked_date=day_of(at),
                owner_then=thread.owner or _wrote_last(thread),
            )
        touch(thread, on=day_of(at))
        thread.save()


def _wrote_last(thread: Consultation) -> str:
    """Who answered last; "" where nobody did."""
    answers = thread.messages.filter(author=Author.STAFF).exclude(by="").order_by("-number")
    return answers.values_list("by", flat=True).first() or ""


def change_contact(*, secret: bytes, contact: Contact, keep: str, at: datetime) -> None:
    """This will note anew how somebody wishes to be reached and how long the words work. Raises NoSuchThread."""
    with transaction.atomic():
        locked = lock_thread(secret=secret, on=day_of(at))
        write_contact(locked, contact)
        if keep:
            locked.thread.keep = keep
        touch(locked.thread, on=day_of(at))
        locked.thread.save()


def erase(*, secret: bytes, at: datetime) -> None:
    """This will erase a thread and those that were put into it: the key first, for good, then every row.

    A tombstone keeps that each of them was. From the mark on nobody reaches them; cut off, the upkeep does the rest.
    Raises NoSuchThread, KeyStoreIsNotOurs.
    """
    ask_key_store()
    found, day = find_thread(secret=secret, on=day_of(at)), day_of(at)
    cases = [one.pk for one in (*emptied_homes(found), found.thread)]
    with transaction.atomic():
        for case in cases:
            mark_for_erasing(case, by_person=True, on=day)
    for case in cases:  # somebody who reads the key store just then: it goes with the upkeep
        with suppress(TraceIsLeft):
            finish_erasing(case, on=day)


def _keep_draft(locked: LockedThread, aside: SetAside, *, on: date) -> None:
    case = locked.thread.pk
    draft = PersonDraft.objects.filter(pk=case).first() or PersonDraft(pk=case, version=0)
    draft.version += 1
    draft.saved_date = on
    plain = drafts.dumped(aside)
    draft.body = locked.opened.seal_text(DRAFT, case, plain, version=draft.version)
    draft.save()
