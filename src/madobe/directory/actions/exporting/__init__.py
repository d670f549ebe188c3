"""Giving the directory away as files others can read, and the empty ones others can fill in."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from madobe.directory.actions.exporting.sheet import export_csv, write_template


class Export(Protocol):
    """Writes what anyone may read into a folder; returns how many services."""

    def __call__(self, *, folder: Path, at: datetime) -> int: ...


EXPORTS: Mapping[str, Export] = {"csv": export_csv}

__all__ = ["EXPORTS", "Export", "export_csv", "write_template"]
