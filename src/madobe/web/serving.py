"""Putting the product behind a port: what has to be ready first, and the server itself."""

import gc
import importlib
import socket
import sys
import time
from argparse import ArgumentParser
from threading import Thread

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.urls import get_resolver
from django.utils import timezone
from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from madobe.consult.rules.crisis import read_danger
from madobe.consult.writing import take_away
from madobe.directory.actions.indexing import fill_listing
from madobe.directory.actions.upkeep import note_beat
from madobe.vault.installed import KeyStoreIsNotOurs, ask_before_the_start
from madobe.vault.router import KEYS
from madobe.vault.rules.receipts import new_receipt
from madobe.web.keeper import Keeper

WORKERS = 2
THREADS = 8  # per worker; each holds at most one database connection


def prepare() -> None:
    """Bring tables, static files and what machines read up to date.

    A database that other nodes may share is never altered behind their back: for anything but SQLite,
    missing tables stop here with the command to run. Beside a database that has sealed something, no key store is made.
    """
    try:
        ask_before_the_start()
    except KeyStoreIsNotOurs as error:
        raise CommandError(f"Nothing was started and nothing was changed. {error}") from error
    late = [alias for alias in connections if _is_late(alias)]
    if any(connections[alias].vendor != "sqlite" for alias in late):
        raise CommandError(
            "The database misses tables of this release. Run `madobe migrate` once, then start again."
        )
    if late:
        call_command("migrate", verbosity=0)
    fill_listing(at=timezone.now(), say=_say)
    call_command("collectstatic", interactive=False, verbosity=0)


def _is_late(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    nodes = executor.loader.graph.leaf_nodes("keystore" if alias == KEYS else None)
    return bool(executor.migration_plan(nodes))


def add_arguments(parser: ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: loopback)"
    )
    parser.add_argument("--port", type=int, default=8000)


def ensure_free(host: str, port: int) -> None:
    """Raise CommandError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"{host}:{port} cannot be used ({error.strerror}). Choose another with --port."
            ) from error


def serve(*, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT, then end every worker, and the process that does the upkeep. Prints the address once connections are accepted.

    Writes no access log: nobody's address is kept.
    """
    note_beat(settings.DATA_DIR, at=timezone.now())
    keeper = Keeper([sys.executable, "-m", "config.command", "upkeep", "--watch"])
    keeper.start()
    _load_what_workers_share()
    connections.close_all()  # the workers are forked from here and must not share a connection
    server = Granian(
        "config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    server.on_startup(Thread(target=_say_when_ready, args=(host, port), daemon=True).start)
    try:
        server.serve()
    finally:
        keeper.end()
        take_away()


def _load_what_workers_share() -> None:
    """Load every page's code once, before the workers are forked: they share it, and nobody waits for it later."""
    importlib.import_module("config.wsgi")
    for pattern in get_resolver().url_patterns:
        getattr(pattern, "url_patterns", None)
    read_danger(
        "もう消えたいです"
    )  # tables and patterns of the desk's reading, the words of receipts
    new_receipt().words  # noqa: B018
    gc.collect()
    gc.set_threshold(20_000, 20, 20)  # a page makes thousands of objects and leaves none behind
    gc.freeze()  # a worker's collector leaves these pages alone, so they stay shared


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def _say_when_ready(host: str, port: int) -> None:
    """The workers open the port themselves, a moment after they are started: print the address only then."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    while True:
        time.sleep(0.1)
        try:
            socket.create_connection((near, port), timeout=1).close()
        except OSError:
            continue
        print(f"http://{_shown(host)}:{port}/", flush=True)  # noqa: T201
        return


def _shown(host: str) -> str:
    if host in {"127.0.0.1", "::1"}:
        return "localhost"
    return f"[{host}]" if ":" in host else host
