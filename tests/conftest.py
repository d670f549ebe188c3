"""What every test stands on: no network, no kept files, open data as a named group."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import pytest

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    # Hashed names need a collected folder; tests that want the real thing start the real server (tests/journeys).
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "WhiteNoise" not in m]
    # Argon2id costs 64 MiB and a good while on purpose; tests of the hash itself ask for it by name.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECRET_KEY = "only for tests, and long enough to be taken for a key of the product"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.DATA_DIR = Path(mkdtemp(prefix="madobe-tests-"))  # snapshots of the search


def pytest_unconfigure(config: pytest.Config) -> None:
    from django.conf import settings

    rmtree(settings.DATA_DIR, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests on open data run where the data lie; elsewhere they are left out and counted, never skipped one by one."""
    from django.conf import settings

    for item in items:  # a test of the database is one of both: the main one and the key store
        if marker := item.get_closest_marker("django_db"):
            marker.kwargs.setdefault("databases", ["default", "keys"])

    if os.environ.get("MADOBE_TESTS") == "database":
        # The second database's turn: what touches none has run on the first one's.
        of_none = [item for item in items if not _asks_a_database(item)]
        if of_none:
            config.hook.pytest_deselected(items=of_none)
            left_out = set(of_none)
            items[:] = [item for item in items if item not in left_out]
    group = [item for item in items if item.get_closest_marker("open_data")]
    config.stash[OPEN_DATA] = (len(group), settings.OPEN_DATA_DIR, settings.OPEN_DATA_DIR.is_dir())
    if group and not settings.OPEN_DATA_DIR.is_dir():
        config.hook.pytest_deselected(items=group)
        left_out = set(group)
        items[:] = [item for item in items if item not in left_out]


def _asks_a_database(item: pytest.Item) -> bool:
    """Whether a test, or the process it starts, works with a database."""
    wanted = {"db", "transactional_db", "live_server", "django_db_setup"}
    return (
        bool(item.get_closest_marker("django_db"))
        or not wanted.isdisjoint(getattr(item, "fixturenames", ()))
        or item.path.name == "test_kill.py"
        or item.path.parent.name == "backups"
    )


OPEN_DATA = pytest.StashKey[tuple[int, Path, bool]]()


def pytest_report_collectionfinish(config: pytest.Config) -> list[str]:
    count, folder, present = config.stash.get(OPEN_DATA, (0, Path(), True))
    if not count:
        return []
    state = "run" if present else f"NOT RUN: nothing at {folder} (set MADOBE_OPEN_DATA)"
    return [f"open data: {count} tests {state}"]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    from django.conf import settings

    if not settings.OPEN_DATA_DIR.is_dir():
        terminalreporter.write_line(
            f"open data: not run, nothing at {settings.OPEN_DATA_DIR} (set MADOBE_OPEN_DATA)"
        )


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection beyond this machine, so that a test cannot lean on somebody's server."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:  # type: ignore[index]
            raise ConnectionRefusedError(f"tests do not reach the network: {address}")
        connect(self, address)  # type: ignore[arg-type]

    socket.socket.connect = guarded  # type: ignore[method-assign,assignment]
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "true"  # the browser's driver runs an event loop of its own
    )
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_guard() -> Iterator[None]:
    """Tests with transactions of their own empty all tables afterwards: the one moment the trail may be emptied."""
    from django.db import connection

    from madobe.audit import guard

    ops = type(connection.ops)
    flush = ops.execute_sql_flush

    def lifted(self: Any, sql_list: Any) -> Any:
        if self.connection.alias != "default":  # the key store has no trail
            return flush(self, sql_list)
        guard.take_down(self.connection)
        flush(self, sql_list)
        return guard.put_up(self.connection)

    ops.execute_sql_flush = lifted  # type: ignore[method-assign]
    yield
    ops.execute_sql_flush = flush  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _another_installation() -> Iterator[None]:
    """Each test has a database of its own: nothing a process keeps of an installation goes on to the next."""
    from madobe.consult import incoming
    from madobe.consult.actions.staff import notices
    from madobe.consult.rules.flood import Counters
    from madobe.consult.views.seeker import flood
    from madobe.vault.installed import forget_what_is_kept

    yield
    forget_what_is_kept()
    notices._tried.clear()
    for memory in (incoming, flood):
        memory._counters = Counters(bytes(32))  # type: ignore[misc]


@pytest.fixture
def open_data() -> Path:
    """The folder of real open data; only for tests marked `open_data`."""
    from django.conf import settings

    return settings.OPEN_DATA_DIR
