"""A CSV file as it comes from outside: decoded, checked, with the row number of everything that is wrong.

Raises FileRefusedError with one plain sentence for what spoils the whole file; what spoils one row only
is a Problem of that row.
"""

import csv
import io
import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

MOST_BYTES = 64 * 1024 * 1024  # unpacked; the real file has 3 MB
LONGEST_CELL = 20_000
LONGEST_RECORD = 1_000_000  # characters; a row of real data has a thousand
MOST_COLUMNS = 1_000
GZIP = b"\x1f\x8b"


class FileRefusedError(ValueError):
    """The file cannot be taken; the message is one sentence: what is wrong, where, how to mend it."""


@dataclass(frozen=True)
class Problem:
    """Something doubtful in one row. `row` counts as a spreadsheet does: the header is row 1.

    `file`: its name, where a release has several and the row alone would not be a place.
    """

    row: int
    column: str
    value: str
    reason: str
    file: str = ""

    @property
    def in_file(self) -> str:
        """The reason, with the file it stands in where there are several."""
        return f"{self.file}: {self.reason}" if self.file else self.reason


@dataclass(frozen=True)
class Row:
    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class CsvFile:
    """Rows with as many cells as the header; `misshapen` are the others."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    misshapen: tuple[tuple[int, tuple[str, ...]], ...]  # row number, its cells


def read_csv(content: bytes, *, name: str, columns: Collection[str]) -> CsvFile:
    """This will read a CSV (or its gzip) that must have these columns; others are kept, too."""
    text = decoded(unpacked(content, name), name)
    if not text.strip():
        raise FileRefusedError(f"{name} is empty. Give the file as it was downloaded.")
    return table_of(_records(text, name), name=name, columns=columns)


def table_of(
    records: Iterator[tuple[int, list[str]]], *, name: str, columns: Collection[str]
) -> CsvFile:
    """This will make a table of numbered records, the first its header, and check that header."""
    _, header = next(records)
    if len(header) > MOST_COLUMNS:
        raise FileRefusedError(
            f"{name} has {len(header)} columns in row 1, more than {MOST_COLUMNS}. Give the file as it was downloaded."
        )
    missing = [column for column in columns if column not in header]
    if missing:
        raise FileRefusedError(
            f"{name} has no column {', '.join(missing)} in row 1. Give the file as it was downloaded, with its header."
        )
    twice = sorted(column for column, times in Counter(header).items() if times > 1 and column)
    if twice:
        raise FileRefusedError(
            f"{name} has the column {', '.join(twice)} twice in row 1. Keep one of them."
        )
    rows, misshapen = [], []
    for number, cells in records:
        if len(cells) == len(header):
            rows.append(Row(number, dict(zip(header, cells, strict=True))))
        elif any(cells):
            misshapen.append((number, tuple(cells)))
    return CsvFile(tuple(header), tuple(rows), tuple(misshapen))


def unpacked(content: bytes, name: str) -> bytes:
    """The bytes, unpacked if they are gzip, never more than MOST_BYTES however small the packed file is."""
    if content[:2] == GZIP:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            content = unpacker.decompress(content, MOST_BYTES + 1)
        except zlib.error as error:
            raise FileRefusedError(f"{name} is a damaged gzip file. Download it again.") from error
        if not unpacker.eof and len(content) <= MOST_BYTES:
            raise FileRefusedError(f"{name} is a gzip file that ends too early. Download it again.")
    if len(content) > MOST_BYTES:
        raise FileRefusedError(
            f"{name} is larger than {MOST_BYTES // 1024 // 1024} MB unpacked. Give one release alone."
        )
    return content


def decoded(content: bytes, name: str) -> str:
    """This will give the text of UTF-8 (with or without BOM) or CP932, what spreadsheets in Japan save.

    Anything else is refused with the row where it shows, and so is a NUL.
    """
    mend = "Save it as UTF-8, or give the file as it was downloaded."
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise FileRefusedError(f"{name} is written in UTF-16. {mend}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        text = _cp932(content, before=content[: error.start].decode("utf-8-sig"))
        if not text:
            raise FileRefusedError(
                f"{name} is neither UTF-8 nor Shift_JIS (CP932): see row {row}. {mend}"
            ) from error
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise FileRefusedError(f"{name} holds a NUL character in row {row}. {mend}")
    return text


def _cp932(content: bytes, *, before: str) -> str:
    """The text, or "" where this is UTF-8 with a broken place (Japanese was read `before`), or EUC-JP."""
    if re.search(r"[\u3040-\u30ff\u4e00-\u9fff\uff01-\uff5e]", before):
        return ""
    try:
        text = content.decode("cp932")
    except UnicodeDecodeError:
        return ""
    if re.search("[\x80-\xa0\uf8f0-\uf8f3]", text):  # bytes Python lets pass, nobody's letters
        return ""
    narrow = len(re.findall("[\uff61-\uff9f]", text))
    wide = len(re.findall("[^\x00-\x7f]", text))
    return text if narrow * 2 <= wide or not _is_euc(content) else ""


def _is_euc(content: bytes) -> bool:
    try:
        content.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    return True


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Every record with its row number. A quote left open would swallow all that follows: refused, with its row."""
    csv.field_size_limit(LONGEST_CELL)
    number = taken = 0

    def lines() -> Iterator[str]:
        nonlocal taken
        for line in io.StringIO(text, newline=""):
            taken += len(line)
            if taken > LONGEST_RECORD:
                raise FileRefusedError(
                    f"{name}, row {number}, is longer than {LONGEST_RECORD} characters. "
                    "Mend that row and give the file again."
                )
            yield line

    reader = csv.reader(lines(), strict=True)
    while True:
        number, taken = number + 1, 0
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            what = (
                f"has a cell of more than {LONGEST_CELL} characters, or a quotation mark that is never closed"
                if "field limit" in str(error)
                else "has a quotation mark out of place"
            )
            raise FileRefusedError(
                f"{name}, row {number}, {what}. Mend that row and give the file again."
            ) from error
