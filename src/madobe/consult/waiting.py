"""Letters for a thread that is there already: taken in sealed, laid into the thread by the next one who has a key."""

import logging
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from hashlib import blake2b
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from madobe.consult.choices import Author
from madobe.consult.models import (
    Attachment,
    Carried,
    ChannelIdentity,
    Consultation,
    Message,
    WaitingFile,
    WaitingLetter,
)
from madobe.consult.rules.attachments import Cleaned
from madobe.consult.rules.doors.came import Came, place_loaded
from madobe.consult.sealed import ADDRESS, BODY, FILE, WAITING, WAITING_FILE
from madobe.consult.thread import LockedThread, lock_row
from madobe.vault.actions.cases import begin_case, shred_case
from madobe.vault.choices import Holder
from madobe.vault.granting import once
from madobe.vault.holders import holders
from madobe.vault.installed import pepper
from madobe.vault.keyring import Keyring
from madobe.vault.models import Grant, HolderKey
from madobe.vault.rules.algorithms import NotOpenedError
from madobe.vault.rules.open_case import OpenCase

log = logging.getLogger(__name__)

_ADDRESSES: Final = b"madobe-doors-adr"
_LETTERS: Final = b"madobe-doors-let"


def look_up_of(desk_id: UUID, channel: str, sender: str) -> bytes:
    """This will give where an address stands: keyed, and another at every desk. It routes answers and names nobody."""
    plain = desk_id.bytes + f"{channel}\0{sender.strip().casefold()}".encode()
    return blake2b(plain, key=pepper(), person=_ADDRESSES, digest_size=16).digest()


def letter_look_up(channel: str, letter_id: str) -> bytes | None:
    """This will give where a letter stands by the name its channel gave it; None where it gave none."""
    if not letter_id:
        return None
    plain = f"{channel}\0{letter_id}".encode()
    return blake2b(plain, key=pepper(), person=_LETTERS, digest_size=16).digest()


def readers_of(thread: UUID) -> list[HolderKey]:
    """This will give whoever can open a thread now; their public keys are enough to seal to them.

    In place of a desk's key that was renewed stands its key of now: until the thread itself has its new key, both open.
    """
    held = list(HolderKey.objects.filter(pk__in=Grant.objects.filter(case=thread).values("holder")))
    renewed = [one.owner for one in held if one.retired_at and one.kind == Holder.DUTY]
    living = [one for one in held if not one.retired_at]
    return once([*living, *holders(Holder.DUTY, renewed)])


def people_among(readers: Iterable[HolderKey]) -> bool:
    """This will tell whether anybody but the house on paper is among these readers."""
    return any(one.kind != Holder.RECOVERY for one in readers)


def lay_down(
    thread: Consultation,
    identity: ChannelIdentity,
    came: Came,
    letter_id: str,
    *,
    readers: Sequence[HolderKey],
    on: date,
) -> None:
    """This will keep a letter for a thread whose row is locked and that nobody has opened."""
    row = uuid4()
    opened = begin_case(case=row, readers=readers, on=on).opened
    place = f"{letter_id}\0".encode() + came.text.encode()
    WaitingLetter(
        id=row,
        consultation=thread,
        identity=identity,
        number=thread.messages_count,
        came_date=on,
        look_up=letter_look_up(identity.channel, letter_id),
        body=opened.seal(WAITING, row, place),
    ).save(force_insert=True)
    for number, file in enumerate(came.files, start=1):
        key = uuid4()
        WaitingFile(
            id=key,
            letter_id=row,
            number=number,
            kind=file.kind,
            media_type=file.media_type,
            removed=" ".join(file.removed),
            data=opened.seal(WAITING_FILE, key, file.data),
        ).save(force_insert=True)


def write_message(
    locked: LockedThread,
    identity: ChannelIdentity,
    text: str,
    files: Sequence[Cleaned],
    *,
    number: int,
    look_up: bytes | None,
    on: date,
) -> UUID:
    """This will write what a person sent by a channel into their thread, opened. Gives its id."""
    row, thread = uuid4(), locked.thread
    Message(
        id=row,
        consultation=thread,
        number=number,
        author=Author.PERSON,
        door=identity.channel,
        written_date=on,
        body=locked.opened.seal_text(BODY, row, text),
    ).save(force_insert=True)
    Carried.objects.create(message_id=row, identity=identity, look_up=look_up)
    for place, file in enumerate(files, start=1):
        write_file(
            locked, row, place, file.kind, file.media_type, " ".join(file.removed), file.data
        )
    return row


def write_file(
    locked: LockedThread,
    message: UUID,
    number: int,
    kind: str,
    media_type: str,
    removed: str,
    data: bytes,
) -> None:
    """This will seal a picture or paper beside its message."""
    key = uuid4()
    Attachment(
        id=key,
        message_id=message,
        consultation=locked.thread,
        number=number,
        kind=kind,
        media_type=media_type,
        removed=removed,
        data=locked.opened.seal(FILE, key, data),
    ).save(force_insert=True)


def lock_waiting(case: UUID) -> None:
    """This will lock the thread a waiting letter is for (vault.registry.register_lock)."""
    letter = WaitingLetter.objects.filter(pk=case).first()
    if letter is not None:
        lock_row(letter.consultation_id)


def waiting_threads(keyring: Keyring) -> list[UUID]:
    """This will give the threads a letter waits for that this key opens; one query, mostly of nothing."""
    waiting = WaitingLetter.objects.order_by().values_list("id", "consultation_id")
    found = dict(waiting)
    if not found:
        return []
    return sorted({found[case] for case in keyring.open_all(found)})


def bring_in(locked: LockedThread, keyring: Keyring) -> int:
    """This will lay what waits into a thread that is locked. Gives how many letters.

    The key of a letter dies only when the letter stands in the thread for good; a crash in between leaves a key
    without a case, which the upkeep takes away.
    """
    letters = list(locked.thread.waiting_letters.select_related("identity").order_by("number"))
    if not letters:
        return 0
    opened = keyring.open_all([one.pk for one in letters])
    laid = [one.pk for one in letters if one.pk in opened and _lay_in(locked, one, opened[one.pk])]
    drop(laid)
    return len(laid)


def drop(letters: Iterable[UUID]) -> None:
    """This will take waiting letters away with all that opens them, once the transaction around it stands."""
    ids = list(letters)
    WaitingLetter.objects.filter(pk__in=ids).delete()
    Grant.objects.filter(case__in=ids).delete()
    transaction.on_commit(partial(_shred, ids))


def _shred(cases: Iterable[UUID]) -> None:
    for case in cases:
        shred_case(case)


def shred_waiting(thread: UUID) -> None:
    """This will make unreadable what still waits for a thread that is being erased."""
    for case in list(
        WaitingLetter.objects.filter(consultation=thread).values_list("pk", flat=True)
    ):
        shred_case(case)


def remember(identity: ChannelIdentity, opened: OpenCase, letter_id: str) -> None:
    """This will note the latest letter beside an address, so that a mail program keeps the answer with it."""
    if not letter_id:
        return
    place = place_loaded(
        opened.open(ADDRESS, identity.pk, identity.address, version=identity.address_version)
    )
    identity.address_version += 1
    identity.address = opened.seal(
        ADDRESS, identity.pk, place.after(letter_id).dumped(), version=identity.address_version
    )
    identity.save(update_fields=["address", "address_version"])


def _lay_in(locked: LockedThread, letter: WaitingLetter, opened: OpenCase) -> bool:
    """False for one that was changed from outside: it stays where it is and stands in nobody's way."""
    files = list(letter.files.order_by("number"))
    try:
        plain = opened.open(WAITING, letter.pk, letter.body)
        data = [opened.open(WAITING_FILE, file.pk, file.data) for file in files]
    except NotOpenedError:
        log.error("A letter that waits for a thread does not open: %s", letter.pk)
        return False
    letter_id, _, text = plain.decode().partition("\0")
    identity = ChannelIdentity.objects.get(pk=letter.identity_id)
    look_up = None if letter.look_up is None else bytes(letter.look_up)
    message = write_message(
        locked, identity, text, (), number=letter.number, look_up=look_up, on=letter.came_date
    )
    for file, kept in zip(files, data, strict=True):
        write_file(locked, message, file.number, file.kind, file.media_type, file.removed, kept)
    if identity.consultation_id == locked.thread.pk:
        remember(identity, locked.opened, letter_id)
    return True
