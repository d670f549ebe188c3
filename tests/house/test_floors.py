"""The floors of docs/map.md hold, and the rule that guards them really bites."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = Path(sys.executable).parent / "lint-imports"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--no-cache", "--config", folder / "pyproject.toml"],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the source that a test may break."""
    shutil.copytree(
        ROOT / "src",
        tmp_path / "src",
        ignore=shutil.ignore_patterns("__pycache__", "static", "*.egg-info"),
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_imports_point_only_downwards():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_folder_without_a_floor_is_refused(copy: Path):
    (copy / "src/madobe/attic").mkdir()
    (copy / "src/madobe/attic/__init__.py").touch()
    result = lint(copy)
    assert result.returncode == 1
    assert "attic" in result.stdout


def test_an_import_upwards_is_refused(copy: Path):
    (copy / "src/madobe/lib/upwards.py").write_text("import madobe.guide.apps\n")
    result = lint(copy)
    assert result.returncode == 1
    assert "madobe.lib is not allowed to import madobe.guide" in result.stdout


def test_rules_that_touch_django_are_refused(copy: Path):
    (copy / "src/madobe/guide/rules/clock.py").write_text(
        "from django.utils import timezone\n\nnow = timezone.now\n"
    )
    result = lint(copy)
    assert result.returncode == 1
    assert "django" in result.stdout
