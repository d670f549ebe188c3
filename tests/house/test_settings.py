"""A wrong setting stops the start with one sentence that says how to mend it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def madobe(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("MADOBE_", "DATABASE_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "config.command", *arguments],
        cwd=ROOT,
        env={**kept, "PYTHONPATH": str(ROOT / "src"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MADOBE_DEBUG", "perhaps"),
        ("DATABASE_URL", "mystery://here"),
        ("MADOBE_HTTPS", "sometimes"),
    ],
)
def test_a_wrong_value_is_named_with_its_remedy(name: str, value: str):
    result = madobe("version", **{name: value})
    assert result.returncode == 1
    assert name in result.stderr
    assert "docs/operate.md" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").touch()
    result = madobe("migrate", MADOBE_DATA=str(tmp_path / "file/var"))
    assert result.returncode == 1
    assert "MADOBE_DATA" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_command_is_wrong_usage():
    result = madobe("dmeo")
    assert result.returncode == 2
    assert "dmeo" in result.stderr


def test_every_setting_is_explained_to_the_operator():
    source = (ROOT / "src/config/settings.py").read_text()
    names = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    assert names
    guide = (ROOT / "docs/operate.md").read_text()
    assert {name for name in names if f"`{name}`" not in guide} == set()


def test_production_settings_leave_no_warning(tmp_path: Path):
    result = madobe(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        MADOBE_HTTPS="true",
        MADOBE_DATA=str(tmp_path),
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("https", "prefix", "secure"), [("true", "__Host-", True), ("false", "madobe", False)]
)
def test_cookies_of_staff_are_bound_to_the_host_over_https(https: str, prefix: str, secure: bool):
    asked = (
        "from config import settings as s; "
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
    )
    result = subprocess.run(
        [sys.executable, "-c", asked],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "MADOBE_HTTPS": https},
        capture_output=True,
        text=True,
        check=True,
    )
    session, form, *marks = result.stdout.split()
    assert session.startswith(prefix)
    assert form.startswith(prefix)
    assert marks == [str(secure)] * 2
