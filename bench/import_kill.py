"""Kill -9 at any moment of an import, on the real WAM release: nothing lost, nothing doubled, nothing half.

Each kill falls at another moment of the whole run, from its first second to its last; after each, the tables
must be those of before. Then one import runs to its end, and one more changes nothing.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.conf import settings

from bench import ROOT, Row

KILLS = 30
FILES = ("csvdownload041.csv.gz", "csvdownload042.csv.gz", "csvdownload061.csv.gz")  # 2,305 rows
TABLES = (
    "sourcerecord", "service", "organization", "phone", "location", "address", "schedule", "fieldsource",
    "reviewitem", "listing", "card", "change",
)  # fmt: skip
MADOBE = "import sys; from config.command import main; sys.argv = ['madobe', *sys.argv[1:]]; main()"


def measure(tell: Callable[[str], None]) -> list[Row]:
    """Rows of the contract's shape; needs MADOBE_OPEN_DATA."""
    folder = settings.OPEN_DATA_DIR / "wam_2024-09"
    files = [str(folder / name) for name in FILES]
    with tempfile.TemporaryDirectory() as data:
        home = Path(data)
        _start(home, "migrate", "--skip-checks", "-v0").wait()
        whole = _length(Path(data) / "measured", files)
        tell(f"one import takes {whole:.0f} s; {KILLS} kills between its beginning and its end")
        before, complete, empty = _counts(home), _counts(Path(data) / "measured"), _empty(home)
        half = killed = 0
        chance = random.Random(20260930)  # noqa: S311 (moments, no secrets)
        for number in range(2 * KILLS):
            running = _start(home, "import", "wam", *files)
            time.sleep(whole * (number % KILLS + chance.random()) / KILLS)
            running.send_signal(signal.SIGKILL)
            if running.wait() == -signal.SIGKILL:
                killed += 1
                half += _counts(home) not in (before, complete)
                tell(f"kill {killed} of {KILLS}")
            else:  # it was done before the signal came
                whole *= 0.9
            if _counts(home) != before:  # done, or killed between the commit and the end
                _restore(home, empty)
            if killed == KILLS:
                break
        first = _import(home, files)
        rows, kept = first["rows"], _counts(home)
        again = _import(home, files)
    services = kept[TABLES.index("service")]
    return [
        Row("import.kill9_kills", killed, KILLS, "kills that met an import at work", better="higher"),
        Row("import.kill9_half", half, 0, "kills that left neither the tables of before nor a whole import"),
        Row("import.kill9_lost", max(0, rows - services), 0, "rows without a service after the run that followed"),
        Row("import.kill9_doubled", max(0, services - rows), 0, "services too many after the run that followed"),
        Row("import.second_run_changes", rows - again["unchanged"], 0, "rows a second run did not call unchanged"),
    ]  # fmt: skip


def _empty(home: Path) -> bytes:
    """The database without a row, to begin anew with."""
    return (home / "madobe.sqlite3").read_bytes()


def _restore(home: Path, content: bytes) -> None:
    for beside in home.glob("madobe.sqlite3-*"):
        beside.unlink()
    (home / "madobe.sqlite3").write_bytes(content)


def _length(home: Path, files: list[str]) -> float:
    _start(home, "migrate", "--skip-checks", "-v0").wait()
    began = time.monotonic()
    _import(home, files)
    return time.monotonic() - began


def _import(home: Path, files: list[str]) -> dict[str, int]:
    out, _ = _start(home, "import", "wam", *files, "--json").communicate()
    said: dict[str, int] = json.loads(out)
    return said


def _start(home: Path, *arguments: str) -> "subprocess.Popen[str]":
    home.mkdir(exist_ok=True)
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in {"DATABASE_URL", "KEYS_DATABASE_URL", "MADOBE_KEYS"}
    }
    return subprocess.Popen(
        [sys.executable, "-c", MADOBE, *arguments],
        env=kept | {"MADOBE_DATA": str(home), "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _counts(home: Path) -> list[int]:
    with closing(sqlite3.connect(home / "madobe.sqlite3")) as database:
        return [
            database.execute(f"select count(*) from directory_{table}").fetchone()[0]  # noqa: S608
            for table in TABLES
        ]
