"""The memory of this machine about who is writing: see rules.writing. In no table, file, cache or log.

The worker processes of one installation share a block of memory. Where there is none to be had (or on another node), each
process remembers by itself, and the sign is seen only by chance.
"""

import contextlib
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from mmap import mmap
from os import O_CREAT, O_RDWR, close, ftruncate
from threading import Lock
from typing import Final
from uuid import UUID

from django.conf import settings

from madobe.consult.rules.writing import SIZE, Cells, Side, Sign, Table
from madobe.vault.installed import pepper

try:  # what multiprocessing.shared_memory stands on; its tracker would take the block from the others (bpo-38119)
    import _posixshmem as posix  # type: ignore[import-not-found]
except ImportError:
    posix = None

_WRITING: Final = b"madobe-writing\0\0"
_lock: Final = Lock()


def exchange(thread: UUID, side: Side, sign: Sign, *, now: int) -> bool:
    """This will note what one side wishes and tell whether the other is writing (rules.writing.Table.exchange)."""
    with _lock:
        return Table(_cells(_name()), _key()).exchange(thread, side, sign, now=now)


def take_away() -> None:
    """This will give the memory back, when the product ends and between tests."""
    with _lock:
        _cells.cache_clear()
        if posix is not None:
            with contextlib.suppress(OSError):
                posix.shm_unlink(_name())


@cache
def _cells(name: str) -> Cells:
    shared = _shared(name, posix.shm_open) if posix is not None else None
    return bytearray(SIZE) if shared is None else shared


def _shared(name: str, opened: Callable[..., int]) -> mmap | None:
    """The block of this name, made where there is none: two who come at once get the same one, full of zeros."""
    try:
        place = opened(name, O_CREAT | O_RDWR, mode=0o600)
        try:
            ftruncate(place, SIZE)
            return mmap(place, SIZE)
        finally:
            close(place)
    except (OSError, ValueError):
        return None


def _name() -> str:
    """Of this installation on this machine; tells nothing of it. Needs no database, so that it can be given back."""
    secret = blake2b(str(settings.SECRET_KEY).encode(), person=_WRITING).digest()
    folder = str(settings.DATA_DIR).encode()
    return f"/madobe-{blake2b(folder, key=secret, digest_size=8).hexdigest()}"


def _key() -> bytes:
    return blake2b(key=pepper(), person=_WRITING, digest_size=32).digest()
