"""The product as an operator runs it, with a desk that two people answer at, on a database of the bench's own."""

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bench import ROOT

KINDS = ("postgresql", "sqlite")


@dataclass(frozen=True)
class Ground:
    """Databases, made and empty, and how to reach them. `postmaster`: its pid; 0 on SQLite."""

    kind: str
    environment: dict[str, str]
    postmaster: int = 0


def surroundings(folder: Path) -> dict[str, str]:
    """Where a product of the bench's own keeps its things: SQLite below a folder."""
    return {
        **{k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "KEYS_DATABASE_URL", "MADOBE_HTTPS"}},
        "MADOBE_DATA": str(folder / "var"),
        "MADOBE_KEYS": str(folder / "keys"),
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip


@contextmanager
def ground(folder: Path, kind: str, *, durable: bool = True) -> Iterator[Ground]:
    """Databases with all tables and a desk that is open. `durable=False` is the control: nothing survives a power cut."""
    environment = surroundings(folder)
    if kind == "sqlite":
        madobe(environment, "migrate", "-v", "0")
        python(environment, "bench._desk_world", "open")
        yield Ground(kind, environment)
        return
    with _cluster(folder, durable=durable) as (url, postmaster):
        environment |= {"DATABASE_URL": f"{url}/madobe", "KEYS_DATABASE_URL": f"{url}/keys"}
        madobe(environment, "migrate", "-v", "0")
        python(environment, "bench._desk_world", "open")
        yield Ground(kind, environment, postmaster)


@contextmanager
def _cluster(folder: Path, *, durable: bool) -> Iterator[tuple[str, int]]:
    tools = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    home = folder / "postgresql"
    home.mkdir(mode=0o700)
    as_whom: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to be run by root
        folder.chmod(0o711)
        shutil.chown(home, "postgres")
        pwd.getpwnam("postgres")
        as_whom = ["runuser", "-u", "postgres", "--"]
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run([*as_whom, *command], cwd=home, check=True, stdout=subprocess.DEVNULL)

    run(str(tools / "initdb"), "-D", str(home / "data"), "-U", "madobe", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")  # fmt: skip
    safe = "" if durable else " -c synchronous_commit=off -c fsync=off"
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {home} -c autovacuum=off{safe}"
    run(str(tools / "pg_ctl"), "-D", str(home / "data"), "-w", "-l", str(home / "log"), "-o", options, "start")  # fmt: skip
    try:
        for name in ("madobe", "keys"):
            run(str(tools / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "madobe", name)
        pid = int((home / "data" / "postmaster.pid").read_text().splitlines()[0])
        yield f"postgres://madobe@127.0.0.1:{port}", pid
    finally:
        run(str(tools / "pg_ctl"), "-D", str(home / "data"), "-m", "immediate", "-w", "stop")


@dataclass
class Served:
    """The product behind a port. `pid`: of the process whose children are the workers."""

    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def pid(self) -> int:
        return self.process.pid


@contextmanager
def served(environment: dict[str, str]) -> Iterator[Served]:
    """`madobe serve`, until the block ends."""
    running = start(environment)
    try:
        yield running
    finally:
        stop(running)


def start(environment: dict[str, str], port: int = 0, *, said: IO[bytes] | None = None) -> Served:
    """Start it and wait until it answers. `said`: where its stderr goes."""
    if not port:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "config.command", "serve", "--port", str(port)],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=said,
        start_new_session=True,
    )
    wait_for(port, process)
    return Served(port, process)


def wait_for(port: int, process: "subprocess.Popen[bytes] | None" = None) -> None:
    """Wait until somebody answers there. Raises RuntimeError when the server has ended instead, or after a minute."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process is not None and process.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
            continue
        return
    raise RuntimeError("nobody answers")


def stop(running: Served) -> None:
    """End the server and everything it has started."""
    try:
        os.killpg(running.process.pid, signal.SIGTERM)
    except ProcessLookupError:
        return
    try:
        running.process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(running.process.pid, signal.SIGKILL)
        running.process.wait()


def madobe(environment: dict[str, str], *words: str) -> None:
    """Run a command of the product."""
    python(environment, "config.command", *words)


def python(environment: dict[str, str], module: str, *words: str) -> str:
    """Run a module; gives what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env=environment,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


# --- CPU of processes -----------------------------------------------------------------------------


def cpu_of(*roots: int, leave_out: str = "upkeep") -> float:
    """This will give the CPU seconds of these processes, all below them, and of their ended children."""
    ticks = os.sysconf("SC_CLK_TCK")
    below: dict[int, list[int]] = {}
    used: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
            if leave_out.encode() in (entry / "cmdline").read_bytes():
                continue
        except OSError:
            continue
        below.setdefault(int(stat[1]), []).append(int(entry.name))
        used[int(entry.name)] = sum(map(int, stat[11:15]))
    todo, total = list(roots), 0
    while todo:
        pid = todo.pop()
        total += used.get(pid, 0)
        todo += below.get(pid, [])
    return total / ticks


# --- in a process of its own ------------------------------------------------------------------------


def open_desk() -> None:
    """Two people with keys, recovery sheets, one open desk whose key both hold."""
    from django.utils import timezone

    from madobe.accounts.models import User
    from madobe.desks.models import Desk
    from madobe.directory.rules.hours_compose import ScheduleRow, dump_rows
    from madobe.vault.actions.groups import make_group
    from madobe.vault.actions.members import make_member_key
    from madobe.vault.actions.recovery import make_recovery

    at = timezone.now()
    week = ScheduleRow(byday="MO,TU,WE,TH,FR", opens_at="10:00", closes_at="17:00", closed_on_holidays=True)  # fmt: skip
    desk = Desk.objects.create(
        name="見本の窓口", readers="見本の相談員が読みます。", hours=dump_rows([week]), is_open=True,
        is_invented=True, opened_at=at, made_at=at, changed_at=at,
    )  # fmt: skip
    keyrings = []
    for name in ("hana", "sora"):
        user = User.objects.create(
            email=f"{name}@example.jp", name=f"見本 {name}", joined_at=at, is_invented=True
        )
        keyrings.append(
            make_member_key(owner=user.actor_id, passphrase="mado no soba de matteimasu", at=at)
        )
    make_group(owner=f"desk:{desk.pk}", members=[one.holder for one in keyrings], at=at)
    make_recovery(at=at)


def counts() -> dict[str, int]:
    """Rows that letters leave, and the bytes of all tables and indexes of both databases."""
    from django.db import connections

    from madobe.consult.models import Consultation, Message
    from madobe.vault.keystore.models import ShredKey

    return {
        "consultations": Consultation.objects.count(),
        "messages": Message.objects.count(),
        "shred_keys": ShredKey.objects.count(),
        "bytes": sum(_bytes(connections[alias]) for alias in ("default", "keys")),
    }


def _bytes(connection: object) -> int:
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        if connection.vendor == "postgresql":  # type: ignore[attr-defined]
            cursor.execute(
                "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class "
                "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            )
        else:
            cursor.execute(
                "SELECT (page_count - freelist_count) * page_size "
                "FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()"
            )
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if sys.argv[1] == "open":
        open_desk()
    else:
        print(json.dumps(counts()))
