"""How near the top the search puts what a coordinator would hope to see (bench/data/relevance*.yaml).

What is hoped for is found in the rows of the sources as they were published, never by the search.
"""

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from madobe.directory import municipalities
from madobe.directory.models import Service, SourceRecord
from madobe.directory.queries.search import search
from madobe.directory.search.question import SearchQuestion

DATA = Path(__file__).parent / "data"
PAGE = 20
WAM = {"kind": "サービス種別", "name": "事業所の名称", "body": "法人の名称"}
WAM_AT = "事業所住所（市区町村）"


@dataclass(frozen=True)
class Case:
    """One search with what would be a good first answer."""

    id: str
    asks: str
    question: SearchQuestion
    expect: Sequence[Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True)
class Found:
    """`rank` of the first service hoped for on the first page, 0 when it is not there."""

    case: Case
    rank: int
    first: tuple[str, ...]  # names of the first three, for people who tune


def cases(name: str) -> list[Case]:
    """This will read a set: "relevance" or "relevance_held_out"."""
    rows = yaml.safe_load((DATA / f"{name}.yaml").read_text("utf-8"))["queries"]
    return [Case(row["id"], row["asks"], _question(row), row["expect"]) for row in rows]


def measured(name: str, *, windows: Path, at: datetime) -> list[Found]:
    """This will run a set. `windows`: the folder of the municipal windows as published (for the names of towns)."""
    hoped = _Hoped(windows)
    return [_found(case, hoped(case.expect), at) for case in cases(name)]


def mean_reciprocal_rank(found: Iterable[Found]) -> float:
    """This will give the mean of 1 / rank, 0 for what is not on the first page."""
    ranks = [1 / one.rank if one.rank else 0.0 for one in found]
    return sum(ranks) / len(ranks)


class NothingToHopeFor(ValueError):
    """A case whose expectation no row of the sources meets: the data are not loaded, or the case is wrong."""


def _found(case: Case, hoped: set[UUID], at: datetime) -> Found:
    if not hoped:
        raise NothingToHopeFor(f"{case.id}: no service shown is what {case.expect} describes")
    answer = search(case.question, at=at)
    order = [hit.service for hit in answer.hits]
    rank = next((place for place, one in enumerate(order, start=1) if one in hoped), 0)
    names = Service.objects.in_bulk(order[:3])
    return Found(case, rank, tuple(names[one].name for one in order[:3]))


def _question(row: Mapping[str, Any]) -> SearchQuestion:
    municipality, prefecture = _codes(row.get("place", ""))
    return SearchQuestion(
        text=str(row["text"]),
        municipality=municipality,
        prefecture=prefecture,
        needs=frozenset(row.get("needs", ())),
        who=row.get("who", ""),
        size=PAGE,
    )


@cache
def _codes(place: str) -> tuple[str, str]:
    """Six digits and two for 東京都昭島市, "" and two for 東京都."""
    if not place:
        return "", ""
    for row in municipalities.all_municipalities():
        if place == f"{row.prefecture_name}{row.name}":
            return row.code, row.prefecture
    for code, prefecture in municipalities.prefectures().items():
        if place == prefecture.name:
            return "", code
    raise ValueError(f"{place} is no place of the table")


class _Hoped:
    """Finds services by the rows of the sources they were made from."""

    def __init__(self, windows: Path) -> None:
        with (windows / "municipalities.csv").open(encoding="utf-8", newline="") as file:
            self._towns = {row["id"]: row for row in csv.DictReader(file)}
        self._shown = set(Service.objects.shown().values_list("pk", flat=True))
        records = SourceRecord.objects.filter(service__isnull=False, removed_at=None)
        self._rows: dict[str, list[tuple[UUID, Mapping[str, str]]]] = {"wam": [], "windows": []}
        for source, service, raw in records.filter(source__in=self._rows).values_list(
            "source", "service", "raw"
        ):
            self._rows[source].append((service, raw))
        self._founding = list(
            Service.objects.filter(source_records__source="founding").values_list("pk", "name")
        )

    def __call__(self, expect: Sequence[Mapping[str, Mapping[str, str]]]) -> set[UUID]:
        found: set[UUID] = set()
        for one in expect:
            ((source, wanted),) = one.items()
            if source == "founding":
                found |= {pk for pk, name in self._founding if re.search(wanted["name"], name)}
            else:
                fits: Callable[[Mapping[str, str], Mapping[str, str]], bool]
                fits = self._fits_wam if source == "wam" else self._fits_windows
                found |= {pk for pk, raw in self._rows[source] if fits(raw, wanted)}
        return found & self._shown

    @staticmethod
    def _fits_wam(raw: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
        return (
            raw[WAM_AT].startswith(wanted.get("at", ""))
            and ("kind" not in wanted or raw[WAM["kind"]] == wanted["kind"])
            and all(
                re.search(wanted[key], raw[WAM[key]]) for key in ("name", "body") if key in wanted
            )
        )

    def _fits_windows(self, raw: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
        town = self._towns.get(raw["municipalityId"])
        prefecture = town["prefectureCode"] if town else raw["prefectureCode"]
        said = raw["name"] + raw["plainName"] + raw["department"]
        return (
            (town["name"] if town else "") == wanted.get("city", "")
            and prefecture == wanted["prefecture"]
            and re.search(wanted["says"], said) is not None
        )
