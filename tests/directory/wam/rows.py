"""Small WAM releases for tests: rows in the columns of the source, written as it writes them."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

from madobe.directory.actions.importing import ImportRequest, Report, import_wam
from madobe.directory.rules.draft import ServiceDraft
from madobe.directory.rules.postal import PostalCodes
from madobe.directory.rules.wam import columns as c
from madobe.directory.rules.wam.service import read_office
from madobe.directory.rules.wam.source import read_files

COLUMNS = (
    *c.NEEDED[:8], "法人電話番号", "法人FAX番号", *c.NEEDED[8:],
)  # fmt: skip
PLAIN = {
    c.AUTHORITY_CODE: "13000", c.NO: "A0000000001", c.AUTHORITY: "東京都",
    c.COMPANY: "社会福祉法人　まどべ会", c.COMPANY_KANA: "しゃかいふくしほうじんまどべかい", c.CORPORATE_NUMBER: "7000012050002",
    c.COMPANY_CITY: "東京都昭島市", c.COMPANY_STREET: "昭和町１−２−３", c.COMPANY_URL: "https://example.jp/",
    c.KIND: "就労移行支援", c.NAME: "まどべワークス", c.NAME_KANA: "まどべわーくす", c.OFFICE_NUMBER: "1312345678",
    c.CITY: "東京都昭島市", c.STREET: "昭和町１丁目２番３号", c.PHONE: "042-000-0001", c.FAX: "042-000-0002",
    c.URL: "https://example.jp/works", c.LATITUDE: "35.7130", c.LONGITUDE: "139.3600",
    c.WEEKDAYS: "10:00-16:00", c.SATURDAY: "", c.SUNDAY: "00:00-00:00", c.HOLIDAY: "", c.CLOSED: "土日祝日、年末年始",
    c.REMARKS: "", c.CAPACITY: "20",
}  # fmt: skip
AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
NAME = "csvdownload060.csv"


def row(**cells: str) -> dict[str, str]:
    """One row: an office in 昭島市. Cells are named as in `columns` (NO="…", NAME="…")."""
    changed = {getattr(c, name): value for name, value in cells.items()}
    return dict.fromkeys(COLUMNS, "") | PLAIN | changed


def csv_bytes(rows: list[dict[str, str]], code: str = "utf-8-sig") -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(code)


def write(folder: Path, *rows: dict[str, str], name: str = NAME) -> Path:
    """Write a release of September 2024; gives its path."""
    inside = folder / "wam_2024-09"
    inside.mkdir(exist_ok=True)
    (inside / name).write_bytes(csv_bytes(list(rows)))
    return inside / name


def take(folder: Path, *rows: dict[str, str], at: datetime = AT, dry_run: bool = False) -> Report:
    path = write(folder, *rows)
    return import_wam(request=ImportRequest(files=[path], by="import wam", at=at, dry_run=dry_run))


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


def read(
    released: str = "2024-09-30", postal: PostalCodes | None = None, **cells: str
) -> tuple[ServiceDraft, dict[str, str]]:
    """The draft of one row, and its doubts by column."""
    (office,) = read_files([(NAME, csv_bytes([row(**cells)]))]).offices
    draft, doubts = read_office(office, released=released, postal=postal or PostalCodes())
    return draft, {one.column: one.reason for one in doubts}
