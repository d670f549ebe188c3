"""Spreadsheets that are broken or hostile: refused before they are unpacked."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from madobe.directory.codes import codes
from madobe.directory.rules.csv_file import FileRefusedError
from madobe.directory.rules.sheet import book as book_module
from madobe.directory.rules.sheet.book import read_book, template
from madobe.directory.rules.sheet.columns import columns

from .rows import book, row


def refusal(content: bytes) -> str:
    with pytest.raises(FileRefusedError) as refused:
        read_book(content, name="x.xlsx")
    assert "\n" not in str(refused.value)
    return str(refused.value)


def meddled(path: Path, part: str, change: "object") -> bytes:
    """The book with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for one in before.infolist():
            content = before.read(one)
            after.writestr(one.filename, change(content) if one.filename == part else content)  # type: ignore[operator]
    return out.getvalue()


@pytest.fixture
def path(tmp_path) -> Path:
    return book(tmp_path / "x.xlsx", row())


def test_a_zip_bomb_is_refused_by_what_it_says_of_itself(path):
    big = meddled(path, "xl/worksheets/sheet1.xml", lambda content: content + b" " * 80_000_000)
    assert len(big) < 200_000
    assert "larger" in refusal(big)


def test_a_zip_of_countless_files_is_refused(path):
    out = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(out, "a") as packed:
        for number in range(600):
            packed.writestr(f"x{number}", b"")
    assert "larger" in refusal(out.getvalue())


def test_definitions_of_entities_are_refused(path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    assert "definitions" in refusal(meddled(path, "xl/workbook.xml", lambda content: bomb + content))  # fmt: skip


def test_a_zip_that_is_no_book_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", b"x")
    assert "no .xlsx" in refusal(out.getvalue())


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"]
)
def test_a_damaged_book_is_refused_without_a_traceback(path, part):
    assert "damaged" in refusal(meddled(path, part, lambda content: content[: len(content) // 2]))
    assert "damaged" in refusal(path.read_bytes()[:-200])


def test_one_cell_at_the_far_end_costs_nothing(path, monkeypatch):
    sheet = load_workbook(path)
    sheet.worksheets[0]["A1048576"] = "x"
    sheet.save(path)
    monkeypatch.setattr(book_module, "MOST_ROWS", 10)
    rows = read_book(path.read_bytes(), name="x.xlsx").rows
    assert [one.number for one in rows] == [2, 1_048_576]


def test_a_row_of_sixteen_thousand_columns_is_refused(path):
    sheet = load_workbook(path)
    sheet.worksheets[0]["XFD2"] = "x"
    sheet.save(path)
    assert "beyond" in refusal(path.read_bytes())


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(book_module, "MOST_ROWS", 5)
    path = book(tmp_path / "y.xlsx", *[row()] * 6)
    assert "more than 5 rows" in refusal(path.read_bytes())


def test_the_template_has_a_header_an_explanation_an_example_and_lists_to_choose_from():
    made = load_workbook(io.BytesIO(template(codes())))
    sheet = made["入力"]
    header, explained, example = ([cell.value for cell in sheet[n]] for n in (1, 2, 3))
    assert header == [one.header for one in columns().values()]
    assert (explained[0], example[0]) == ("説明", "見本")
    assert sum(1 for text in explained if text and text.startswith("【要る】")) == 4
    lists = {str(rule.sqref).split(":")[0] for rule in sheet.data_validations.dataValidation}
    assert len(lists) == sum(1 for one in columns().values() if one.kind in ("code", "codes", "yes_no", "mark"))  # fmt: skip
    assert "居場所・フリースペース" in [cell.value for cell in made["えらぶ言葉"]["B"]]
