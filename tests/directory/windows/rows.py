"""Small releases for tests: rows in the columns of the source, written as it writes them."""

import csv
import io
from pathlib import Path

from madobe.directory.rules.windows.source import OFFICE_COLUMNS, WindowFile, read_release

PLAIN = {
    "id": "jp-13207-self-reliance", "municipalityId": "jp-13207", "categoryId": "money", "name": "まどべ相談室",
    "plainName": "生活困窮者自立相談支援窓口", "department": "まどべ相談室", "description": "相談できます。",
    "postalCode": "196-0000", "address": "昭島市窓辺町1-2-3 まどべ会館2階", "phone": "042-000-0001",
    "officialUrl": "https://example.jp/madobe", "openingHours": "平日 9時から17時", "closedDays": "土曜日・日曜日・祝日・年末年始",
    "availableMethods": "電話・来所", "sourceId": "source-x", "status": "published", "lastVerifiedAt": "2026-07-27",
    "contactType": "self-reliance", "scope": "municipality",
}  # fmt: skip


def row(**cells: str) -> dict[str, str]:
    """One row: a desk in 昭島市, with what the test changes."""
    return dict.fromkeys(OFFICE_COLUMNS, "") | PLAIN | cells


def csv_bytes(rows: list[dict[str, str]], columns: tuple[str, ...] = OFFICE_COLUMNS) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def write(folder: Path, rows: list[dict[str, str]], name: str = "offices.csv") -> Path:
    """Write a release; gives its path."""
    path = folder / name
    path.write_bytes(csv_bytes(rows))
    return path


def release(*rows: dict[str, str]) -> WindowFile:
    return read_release(csv_bytes(list(rows)), name="offices.csv")
