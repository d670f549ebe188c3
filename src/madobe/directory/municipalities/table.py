"""The packaged table of municipalities, read once when first asked for."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Area:
    """A place in Japan. `code`: six digits of a municipality, or "" when only the prefecture is known."""

    prefecture: str  # two digits, "13"
    code: str = ""
    name: str = ""  # 昭島市 / 東京都


@dataclass(frozen=True, slots=True)
class Municipality:
    """A city, special ward, town or village, or a ward of a designated city (then `parent` is its city)."""

    code: str  # six digits, the last is the check digit
    prefecture: str  # two digits
    district: str  # 虻田郡, or ""
    name: str
    kana: str
    kind: str  # "city" | "designated_city" | "special_ward" | "town" | "village" | "ward"
    parent: str  # six digits, or ""
    valid_from: date | None  # None: for as long as the table reaches
    valid_to: date | None  # the last day; None: still there
    lat: float
    lng: float

    @property
    def code5(self) -> str:
        """The code without its check digit."""
        return self.code[:5]

    @property
    def prefecture_name(self) -> str:
        return prefecture_name(self.prefecture)

    @property
    def full_name(self) -> str:
        """The name nobody else has: 愛知県名古屋市中区, 北海道虻田郡倶知安町."""
        city = _table()[self.parent].name if self.parent else self.district
        return f"{self.prefecture_name}{city}{self.name}"


@dataclass(frozen=True, slots=True)
class Prefecture:
    """One of the 47. `short` is the name without 都・府・県 (北海道 has no shorter one)."""

    code: str
    name: str
    kana: str
    short: str
    short_kana: str


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _table() -> Mapping[str, Municipality]:
    """Every row by its six-digit code, former wards included."""
    with (DATA / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        return {
            code: Municipality(
                code, prefecture, district, name, kana, kind, parent,
                _day(valid_from), _day(valid_to), float(lat), float(lng),
            )
            for code, prefecture, district, name, kana, kind, parent, valid_from, valid_to, lat, lng in lines
        }  # fmt: skip


@cache
def prefectures() -> Mapping[str, Prefecture]:
    """This will give the 47 prefectures by their two-digit code."""
    with (DATA / "prefectures.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Prefecture(
                code=row["code"],
                name=row["name"],
                kana=row["kana"],
                short=row["name"] if row["code"] == "01" else row["name"][:-1],
                short_kana=row["kana"]
                if row["code"] == "01"
                else _without_kind(row["name"], row["kana"]),
            )
            for row in csv.DictReader(file)
        }


def _without_kind(name: str, kana: str) -> str:
    return kana.removesuffix({"都": "と", "府": "ふ", "県": "けん"}[name[-1]])


@dataclass(frozen=True, slots=True)
class Former:
    """A municipality that merged into another or became a city. `now`: six digits of what it is today."""

    prefecture: str
    name: str
    kana: str
    now: str


@cache
def former_municipalities() -> tuple[Former, ...]:
    """This will give the former names people still write (see data/README.md: a list by hand, not all)."""
    with (DATA / "former_municipalities.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Former(**row) for row in csv.DictReader(file))


def prefecture_name(code: str) -> str:
    """This will give the name of a prefecture ("13" -> 東京都), "" for a code nobody has."""
    found = prefectures().get(code)
    return found.name if found else ""


def by_code(code: str) -> Municipality | None:
    """This will give the municipality or ward with this code, five or six digits; None if there is none.

    A six-digit code must end in the right check digit. A former ward is found, too (see `valid_to`).
    """
    if len(code) == 6:
        return _table().get(code)
    if len(code) == 5 and code.isascii() and code.isdigit():
        return _table().get(code + check_digit(code))
    return None


def check_digit(code5: str) -> str:
    """This will give the sixth digit of a five-digit code (総務省, 全国地方公共団体コードの検査数字)."""
    total = sum(int(digit) * weight for digit, weight in zip(code5, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


@cache
def all_municipalities() -> tuple[Municipality, ...]:
    """This will give the 1,741 municipalities of today, in the order of their codes (no wards of cities)."""
    return tuple(row for row in _table().values() if row.kind != "ward" and row.valid_to is None)


@cache
def wards_of(code: str) -> tuple[Municipality, ...]:
    """This will give today's wards of a designated city (six-digit code), () for any other."""
    return tuple(row for row in _table().values() if row.parent == code and row.valid_to is None)


def area_of(municipality: Municipality) -> Area:
    """This will give the area services are looked up by: for a ward, its city."""
    home = _table()[municipality.parent] if municipality.parent else municipality
    return Area(prefecture=home.prefecture, code=home.code, name=home.name)


def every_row() -> Mapping[str, Municipality]:
    """This will give all rows by code, wards of cities and former wards included."""
    return _table()
