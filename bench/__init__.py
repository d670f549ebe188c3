"""What a benchmark prints (docs/contract.md): ratios and sizes, each with its limit, from one run.

Every module here has `measure(tell) -> list[Row]`; `tell` takes lines of progress for people.
"""

import os
import platform
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
REPEATS = 7


@dataclass(frozen=True)
class Row:
    key: str
    value: float
    limit: float
    what: str  # one sentence
    better: str = "lower"

    @property
    def ok(self) -> bool:
        return self.value <= self.limit if self.better == "lower" else self.value >= self.limit

    def as_json(self) -> dict[str, object]:
        return {
            "key": self.key,
            "value": round(self.value, 3),
            "limit": self.limit,
            "better": self.better,
            "ok": self.ok,
            "what": self.what,
        }


def report(name: str, rows: list[Row]) -> dict[str, object]:
    """The document `madobe bench NAME --json` prints."""
    return {
        "bench": name,
        "commit": commit(),
        "machine": machine(),
        "rows": [row.as_json() for row in rows],
    }


def commit() -> str:
    """The commit of this checkout, "" without history."""
    try:
        said = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return said.stdout.strip()


def machine() -> dict[str, object]:
    return {
        "cpus": os.cpu_count(),
        "architecture": platform.machine(),
        "python": platform.python_version(),
    }


def ratio(above: list[float], below: list[float]) -> float:
    """The median of one series over the median of another of the same run."""
    return median(above) / median(below)
