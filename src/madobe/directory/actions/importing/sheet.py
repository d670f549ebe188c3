"""`madobe import csv`: our own spreadsheet (.csv or .xlsx), entered by hand, so vetted by a person before it is shown."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model

from madobe.directory.actions.importing.files import read_bytes
from madobe.directory.actions.importing.parts import rows_of
from madobe.directory.actions.importing.report import ImportRequest, Report
from madobe.directory.actions.importing.sheet_values import with_values
from madobe.directory.actions.importing.take import take_release
from madobe.directory.actions.importing.writing import fixed_id
from madobe.directory.codes import codes
from madobe.directory.models import Service, SourceRecord
from madobe.directory.rules.csv_file import CsvFile, FileRefusedError, Problem, Row, read_csv
from madobe.directory.rules.draft import ServiceDraft
from madobe.directory.rules.release import Entry, Release
from madobe.directory.rules.sheet.book import START, ZIP, read_book
from madobe.directory.rules.sheet.columns import column_of, columns, is_passed_over
from madobe.directory.rules.sheet.service import MORE, cells_of, draft_of, read_row, row_key

SOURCE = "csv"
SAY_EVERY = 1000


def import_csv(*, request: ImportRequest) -> Report:
    """This will take one spreadsheet in and say what it did. Raises FileRefusedError, then nothing is written.

    A row is known by its own number, else by name and municipality; the scope is the spreadsheet, by its name.
    Rows whose number is that of a service another source brought are compared and never written: what a
    register says is mended on its page.
    """
    path = _only(request.files)
    table = _table(path)
    request.say(f"{path.name}: {len(table.rows)} rows")
    taking = _Taking(path, table)
    for number, row in enumerate(table.rows, start=1):
        taking.take(row)
        if number % SAY_EVERY == 0:
            request.say(f"read {number} of {len(table.rows)} rows")
    release = taking.release()
    if not release.entries and not taking.same and release.rejected:
        first = next(one for one in release.problems if one.row > 1)
        raise FileRefusedError(
            f"{path.name} has no row that can be taken. The first reason: row {first.row}, {first.column}: {first.reason}"
        )
    return take_release(release=release, drafts=taking.drafts, request=request)


class _Taking:
    """Rows on their way in: which key each has, what is wrong, and what becomes of it."""

    def __init__(self, path: Path, table: CsvFile) -> None:
        self.scope = re.sub(r"\.(csv|xlsx)(\.gz)?$", "", path.name, flags=re.IGNORECASE)[:60]
        self.codes = codes()
        self.drafts: list[ServiceDraft] = []
        self.entries: dict[str, Entry] = {}
        self.problems: list[Problem] = [
            Problem(1, header, header[:100], "知らない見出しです。この列は読みません。")
            for header in table.columns
            if header.strip() and column_of(header) is None
        ]
        self.rows = self.rejected = self.duplicates = self.same = 0
        self.refused: set[str] = set()
        for number, cells in table.misshapen:
            if not is_passed_over(cells[0]):
                self.rows += 1
                self._reject(number, "", cells[0], f"列の数が見出しと合いません（{len(cells)}列）。この行は取りこんでいません。")  # fmt: skip
        self.known = _Known(self.scope, [self._id(row) for row in table.rows])

    def take(self, row: Row) -> None:
        if is_passed_over(next(iter(row.cells.values()))) or not any(
            cell.strip() for cell in row.cells.values()
        ):
            return
        self.rows += 1
        values, problems = read_row(row, self.codes)
        self.problems += problems
        if values is None:
            self.rejected += 1
            self._remember_refused(row)
            return
        key = self.known.key_of(row_key(values))
        if key in self.entries:
            self.duplicates += 1
            first = self.entries[key].number
            self.problems.append(
                Problem(row.number, _header(row, "id"), key[:100], f"{first}行目と同じ番号（または名前と市区町村）です。はじめの行だけを取りこみました。")
            )  # fmt: skip
            return
        fault = self.known.fault(key, values["name"])
        if fault:
            self._reject(row.number, _header(row, "id"), key, fault)
            self.refused.add(key)
            return
        elsewhere = self.known.elsewhere(key)
        if elsewhere is not None:
            self._compare(row, values, elsewhere)
            return
        draft = draft_of(values, key=key, service_id=key if _is_uuid(key) else "")
        fault = _fault_in_more(draft) if values.get("more") else ""
        if fault:
            self._reject(row.number, _header(row, "more"), str(values["more"]), fault)
            self.refused.add(key)
            return
        self.entries[key] = Entry(key, self.scope, row.number, dict(row.cells))
        self.drafts.append(draft)

    def release(self) -> Release:
        return Release(
            source=SOURCE,
            name=self.scope,
            rows=self.rows,
            entries=list(self.entries.values()),
            scopes=frozenset({self.scope}),
            refused_keys=frozenset(self.refused - set(self.entries)),
            rejected=self.rejected,
            duplicates=self.duplicates,
            unchanged_elsewhere=self.same,
            problems=self.problems,
        )

    @staticmethod
    def _id(row: Row) -> str:
        return row.cells.get(_header(row, "id"), "").strip()

    def _compare(self, row: Row, values: Mapping[str, Any], service: Service) -> None:
        from madobe.directory.actions.exporting.sheet import (
            values_of,  # one reads what the other wrote
        )

        here = cells_of(values_of(service), self.codes)
        said = cells_of({**values, **_more_of(values)}, self.codes)
        differing = [
            columns()[name].label for name in values if here[name] != said[name] and name != "id"
        ]
        if not differing:
            self.same += 1
            return
        self._reject(
            row.number, _header(row, "id"), str(values["id"]),
            f"ほかの名簿から来ている窓口です。表では変えられません。ページでなおしてください（ちがう欄: {'、'.join(differing[:5])}）。",
        )  # fmt: skip

    def _reject(self, number: int, column: str, value: str, reason: str) -> None:
        self.rejected += 1
        self.problems.append(Problem(number, column, value[:100], reason))

    def _remember_refused(self, row: Row) -> None:
        if self._id(row):
            self.refused.add(self.known.key_of(self._id(row)[:200]))


class _Known:
    """What is here already: rows of spreadsheets by key, and services by id."""

    def __init__(self, scope: str, written: Iterable[str]) -> None:
        self.scope = scope
        records = SourceRecord.objects.filter(source=SOURCE).select_related("service")
        self.records = {one.key: one for one in records.defer("raw")}
        self.by_service = {
            str(one.service_id): one.key for one in self.records.values() if one.service_id
        }
        others = {one for one in written if _is_uuid(one)} - set(self.by_service)
        self.others = {str(one.pk): one for one in with_values([UUID(one) for one in others])}

    def key_of(self, written: str) -> str:
        """The key of a row: a service's own id leads to the row it once came from."""
        return self.by_service.get(written, written)

    def fault(self, key: str, name: str) -> str:
        """Two spreadsheets that count from 1 must not write over one another."""
        one = self.records.get(key)
        if (
            one is None
            or one.scope == self.scope
            or one.service is None
            or one.service.name == name
        ):
            return ""
        return f"同じ番号が、ほかの表（{one.scope}）の「{one.service.name}」に使われています。番号を変えてください。"

    def elsewhere(self, key: str) -> Service | None:
        """The service of this id that another source brought."""
        return None if key in self.records else self.others.get(key)


def _only(files: Iterable[Path]) -> Path:
    found = [
        inside
        for path in files
        for inside in (sorted(p for p in path.glob("*.csv")) if path.is_dir() else [path])
    ]
    if len(found) != 1:
        raise FileRefusedError(f"Give one spreadsheet (.csv or .xlsx), not {len(found)}.")
    if not found[0].is_file():
        raise FileRefusedError(f"{found[0]} is not there. Check the path and try again.")
    return found[0]


def _table(path: Path) -> CsvFile:
    content = read_bytes(path)
    table = (
        read_book(content, name=path.name)
        if content.startswith(ZIP)
        else read_csv(content, name=path.name, columns=())
    )
    named = Counter(one.id for header in table.columns if (one := column_of(header)) is not None)
    twice = [columns()[name].header for name, times in named.items() if times > 1]
    if twice:
        raise FileRefusedError(f"{path.name} has the column {', '.join(twice)} twice in row 1. Keep one of them.")  # fmt: skip
    missing = [one.header for one in columns().values() if one.needed and one.id not in named]
    if missing:
        raise FileRefusedError(f"{path.name} has no column {', '.join(missing)} in row 1. {START}")
    return table


def _fault_in_more(draft: ServiceDraft) -> str:
    """Whether the column machines write holds rows the tables take; "" if so. Nobody types there by accident."""
    try:
        for part in MORE:
            if not isinstance(draft.parts.get(part, ""), str if part == "contact" else list | str):
                raise TypeError(part)
            for row in rows_of(part, draft.parts.get(part) or [], service=fixed_id("x"), organization=fixed_id("x"), source_name="x"):  # fmt: skip
                _clean(row)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return "機械が書く欄の中身が、書き出したときのままではありません。空にしてください。この行は取りこんでいません。"
    return ""


def _clean(row: Model) -> None:
    links = [one.name for one in row._meta.concrete_fields if one.is_relation]
    empty = [one.name for one in row._meta.concrete_fields if getattr(row, one.attname) == ""]
    row.clean_fields(exclude=[*links, *empty])
    row.validate_constraints(exclude=links)


def _more_of(values: Mapping[str, Any]) -> dict[str, Any]:
    more = values.get("more") or {}
    hours = [*(values.get("hours") or []), *more.get("schedules", [])]
    return {**{name: more[name] for name in MORE if name in more}, "schedules": hours}


def _header(row: Row, column: str) -> str:
    found = (header for header in row.cells if (one := column_of(header)) and one.id == column)
    return next(found, columns()[column].header)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
