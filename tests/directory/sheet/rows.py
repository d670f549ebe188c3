"""Small spreadsheets for tests, in our own columns."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import Workbook

from madobe.directory.actions.importing import ImportRequest, Report, import_csv
from madobe.directory.rules.sheet.columns import columns

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
PLAIN = {
    "organization": "まどべの会", "name": "まどべの居場所", "kinds": "居場所・フリースペース", "areas": "東京都昭島市",
    "when_to_use": "家のほかに、いられる所がほしいとき。", "source_name": "まどべの会のちらし", "last_verified_date": "2026-11-01",
}  # fmt: skip


def row(**cells: str) -> dict[str, str]:
    """One row that could be published, with what the test changes; cells by column id."""
    return PLAIN | cells


def csv_bytes(*rows: dict[str, str], headers: list[str] | None = None) -> bytes:
    file = io.StringIO()
    ids = headers or list(columns())
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns()[one].header if one in columns() else one for one in ids)
    writer.writerows([one.get(name, "") for name in ids] for one in rows)
    return file.getvalue().encode("utf-8-sig")


def book(path: Path, *rows: dict[str, object]) -> Path:
    """Write an .xlsx with these rows; gives its path."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append([one.header for one in columns().values()])
    for one in rows:
        sheet.append([one.get(name) for name in columns()])
    made.save(path)
    return path


def take(path: Path, *, at: datetime = AT, dry_run: bool = False) -> Report:
    request = ImportRequest(files=[path], by="import csv", at=at, dry_run=dry_run)
    return import_csv(request=request)


def take_rows(
    folder: Path, *rows: dict[str, str], name: str = "list.csv", at: datetime = AT
) -> Report:
    path = folder / name
    path.write_bytes(csv_bytes(*rows))
    return take(path, at=at)


def counts(report: Report) -> tuple[int, int, int, int, int, int]:
    """Added, changed, unchanged, removed, rejected, duplicates; the equation of the contract holds."""
    taken = report.added + report.changed + report.unchanged
    assert report.rows == taken + report.rejected + report.duplicates
    return (
        report.added,
        report.changed,
        report.unchanged,
        report.removed,
        report.rejected,
        report.duplicates,
    )
