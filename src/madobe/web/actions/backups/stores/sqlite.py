"""SQLite as a whole: a snapshot file beside the database, which nobody finds under a name once it is complete."""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar, Final
from uuid import uuid4

from madobe.web.actions.backups.manifest import Table
from madobe.web.actions.backups.refusals import NotWhole
from madobe.web.actions.backups.stores.common import Place, Pour, Snapshot, Store

_TAKEN: Final = ".taken-"  # begins the names of such files
_WAIT: Final = 60.0  # seconds for a writer to finish
_SAFE: Final = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"


class SqliteStore(Store):
    """One SQLite file."""

    engine: ClassVar[str] = "sqlite"

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        with self._file() as path:
            with closing(self._open()) as database:
                # Leaves out what was deleted and only waits to be overwritten, unlike a copy page by page.
                database.execute("VACUUM INTO ?", (str(path),))
            with path.open("rb") as content, closing(sqlite3.connect(path)) as taken:
                path.unlink()
                yield Snapshot(_tables(taken), content)

    @contextmanager
    def prepared(self, pour: Pour, *, expected: Mapping[str, Table]) -> Iterator[Place]:
        with self._file() as path:
            with path.open("wb") as file:
                pour(file)
            with closing(sqlite3.connect(path)) as taken:
                try:
                    found = _tables(taken)
                except sqlite3.DatabaseError:
                    found = {}
                if found != expected:
                    raise NotWhole("The backup does not hold what it says. Take another one.")
                path.unlink()
                yield lambda: self._put(taken)

    def tables(self) -> dict[str, Table]:
        with closing(self._open()) as database:
            return _tables(database)

    def clear(self) -> None:
        with closing(sqlite3.connect(":memory:")) as nothing:
            self._put(nothing)

    def _put(self, taken: sqlite3.Connection) -> None:
        """One transaction of the database itself: others see all of it or nothing, also after a power cut."""
        self.connection.close()
        with closing(self._open()) as database:
            database.executescript(_SAFE)
            taken.backup(database)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.where(), timeout=_WAIT, isolation_level=None)

    @contextmanager
    def _file(self) -> Iterator[Path]:
        """A file only we can read, beside the database: what it holds for a moment, the database holds for good."""
        folder = Path(self.where()).parent
        for left in folder.glob(f"{_TAKEN}*"):  # of one that was killed; no other runs now
            left.unlink(missing_ok=True)
        path = folder / f"{_TAKEN}{uuid4().hex}"
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)


def _tables(database: sqlite3.Connection) -> dict[str, Table]:
    database.text_factory = bytes  # a text is its bytes
    names = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    found = [name.decode() for (name,) in names.fetchall()]
    return {name: _table(database, name) for name in sorted(found)}


def _table(database: sqlite3.Connection, name: str) -> Table:
    columns = database.execute(f"PRAGMA table_info({_quoted(name)})").fetchall()
    shown = ", ".join(_quoted(one) for one in sorted(column[1].decode() for column in columns))
    key = [c[1].decode() for c in sorted(columns, key=lambda c: c[5]) if c[5]]
    order = ", ".join(_quoted(one) for one in key) or shown
    seal, rows = sha256(), 0
    for row in database.execute(f"SELECT {shown} FROM {_quoted(name)} ORDER BY {order}"):
        rows += 1
        for value in row:
            seal.update(_canonical(value))
    return Table(rows, seal.hexdigest())


def _canonical(value: Any) -> bytes:
    """Kind, length and bytes of one value, so that no two rows of values look alike.

    A text and a blob are told apart by nothing else than the column they stand in, which has one kind.
    """
    if value is None:
        return b"-"
    body = value if isinstance(value, bytes) else repr(value).encode()
    kind = {bytes: b"b", int: b"i", float: b"f"}[type(value)]
    return kind + len(body).to_bytes(8, "big") + body


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
