"""What never changes while an installation lives: read once a process, and again after `forget_what_is_kept`."""

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import connection, connections, transaction
from nacl.utils import random

from madobe.vault.keystore.models import Pepper
from madobe.vault.models import Installation
from madobe.vault.router import KEYS
from madobe.vault.rules.algorithms import KEY

_PRINT: Final = b"madobe-pepperprt"
_FORMS: Final = b"madobe-form-key\0"
_IDENTITY: Final = b"madobe-identity\0"
_kept: list[bytes] = []  # the pepper, once it is known to be the committed one


class KeyStoreIsNotOurs(Exception):
    """The key store beside this database belongs to another one, or is empty: nothing is sealed or opened."""


def pepper() -> bytes:
    """This will give what receipts are looked up with, made when first needed. Raises KeyStoreIsNotOurs.

    A second pepper is never made for one installation: every receipt given out would be lost.
    """
    if _kept:
        return _kept[0]
    value = _checked()
    # Not kept before the commit: the row made at the first moment may go with the transaction around it.
    transaction.on_commit(lambda: _keep(value))
    return value


def installation() -> UUID:
    """This will give the id that stands in everything sealed here. Raises KeyStoreIsNotOurs."""
    return _identity(pepper())


def ask_key_store() -> None:
    """This will ask the key store itself, past what this process keeps, before something is deleted or a start goes on.

    Makes nothing: on a database that has sealed nothing yet, there is nothing to ask. Raises KeyStoreIsNotOurs.
    """
    known = Installation.objects.filter(id=1).values_list("pepper_print", flat=True).first()
    if known is not None:
        _found(bytes(known))


def ask_before_the_start() -> None:
    """This will ask the same before any table is made: a key store that is not there stays away, and is not begun anew
    beside a database that has sealed something. Raises KeyStoreIsNotOurs.
    """
    if Installation._meta.db_table not in connection.introspection.table_names():
        return
    if not Installation.objects.filter(id=1).exists():
        return
    keys = connections[KEYS]
    name = str(keys.settings_dict["NAME"])
    if keys.vendor == "sqlite" and not name.startswith("file:") and not Path(name).exists():
        raise KeyStoreIsNotOurs(
            _not_ours()
        )  # not asked: SQLite makes an empty file of what it does not find
    if Pepper._meta.db_table not in keys.introspection.table_names():
        raise KeyStoreIsNotOurs(_not_ours())
    ask_key_store()


def form_key() -> bytes:
    """This will give the key forms without a session are sealed with: one for all workers and nodes."""
    return blake2b(key=pepper(), person=_FORMS, digest_size=KEY).digest()


def forget_what_is_kept() -> None:
    """This will read everything anew: after a restore, and between tests."""
    _kept.clear()
    _identity.cache_clear()


def _keep(value: bytes) -> None:
    _kept[:] = [value]


def _checked() -> bytes:
    known = Installation.objects.filter(id=1).first()
    if known is None:
        value = _made_once()
        known, _ = Installation.objects.get_or_create(
            id=1, defaults={"pepper_print": _print(value), "identity": _identity(value)}
        )
    return _found(bytes(known.pepper_print))


def _found(known: bytes) -> bytes:
    found = Pepper.objects.filter(id=1).values_list("value", flat=True).first()
    if found is None or _print(bytes(found)) != known:
        raise KeyStoreIsNotOurs(_not_ours())
    return bytes(found)


def _not_ours() -> str:
    keys = connections[KEYS]
    return (
        f"The key store does not belong to this database: {keys.settings_dict['NAME']} is empty, missing or another "
        "one's. Put back the folder MADOBE_KEYS (or the database KEYS_DATABASE_URL) that belongs to it, or restore both "
        "with `madobe restore`."
    )


def _made_once() -> bytes:
    with transaction.atomic(using=KEYS, durable=True):
        row, _ = Pepper.objects.get_or_create(id=1, defaults={"value": random(KEY)})
    return bytes(row.value)


@cache
def _identity(value: bytes) -> UUID:
    """Drawn from the pepper, so that two who come first at once, or once more after a crash, find the same one."""
    return UUID(bytes=blake2b(key=value, person=_IDENTITY, digest_size=16).digest(), version=4)


def _print(value: bytes) -> bytes:
    return blake2b(value, person=_PRINT, digest_size=16).digest()
