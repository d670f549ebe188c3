"""One row of a table from plain values, every field checked; a bad one is refused with its id."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from ..conditions import Condition, ConditionError, Vocabulary, compile_condition
from ..texts import Text, text_from
from .rows import (
    Caution,
    Code,
    Exclusion,
    Plan,
    PlanStep,
    Rule,
    Service,
    StageRule,
    StageWords,
    Term,
    Variant,
)

OWNERS = ("person", "family", "staff")
SECTORS = ("public", "private", "medical", "welfare", "both")


class TableError(ValueError):
    """A row of the tables that cannot be used: names the row and what is wrong with it."""


def need(row: Mapping[str, Any], key: str, where: str) -> Any:
    if not isinstance(row, Mapping) or row.get(key) in (None, "", [], {}):
        raise TableError(f"{where}: {key} is missing.")
    return row[key]


def _text(row: Mapping[str, Any], key: str, where: str) -> Text:
    try:
        return text_from(need(row, key, where), where=f"{where} ({key})")
    except TableError:
        raise
    except ValueError as error:
        raise TableError(str(error)) from error


def _condition(source: Any, words: Vocabulary, where: str) -> Condition:
    try:
        return compile_condition(source, words)
    except ConditionError as error:
        raise TableError(f"{where}: {error}") from error


def _one_of(value: Any, allowed: tuple[str, ...], where: str) -> str:
    if value not in allowed:
        raise TableError(f"{where}: {value!r} is not one of {', '.join(allowed)}.")
    return str(value)


def known_kinds(kinds: Iterable[str], services: Mapping[str, Any], where: str) -> tuple[str, ...]:
    for kind in kinds:
        if kind not in services:
            raise TableError(f"{where}: unknown kind of service {kind!r}.")
    return tuple(kinds)


def service_with(words: Vocabulary) -> Callable[[Mapping[str, Any], int], Service]:
    def make(row: Mapping[str, Any], order: int) -> Service:
        where = f"service {row['id']}"
        waits = row.get("waits_when")
        return Service(
            id=row["id"],
            name=_text(row, "name", where),
            stages=frozenset(need(row, "stages", where)),
            sector=_one_of(row.get("sector"), SECTORS, where),
            voice_free=bool(row.get("voice_free", False)),
            what_happens=_text(row, "what_happens", where),
            when_to_use=_text(row, "when_to_use", where),
            instead=tuple(need(row, "instead", where)),
            source=str(need(row, "source", where)),
            order=order,
            waits_when=_condition(waits, words, where) if waits else None,
        )

    return make


def code_of(kind: str) -> Callable[[Mapping[str, Any], int], Code]:
    def make(row: Mapping[str, Any], order: int) -> Code:
        where = f"{kind} {row['id']}"
        label = _text(row, "label", where)
        one, two, three = row.get("points", (0, 0, 0))
        return Code(
            id=row["id"],
            kind=kind,
            label=label,
            family_label=_text(row, "family_label", where) if "family_label" in row else label,
            points=(int(one), int(two), int(three)),
            about=_one_of(row.get("about", "person"), ("person", "writer", "household"), where),
            told_by_writer=row.get("told_by_writer", ""),
            asks_for=tuple(row.get("asks_for", ())),
            source=str(need(row, "source", where)),
        )

    return make


def term(row: Mapping[str, Any], words: Vocabulary) -> Term:
    where = f"term {row.get('id')}"
    condition = _condition(need(row, "when", where), words, where)
    return Term(
        need(row, "id", where),
        condition,
        _text(row, "text", where),
        str(need(row, "source", where)),
    )


def rule(row: Mapping[str, Any], words: Vocabulary) -> Rule:
    where = f"rule {row.get('id')}"
    add = need(row, "add", where)
    known_kinds(add, dict.fromkeys(words.services), where)
    for kind, weight in add.items():
        if type(weight) is not int or weight < 1:
            raise TableError(f"{where}: the weight of {kind} is not a whole number above 0.")
    return Rule(
        id=need(row, "id", where),
        condition=_condition(need(row, "when", where), words, where),
        add=tuple(add.items()),
        why=_text(row, "why", where),
        why_for=_reasons_by_kind(row, add, where),
        source=str(need(row, "source", where)),
    )


def _reasons_by_kind(row: Mapping[str, Any], add: Iterable[str], where: str) -> Mapping[str, Text]:
    reasons = row.get("why_for", {})
    for kind in reasons:
        if kind not in add:
            raise TableError(f"{where}: a reason for {kind!r}, which it does not add.")
    return MappingProxyType({kind: _text(reasons, kind, f"{where} (why_for)") for kind in reasons})


def exclusion(row: Mapping[str, Any], words: Vocabulary) -> Exclusion:
    where = f"exclusion {row.get('id')}"
    kinds = dict.fromkeys(words.services)
    return Exclusion(
        id=need(row, "id", where),
        condition=_condition(need(row, "when", where), words, where),
        drop=known_kinds(need(row, "drop", where), kinds, where),
        reason=_text(row, "reason", where),
        is_shown_later=bool(row.get("shown_later", False)),
        instead=known_kinds(row.get("instead", ()), kinds, where),
        source=str(need(row, "source", where)),
    )


def warning(row: Mapping[str, Any], words: Vocabulary) -> Caution:
    where = f"warning {row.get('id')}"
    variants = tuple(
        Variant(_condition(need(v, "when", where), words, where), _text(v, "text", where))
        for v in row.get("variants", ())
    )
    return Caution(
        id=need(row, "id", where),
        condition=_condition(need(row, "when", where), words, where),
        message=_text(row, "message", where),
        variants=variants,
        replaced_by=tuple(row.get("replaced_by", ())),
        source=str(need(row, "source", where)),
    )


def plan(row: Mapping[str, Any], words: Vocabulary) -> Plan:
    where = f"plan {row.get('id')}"
    steps = []
    for step in need(row, "steps", where):
        known_kinds([need(step, "service", where)], dict.fromkeys(words.services), where)
        when = step.get("suggest_when")
        steps.append(
            PlanStep(
                service=step["service"],
                owner=_one_of(step.get("owner"), OWNERS, where),
                horizon=_one_of(step.get("horizon"), ("now", "next", "later"), where),
                text=_text(step, "text", where),
                suggest_when=_condition(when, words, where) if when else None,
            )
        )
    return Plan(
        id=need(row, "id", where),
        name=_text(row, "name", where),
        condition=_condition(need(row, "when", where), words, where),
        steps=tuple(steps),
        source=str(need(row, "source", where)),
    )


def stage_words(row: Mapping[str, Any], order: int) -> StageWords:
    where = f"stage {row['id']}"
    message = _text(row, "message", where)
    return StageWords(
        id=row["id"],
        name=_text(row, "name", where),
        message=message,
        family_message=_text(row, "family_message", where) if "family_message" in row else message,
        source=str(need(row, "source", where)),
    )


def stage_rule(row: Mapping[str, Any], words: Vocabulary) -> StageRule:
    found = StageRule(
        unknown_below=int(row["unknown_below"]),
        clear_at=int(row["clear_at"]),
        needs_energy=frozenset(row["needs_energy"]),
        exhaustion_cap=frozenset(row["exhaustion_cap"]),
        source=str(row["source"]),
    )
    for code in found.needs_energy | found.exhaustion_cap:
        if code not in words.signs:
            raise TableError(f"stage rule: unknown sign {code!r}.")
    return found
