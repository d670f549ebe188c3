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


def environment(folder: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MADOBE_", "DATABASE_"))}
    return {
        **kept,
        "MADOBE_DATA": str(folder),
        "MADOBE_OPEN_DATA": NO_OPEN_DATA,
        "PYTHONPATH": str(ROOT / "src"),
    }


def madobe(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MADOBE, *arguments], env=environment(folder), capture_output=True, text=True, check=False
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
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


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
