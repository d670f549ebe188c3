"""The files of one WAM release, read: which rows are taken, under which key, and what is wrong with the others.

A row is known by its NO within its service kind. NO is meant to be one office and is not always: a second,
different office under the same NO is kept as well, under a key of its own, and reported; the same office
once more is reported and left out.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from madobe.directory.rules.csv_file import FileRefusedError, Problem, Row, read_csv
from madobe.directory.rules.tidy import key_of, tidy
from madobe.directory.rules.wam import columns as c
from madobe.directory.rules.wam.kinds import WamKind, kind_of

SECOND = "#"  # stands in the key of an office that shares its NO
_NO = re.compile(r"[A-Z]\d{10}")


@dataclass(frozen=True)
class Office:
    """One row that is taken."""

    key: str
    kind: WamKind
    number: int
    file: str  # "" where the release is one file
    cells: Mapping[str, str]  # as published


@dataclass
class WamFiles:
    """One release, read. `known` of `read_files` are keys of offices that shared a NO before."""

    offices: list[Office] = field(default_factory=list)
    rows: int = 0
    rejected: int = 0
    doubles: set[str] = field(default_factory=set)  # keys of second offices
    repeated: int = 0  # the same office under the same NO once more: left out
    refused_keys: set[str] = field(default_factory=set)
    scopes: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def base_key(kind: WamKind, no: str) -> str:
    """This will give the key of a row: its NO within its service kind."""
    return f"{kind.code}:{no}"


def office_identity(cells: Mapping[str, str]) -> str:
    """This will give what makes an office this one: its number, name and place, however wide the letters."""
    said = (cells[c.OFFICE_NUMBER], cells[c.NAME], cells[c.CITY], cells[c.STREET])
    return "|".join(map(key_of, said))


def read_files(
    files: Sequence[tuple[str, bytes]], *, known: Mapping[str, Mapping[str, str]] | None = None
) -> WamFiles:
    """This will read the files of one release (name, content). `known`: base key → identity → key, of offices
    that shared a NO in an earlier release, so that each stays itself whatever the order.

    Raises FileRefusedError for a file that cannot be taken at all, and where no row can.
    """
    read = WamFiles()
    held: dict[str, dict[str, Office]] = {}
    for name, content in files:
        table = read_csv(content, name=name, columns=c.NEEDED)
        where = name if len(files) > 1 else ""
        kinds = {kind_of(row.cells[c.KIND]).code for row in table.rows if row.cells[c.KIND]}
        read.scopes |= kinds
        read.rows += len(table.rows) + len(table.misshapen)
        for number, cells in table.misshapen:
            nos = [no for cell in cells if (no := tidy(cell)) and _NO.fullmatch(no)]
            read.refused_keys |= {f"{kind}:{no}" for kind in kinds for no in nos}
            _reject(read, number, "", " ".join(cells), f"列の数が見出しと合いません（{len(cells)}列）。", where)  # fmt: skip
        for row in table.rows:
            fault = _fault(row)
            if fault:
                column, reason = fault
                if row.cells[c.NO] and row.cells[c.KIND]:
                    read.refused_keys.add(base_key(kind_of(row.cells[c.KIND]), _no(row)))
                _reject(read, row.number, column, row.cells[column], reason, where)
                continue
            _take(row, where, read, held, known or {})
    if not read.offices:
        names = ", ".join(name for name, _ in files)
        first = read.problems[0] if read.problems else None
        reason = f" The first reason: row {first.row}, {first.column}: {first.reason}" if first else ""  # fmt: skip
        raise FileRefusedError(f"{names} has no row that can be taken.{reason}")
    read.refused_keys -= {office.key for office in read.offices}
    _shared_between_kinds(read)
    return read


def _take(
    row: Row,
    where: str,
    read: WamFiles,
    held: dict[str, dict[str, Office]],
    known: Mapping[str, Mapping[str, str]],
) -> None:
    kind = kind_of(row.cells[c.KIND])
    base, identity = base_key(kind, _no(row)), office_identity(row.cells)
    others = held.setdefault(base, {})
    if identity in others:
        first = others[identity]
        read.repeated += 1
        read.problems.append(
            Problem(row.number, c.NO, row.cells[c.NO], f"{_line(first)}と同じ事業所です。はじめの行だけを取りこみました。", where)
        )  # fmt: skip
        return
    before = known.get(base, {})
    free = base not in {office.key for office in others.values()}
    if identity in before:
        key = before[identity]
    elif free and (base not in before.values() or len(before) == 1):
        key = base
    else:
        key = f"{base}{SECOND}{hashlib.sha256(identity.encode()).hexdigest()[:12]}"
    if others:
        first = next(iter(others.values()))
        read.doubles.add(key)
        read.problems.append(
            Problem(row.number, c.NO, row.cells[c.NO], f"{_line(first)}の事業所（{tidy(first.cells[c.NAME])}）と同じNOの、別の事業所です。どちらも取りこみました。", where)
        )  # fmt: skip
    others[identity] = Office(key, kind, row.number, where, row.cells)
    read.offices.append(others[identity])


def _shared_between_kinds(read: WamFiles) -> None:
    """The same NO in two service kinds is two records by definition; where the offices differ, it is told."""
    seen: dict[str, Office] = {}
    for office in read.offices:
        first = seen.setdefault(tidy(office.cells[c.NO]), office)
        if first.kind.code != office.kind.code and office_identity(first.cells) != office_identity(office.cells):  # fmt: skip
            read.problems.append(
                Problem(office.number, c.NO, office.cells[c.NO], f"{first.kind.called}の「{tidy(first.cells[c.NAME])}」（{_line(first)}）と同じNOの、別の事業所です。サービス種別がちがうので、どちらも取りこみました。", office.file)
            )  # fmt: skip


def _line(office: Office) -> str:
    return f"{office.file + 'の' if office.file else ''}{office.number}行目"


def _no(row: Row) -> str:
    return tidy(row.cells[c.NO])


def _fault(row: Row) -> tuple[str, str] | None:
    cells = row.cells
    if not _no(row):
        return c.NO, "NOがありません。"
    if len(_no(row)) > 60:
        return c.NO, "NOが長すぎます。"
    if not tidy(cells[c.KIND]):
        return c.KIND, "サービス種別がありません。"
    if not tidy(cells[c.NAME]):
        return c.NAME, "事業所の名称がありません。"
    if len(tidy(cells[c.NAME])) > 200:
        return c.NAME, "事業所の名称が長すぎます。"
    if not tidy(cells[c.COMPANY]):
        return c.COMPANY, "法人の名称がありません。"
    return None


def _reject(read: WamFiles, number: int, column: str, value: str, reason: str, where: str) -> None:
    read.rejected += 1
    read.problems.append(
        Problem(number, column, value[:100], f"{reason}取りこんでいません。", where)
    )
