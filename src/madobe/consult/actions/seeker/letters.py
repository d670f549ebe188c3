"""Taking in a letter: durable before anybody is told so, once however often it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from madobe.consult.choices import Author, State
from madobe.consult.danger import raise_danger
from madobe.consult.models import Attachment, Consultation, Message, PersonDraft, Receipt
from madobe.consult.rules.aside import is_held
from madobe.consult.rules.contact import Contact, dumped
from madobe.consult.rules.crisis import Danger
from madobe.consult.rules.drafts import loaded
from madobe.consult.sealed import BODY, CONTACT, DRAFT, FILE
from madobe.consult.thread import LockedThread, address_of, lock_thread
from madobe.consult.times import day_of
from madobe.desks.queries import ReceivingDesk
from madobe.desks.rules.keeping import keep_until
from madobe.vault.actions.cases import begin_case, give_case, shred_case
from madobe.vault.choices import Holder
from madobe.vault.granting import KeyIsRetired, with_keys_of_now
from madobe.vault.holders import HOUSE
from madobe.vault.installed import pepper
from madobe.vault.models import HolderKey
from madobe.vault.rules.open_case import OpenCase
from madobe.vault.rules.receipt_keys import receipt_pair


class File(Protocol):
    """A picture or paper that was made safe (rules.attachments)."""

    @property
    def kind(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def data(self) -> bytes: ...
    @property
    def removed(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Letter:
    """What somebody sends. Its repr shows nothing of it."""

    text: str = field(repr=False)
    who: str = ""
    wishes: tuple[str, ...] = ()
    contact: Contact = field(default=Contact(), repr=False)
    files: Sequence[File] = field(default=(), repr=False)
    keep: str = ""
    danger: Danger = field(default=Danger(), repr=False)

    @property
    def is_urgent(self) -> bool:
        """Whether somebody on duty sees it first."""
        return self.danger.is_crisis

    def parts(self) -> tuple[bytes, ...]:
        """This will give everything that makes it this letter and no other."""
        return self.text.encode(), *(file.data for file in self.files)


@dataclass(frozen=True)
class Received:
    """That a letter is there: by when it is answered, until when its words work (None: until it is erased)."""

    case: UUID
    reply_by: datetime | None
    expires_date: date | None


class DeskIsNotOpen(Exception):
    """Nobody holds a key of this desk yet, so nobody could read a letter."""


@with_keys_of_now
def receive_letter(
    *,
    letter: Letter,
    secret: bytes,
    message: UUID,
    desk: ReceivingDesk,
    at: datetime,
    held: str = "",
) -> Received:
    """This will take in a first letter under the words drawn for its form, and give its thread.

    Sent a second time, nothing is stored twice; sent again with other words, those are added. Raises DeskIsNotOpen.
    """
    pair = receipt_pair(secret, pepper())  # before the transaction: nothing is derived inside it
    day = day_of(at)
    case = uuid4()
    thread = Consultation(
        id=case,
        desk_id=desk.id,
        who=letter.who,
        wishes=" ".join(letter.wishes),
        state=State.WAITING_STAFF,
        is_urgent=letter.is_urgent,
        held=held,
        opened_date=day,
        last_date=day,
        keep=letter.keep or desk.keep_default,
        reply_by=desk.reply_by,
        messages_count=1,
    )
    thread.expires_date = keep_until(day, thread.keep)
    try:
        with transaction.atomic():
            begun = begin_case(case=case, readers=_readers_known(desk), own=[pair.public], on=day)
            if not letter.contact.is_empty():
                thread.contact = begun.opened.seal(CONTACT, case, dumped(letter.contact))
            thread.save(force_insert=True)
            Receipt(
                id=address_of(secret), consultation=thread, public=pair.public, blob=begun.own[0]
            ).save(force_insert=True)
            _add(thread, begun.opened, letter, message, number=1, on=day)
    except KeyIsRetired:
        _KNOWN.pop(desk.id, None)
        raise
    except IntegrityError:
        shred_case(case)
        return add_letter(
            letter=letter, secret=secret, message=message, desk=desk, at=at, shown="", is_first=True
        )
    return _received(thread)


@with_keys_of_now
def add_letter(
    *,
    letter: Letter,
    secret: bytes,
    message: UUID,
    desk: ReceivingDesk,
    at: datetime,
    shown: str | None = None,
    is_first: bool = False,
) -> Received:
    """This will add a letter to the thread of these words. Raises NoSuchThread, DeskIsNotOpen.

    `shown`: the mark of the set-aside letter that stood in its form (rules.aside); another one stays where it is.
    `is_first`: it comes in the form its words were drawn for, which says all of how somebody is reached.
    """
    day = day_of(at)
    with transaction.atomic():
        locked = lock_thread(secret=secret, on=day)
        thread = locked.thread
        if thread.messages.filter(pk=message).exists():
            return _received(thread)
        if (
            thread.state == State.SET_ASIDE
        ):  # begun under these words, sent now: from here on it has readers
            give_case(locked.opened, to=_readers(desk))
            thread.who, thread.wishes = letter.who, " ".join(letter.wishes)
            if is_first:
                say_anew(locked, letter.contact, letter.keep)
        thread.messages_count += 1
        _add(thread, locked.opened, letter, message, number=thread.messages_count, on=day)
        if not letter.contact.is_empty():
            write_contact(locked, letter.contact)
        if thread.state != State.WAITING_STAFF or thread.reply_by is None:
            # A promise once made does not move because somebody has written more.
            thread.reply_by, thread.missed = desk.reply_by, 0
        thread.state = State.WAITING_STAFF
        if letter.is_urgent:
            raise_danger(locked)
        touch(thread, on=day)
        thread.save()
        if is_held(set_aside_in(locked), letter.text, shown=shown):
            PersonDraft.objects.filter(consultation=thread).delete()
    return _received(thread)


def set_aside_in(locked: LockedThread) -> str:
    """This will give what was set aside in a thread."""
    draft = PersonDraft.objects.filter(pk=locked.thread.pk).first()
    if draft is None:
        return ""
    return loaded(locked.opened.text(DRAFT, draft.pk, draft.body, version=draft.version)).text


def write_contact(locked: LockedThread, contact: Contact) -> None:
    """This will note how somebody wishes to be reached, on the row that is about to be saved."""
    thread = locked.thread
    thread.contact_version += 1
    thread.contact = locked.opened.seal(
        CONTACT, thread.pk, dumped(contact), version=thread.contact_version
    )


def say_anew(locked: LockedThread, contact: Contact, keep: str) -> None:
    """This will let a first form that is given once more stand for what it said before: also what is empty in it now."""
    thread = locked.thread
    if contact.is_empty():
        thread.contact = None
    thread.keep = keep or thread.keep


def touch(thread: Consultation, *, on: date) -> None:
    """This will count a visit: the days of keeping begin anew, and pages of the thread are drawn anew."""
    thread.last_date = on
    thread.expires_date = keep_until(on, thread.keep)
    thread.revision += 1


def note_visit(thread: Consultation, *, on: date) -> None:
    """This will move the date until which the words work; once a day, so that looking costs no writing."""
    if thread.last_date < on:
        thread.last_date, thread.expires_date = on, keep_until(on, thread.keep)
        Consultation.objects.filter(pk=thread.pk).update(
            last_date=thread.last_date, expires_date=thread.expires_date
        )


def _received(thread: Consultation) -> Received:
    return Received(thread.pk, thread.reply_by, thread.expires_date)


_KNOWN: dict[UUID, list[HolderKey]] = {}  # by desk


def _readers_known(desk: ReceivingDesk) -> list[HolderKey]:
    """The readers a process remembers. Each has one living key, and no case begins with one that is retired
    (`granting.hold_living`): while both are living, there are no others. Asking anew is a tenth of what a letter costs.
    """
    if desk.id not in _KNOWN:
        found = _readers(desk)
        if {one.kind for one in found} != {Holder.DUTY, Holder.RECOVERY}:
            return found  # one more could come without any being retired
        _KNOWN[desk.id] = found
    return _KNOWN[desk.id]


def _readers(desk: ReceivingDesk) -> list[HolderKey]:
    """Whoever is on duty, and the house on paper."""
    found = list(
        HolderKey.objects.filter(
            retired_at__isnull=True,
            kind__in=[Holder.DUTY, Holder.RECOVERY],
            owner__in=[f"desk:{desk.id}", HOUSE],
        )
    )
    if not any(one.kind == Holder.DUTY for one in found):
        raise DeskIsNotOpen
    return found


def _add(
    thread: Consultation,
    opened: OpenCase,
    letter: Letter,
    message: UUID,
    *,
    number: int,
    on: date,
) -> None:
    Message(
        id=message,
        consultation=thread,
        number=number,
        author=Author.PERSON,
        written_date=on,
        body=opened.seal_text(BODY, message, letter.text),
    ).save(force_insert=True)
    for place, file in enumerate(letter.files, start=1):
        row = uuid4()
        Attachment(
            id=row,
            message_id=message,
            consultation=thread,
            number=place,
            kind=file.kind,
            media_type=file.media_type,
            removed=" ".join(file.removed),
            data=opened.seal(FILE, row, file.data),
        ).save(force_insert=True)
