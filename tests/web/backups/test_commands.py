"""`madobe backup` and `madobe restore` as a timer meets them: real processes, exit codes, one sentence each."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyrage import x25519

ROOT = Path(__file__).resolve().parents[3]


def madobe(folder: Path, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """On a machine of its own, with SQLite."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("MADOBE_", "DATABASE_", "KEYS_DATABASE_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "config.command", *map(str, arguments)],
        env={**kept, "PYTHONPATH": str(ROOT / "src"), "MADOBE_DATA": str(folder), **more},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_key_of_age_is_all_a_timer_and_a_new_machine_need(tmp_path):
    operator = x25519.Identity.generate()
    (key := tmp_path / "key").write_text(f"{operator}\n")
    old, fresh, out = tmp_path / "old", tmp_path / "fresh", tmp_path / "out"
    assert madobe(old, "migrate", "-v", "0").returncode == 0
    made = madobe(old, "backup", out, MADOBE_BACKUP_KEYS=str(operator.to_public()))
    assert made.returncode == 0, made.stderr
    data, keys = made.stdout.splitlines()
    restored = madobe(fresh, "restore", data, keys, "--identity", key)
    assert restored.returncode == 0, restored.stderr
    assert "every table is the same" in restored.stderr
    again = madobe(fresh, "restore", data, keys, "--identity", key)
    assert again.returncode == 1
    assert "holds something already" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("backup", "out"), 1, "madobe migrate"),
        (("backup",), 2, "DIR"),
        (("restore", "a", "b"), 1, "--sheets FILE"),
        (("restore", "a", "b", "--identity", "nothing"), 1, "cannot be read"),
        (("recover", "hana@example.jp"), 1, "madobe migrate"),
    ],
)
def test_what_is_refused_says_so_in_one_sentence(tmp_path, arguments, code, says):
    result = madobe(tmp_path / "var", *arguments)
    assert result.returncode == code
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_a_wrong_key_in_the_environment_is_named(tmp_path):
    madobe(tmp_path / "var", "migrate", "-v", "0")
    result = madobe(tmp_path / "var", "backup", tmp_path / "out", MADOBE_BACKUP_KEYS="age1x")
    assert result.returncode == 1
    assert "Key 1 of MADOBE_BACKUP_KEYS" in result.stderr
