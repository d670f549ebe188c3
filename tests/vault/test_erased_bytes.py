"""On SQLite the bytes of an erased key are in no file of the key store's folder, nor in the journal beside it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from .erasing_house import CASES, ERASED

ROOT = Path(__file__).resolve().parents[2]
GONE = len(range(0, CASES, CASES // ERASED))


def erased(home: Path, way: str) -> dict[str, Any]:
    """What the files of a house tell after it has erased some of its cases in this way."""
    env = {key: value for key, value in os.environ.items() if not key.endswith("DATABASE_URL")}
    env |= {
        "MADOBE_DATA": str(home),
        "MADOBE_KEYS": str(home / "keys"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.vault.erasing_house", way],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    assert said["living"] == CASES - GONE  # the search finds what is there
    return said


def test_no_byte_of_an_erased_key_is_left(tmp_path: Path):
    said = erased(tmp_path, "as it is")
    assert (said["dead"], said["left"]) == (0, False)


def test_without_overwriting_they_would_be_found(tmp_path: Path):
    assert erased(tmp_path, "without secure_delete")["dead"] > 0


def test_without_emptying_the_journal_they_would_be_found(tmp_path: Path):
    assert erased(tmp_path, "without checkpoint")["dead"] == GONE


def test_if_somebody_reads_just_then_it_is_said_that_a_trace_is_left(tmp_path: Path):
    said = erased(tmp_path, "beside a reader")
    assert said["left"]
    assert said["dead"] > 0
