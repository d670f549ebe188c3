"""A file sealed to keys that are not on this machine: age, whose every 64 KiB are authenticated, and the end, too."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, Protocol

from pyrage import DecryptError, EncryptError, RecipientError, decrypt_io, encrypt_io, x25519

from madobe.web.actions.backups.manifest import FORMAT, LONGEST, Manifest, manifest_of
from madobe.web.actions.backups.refusals import NotAKeyToSealTo, NotOpened, NotWhole

_UNFINISHED: Final = ".part"


class Sink(Protocol):
    """Where opened bytes go."""

    def write(self, data: bytes, /) -> object: ...


class Source(Protocol):
    """Where bytes to be sealed come from; b"" at the end. May raise, and then no file comes to be."""

    def read(self, size: int, /) -> bytes: ...


class Nowhere:
    """A sink for those who only want to know whether a file is whole."""

    def write(self, data: bytes, /) -> int:
        return len(data)


def recipients(keys: Iterable[str]) -> list[x25519.Recipient]:
    """This will read public keys. Raises NotAKeyToSealTo, with the place of the key in the list."""
    read = []
    for place, key in enumerate(keys, start=1):
        try:
            read.append(x25519.Recipient.from_str(key.strip()))
        except RecipientError:
            raise NotAKeyToSealTo(
                f"Key {place} of MADOBE_BACKUP_KEYS is no public key of age: such a key begins with age1. "
                "Set it so in the environment; `age-keygen` makes one, away from this machine."
            ) from None
    return read


def write_sealed(
    path: Path, *, manifest: Manifest, content: Source, to: Sequence[x25519.Recipient]
) -> None:
    """This will write a backup under its name once all of it lies on the disk; before that, it has another name.

    Whatever `content` raises is raised here, and nothing stays.
    """
    unfinished = path.with_name(f".{path.name}{_UNFINISHED}")
    body = _Joined(manifest.as_bytes(), content)
    try:
        with open(unfinished, "xb", opener=_for_us_alone) as file:
            try:
                encrypt_io(body, file, to)
            except EncryptError:
                if body.trouble is not None:
                    raise body.trouble from None
                raise
            file.flush()
            os.fsync(file.fileno())
        os.rename(unfinished, path)
        make_sure(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def make_sure(folder: Path) -> None:
    """This will see to it that names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unfinished(folder: Path) -> list[Path]:
    """This will give what a backup left behind that was ended on its way."""
    return sorted(folder.glob(f".*.age{_UNFINISHED}"))


def read_manifest(path: Path, *, identity: x25519.Identity) -> Manifest:
    """This will open no more of a file than what it says of itself. Raises NotOpened, NotWhole."""

    def enough(_manifest: Manifest) -> Sink:
        raise _Enough

    reading = _Parted(path, enough)
    try:
        _open(path, identity, reading)
    except _Enough:
        assert reading.manifest is not None
        return reading.manifest
    raise NotWhole(_damaged(path))


def pour(path: Path, *, identity: x25519.Identity, into: Sink) -> None:
    """This will open a backup and write its content. What arrives is true; that it is all is sure only at the end.

    Raises NotOpened, NotWhole, and whatever `into` raises.
    """
    reading = _Parted(path, lambda _manifest: into)
    _open(path, identity, reading)
    if reading.manifest is None:
        raise NotWhole(_damaged(path))


def _open(path: Path, identity: x25519.Identity, reading: "_Parted") -> None:
    try:
        with path.open("rb") as file:
            decrypt_io(file, reading, [identity])
    except DecryptError as error:
        if reading.trouble is not None:
            raise reading.trouble from None
        if "matching keys" in str(error):
            raise NotOpened(
                f"{path.name} does not open with this key. Take the sheets or the key it was sealed to, "
                "or another backup if the file was changed."
            ) from None
        raise NotWhole(_damaged(path)) from None
    except OSError as error:
        if reading.trouble is not None:
            raise reading.trouble from None
        if error.errno is not None:
            raise NotWhole(
                f"{path} cannot be read ({error.strerror}). Give the path of a backup."
            ) from None
        raise NotWhole(_damaged(path)) from None


def _damaged(path: Path) -> str:
    return f"{path.name} is not whole: it was changed, cut off, or is no backup of Madobe. Take another one."


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class _Enough(Exception):
    """The manifest was read."""


class _Joined:
    """The head of a backup, then its content; remembers what went wrong, for age says it in words of its own."""

    def __init__(self, head: bytes, content: Source) -> None:
        self._head, self._content = head, content
        self.trouble: Exception | None = None

    def read(self, size: int = -1, /) -> bytes:
        if self._head:
            first, self._head = self._head[:size], self._head[size:]
            return first
        try:
            return self._content.read(size)
        except Exception as error:
            self.trouble = error
            raise


class _Parted:
    """Parts a backup into what it says of itself and its content."""

    def __init__(self, path: Path, content: Callable[[Manifest], Sink]) -> None:
        self._path, self._content = path, content
        self._head, self._into = b"", None  # type: bytes, Sink | None
        self.manifest: Manifest | None = None
        self.trouble: Exception | None = None

    def write(self, data: bytes, /) -> int:
        try:
            if self._into is None:
                self._read_head(data)
            else:
                self._into.write(data)
        except Exception as error:
            self.trouble = error
            raise
        return len(data)

    def flush(self) -> None:
        """age asks for it at the end."""

    def _read_head(self, data: bytes) -> None:
        self._head += data
        if not self._head.startswith(FORMAT[: len(self._head)]) or len(self._head) > LONGEST:
            raise NotWhole(_damaged(self._path))
        line, found, rest = self._head[len(FORMAT) :].partition(b"\n")
        if not found:
            return
        try:
            self.manifest = manifest_of(line)
        except ValueError:
            raise NotWhole(_damaged(self._path)) from None
        self._into = self._content(self.manifest)
        self._into.write(rest)
