"""Power cuts, killed workers and cut lines: a letter that was answered is there, once, and its words open it.

Sizes: MADOBE_BENCH_KILLS (2,000), MADOBE_BENCH_TREES (50), MADOBE_BENCH_CUTS (1,000), MADOBE_BENCH_SYNCS (200).
"""

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from threading import Event, Thread

from bench import ROOT, Row
from bench._desk_client import Writer, letter, words_of
from bench._desk_world import Ground, ground, python, served, start, stop, wait_for

KILLS = int(os.environ.get("MADOBE_BENCH_KILLS", "2000"))
TREES = int(os.environ.get("MADOBE_BENCH_TREES", "50"))
CUTS = int(os.environ.get("MADOBE_BENCH_CUTS", "1000"))
SYNCS = int(os.environ.get("MADOBE_BENCH_SYNCS", "200"))
CLIENTS = 4
CONTROL_KILLS = 60
PATIENCE_S = 120  # for one letter, with everything dying around it
SEED = 20261126

COUNTER = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
static long count;
static void tell(void) { FILE *f = fopen(getenv("MADOBE_BENCH_COUNT"), "w"); if (f) { fprintf(f, "%ld", count); fclose(f); } }
static void __attribute__((constructor)) begin(void) { atexit(tell); }
int fsync(int fd) { count++; return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd); }
int fdatasync(int fd) { count++; return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd); }
"""


@dataclass
class Crowd:
    """Some who write until they are told to stop, and press once more whenever no answer comes."""

    port: int
    acked: dict[int, str] = field(default_factory=dict)  # number of the letter: its words
    given_up: list[int] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def start(self, first: int) -> list[Thread]:
        threads = [Thread(target=self._write, args=(first + place,)) for place in range(CLIENTS)]
        for thread in threads:
            thread.start()
        return threads

    def _write(self, number: int) -> None:
        while not self.over.is_set():
            words = self._one(number)
            if words:
                self.acked[number] = words
            else:
                self.given_up.append(number)
            number += CLIENTS

    def _one(self, number: int) -> str:
        token, until = "", time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            writer = Writer(self.port, timeout=20)
            try:
                token = token or writer.token()
                status, words = writer.send(token, letter(number))
                if status == 200 and words:
                    return words
            except (OSError, RuntimeError, ValueError, HTTPException):
                time.sleep(0.005)
            finally:
                writer.close()
        return ""  # fmt: skip


def measure(tell: Callable[[str], None]) -> list[Row]:
    """Rows of the contract, and the controls that turn it red."""
    lost = doubled = kills = answered = 0
    with tempfile.TemporaryDirectory(prefix="madobe-bench-") as folder:
        with ground(Path(folder), "postgresql") as here:
            one = _killed_workers(here, Path(folder), KILLS)
            tell(
                f"{one['kills']} workers killed: {one['acked']} letters answered, {one['lost']} lost, {one['doubled']} doubled, "
                f"{one['given_up']} writers gave up waiting"
            )
            two = _killed_trees(here, TREES)
            tell(
                f"{two['kills']} whole products killed: {two['acked']} letters answered, {two['lost']} lost, {two['doubled']} doubled, "
                f"{two['given_up']} writers gave up waiting"
            )
            same = _cut_answers(here, CUTS)
            tell(
                f"{CUTS} answers cut on their way: {same} shown again with words that open the one letter"
            )
            for found in (one, two):
                lost += found["lost"]
                doubled += found["doubled"]
                kills += found["kills"]
                answered += found["acked"]
        syncs = _syncs(Path(folder), tell)
    with (
        tempfile.TemporaryDirectory(prefix="madobe-bench-") as folder,
        ground(Path(folder), "sqlite") as here,
    ):
        control = _killed_workers(here, Path(folder), CONTROL_KILLS, how="ack")
    tell(f"control, answered before it is stored: {control['lost']} of {control['acked']} lost")
    return [
        Row("desk.kill9_lost", lost, 0, "letters that were answered and are not there or do not open"),
        Row("desk.kill9_doubled", doubled, 0, "letters that are there more often than they were sent"),
        Row("desk.kill9_answered", answered, TREES // 4, "letters that were answered between the kills", "higher"),
        Row("desk.kill9_kills", kills, KILLS + TREES, "workers and whole products killed with -9", "higher"),
        Row("desk.syncs_over_commits", min(syncs["sqlite"], syncs["postgresql"]), 1, "syncs of a disk over commits, one writer, both databases", "higher"),
        Row("desk.retry_same_words", same / CUTS, 1, "share of cut answers whose repetition shows words that open the one letter", "higher"),
        Row("desk.control_kill9_lost", control["lost"], 1, "a desk that answers before it stores is noticed", "higher"),
        Row("desk.control_syncs_sqlite", syncs["sqlite control"], 0.99, "synchronous=NORMAL is noticed: fewer syncs than commits"),
        Row("desk.control_syncs_postgresql", syncs["postgresql control"], 0.99, "synchronous_commit=off is noticed: fewer syncs than commits"),
    ]  # fmt: skip


def _killed_workers(here: Ground, folder: Path, kills: int, how: str = "") -> dict[str, int]:
    """A worker is killed again and again while four people write."""
    told = folder / f"pid{how}"
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "bench._desk_fork",
        str(port),
        str(told),
        *([how] if how else []),
    ]
    parent = subprocess.Popen(command, env=here.environment, cwd=ROOT, start_new_session=True)
    dice, done, last = random.Random(SEED), 0, 0  # noqa: S311
    try:
        wait_for(port, parent)
        before = _stored(here)
        crowd = Crowd(port)
        threads = crowd.start(1_000_000 if how else 1)
        while done < kills:
            time.sleep(dice.uniform(0.02, 0.3))
            pid = int(told.read_text()) if told.exists() else 0
            if pid in (0, last):
                continue
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                done, last = done + 1, pid
        crowd.over.set()
        for thread in threads:
            thread.join()
        time.sleep(0.3)
        return _compared(here, port, crowd, before) | {"kills": done}
    finally:
        os.killpg(parent.pid, signal.SIGKILL)
        parent.wait()  # fmt: skip


def _killed_trees(here: Ground, kills: int) -> dict[str, int]:
    """The whole product, its parent and its upkeep among it, is killed and started anew."""
    before = _stored(here)
    running, dice = start(here.environment), random.Random(SEED)  # noqa: S311
    crowd = Crowd(running.port)
    threads = crowd.start(2_000_000)
    for _ in range(kills):
        time.sleep(dice.uniform(0.3, 1.2))
        os.killpg(running.pid, signal.SIGKILL)
        running.process.wait()
        running = start(here.environment, running.port)
    crowd.over.set()
    for thread in threads:
        thread.join()
    try:
        return _compared(here, running.port, crowd, before) | {"kills": kills}
    finally:
        stop(running)


def _compared(here: Ground, port: int, crowd: Crowd, before: int) -> dict[str, int]:
    """Whoever gave up was told nothing: theirs may be there or not, but it is nobody's loss of an answered letter."""
    lost = sum(
        letter(number)[:40] not in _opened(port, words) for number, words in crowd.acked.items()
    )
    there, given_up = _stored(here) - before, len(crowd.given_up)
    return {
        "acked": len(crowd.acked),
        "given_up": given_up,
        "lost": lost,
        "doubled": max(0, there - len(crowd.acked) - given_up),
    }


def _opened(port: int, words: str) -> str:
    writer = Writer(port)
    try:
        return writer.open(words)[1]
    finally:
        writer.close()


def _stored(here: Ground) -> int:
    counted: dict[str, int] = json.loads(python(here.environment, "bench._desk_world", "count"))
    return counted["messages"]


# --- answers cut on their way -----------------------------------------------------------------------


@contextmanager
def _cutting(port: int, seen: list[str]) -> Iterator[int]:
    """A line that carries every request and keeps every answer to itself, once the product has given it whole."""
    with socket.create_server(("127.0.0.1", 0)) as line:

        def carry() -> None:
            while True:
                try:
                    near, _ = line.accept()
                except OSError:
                    return
                with near, socket.create_connection(("127.0.0.1", port)) as far:
                    far.sendall(_request(near))
                    answer = b""
                    while more := far.recv(65536):
                        answer += more
                    seen.append(words_of(answer.decode(errors="replace")))

        Thread(target=carry, daemon=True).start()
        yield line.getsockname()[1]


def _request(near: socket.socket) -> bytes:
    """One whole request, asking for the line to be closed after its answer."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += near.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    size = next(
        (
            int(one.split(b":")[1])
            for one in head.split(b"\r\n")
            if one.lower().startswith(b"content-length")
        ),
        0,
    )
    while len(body) < size:
        body += near.recv(65536)
    return head + b"\r\nConnection: close\r\n\r\n" + body  # fmt: skip


def _cut_answers(here: Ground, cuts: int) -> int:
    """How many letters whose answer was cut are there once and open with the words shown at the second press."""
    same, first_words = 0, list[str]()
    with served(here.environment) as running:
        before = _stored(here)
        with _cutting(running.port, first_words) as port:
            for number in range(3_000_000, 3_000_000 + cuts):
                writer = Writer(running.port)
                token, cut = writer.token(), Writer(port)
                with contextlib.suppress(OSError, HTTPException):
                    cut.send(token, letter(number))
                _status, words = writer.send(token, letter(number))
                same += (
                    bool(words)
                    and words == first_words[-1]
                    and letter(number)[:40] in writer.open(words)[1]
                )
                writer.close()
                cut.close()
        return same if _stored(here) - before == cuts else 0  # fmt: skip


# --- syncs ------------------------------------------------------------------------------------------


def _syncs(folder: Path, tell: Callable[[str], None]) -> dict[str, float]:
    """Syncs over commits of one writer, as the product is and with its safety taken off."""
    found = {}
    for kind in ("sqlite", "postgresql"):
        for control in (False, True):
            with (
                tempfile.TemporaryDirectory(prefix="madobe-bench-") as own,
                ground(Path(own), kind, durable=not (control and kind == "postgresql")) as here,
            ):
                name = f"{kind} control" if control else kind
                found[name] = _counted(here, Path(own), control=control)
                tell(f"{name}: {found[name]:.2f} syncs a commit")
    return found


def _counted(here: Ground, folder: Path, *, control: bool) -> float:
    environment = here.environment
    if here.kind == "postgresql":
        return float(python(environment, "bench.desk_crash", "write postgresql"))
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise RuntimeError(
            "counting the syncs of SQLite needs a C compiler: apt-get install gcc libc6-dev"
        )
    (folder / "count.c").write_text(COUNTER)
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-o", folder / "count.so", folder / "count.c", "-ldl"],
        check=True,
    )
    environment = environment | {
        "LD_PRELOAD": str(folder / "count.so"),
        "MADOBE_BENCH_COUNT": str(folder / "count"),
    }
    python(environment, "bench.desk_crash", "write normal" if control else "write sqlite")
    return int((folder / "count").read_text()) / (SYNCS * COMMITS)  # fmt: skip


COMMITS = 2  # of one letter: its key in the key store, then the letter


def write(kind: str) -> float:
    """Letters by one writer; on PostgreSQL gives its syncs over commits."""
    from uuid import uuid4

    from django.db import connection, connections
    from django.utils import timezone

    from madobe.consult.actions.seeker.letters import Letter, receive_letter
    from madobe.desks.queries import receiving_desk
    from madobe.vault.rules.receipts import new_receipt

    if kind == "normal":
        for alias in connections:
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA synchronous=NORMAL")
    before = _wal_syncs(connection) if kind == "postgresql" else 0
    for number in range(SYNCS):
        at = timezone.now()
        desk = receiving_desk(at=at)
        assert desk is not None
        receive_letter(
            letter=Letter(text=letter(number)), secret=new_receipt().secret, message=uuid4(), desk=desk, at=at
        )  # fmt: skip
    return (_wal_syncs(connection) - before) / (SYNCS * COMMITS) if kind == "postgresql" else 0.0


def _wal_syncs(connection: object) -> int:
    from django.db import connections

    connections.close_all()  # a backend tells its counts when it ends, at the latest
    time.sleep(1)
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("SELECT wal_sync FROM pg_stat_wal")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(write(sys.argv[1].split()[1]))
