"""From the value an import gives to the value of a fact: the sources describe rows each in their own way."""

from collections.abc import Mapping
from typing import Any

FACT_OF = {"contact": "contacts"}  # where a source's field has another name than the fact
_BELOW = {"schedules": "exceptions", "eligibilities": "conditions"}


def fact_of(field: str, theirs: Any) -> tuple[str, Any]:
    """This will give the fact a source's field speaks of, and its value there."""
    fact = FACT_OF.get(field, field)
    if field == "contact":
        return fact, [{"department": theirs}] if theirs else []
    if field == "kinds":
        return fact, _kinds(theirs)
    if field == "areas":
        return fact, [one["extent"] if isinstance(one, Mapping) else one[0] for one in theirs]
    if isinstance(theirs, list) and all(isinstance(one, Mapping) for one in theirs):
        return fact, [_row(field, one) for one in _placed(theirs)]
    return fact, theirs


def _kinds(theirs: list[Any]) -> list[str]:
    if all(isinstance(one, str) for one in theirs):
        return list(theirs)
    return [one["kind"] for one in sorted(theirs, key=lambda one: not one.get("is_main"))]


def _placed(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=lambda one: one.get("position", 0))


def _row(field: str, row: Mapping[str, Any]) -> dict[str, Any]:
    own = {key: value for key, value in row.items() if key not in ("below", "position")}
    below = row.get("below")
    if field in _BELOW and below is not None:
        own[_BELOW[field]] = [_row("", one) for one in _placed(below)]
    return own
