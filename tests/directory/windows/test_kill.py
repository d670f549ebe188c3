"""An import that is killed leaves nothing half, and the next one takes everything."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.open_data

SOURCE = Path(__file__).resolve().parents[3] / "src"
MADOBE = "import sys; from config.command import main; sys.argv = ['madobe', *sys.argv[1:]]; main()"
TABLES = ("sourcerecord", "service", "organization", "phone", "fieldsource", "listing", "card")


def start(data: Path, *arguments: str) -> subprocess.Popen[str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return subprocess.Popen(
        [sys.executable, "-c", MADOBE, *arguments],
        env=kept | {"MADOBE_DATA": str(data), "PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def counts(data: Path) -> list[int]:
    with sqlite3.connect(data / "madobe.sqlite3") as database:
        return [
            database.execute(f"select count(*) from directory_{table}").fetchone()[0]
            for table in TABLES
        ]


def test_sigkill_while_writing_leaves_the_tables_as_they_were(tmp_path, open_data):
    folder = open_data / "municipal_windows"
    assert start(tmp_path, "migrate", "--skip-checks", "-v0").wait() == 0
    running = start(tmp_path, "import", "windows", str(folder))
    assert running.stderr is not None
    for line in running.stderr:
        if line.startswith("listing"):  # everything is written by now, but nothing is committed
            os.kill(running.pid, signal.SIGKILL)
            break
    assert running.wait() == -signal.SIGKILL
    assert counts(tmp_path) == [0] * len(TABLES)

    again = start(tmp_path, "import", "windows", str(folder), "--json")
    out, _ = again.communicate()
    assert '"added": 6333' in out
    assert counts(tmp_path)[0] == 6333
