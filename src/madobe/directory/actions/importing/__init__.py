"""Taking open data in. Every source is one function of the same shape; the command finds it here."""

from collections.abc import Mapping
from typing import Protocol

from madobe.directory.actions.importing.hsds import import_hsds
from madobe.directory.actions.importing.report import ImportRequest, Report
from madobe.directory.actions.importing.sheet import import_csv
from madobe.directory.actions.importing.wam import import_wam
from madobe.directory.actions.importing.windows import import_windows
from madobe.directory.rules.csv_file import FileRefusedError


class ImportSource(Protocol):
    """Takes files, writes all or nothing, and says what it did."""

    def __call__(self, *, request: ImportRequest) -> Report: ...


SOURCES: Mapping[str, ImportSource] = {
    "csv": import_csv,
    "hsds": import_hsds,
    "wam": import_wam,
    "windows": import_windows,
}

__all__ = [
    "SOURCES",
    "FileRefusedError",
    "ImportRequest",
    "Report",
    "import_csv",
    "import_hsds",
    "import_wam",
    "import_windows",
]
