"""What never changes while an installation lives: read once a process, and again after `forget_what_is_kept`."""

from functools import cache
from hashlib import blake2b
from typing import Final
from uuid import UUID

from nacl.utils import random

from madobe.vault.keystore.models import Pepper
from madobe.vault.models import Installation
from madobe.vault.rules.algorithms import KEY

_PRINT: Final = b"madobe-pepperprt"
_FORMS: Final = b"madobe-form-key\0"


class KeyStoreIsNotOurs(Exception):
    """The key store beside this database belongs to another one, or is empty: nothing is sealed or opened."""


@cache
def installation() -> UUID:
    """This will give the id that stands in everything sealed here. Raises KeyStoreIsNotOurs."""
    pepper()
    return Installation.objects.values_list("identity", flat=True).get(id=1)


@cache
def pepper() -> bytes:
    """This will give what receipts are looked up with, made when first needed. Raises KeyStoreIsNotOurs.

    A second pepper is never made for one installation: every receipt given out would be lost.
    """
    known = Installation.objects.filter(id=1).first()
    if known is None:
        row, _ = Pepper.objects.get_or_create(id=1, defaults={"value": random(KEY)})
        known, _ = Installation.objects.get_or_create(
            id=1, defaults={"pepper_print": _print(bytes(row.value))}
        )
    value = Pepper.objects.filter(id=1).values_list("value", flat=True).first()
    if value is None or _print(bytes(value)) != bytes(known.pepper_print):
        raise KeyStoreIsNotOurs(
            "The key store does not belong to this database. Put back the folder MADOBE_KEYS "
            "(or the database KEYS_DATABASE_URL) that belongs to it, or restore both with `madobe restore`."
        )
    return bytes(value)


@cache
def form_key() -> bytes:
    """This will give the key forms without a session are sealed with: one for all workers and nodes."""
    return blake2b(key=pepper(), person=_FORMS, digest_size=KEY).digest()


def forget_what_is_kept() -> None:
    """This will read everything anew: after a restore, and between tests."""
    for kept in (installation, pepper, form_key):
        kept.cache_clear()


def _print(value: bytes) -> bytes:
    return blake2b(value, person=_PRINT, digest_size=16).digest()
