"""The key that signs: made once, kept in a file only its owner can read."""

import contextlib
import os
from pathlib import Path
from secrets import token_urlsafe
from tempfile import NamedTemporaryFile

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject


class KeptKey(SimpleLazyObject):
    """A text read from `path` when it is first used; made there, mode 0600, where nothing is yet.

    Lazy, because some commands sign nothing and write nothing. Raises ImproperlyConfigured when the file can
    neither be read nor made.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(lambda: _kept(path))


def _kept(path: Path) -> str:
    try:
        if not path.exists():
            _make(path)
        key = path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be read or made ({error.strerror}). Set MADOBE_DATA to a folder that can be written to, "
            "or MADOBE_SECRET_KEY."
        ) from error
    if len(key) < 50:
        raise ImproperlyConfigured(
            f"{path} holds fewer than 50 characters. Put the key back from a backup, or remove the file: a new key "
            "is made, everybody signs in again and sets up the second step anew."
        )
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two processes may start at once: each writes a file of its own, the first to link it wins.
    with NamedTemporaryFile("w", dir=path.parent, prefix=".key-") as file:  # mode 0600
        file.write(token_urlsafe(50))
        file.flush()
        os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path)
