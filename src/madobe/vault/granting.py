"""What every giving of a key stands on: who may be given one, and that the key given is the case's of now."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache, wraps
from itertools import islice
from typing import Final, ParamSpec, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import connection

from madobe.vault.models import Grant, HolderKey
from madobe.vault.registry import grant_columns
from madobe.vault.rules.grants import grant
from madobe.vault.rules.open_case import OpenCase

_P = ParamSpec("_P")
_R = TypeVar("_R")
BATCH: Final = 500  # ids in one query
TRIES: Final = 3  # a key that is renewed three times within one letter is another trouble


class KeyIsRetired(Exception):
    """A key ended meanwhile: nothing was given. Ask for the living keys once more (`holders`) and try again."""


class KeyIsOld(Exception):
    """The case got a new key after it was opened here. Open it once more, now that its row is locked."""


def with_keys_of_now(act: Callable[_P, _R]) -> Callable[_P, _R]:
    """This will do an action once more where a key was renewed between its asking for it and its giving.

    Asked anew, the living keys are found: nobody's letter waits for a change of keys. The action must be one
    transaction, so that nothing of the first try is left.
    """

    @wraps(act)
    def done(*args: _P.args, **more: _P.kwargs) -> _R:
        for _ in range(TRIES - 1):
            with suppress(KeyIsRetired):
                return act(*args, **more)
        return act(*args, **more)

    return done


def in_batches(ids: Iterable[UUID], *, size: int = 0) -> Iterator[list[UUID]]:
    """This will give them in lists a query can carry, or in lists of that size."""
    rest = iter(ids)
    while batch := list(islice(rest, size or BATCH)):
        yield batch


def once(keys: Iterable[HolderKey]) -> list[HolderKey]:
    """This will give each of them once, in their order."""
    return list(dict.fromkeys(keys))


def hold_living(keys: Sequence[HolderKey]) -> None:
    """This will keep these keys from being retired until the transaction ends. Raises KeyIsRetired.

    Whoever retires a key and then asks what it holds has waited for us, so that nothing is given behind their back.
    """
    wanted = {key.pk for key in keys}
    if not wanted:
        return
    as_stored = HolderKey._meta.pk.get_db_prep_value
    with connection.cursor() as cursor:
        cursor.execute(
            _living(len(wanted), connection.vendor), [as_stored(one, connection) for one in wanted]
        )
        found = len(cursor.fetchall())
    if found < len(wanted):
        raise KeyIsRetired


@cache
def _living(count: int, vendor: str) -> str:
    """The question for that many keys. Composing it costs more than asking it, and every letter asks it."""
    some = [UUID(int=number) for number in range(count)]
    living = HolderKey.objects.filter(pk__in=some, retired_at__isnull=True).values_list("pk")
    sql, _ = living.order_by("pk").query.sql_with_params()
    # SQLite has one writer at a time; others may share
    return f"{sql} FOR SHARE" if vendor == "postgresql" else sql


def hold_grants(cases: Sequence[UUID]) -> None:
    """This will keep these cases from getting a new key until the transaction ends."""
    list(Grant.objects.select_for_update().filter(case__in=cases).order_by("pk").values_list("pk"))


def check_is_current(opened: OpenCase) -> None:
    """This will see whether a case is opened with its key of now. Raises KeyIsOld."""
    of = opened.of
    if Grant.objects.filter(case=of.case).exclude(generation=of.generation).exists():
        raise KeyIsOld
    for own in grant_columns():
        rows = apps.get_model(own.model)._base_manager.filter(**{own.case: of.case})
        if rows.exclude(**{own.generation: of.generation}).exists():
            raise KeyIsOld


def store_grants(opened: OpenCase, to: Sequence[HolderKey], shred: bytes) -> None:
    """This will write a grant for each of these keys, which are held (`hold_living`)."""
    Grant.objects.bulk_create(
        [
            Grant(
                case=opened.of.case,
                holder=one,
                generation=opened.of.generation,
                blob=sealed_to(one.public, opened, shred),
            )
            for one in to
        ]
    )


def sealed_to(public: bytes | memoryview, opened: OpenCase, shred: bytes) -> bytes:
    """This will give the blob of one grant."""
    return grant(opened.key, shred_key=shred, holder=bytes(public), case=opened.of)
