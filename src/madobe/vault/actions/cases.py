"""A case's key: made, given, taken back, renewed, destroyed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.apps import apps
from django.db import connections, transaction

from madobe.vault.holders import shred_key
from madobe.vault.installed import installation
from madobe.vault.keystore.models import ShredKey
from madobe.vault.models import Grant, HolderKey
from madobe.vault.registry import SealedColumn, grant_columns, sealed_columns
from madobe.vault.router import KEYS
from madobe.vault.rules.grants import CaseOf, grant, new_key
from madobe.vault.rules.open_case import OpenCase


class NobodyCouldRead(Exception):
    """A case without a holder would be lost words; nothing was made."""


@dataclass(frozen=True)
class Begun:
    """A case that was just begun. `own`: a grant for each of the public keys given as `own`, in their order."""

    opened: OpenCase
    own: tuple[bytes, ...] = ()


def begin_case(
    *, case: UUID, readers: Sequence[HolderKey], on: date, own: Sequence[bytes] = ()
) -> Begun:
    """This will make the key of a new case and give it to its first readers, whose public keys are enough.

    `own`: public keys whose grants a floor above stores itself (GrantColumn), such as a receipt's. The shred key is
    durable in its own store before the transaction around this call can be: a crash between the two leaves a key
    without a case (`sweep`), never a case without its key. Raises NobodyCouldRead.
    """
    if not readers and not own:
        raise NobodyCouldRead
    shred, key = new_key(), new_key()
    ShredKey.objects.bulk_create([ShredKey(case=case, key=shred, made_date=on)])
    opened = OpenCase(CaseOf(installation(), case), key)
    _give(opened, readers, shred)
    return Begun(opened, tuple(_sealed_to(public, opened, shred) for public in own))


def grant_for(opened: OpenCase, public: bytes) -> bytes:
    """This will give the blob of one more grant, for a floor above to store. Raises CaseIsGone."""
    return _sealed_to(public, opened, shred_key(opened.of.case))


def give_case(opened: OpenCase, *, to: Iterable[HolderKey]) -> None:
    """This will let more holders open a case; whoever can already, can. Raises CaseIsGone."""
    case = opened.of.case
    have = set(Grant.objects.filter(case=case).values_list("holder_id", flat=True))
    _give(opened, [one for one in to if one.pk not in have], shred_key(case))


@transaction.atomic
def renew_case(opened: OpenCase, *, readers: Sequence[HolderKey]) -> OpenCase:
    """This will give a case a new key, held by exactly these readers, and seal everything of it anew.

    Whoever held the old key and a copy of the database reads nothing written or sealed from now on. The caller has
    locked the row of the case, so that nobody writes with the old key meanwhile. Raises NobodyCouldRead, CaseIsGone.
    """
    if not readers:
        raise NobodyCouldRead
    case = opened.of.case
    shred = shred_key(case)
    fresh = OpenCase(CaseOf(opened.of.installation, case, opened.of.generation + 1), new_key())
    for column in sealed_columns():
        _seal_anew(column, opened, fresh)
    Grant.objects.filter(case=case).delete()
    _give(fresh, readers, shred)
    for own in grant_columns():
        for row in apps.get_model(own.model)._default_manager.filter(**{own.case: case}):
            setattr(row, own.blob, _sealed_to(getattr(row, own.public), fresh, shred))
            setattr(row, own.generation, fresh.of.generation)
            row.save(update_fields=[own.blob, own.generation])
    return fresh


def shred_case(case: UUID) -> None:
    """This will make a case unreadable for ever, for everybody, also in backups of the data made before.

    The key goes first and is gone for good when this returns; its rows are the caller's to delete.
    """
    ShredKey.objects.filter(case=case).delete()
    _leave_no_trace()
    Grant.objects.filter(case=case).delete()


def sweep(*, before: date) -> int:
    """This will delete shred keys of cases that never came to be (a crash in between), made before that day.

    Gives how many. The day keeps those alone whose transaction is still on its way.
    """
    old = list(ShredKey.objects.filter(made_date__lt=before).values_list("case", flat=True))
    living = set(Grant.objects.filter(case__in=old).values_list("case", flat=True))
    orphans = [case for case in old if case not in living]
    ShredKey.objects.filter(case__in=orphans).delete()
    _leave_no_trace()
    return len(orphans)


def _give(opened: OpenCase, to: Sequence[HolderKey], shred: bytes) -> None:
    Grant.objects.bulk_create(
        [
            Grant(
                case=opened.of.case,
                holder=one,
                generation=opened.of.generation,
                blob=_sealed_to(one.public, opened, shred),
            )
            for one in to
        ]
    )


def _sealed_to(public: bytes | memoryview, opened: OpenCase, shred: bytes) -> bytes:
    return grant(opened.key, shred_key=shred, holder=bytes(public), case=opened.of)


def _seal_anew(column: SealedColumn, old: OpenCase, fresh: OpenCase) -> None:
    model = apps.get_model(column.model)
    rows = model._default_manager.filter(
        **{column.case: old.of.case, f"{column.column}__isnull": False}
    )
    for row in rows:
        version = getattr(row, column.version) if column.version else 1
        plain = old.open(column, row.pk, getattr(row, column.column), version=version)
        setattr(row, column.column, fresh.seal(column, row.pk, plain, version=version))
        row.save(update_fields=[column.column])


def _leave_no_trace() -> None:
    """SQLite overwrites what is deleted (secure_delete); its journal is emptied here so that no copy waits there."""
    connection = connections[KEYS]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
