"""Giving the public directory out as files. Every format is one function of the same shape; the command finds it here."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from madobe.directory.actions.exporting.folder import FolderRefusedError
from madobe.directory.actions.exporting.hsds import export_hsds


class ExportFormat(Protocol):
    """Writes files into a folder; returns how many records each holds."""

    def __call__(self, folder: Path) -> Mapping[str, int]: ...


FORMATS: Mapping[str, ExportFormat] = {"hsds": export_hsds}

__all__ = ["FORMATS", "FolderRefusedError", "export_hsds"]
