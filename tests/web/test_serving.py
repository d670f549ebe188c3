"""`madobe serve` and `madobe demo` as an operator meets them: real processes, real ports."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MADOBE = [sys.executable, "-m", "config.command"]
NO_OPEN_DATA = "nowhere"  # the founding facts alone: quick, and the same on every machine


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("MADOBE_", "DATABASE_", "KEYS_DATABASE_"))
    }
    return {
        **kept,
        "MADOBE_DATA": str(folder),
        "MADOBE_OPEN_DATA": NO_OPEN_DATA,
        "PYTHONPATH": str(ROOT / "src"),
        **more,
    }


def madobe(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MADOBE, *arguments],
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,  # what should have refused and serves instead is found, not waited for
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@contextmanager
def served(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    server = subprocess.Popen(
        [*MADOBE, "serve", "--port", str(port)],
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        assert server.stdout.readline() == f"http://localhost:{port}/\n"
        yield server
    finally:
        if server.poll() is None:
            server.terminate()
            server.communicate(timeout=20)


def children(pid: int) -> list[int]:
    threads = Path(f"/proc/{pid}/task").glob("*/children")  # each names those it started itself
    return [int(one) for thread in threads for one in thread.read_text().split()]


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def get(address: str, agent: str = "test") -> int:
    request = urllib.request.Request(address, headers={"User-Agent": agent})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


LETTERS = """
from uuid import uuid4
from django.utils import timezone
from madobe.consult.actions.seeker.letters import Letter, receive_letter
from madobe.desks.queries import receiving_desk
from madobe.vault.rules.receipts import new_receipt
desk = receiving_desk(at=timezone.now())
for _ in range(3):
    receive_letter(letter=Letter("ねむれません"), secret=new_receipt().secret, message=uuid4(), desk=desk, at=timezone.now())
"""
COUNT = "from madobe.consult.models import *; print(Consultation.objects.count(), Tombstone.objects.count())"


def test_without_its_key_store_nothing_starts_and_nothing_is_erased(tmp_path: Path):
    """The disk of the keys is not mounted: an empty folder stands in its place."""
    data, keys = tmp_path / "data", tmp_path / "keys"
    data.mkdir()
    keys.mkdir()
    there = {"MADOBE_KEYS": str(keys)}
    assert madobe(data, "demo", "--no-serve", **there).returncode == 0
    assert madobe(data, "shell", "-v", "0", "-c", LETTERS, **there).returncode == 0
    before = madobe(data, "shell", "-v", "0", "-c", COUNT, **there).stdout
    assert int(before.split()[0]) >= 3
    empty = tmp_path / "not mounted"
    empty.mkdir()
    away = {"MADOBE_KEYS": str(empty)}
    for command in (("serve", "--port", str(free_port())), ("demo", "--no-serve")):
        result = madobe(data, *command, **away)
        assert result.returncode == 1
        assert "MADOBE_KEYS" in result.stderr
        assert str(empty) in result.stderr
        assert "Traceback" not in result.stderr
    assert list(empty.iterdir()) == []
    assert madobe(data, "migrate", "-v", "0", **away).returncode == 0  # an empty one, made by hand
    assert madobe(data, "serve", "--port", str(free_port()), **away).returncode == 1
    assert "KeyStoreIsNotOurs" in madobe(data, "upkeep", **away).stderr
    assert madobe(data, "upkeep", **there).returncode == 0
    assert madobe(data, "shell", "-v", "0", "-c", COUNT, **there).stdout == before


def test_an_upkeep_that_dies_is_started_again(tmp_path: Path):
    port = free_port()
    with served(tmp_path, port) as server:
        (first,) = upkeeps(server.pid)
        os.kill(first, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while not (after := [pid for pid in upkeeps(server.pid) if pid != first]):
            assert time.monotonic() < deadline
            time.sleep(0.2)
        assert len(after) == 1


def upkeeps(pid: int) -> list[int]:
    asked = [(one, Path(f"/proc/{one}/cmdline")) for one in children(pid) if running(one)]
    return [one for one, line in asked if b"upkeep" in line.read_bytes()]


def test_serve_says_its_address_and_ends_every_worker(tmp_path: Path):
    port = free_port()
    with served(tmp_path, port) as server:
        assert get(f"http://127.0.0.1:{port}/readyz") == 204
        workers = children(server.pid)
        assert len(workers) >= 2
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=20)
        assert server.returncode == 0
        time.sleep(0.2)
        assert [pid for pid in workers if running(pid)] == []


def test_serve_writes_nothing_about_who_asked(tmp_path: Path):
    port = free_port()
    with served(tmp_path, port) as server:
        for path in (
            "/ja/",
            "/ja/nothing-here/",
            "/nowhere",
            "/ja/places/00000000-0000-4000-8000-000000000000/",
        ):
            get(f"http://127.0.0.1:{port}{path}", agent="CANARY-BROWSER")
        server.send_signal(signal.SIGTERM)
        said = "".join(server.communicate(timeout=20))
    assert said == ""
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and b"CANARY" in p.read_bytes()]


def test_serve_listens_on_this_machine_only(tmp_path: Path):
    port = free_port()
    with served(tmp_path, port):
        listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        ours = [
            fields[1]
            for fields in listening
            if fields[1].endswith(f":{port:04X}") and fields[3] == "0A"
        ]
    assert {address.split(":")[0] for address in ours} <= {"0100007F"}


def test_a_taken_port_is_named_with_the_remedy(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = madobe(tmp_path, "serve", "--port", str(taken.getsockname()[1]))
    assert result.returncode == 1
    assert "--port" in result.stderr


def test_a_second_demo_is_the_same_demo(tmp_path: Path):
    assert madobe(tmp_path, "demo", "--no-serve").returncode == 0
    first = madobe(tmp_path, "dumpdata", "directory", "web").stdout
    assert madobe(tmp_path, "demo", "--no-serve").returncode == 0
    assert madobe(tmp_path, "dumpdata", "directory", "web").stdout == first
    assert len(json.loads(first)) > 10


def test_a_database_in_use_is_never_turned_into_a_demo(tmp_path: Path):
    madobe(tmp_path, "migrate", "-v", "0")
    code = "from madobe.web.models import *; Feedback.objects.create(page='front', language='ja', received_date='2026-11-21')"
    madobe(tmp_path, "shell", "-v", "0", "-c", code)
    result = madobe(tmp_path, "demo", "--no-serve")
    assert result.returncode == 1
    assert "MADOBE_DATA" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("arguments", [("serve", "--port", "many"), ("demo", "--nothing")])
def test_wrong_usage_is_exit_2(tmp_path: Path, arguments: tuple[str, ...]):
    assert madobe(tmp_path, *arguments).returncode == 2
