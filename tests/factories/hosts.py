"""Whole installations, each with databases of its own, on whichever kind of database the tests run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.utils import load_backend

from madobe.vault.installed import forget_what_is_kept

ALIASES = ("default", "keys")
_MIGRATED: dict[str, bytes | str] = {}  # by alias, made once: SQLite's file, PostgreSQL's template


@dataclass(frozen=True)
class Host:
    """One machine: its data folder, key folder, and a database in each (or on the server)."""

    data: Path
    keys: Path
    names: dict[str, str]

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Inside, everything runs as if this machine were the only one."""
        outer = {alias: connections[alias] for alias in ALIASES}
        folders = settings.DATA_DIR, settings.KEYS_DIR
        try:
            settings.DATA_DIR, settings.KEYS_DIR = self.data, self.keys
            for alias in ALIASES:
                at = {**outer[alias].settings_dict, "NAME": self.names[alias]}
                connections[alias] = load_backend(at["ENGINE"]).DatabaseWrapper(at, alias)
            forget_what_is_kept()
            yield
        finally:
            for alias in ALIASES:
                connections[alias].close()
                connections[alias] = outer[alias]
            settings.DATA_DIR, settings.KEYS_DIR = folders
            forget_what_is_kept()

    def content(self) -> dict[str, str]:
        """A digest of every table, told by another way than the product's: rows as they print, sorted."""
        with self.entered():
            return {
                f"{alias}.{name}": _printed(connections[alias], name)
                for alias in ALIASES
                for name in connections[alias].introspection.table_names()
            }


def is_postgres() -> bool:
    return connections["default"].vendor == "postgresql"


@contextmanager
def host(folder: Path, *, migrated: bool) -> Iterator[Host]:
    """A machine with tables in its databases, or with nothing at all in them."""
    data, keys = folder / "data", folder / "keys"
    data.mkdir(parents=True)
    keys.mkdir()
    names = {"default": str(data / "madobe.sqlite3"), "keys": str(keys / "keys.sqlite3")}
    if is_postgres():
        names = {alias: f"test_host_{uuid4().hex}" for alias in ALIASES}
    made = Host(data, keys, names)
    if migrated and not _MIGRATED:
        _make_templates(folder)
    for alias in ALIASES:
        if is_postgres():
            template = f' TEMPLATE "{_MIGRATED[alias]}"' if migrated else ""
            on_server(alias, f'CREATE DATABASE "{names[alias]}"{template}')
        elif migrated:
            Path(names[alias]).write_bytes(_MIGRATED[alias])
    try:
        yield made
    finally:
        if is_postgres():
            for alias in ALIASES:
                on_server(alias, f'DROP DATABASE IF EXISTS "{names[alias]}" WITH (FORCE)')


def _make_templates(folder: Path) -> None:
    with host(folder / "template", migrated=False) as empty:
        with empty.entered():
            call_command("migrate", verbosity=0)
        for alias in ALIASES:
            if is_postgres():
                _MIGRATED[alias] = f"test_host_template_{uuid4().hex}"
                on_server(
                    alias, f'CREATE DATABASE "{_MIGRATED[alias]}" TEMPLATE "{empty.names[alias]}"'
                )
            else:
                _MIGRATED[alias] = Path(empty.names[alias]).read_bytes()


def drop_templates() -> None:
    """At the end of the session."""
    if is_postgres():
        for alias, name in _MIGRATED.items():
            on_server(alias, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _MIGRATED.clear()


def on_server(alias: str, statement: str) -> None:
    at: Any = connections[alias].settings_dict
    with psycopg.connect(
        host=at["HOST"], port=at["PORT"], user=at["USER"], password=at["PASSWORD"] or None,
        dbname="postgres", autocommit=True,
    ) as server:  # fmt: skip
        server.execute(statement)


def _printed(connection: Any, table: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f'SELECT t::text FROM "{table}" t')
        else:
            cursor.execute(f'SELECT * FROM "{table}"')
        return sha256("\n".join(sorted(map(repr, cursor.fetchall()))).encode()).hexdigest()
