"""Spreadsheets (.xlsx): read like a CSV, with limits before anything is unpacked; and the template."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from madobe.directory.rules.csv_file import (
    MOST_BYTES,
    MOST_COLUMNS,
    CsvFile,
    FileRefusedError,
    table_of,
)
from madobe.directory.rules.sheet.columns import EXAMPLE, EXPLAINED, Codes, columns

ZIP = b"PK\x03\x04"
MOST_PARTS = 500  # files inside; a real book has twenty
MOST_ROWS = 100_000
START = "Start from the template: madobe import csv --template FILE.xlsx"
INPUT, WORDS = "入力", "えらぶ言葉"
DROP_DOWN_ROWS = 2_000


def read_book(content: bytes, *, name: str) -> CsvFile:
    """This will read the sheet 入力, or the first one. Raises FileRefusedError with one sentence.

    Formulas are not worked out: they are read as the text that stands in the cell.
    """
    _check(content, name)
    from openpyxl import load_workbook  # only who gives a book pays for it

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book[INPUT] if INPUT in book.sheetnames else book[book.sheetnames[0]]
        sheet.reset_dimensions()
        return table_of(_records(sheet, name), name=name, columns=())
    except FileRefusedError:
        raise
    except Exception as error:  # whatever a damaged book makes openpyxl stumble over
        raise FileRefusedError(
            f"{name} is a damaged spreadsheet. Open it, save it as .xlsx again, and give that."
        ) from error


def template(codes: Codes) -> bytes:
    """This will give the template: headers, one row that explains, one example, lists to choose from."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(INPUT)
    words = book.create_sheet(WORDS)
    rows = template_rows()
    for row in rows:
        sheet.append(row)
    wrap = Alignment(wrap_text=True, vertical="top")
    for number, fill in ((1, "D9E8F0"), (2, "F3F3EE"), (3, "FBF6E6")):
        for cell in sheet[number]:
            cell.alignment, cell.fill = wrap, PatternFill("solid", fgColor=fill)
            cell.font = Font(bold=number == 1)
    sheet.freeze_panes = "B4"
    lists = 0
    for place, column in enumerate(columns().values(), start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = 24
        for cell in sheet[letter][3:DROP_DOWN_ROWS]:
            cell.number_format = "@"
        if column.kind not in ("code", "codes", "yes_no", "mark"):
            continue
        lists += 1
        choices = (
            ["はい", "いいえ"]
            if not column.codes
            else [w for c, w in codes[column.codes].items() if c]
        )
        at = get_column_letter(lists)
        words[f"{at}1"] = column.label
        for number, word in enumerate(choices, start=2):
            words[f"{at}{number}"] = word
        rule = DataValidation(
            type="list",
            formula1=f"'{WORDS}'!${at}$2:${at}${len(choices) + 1}",
            allow_blank=True,
            showErrorMessage=column.kind != "codes",  # several may stand in one cell
        )
        rule.add(f"{letter}4:{letter}{DROP_DOWN_ROWS}")
        sheet.add_data_validation(rule)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def template_rows() -> list[list[str]]:
    """This will give the rows of the template: headers, explanation, example."""
    every = list(columns().values())
    explained = [EXPLAINED] + [("【要る】" if one.needed else "") + one.help for one in every[1:]]
    example = [EXAMPLE] + [one.example for one in every[1:]]
    return [[one.header for one in every], explained, example]


def _check(content: bytes, name: str) -> None:
    """A zip that unpacks to too much, or holds what no spreadsheet holds, is refused before it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_BYTES:
                raise FileRefusedError(
                    f"{name} is larger than {MOST_BYTES // 1024 // 1024} MB unpacked. Divide it into several books."
                )
            if "xl/workbook.xml" not in packed.namelist():
                raise FileRefusedError(f"{name} is a zip, but no .xlsx spreadsheet. Save it as .xlsx, or as CSV.")  # fmt: skip
            for one in parts:
                if one.filename.endswith((".xml", ".rels")):
                    with packed.open(one) as file:
                        if re.search(rb"<!\s*(DOCTYPE|ENTITY)", file.read(2000), re.IGNORECASE):
                            raise FileRefusedError(
                                f"{name} holds definitions no spreadsheet needs ({one.filename[:60]}). Save it as .xlsx again."
                            )
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError, EOFError) as error:  # fmt: skip
        raise FileRefusedError(
            f"{name} is a damaged or locked spreadsheet. Save it as .xlsx without a password, and give that."
        ) from error


def _records(sheet: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with its number; short rows are filled up to the width of the header."""
    width = filled = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells and width:
            continue
        filled += 1
        if filled > MOST_ROWS:
            raise FileRefusedError(
                f"{name} has more than {MOST_ROWS} rows. Divide it into several books."
            )
        if len(cells) > MOST_COLUMNS:
            raise FileRefusedError(
                f"{name}, row {number}, has a cell beyond column {MOST_COLUMNS}. Take it out."
            )
        width = width or len(cells)
        if not width:
            raise FileRefusedError(f"{name} has no header in row 1. {START}")
        yield number, cells + [""] * (width - len(cells))
    if not width:
        raise FileRefusedError(f"{name} is empty. {START}")


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "はい" if value else "いいえ"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case _:
            return str(value).replace("_x000D_", "").strip()
