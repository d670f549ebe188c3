"""Lines to call and desks to write to, at one minute. From packaged data: no database is asked."""

from datetime import datetime
from functools import cache
from typing import Protocol

from madobe.directory.data import crisis_lines_data, text_desks_data
from madobe.directory.rules.lines import (
    Line,
    at_this_minute,
    desks_from,
    in_order,
    lines_from,
    wanted,
)


class InArea(Protocol):
    """Anything that knows its prefecture (two digits)."""

    @property
    def prefecture(self) -> str: ...


@cache
def _lines() -> tuple[Line, ...]:
    return lines_from(crisis_lines_data())


@cache
def _desks() -> tuple[Line, ...]:
    return desks_from(text_desks_data())


def crisis_lines(
    *,
    at: datetime,
    who: str = "",
    age: int = -1,
    relation: str = "",
    signs: frozenset[str] = frozenset(),
    voice_free_first: bool = False,
) -> list[Line]:
    """This will give every line and nationwide desk that can be reached, open at `at` first, fitting ones before others.

    119 and 110 (`immediate`) close the list: they belong into a group of their own. `relation`: who hurts
    the writer ("partner", "parent") or who is hurt ("child", "elder").
    """
    desks = (desk for desk in _desks() if desk.area == "JP" and desk.reachable)
    lines = [*_lines(), *desks]
    return in_order(
        at_this_minute(lines, at),
        wanted(who=who, age=age, relation=relation, signs=signs),
        age=age,
        voice_free_first=voice_free_first,
    )


def text_desks(*, at: datetime, area: InArea | None = None) -> list[Line]:
    """This will give the desks one can write to, open ones first: nationwide ones and those of the area."""
    desks = [
        desk for desk in _desks() if desk.area == "JP" or (area and desk.area == area.prefecture)
    ]
    return in_order(at_this_minute(desks, at), ("general",))
