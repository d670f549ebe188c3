"""The files of くらし支援ナビ, put together: rows of windows, whose municipality they name, and whose word they are."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from madobe.directory.municipalities import Municipality, area_of, by_code, prefecture_name
from madobe.directory.municipalities.romaji import codes_of
from madobe.directory.rules.csv_file import CsvFile, FileRefusedError, Problem, Row, read_csv

OFFICE_COLUMNS = (
    "id", "municipalityId", "categoryId", "name", "plainName", "department", "description", "postalCode", "address",
    "phone", "fax", "email", "contactFormUrl", "officialUrl", "openingHours", "closedDays", "reservationRequired",
    "availableMethods", "serviceArea", "eligibilityConditions", "emergencyAlternative", "sourceId", "status",
    "lastVerifiedAt", "contactType", "scope", "prefectureCode",
)  # fmt: skip
SITE_NAME = "くらし支援ナビ"
_FREE_MAIL = re.compile(
    r"@(?:gmail|googlemail|yahoo|ymail|outlook|hotmail|live|icloud|me|aol|excite|goo)\.",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Coverage:
    """Whom a window is for: a municipality or a whole prefecture."""

    extent: str  # six digits or two
    name: str  # 昭島市 / 東京都
    prefecture: str  # two digits
    scope: str  # as the source names it; what a later release is compared by

    @property
    def prefecture_name(self) -> str:
        return prefecture_name(self.prefecture)

    @property
    def district(self) -> str:
        """The 郡 of a town or village, or ""."""
        found = by_code(self.extent)
        return found.district if found else ""

    @property
    def is_small(self) -> bool:
        """Whether this is a town or village: most have no welfare office of their own, the prefecture's serves them."""
        found = by_code(self.extent)
        return found is not None and found.kind in ("town", "village")


@dataclass(frozen=True)
class Source:
    """Whose word a row is."""

    name: str
    url: str


@dataclass(frozen=True)
class Window:
    """One accepted row."""

    number: int
    key: str
    cells: Mapping[str, str]  # as published, free-mail addresses left out
    coverage: Coverage
    source: Source


@dataclass(frozen=True)
class WindowFile:
    """One release, read. `refused` are the rows not taken: row number by key ("" where it has none)."""

    name: str
    windows: tuple[Window, ...]
    refused_keys: frozenset[str]
    scopes: frozenset[str]  # every municipality and prefecture the file names
    rejected: int
    duplicates: int
    rows: int
    problems: tuple[Problem, ...]


@dataclass
class _Companions:
    """What the other files of the release say. Missing files leave these empty."""

    code_by_id: dict[str, str] = field(default_factory=dict)
    source_by_id: dict[str, Source] = field(default_factory=dict)


def read_release(
    offices: bytes, *, name: str, municipalities: bytes | None = None, sources: bytes | None = None
) -> WindowFile:
    """This will read one release. Raises FileRefusedError where nothing of it can be taken."""
    table = read_csv(offices, name=name, columns=OFFICE_COLUMNS)
    problems: list[Problem] = []
    companions = _Companions()
    if municipalities is not None:
        companions.code_by_id = _codes(
            read_csv(
                municipalities,
                name="municipalities.csv",
                columns=("id", "municipalityCode", "name"),
            ),
            problems,
        )
    if sources is not None:
        companions.source_by_id = {
            row.cells["id"]: Source(
                _credited(row.cells["publisher"] or row.cells["title"]), row.cells["url"]
            )
            for row in read_csv(
                sources, name="sources.csv", columns=("id", "title", "url", "publisher")
            ).rows
        }
    release = _taken(table, companions, problems)
    if not release.windows:
        first = next((p for p in release.problems if p.row), None)
        reason = (
            f" The first reason: row {first.row}, {first.column}: {first.reason}" if first else ""
        )
        raise FileRefusedError(f"{name} has no row that can be taken.{reason}")
    return release


def _credited(publisher: str) -> str:
    """Whose word it is, and who gathered it (CC BY 4.0 asks to name them)."""
    return f"{publisher}（{SITE_NAME}）"


def _codes(table: CsvFile, problems: list[Problem]) -> dict[str, str]:
    """The municipality of every id. The sixth digit is worked out again: some are 0 where they must be 1."""
    codes = {}
    for row in table.rows:
        written = row.cells["municipalityCode"]
        found = by_code(written[:5])
        if found is None or found.name != row.cells["name"]:
            problems.append(
                Problem(
                    row.number,
                    "municipalities.csv:municipalityCode",
                    written,
                    "その番号の市区町村がありません。",
                )
            )
            continue
        if found.code != written:
            problems.append(
                Problem(
                    row.number,
                    "municipalities.csv:municipalityCode",
                    written,
                    f"検査数字が合いません。{found.code}（{found.full_name}）として読みました。",
                )
            )
        codes[row.cells["id"]] = found.code
    return codes


def _taken(table: CsvFile, companions: _Companions, problems: list[Problem]) -> WindowFile:
    windows: dict[str, Window] = {}
    refused: set[str] = set()
    rejected = duplicates = 0
    for number, written in table.misshapen:
        rejected += 1
        first, size = written[0], len(written)
        refused.add(first)
        problems.append(
            Problem(
                number,
                "",
                first[:100],
                f"列の数が見出しと合いません（{size}列）。取りこんでいません。",
            )
        )
    for row in table.rows:
        cells = {column: _kept(value) for column, value in row.cells.items()}
        key = cells["id"]
        if key in windows:
            duplicates += 1
            first_row = windows[key].number
            problems.append(
                Problem(
                    row.number,
                    "id",
                    key,
                    f"{first_row}行目と同じidです。はじめの行だけを取りこみました。",
                )
            )
            continue
        coverage = _coverage(cells, companions)
        fault = _fault(cells, coverage)
        if fault or coverage is None:
            rejected += 1
            refused.add(key)
            column, reason = fault or ("municipalityId", "")
            problems.append(
                Problem(row.number, column, cells[column][:100], f"{reason}取りこんでいません。")
            )
            continue
        windows[key] = Window(
            row.number,
            key,
            _without_free_mail(cells),
            coverage,
            _source(row, cells, companions, problems),
        )
    dates = [
        w.cells["lastVerifiedAt"]
        for w in windows.values()
        if re.fullmatch(r"\d{4}-\d\d-\d\d", w.cells["lastVerifiedAt"])
    ]
    return WindowFile(
        name=max(dates, default=""),
        windows=tuple(windows.values()),
        refused_keys=frozenset(refused - set(windows)),
        scopes=frozenset(_scope(row.cells) for row in table.rows),
        rejected=rejected,
        duplicates=duplicates,
        rows=len(table.rows) + len(table.misshapen),
        problems=tuple(problems),
    )


def _kept(value: str) -> str:
    """The value without control characters and outer spaces; a cell that looks like a formula stays text."""
    return "".join(c for c in value if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


def _without_free_mail(cells: Mapping[str, str]) -> dict[str, str]:
    """A free-mail address may be a private person's: it is neither shown nor kept."""
    return {
        column: "" if _FREE_MAIL.search(value) and "@" in value and column == "email" else value
        for column, value in cells.items()
    }


def _fault(cells: Mapping[str, str], coverage: Coverage | None) -> tuple[str, str] | None:
    if not cells["id"]:
        return "id", "idがありません。"
    if len(cells["id"]) > 200:
        return "id", "idが長すぎます。"
    if not cells["name"]:
        return "name", "窓口の名前がありません。"
    if len(cells["name"]) > 200:
        return "name", "窓口の名前が長すぎます。"
    if cells["scope"] not in ("municipality", "prefecture"):
        return "scope", "受け持ちの範囲が、市区町村でも都道府県でもありません。"
    if len(_scope(cells)) > 60:
        return "municipalityId", "市区町村のidが長すぎます。"
    if coverage is None:
        if cells["scope"] == "prefecture":
            return "prefectureCode", "その番号の都道府県がありません。"
        return "municipalityId", "どの市区町村か分かりません。"
    if cells["status"] not in ("published", "review_required"):
        return "status", "公開する行ではありません。"
    return None


def _scope(cells: Mapping[str, str]) -> str:
    return (
        f"prefecture:{cells['prefectureCode']}"
        if cells["scope"] == "prefecture"
        else cells["municipalityId"]
    )


def _coverage(cells: Mapping[str, str], companions: _Companions) -> Coverage | None:
    if cells["scope"] == "prefecture":
        name = prefecture_name(cells["prefectureCode"])
        code = cells["prefectureCode"]
        return Coverage(code, name, code, _scope(cells)) if name else None
    named = cells["municipalityId"]
    code = companions.code_by_id.get(named, "")
    found = by_code(code) if code else _by_id(named)
    if found is None:
        return None
    area = area_of(found)
    return Coverage(area.code, area.name, area.prefecture, _scope(cells))


def _by_id(named: str) -> Municipality | None:
    """Ids hold a code (jp-13207) or names in Latin letters (osaka-toyonaka), so a file can come alone."""
    if re.fullmatch(r"jp-\d{5}", named):
        return by_code(named[3:])
    spelled = re.fullmatch(r"([a-z]+)-([a-z]+)", named)
    if spelled:
        prefecture, codes = codes_of(f"{spelled[2]}, {spelled[1]}")
        return by_code(codes[0]) if prefecture and len(codes) == 1 else None
    return None


def _source(
    row: Row, cells: Mapping[str, str], companions: _Companions, problems: list[Problem]
) -> Source:
    found = companions.source_by_id.get(cells["sourceId"])
    if found is None:
        if companions.source_by_id:
            problems.append(
                Problem(
                    row.number, "sourceId", cells["sourceId"], "sources.csvにない出どころです。"
                )
            )
        return Source(SITE_NAME, cells["officialUrl"])
    return found
