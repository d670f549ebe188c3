"""What each サービス種別 stands for, by the reviewed table `data/wam_kinds.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from madobe.directory.rules.tidy import key_of

TABLE = Path(__file__).resolve().parent.parent.parent / "data" / "wam_kinds.yaml"


@dataclass(frozen=True)
class WamKind:
    """One row of the table. Without `kinds` an office is kept and not shown."""

    code: str
    called: str
    why: str
    source: str
    kinds: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    max_months: int | None = None
    when: str = ""
    role: str = ""
    content: str = ""
    fee: str = ""
    fees: str = ""
    apply: str = ""


@dataclass(frozen=True)
class Conditions:
    """Who may use these services: the same for all kinds that are shown."""

    valid_from: str
    conditions: tuple[Mapping[str, Any], ...]
    description: str


@cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return table


@cache
def kinds() -> Mapping[str, WamKind]:
    """This will give the table by サービス種別 in one spelling (就労継続支援A型, however wide the letters)."""
    rows = [
        WamKind(**item | {name: tuple(item.get(name, ())) for name in ("kinds", "stages")})
        for item in _table()["kinds"]
    ]
    return {key_of(row.called): row for row in rows}


def kind_of(called: str) -> WamKind:
    """This will give the kind of this name; one without a code of its own where the table has none."""
    unknown = WamKind(code=key_of(called)[:60], called=called, why="not in the table", source="")
    return kinds().get(key_of(called), unknown)


@cache
def conditions() -> Conditions:
    """This will give who may use what is shown."""
    said = _table()["eligibility"]
    return Conditions(
        valid_from=said["valid_from"].isoformat(),
        conditions=tuple(
            {"kind": one["kind"], "number": None, "values": one.get("values", []), "note": one["note"]}
            for one in said["conditions"]
        ),
        description=said["description"],
    )  # fmt: skip


def source_name() -> str:
    """This will give the name to credit (公共データ利用規約 第1.0版)."""
    return str(_table()["source"]["name"])


def source_url() -> str:
    """This will give the page the releases are published on."""
    return str(_table()["source"]["url"])
