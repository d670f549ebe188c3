"""Finding a thread by its words and opening it with the key they give. Nothing of the words is kept."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from madobe.consult.models import Consultation, Receipt
from madobe.vault.holders import CaseIsGone
from madobe.vault.installed import pepper
from madobe.vault.keyring import NotYours, open_with
from madobe.vault.rules.open_case import OpenCase
from madobe.vault.rules.receipt_keys import look_up, receipt_pair


class NoSuchThread(Exception):
    """These words open nothing: they never did, it was erased, or its days have run out. Which, is not told."""


@dataclass(frozen=True)
class LockedThread:
    """A thread and its case, opened."""

    thread: Consultation
    opened: OpenCase = field(repr=False)


def address_of(secret: bytes) -> UUID:
    """This will give where the receipt of these words stands."""
    return UUID(bytes=look_up(secret, pepper())[:16])


def find_thread(*, secret: bytes, on: date) -> LockedThread:
    """This will open the thread of these words for reading. Raises NoSuchThread."""
    return _opened(secret, _receipt(secret, on))


def lock_thread(*, secret: bytes, on: date) -> LockedThread:
    """This will open the thread for writing, inside a transaction: its row is locked before its key is read, so that
    nobody writes with a key that is being renewed. Raises NoSuchThread.
    """
    found = _receipt(secret, on)
    lock_row(found.consultation_id)
    return _opened(secret, _receipt(secret, on))


def lock_row(case: UUID) -> None:
    """This will keep everybody else from writing to a thread until the transaction ends; whoever gives its case a new
    key does so first (vault.registry.register_lock).
    """
    Consultation.objects.select_for_update().filter(pk=case).first()


def _receipt(secret: bytes, on: date) -> Receipt:
    living = Q(consultation__expires_date__isnull=True) | Q(consultation__expires_date__gte=on)
    rows = Receipt.objects.filter(living, pk=address_of(secret), consultation__erasing="")
    found = rows.select_related("consultation").first()
    if found is None:
        raise NoSuchThread
    return found


def _opened(secret: bytes, receipt: Receipt) -> LockedThread:
    pair = receipt_pair(secret, pepper())
    try:
        opened = open_with(
            pair.private,
            case=receipt.consultation_id,
            generation=receipt.generation,
            blob=bytes(receipt.blob),
        )
    except (NotYours, CaseIsGone):
        raise NoSuchThread from None
    return LockedThread(receipt.consultation, opened)
