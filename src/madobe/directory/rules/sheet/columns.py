"""The columns of the spreadsheet, by the table `data/sheet_columns.yaml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

TABLE = Path(__file__).resolve().parent.parent.parent / "data" / "sheet_columns.yaml"
# Rows a person reads and the import passes over, by their first cell.
EXPLAINED, EXAMPLE = "説明", "見本"
_ID = re.compile(r"\[([a-z_0-9]+)\]\s*$")

Codes = Mapping[str, Mapping[str, str]]  # name of a list of choices → code → Japanese word


@dataclass(frozen=True)
class Column:
    """One column. `kind`: how a cell is read ("text", "codes" …); `field`: the column of Service, or ""."""

    id: str
    kind: str
    label: str
    help: str
    example: str
    field: str = ""
    codes: str = ""
    needed: bool = False
    longest: int = 20_000

    @property
    def header(self) -> str:
        """What stands in row 1: 使い時 [when_to_use]."""
        return f"{self.label} [{self.id}]"


@cache
def columns() -> Mapping[str, Column]:
    """This will give the columns by id, in their order."""
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    rows = [
        Column(
            id=item["id"],
            kind=item["is"],
            label=item["label"],
            help=item["help"],
            example=str(item["example"]),
            field=item.get("field", ""),
            codes=item.get("codes", ""),
            needed=item.get("needed", False),
            longest=item.get("longest", 20_000),
        )
        for item in table["columns"]
    ]
    return {row.id: row for row in rows}


def column_of(header: str) -> Column | None:
    """This will give the column a header cell names: 使い時 [when_to_use], when_to_use, or 使い時 alone."""
    text = header.strip()
    found = _ID.search(text)
    if found or text in columns():
        return columns().get(found[1] if found else text)
    return next((one for one in columns().values() if one.label == text), None)


def is_passed_over(first: str) -> bool:
    """Whether a row is one of those that explain (its first cell is 説明 or 見本)."""
    return first.strip() in (EXPLAINED, EXAMPLE)
