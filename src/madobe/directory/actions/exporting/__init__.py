"""Giving the public directory out as files, and the empty ones others can fill in. The command finds formats here."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from madobe.directory.actions.exporting.folder import FolderRefusedError
from madobe.directory.actions.exporting.hsds import export_hsds
from madobe.directory.actions.exporting.sheet import export_csv, write_template

# Each writes into a folder and says how many records every file holds.
FORMATS: Mapping[str, Callable[[Path, datetime], Mapping[str, int]]] = {
    "csv": lambda folder, at: export_csv(folder=folder, at=at),
    "hsds": lambda folder, at: export_hsds(folder),
}

__all__ = ["FORMATS", "FolderRefusedError", "export_csv", "export_hsds", "write_template"]
