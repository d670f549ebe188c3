"""Two Madobes on this machine, each with tables of its own: one follows the other."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).resolve().parents[3] / "src"
MADOBE = "import sys; from config.command import main; sys.argv = ['madobe', *sys.argv[1:]]; main()"
HIDE = """
import django; django.setup()
from django.utils import timezone
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.models import Organization, Service
import sys
key, what = sys.argv[1:]
home = Organization.objects.filter(services=key)
if what == "suspend":
    home.update(suspended_at=timezone.now(), suspended_by="somebody")
elif what == "release":
    home.update(suspended_at=None, suspended_by="")
else:
    Service.objects.filter(pk=key).update(name=what)
refresh_listing(services=list(Service.objects.filter(organization__in=home).values_list("pk", flat=True)), at=timezone.now())
"""


@dataclass
class Madobe:
    """One installation: its folder, and its server while it runs."""

    data: Path
    port: int = 0
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *arguments: str, code: str = MADOBE) -> subprocess.Popen[str]:
        ours = {"DATABASE_URL", "KEYS_DATABASE_URL", "MADOBE_KEYS"}
        kept = {key: value for key, value in os.environ.items() if key not in ours}
        return subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            env=kept | {
                "MADOBE_DATA": str(self.data), "PYTHONPATH": str(SOURCE), "DJANGO_SETTINGS_MODULE": "config.settings",
            },
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *arguments: str, code: str = MADOBE) -> str:
        process = self.start(*arguments, code=code)
        out, err = process.communicate()
        assert process.returncode == 0, err
        return out

    def serve(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        server = self.start("serve", "--port", str(self.port))
        self.running.append(server)
        assert server.stdout is not None
        assert server.stdout.readline().startswith("http://")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def pull(self, origin: "Madobe", *more: str) -> dict[str, Any]:
        report = json.loads(self.run("pull", origin.url, "--json", *more))
        assert report["rows"] == sum(
            report[n] for n in ("added", "changed", "unchanged", "rejected", "duplicates")
        )
        return report

    def services(self) -> dict[str, Any]:
        """What its API shows, by id."""
        with urllib.request.urlopen(
            f"{self.url}/api/hsds/services?format=ndjson&full=true"
        ) as answer:
            return {one["id"]: one for one in map(json.loads, answer.read().splitlines())}

    def asked(self, question: str) -> Any:
        with sqlite3.connect(self.data / "madobe.sqlite3") as database:
            return database.execute(question).fetchone()[0]


@pytest.fixture(scope="module")
def tables(tmp_path_factory) -> Path:
    """Empty tables, made once."""
    empty = Madobe(tmp_path_factory.mktemp("tables"))
    empty.run("migrate", "--skip-checks", "-v0")
    return empty.data / "madobe.sqlite3"


@pytest.fixture
def two(tmp_path: Path, tables: Path) -> Iterator[tuple[Madobe, Madobe]]:
    """An origin that shows some services, and a follower with none."""
    origin, follower = Madobe(tmp_path / "origin"), Madobe(tmp_path / "follower")
    for one in (origin, follower):
        one.data.mkdir()
        shutil.copy(tables, one.data)
    records = []
    for number in range(260):
        name = f"{number:03}"
        records.append({
            "id": f"00000000-0000-4000-8000-000000000{name}", "name": f"窓口{name}", "status": "active",
            "assured_date": "2026-11-01",
            "organization": {"id": f"00000000-0000-4000-9000-000000000{name}", "name": f"会{name}", "description": ""},
        })  # fmt: skip
    (tmp_path / "services.json").write_text(json.dumps(records))
    origin.run(
        "import",
        "hsds",
        str(tmp_path / "services.json"),
        "--trust-source",
        "名簿",
        "--kind",
        "ibasho",
    )
    origin.serve()
    follower.serve()
    yield origin, follower
    for one in (origin, follower):
        for server in one.running:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)


def key(number: int) -> str:
    return f"00000000-0000-4000-8000-000000000{number:03}"


def without_time(service: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in service.items() if name != "last_modified"}


def test_a_follower_shows_what_the_origin_shows_and_no_more(two):
    origin, follower = two
    first = follower.pull(origin, "--trust-source", "隣の県")
    assert (first["added"], first["rejected"], first["problems"]) == (260, 0, [])
    theirs, ours = origin.services(), follower.services()
    assert {k: without_time(v) for k, v in ours.items()} == {
        k: without_time(v) for k, v in theirs.items()
    }
    revision = follower.asked("select number from directory_revision")

    again = follower.pull(origin)
    assert (again["rows"], again["removed"]) == (0, 0)
    assert follower.asked("select number from directory_revision") == revision

    origin.run(key(7), "suspend", code=HIDE)
    origin.run(key(8), "あたらしい名", code=HIDE)
    third = follower.pull(origin)
    assert (third["changed"], third["removed"], third["added"]) == (1, 1, 0)
    ours = follower.services()
    assert key(7) not in ours
    assert ours[key(8)]["name"] == "あたらしい名"
    assert ours.keys() == origin.services().keys()

    origin.run(key(7), "release", code=HIDE)
    follower.pull(origin)
    assert follower.services().keys() == origin.services().keys() | {key(7)}
    assert follower.pull(origin)["rows"] == 0


def test_without_the_operators_word_nothing_is_shown(two):
    origin, follower = two
    assert follower.pull(origin)["added"] == 260
    assert follower.services() == {}
    follower.pull(origin, "--trust-source", "隣の県")
    assert len(follower.services()) == 260


def test_a_pull_that_is_killed_is_taken_up_where_it_was(two):
    origin, follower = two
    running = follower.start("pull", origin.url, "--trust-source", "隣の県")
    database = follower.data / "madobe.sqlite3"
    while running.poll() is None:
        with sqlite3.connect(database) as tables:
            if tables.execute(
                "select count(*) from directory_subscription where after_id is not null"
            ).fetchone()[0]:
                break
        time.sleep(0.01)
    running.kill()
    running.wait()
    half = follower.asked("select count(*) from directory_service")
    assert half in (100, 200)
    rest = follower.pull(origin)
    assert rest["added"] == 260 - half
    assert follower.asked("select count(*) from directory_service") == 260
    assert follower.asked("select count(*) from directory_sourcerecord") == 260
    assert follower.services().keys() == origin.services().keys()
