"""A case's key: made, given, taken back, renewed, destroyed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.apps import apps
from django.db import connections, transaction

from madobe.vault.granting import (
    check_is_current,
    hold_grants,
    hold_living,
    in_batches,
    once,
    sealed_to,
    store_grants,
)
from madobe.vault.holders import shred_key
from madobe.vault.installed import ask_key_store, installation
from madobe.vault.keystore.models import ShredKey
from madobe.vault.models import Grant, HolderKey
from madobe.vault.registry import SealedColumn, grant_columns, sealed_columns
from madobe.vault.router import KEYS
from madobe.vault.rules.algorithms import NotOpenedError
from madobe.vault.rules.grants import CaseOf, new_key
from madobe.vault.rules.open_case import OpenCase

AT_ONCE: Final = 20  # sealed values in memory; some are pictures
FEW: Final = 10  # orphans a night may leave without anybody being asked


class NobodyCouldRead(Exception):
    """A case without a holder would be lost words; nothing was made."""


class RowDoesNotOpen(Exception):
    """A sealed row of the case was changed or moved from outside; the case keeps its old key. Says which row."""


class TraceIsLeft(Exception):
    """The key is deleted, and a copy waits in the journal because somebody was reading. Do it once more."""


class TooManyOrphans(Exception):
    """More keys without a case than cases: this is rather another database than a night of crashes. Nothing was done."""


@dataclass(frozen=True)
class Begun:
    """A case that was just begun. `own`: a grant for each of the public keys given as `own`, in their order."""

    opened: OpenCase
    own: tuple[bytes, ...] = ()


@transaction.atomic(savepoint=False)  # two questions fewer a letter
def begin_case(
    *, case: UUID, readers: Sequence[HolderKey], on: date, own: Sequence[bytes] = ()
) -> Begun:
    """This will make the key of a new case and give it to its first readers, whose public keys are enough.

    `own`: public keys whose grants a floor above stores itself (GrantColumn), such as a receipt's. The shred key is
    durable in its own store before the transaction around this call can be: a crash between the two leaves a key
    without a case (`sweep`), never a case without its key. Raises NobodyCouldRead, KeyIsRetired: the transaction around
    this call then ends.
    """
    if not readers and not own:
        raise NobodyCouldRead
    readers = once(readers)
    hold_living(readers)
    shred, key = new_key(), new_key()
    opened = OpenCase(CaseOf(installation(), case), key)
    with transaction.atomic(using=KEYS, durable=True):
        ShredKey.objects.bulk_create([ShredKey(case=case, key=shred, made_date=on)])
    store_grants(opened, readers, shred)
    return Begun(opened, tuple(sealed_to(public, opened, shred) for public in own))


@transaction.atomic
def give_case(opened: OpenCase, *, to: Iterable[HolderKey]) -> None:
    """This will let more holders open a case; whoever can already, can. Raises CaseIsGone, KeyIsOld, KeyIsRetired."""
    case = opened.of.case
    shred = shred_key(case)
    hold_grants([case])
    check_is_current(opened)
    have = set(Grant.objects.filter(case=case).values_list("holder_id", flat=True))
    more = [one for one in once(to) if one.pk not in have]
    hold_living(more)
    store_grants(opened, more, shred)


@transaction.atomic
def renew_case(opened: OpenCase, *, readers: Sequence[HolderKey]) -> OpenCase:
    """This will give a case a new key, held by exactly these readers, and seal everything of it anew.

    Grants that lie in a floor above follow; the caller deletes one first that is to end. Whoever held the old key and a
    copy of the database reads nothing written or sealed from now on. The caller has locked the row of the case, so
    that nobody writes with the old key meanwhile. Raises NobodyCouldRead, CaseIsGone, KeyIsOld, KeyIsRetired,
    RowDoesNotOpen; then nothing has changed.
    """
    case = opened.of.case
    shred = shred_key(case)
    hold_grants([case])
    check_is_current(opened)
    readers = once(readers)
    hold_living(readers)
    fresh = OpenCase(CaseOf(opened.of.installation, case, opened.of.generation + 1), new_key())
    if not _follow(fresh, shred) and not readers:
        raise NobodyCouldRead
    for column in sealed_columns():
        _seal_anew(column, opened, fresh)
    Grant.objects.filter(case=case).delete()
    store_grants(fresh, readers, shred)
    return fresh


def shred_case(case: UUID) -> None:
    """This will make a case unreadable for ever, for everybody, also in backups of the data made before.

    The key goes first and is gone for good when this returns; its rows are the caller's to delete. Raises TraceIsLeft.
    """
    with transaction.atomic(using=KEYS, durable=True):
        ShredKey.objects.filter(case=case).delete()
    _leave_no_trace()
    Grant.objects.filter(case=case).delete()


def sweep(*, before: date) -> int:
    """This will delete shred keys of cases that never came to be (a crash in between), made before that day.

    Gives how many. The day keeps those alone whose transaction is still on its way: give yesterday's or an earlier one.
    Raises KeyStoreIsNotOurs, TooManyOrphans, TraceIsLeft.
    """
    ask_key_store()
    old = list(ShredKey.objects.filter(made_date__lt=before).values_list("case", flat=True))
    living = _with_rows(old)
    orphans = [case for case in old if case not in living]
    if len(orphans) > max(FEW, len(living)):
        raise TooManyOrphans
    for batch in in_batches(orphans):
        with transaction.atomic(using=KEYS, durable=True):
            ShredKey.objects.filter(case__in=batch).delete()
    _leave_no_trace()
    return len(orphans)


def _with_rows(cases: Sequence[UUID]) -> set[UUID]:
    """Those that have a grant or a sealed value anywhere."""
    places = {("vault.Grant", "case")}
    places.update((own.model, own.case) for own in grant_columns())
    places.update((column.model, column.case) for column in sealed_columns())
    found: set[UUID] = set()
    for model, field in places:
        rows = apps.get_model(model)._base_manager
        for batch in in_batches(cases):
            found.update(rows.filter(**{f"{field}__in": batch}).values_list(field, flat=True))
    return found


def _follow(fresh: OpenCase, shred: bytes) -> int:
    """Gives the new key to whoever holds a grant in a floor above; how many."""
    count = 0
    for own in grant_columns():
        rows = apps.get_model(own.model)._base_manager
        for pk, public in list(
            rows.filter(**{own.case: fresh.of.case}).values_list("pk", own.public)
        ):
            blob = sealed_to(public, fresh, shred)
            rows.filter(pk=pk).update(**{own.blob: blob, own.generation: fresh.of.generation})
            count += 1
    return count


def _seal_anew(column: SealedColumn, old: OpenCase, fresh: OpenCase) -> None:
    """Every row there is, past managers that hide some and `save` that does more."""
    rows = apps.get_model(column.model)._base_manager
    sealed = rows.filter(**{column.case: old.of.case, f"{column.column}__isnull": False})
    ids = list(sealed.values_list("pk", flat=True))
    columns = [column.column, column.version] if column.version else [column.column]
    for few in in_batches(ids, size=AT_ONCE):
        batch = list(rows.filter(pk__in=few).only(*columns))
        for row in batch:
            version = getattr(row, column.version) if column.version else 1
            try:
                plain = old.open(column, row.pk, getattr(row, column.column), version=version)
            except NotOpenedError:
                raise RowDoesNotOpen(f"{column.model}.{column.column} {row.pk}") from None
            setattr(row, column.column, fresh.seal(column, row.pk, plain, version=version))
        rows.bulk_update(batch, [column.column])


def _leave_no_trace() -> None:
    """SQLite overwrites what is deleted (secure_delete); its journal is emptied here so that no copy waits there."""
    connection = connections[KEYS]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, *_) = cursor.fetchone()
        if busy:
            raise TraceIsLeft
