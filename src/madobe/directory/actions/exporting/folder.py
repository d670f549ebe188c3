"""A folder of files that is whole or not there: written beside, then put in place."""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class FolderRefusedError(ValueError):
    """The folder cannot be written to; the message is one sentence: what is wrong, how to mend it."""


@dataclass(frozen=True)
class Written:
    """One file as it lies there now."""

    path: str
    records: int
    bytes: int
    sha256: str


class Folder:
    """Takes files one after the other; `finish` puts all of them in place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._parts: list[tuple[Path, Path]] = []
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FolderRefusedError(
                f"{path} cannot be made ({error.strerror}). Name a folder that can be written to."
            ) from error

    def write_lines(self, name: str, records: Iterable[Any]) -> Written:
        """This will write a record a line, however many."""
        return self._write(name, (_json(one) + "\n" for one in records))

    def write_json(self, name: str, document: Any) -> Written:
        """This will write one document, laid out for reading."""
        return self._write(name, [json.dumps(document, ensure_ascii=False, indent=2) + "\n"])

    def write_text(self, name: str, text: str) -> Written:
        return self._write(name, [text])

    def finish(self) -> None:
        """This will put every file in place of an older one."""
        for part, path in self._parts:
            os.replace(part, path)

    def _write(self, name: str, texts: Iterable[str]) -> Written:
        path, part = self.path / name, self.path / f".{name}.part"
        digest, count, length = hashlib.sha256(), 0, 0
        try:
            with part.open("wb") as stream:
                for text in texts:
                    piece = text.encode()
                    digest.update(piece)
                    count, length = count + 1, length + len(piece)
                    stream.write(piece)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            part.unlink(missing_ok=True)
            raise FolderRefusedError(
                f"{path} cannot be written ({error.strerror}). Name a folder with room that can be written to."
            ) from error
        self._parts.append((part, path))
        return Written(name, count, length, digest.hexdigest())


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
