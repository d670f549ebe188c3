"""Which kinds of the guide a row stands for, by the reviewed table `data/windows_kinds.yaml`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

TABLE = Path(__file__).resolve().parent.parent.parent / "data" / "windows_kinds.yaml"
_CELLS = {
    "category": "categoryId",
    "plain_name": "plainName",
    "description": "description",
    "name": "name",
}


@dataclass(frozen=True)
class Rule:
    """One row of the table. `rank`: its place, the first is the most important. No kinds: not shown."""

    id: str
    rank: int
    match: Mapping[str, re.Pattern[str]]
    kinds: tuple[str, ...]
    is_hikikomori_desk: bool
    when: str
    role: str
    content: str
    why: str
    source: str

    def fits(self, cells: Mapping[str, str]) -> bool:
        """Whether a row of the source is of this sort."""
        return all(_found(column, pattern, cells) for column, pattern in self.match.items())


def _found(column: str, pattern: re.Pattern[str], cells: Mapping[str, str]) -> bool:
    if column == "category":
        return pattern.fullmatch(cells["categoryId"]) is not None
    if column == "called":
        return any(pattern.search(cells[cell]) for cell in ("name", "department", "plainName"))
    if column == "not_called":
        return not any(pattern.search(cells[cell]) for cell in ("name", "department"))
    return pattern.search(cells[_CELLS[column]]) is not None


@cache
def rules() -> Sequence[Rule]:
    """This will give the table, in its order."""
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return tuple(
        Rule(
            id=item["id"],
            rank=rank,
            match={column: re.compile(pattern) for column, pattern in item["match"].items()},
            kinds=tuple(item["kinds"]),
            is_hikikomori_desk=item.get("is_hikikomori_desk", False),
            when=item.get("when", ""),
            role=item.get("role", ""),
            content=item.get("content", ""),
            why=item["why"],
            source=item["source"],
        )
        for rank, item in enumerate(table["rules"])
    )


def rule_of(cells: Mapping[str, str]) -> Rule:
    """This will give the first rule that fits a row; the last rule fits all."""
    return next(rule for rule in rules() if rule.fits(cells))
