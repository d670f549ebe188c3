"""PostgreSQL as a whole, by its own programs, through pipes: nothing touches the disk on the way."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, ClassVar, Final

from django.db.backends.postgresql.client import DatabaseClient

from madobe.web.actions.backups.manifest import Table
from madobe.web.actions.backups.refusals import ToolIsMissing, ToolStopped
from madobe.web.actions.backups.sealed import Nowhere
from madobe.web.actions.backups.stores.common import Place, Pour, Snapshot, Store

# One way to write a value, whatever the server and the role are set to.
_PLAINLY: Final = (
    "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres'; "
    "SET bytea_output = 'hex'; SET extra_float_digits = 1"
)
_COLUMNS: Final = """
SELECT c.relname, a.attname, coalesce(array_position(i.indkey::int2[], a.attnum), -1)
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
ORDER BY c.relname, a.attname
"""
# What Madobe made here, and nothing else: a function of an extension belongs to the extension.
_CLEAR: Final = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT oid::regclass AS name FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
  LOOP EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', one.name); END LOOP;
  FOR one IN SELECT oid::regprocedure AS name FROM pg_proc p
    WHERE pronamespace = current_schema()::regnamespace AND prokind = 'f'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', one.name); END LOOP;
END $$;
"""


class PostgresStore(Store):
    """One PostgreSQL database."""

    engine: ClassVar[str] = "postgresql"

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        dump = _tool("pg_dump")
        with self._alone() as database:
            database.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            (name,) = database.execute("SELECT pg_export_snapshot()").fetchone()
            tables = _tables(database)
            with self._running(
                dump, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={name}"
            ) as dumping:
                yield Snapshot(tables, dumping)

    @contextmanager
    def prepared(self, pour: Pour, *, expected: Mapping[str, Table]) -> Iterator[Place]:
        _tool("pg_restore"), _tool("psql")
        pour(Nowhere())
        yield lambda: self._put(pour)

    def tables(self) -> dict[str, Table]:
        with self._alone() as database:
            return _tables(database)

    def clear(self) -> None:
        self.connection.close()
        with self._alone() as database:
            database.execute(_CLEAR)

    def _put(self, pour: Pour) -> None:
        """One transaction, whose COMMIT we say ourselves once all of it has arrived."""
        self.connection.close()
        ours, theirs = os.pipe()
        with TemporaryFile() as said, os.fdopen(theirs, "wb") as script:
            psql = subprocess.Popen(
                [_tool("psql"), *self._quietly(), *self._address()],
                stdin=ours, stdout=subprocess.DEVNULL, stderr=said, env=self._environment(),
            )  # fmt: skip
            os.close(ours)
            try:
                script.write(b"BEGIN;\n" + _CLEAR.encode())
                script.flush()
                self._script_into(script, pour)
                script.write(b"\nCOMMIT;\n")
                script.flush()
            except BrokenPipeError:
                psql.wait()
            except BaseException:
                psql.kill()  # before its input ends: no COMMIT was said, and none is guessed
                psql.wait()
                raise
            with suppress(BrokenPipeError):
                script.close()
            if psql.wait() != 0:
                raise ToolStopped(_what_it_said("psql", said))

    def _script_into(self, script: IO[bytes], pour: Pour) -> None:
        with TemporaryFile() as said:
            restoring = subprocess.Popen(
                [_tool("pg_restore"), "--no-owner", "--no-privileges", "--file=-"],
                stdin=subprocess.PIPE, stdout=script, stderr=said,
            )  # fmt: skip
            assert restoring.stdin is not None
            try:
                with suppress(BrokenPipeError):  # it ended early, and says why below
                    pour(restoring.stdin)
                    restoring.stdin.close()
            except BaseException:
                restoring.kill()
                restoring.wait()
                raise
            if restoring.wait() != 0:
                raise ToolStopped(_what_it_said("pg_restore", said))

    @contextmanager
    def _alone(self) -> Iterator[Any]:
        """A connection of its own: what other code has begun on theirs is not in the way."""
        raw = self.connection.get_new_connection(self.connection.get_connection_params())
        with closing(raw) as database:
            database.autocommit = True
            database.execute(_PLAINLY)
            yield database

    @contextmanager
    def _running(self, tool: str, *options: str) -> Iterator["_Output"]:
        with TemporaryFile() as said:
            process = subprocess.Popen(
                [tool, *options, *self._address()],
                stdout=subprocess.PIPE, stderr=said, env=self._environment(),
            )  # fmt: skip
            try:
                yield _Output(process, said)
            finally:
                process.kill()
                process.wait()

    def _address(self) -> list[str]:
        arguments, _ = DatabaseClient.settings_to_cmd_args_env(self.connection.settings_dict, [])
        return list(arguments[1:])

    def _environment(self) -> dict[str, str]:
        """A password goes by the environment: arguments are seen by everybody on the machine."""
        _, own = DatabaseClient.settings_to_cmd_args_env(self.connection.settings_dict, [])
        return {**os.environ, **(own or {}), "LC_ALL": "C"}

    @staticmethod
    def _quietly() -> list[str]:
        # An SQLSTATE says what is wrong with the database; the full text might quote a row.
        return ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=sqlstate"]


class _Output:
    """What a program writes, and not a byte of it as the end before the program says that all went well."""

    def __init__(self, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
        self._process, self._said = process, said

    def read(self, size: int, /) -> bytes:
        assert self._process.stdout is not None
        data = self._process.stdout.read(size)
        if not data and self._process.wait() != 0:
            raise ToolStopped(_what_it_said("pg_dump", self._said))
        return data


def _tables(database: Any) -> dict[str, Table]:
    columns: dict[str, list[str]] = {}
    keys: dict[str, list[tuple[int, str]]] = {}
    for table, column, place in database.execute(_COLUMNS).fetchall():
        columns.setdefault(table, []).append(column)
        if place >= 0:
            keys.setdefault(table, []).append((place, column))
    return {
        table: _table(database, table, all_, [name for _, name in sorted(keys.get(table, []))])
        for table, all_ in columns.items()
    }


def _table(database: Any, name: str, columns: list[str], key: list[str]) -> Table:
    # By bytes, not by the words of a country: another server may sort otherwise.
    order = ", ".join(f'{_quoted(column)}::text COLLATE "C"' for column in key or columns)
    shown = ", ".join(map(_quoted, columns))
    asked = f"COPY (SELECT {shown} FROM {_quoted(name)} ORDER BY {order}) TO STDOUT"
    seal, rows = sha256(), 0
    with database.cursor() as cursor, cursor.copy(asked) as copy:
        for line in copy:
            seal.update(line)
            rows += bytes(line).count(b"\n")
    return Table(rows, seal.hexdigest())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _tool(name: str) -> str:
    """The newest there is: an older one does not speak to a newer server."""
    found = [str(path) for path in Path("/usr/lib/postgresql").glob(f"*/bin/{name}")]
    newest = max(found, key=lambda path: int("".join(filter(str.isdigit, path)) or 0), default="")
    tool = newest or shutil.which(name)
    if not tool:
        raise ToolIsMissing(
            f"{name} is not on this machine. Install it (`apt-get install postgresql-client`, of the server's release) "
            "and run this again."
        )
    return tool


def _what_it_said(tool: str, said: IO[bytes]) -> str:
    said.seek(0)
    lines = said.read(4096).decode(errors="replace").strip().splitlines() or ["it said nothing"]
    return f"{tool} stopped before its work was done ({lines[0]}). Nothing was changed; mend that and run this again."
