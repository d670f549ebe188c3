"""Read the YAML tables, check every row, compile every condition. A bad row stops here, with its id."""

from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, TypeVar

import yaml

from ..conditions import Condition, ConditionError, Vocabulary, compile_condition
from ..texts import Text, text_from
from .rows import (
    KINDS,
    Caution,
    Code,
    Exclusion,
    Plan,
    PlanStep,
    Rule,
    Service,
    StageRule,
    StageWords,
    Tables,
    Term,
    Variant,
)

HORIZONS = ("now", "also", "next", "later")
OWNERS = ("person", "family", "staff")
SECTORS = ("public", "private", "medical", "welfare", "both")
FILES = (
    "services",
    "codes",
    "terms",
    "stages",
    "rules",
    "exclusions",
    "warnings",
    "plans",
    "phrases",
)

Row = TypeVar("Row")
Named = TypeVar("Named", Rule, Exclusion, Caution, Plan)


class TableError(ValueError):
    """A row of the tables that cannot be used: names the row and what is wrong with it."""


def load(folder: Traversable | None = None) -> Tables:
    """All tables of the package, or of another folder with the same files (used to try a changed table)."""
    folder = folder or files("madobe.guide").joinpath("tables")
    return tables_from({name: _read(folder.joinpath(f"{name}.yaml")) for name in FILES})


def tables_from(raw: Mapping[str, Any]) -> Tables:
    """Tables from plain values shaped like the YAML files, keyed by file name."""
    services = _keyed(raw["services"]["services"], "services", _service)
    codes = {kind: _keyed(raw["codes"][f"{kind}s"], f"{kind}s", _code_of(kind)) for kind in KINDS}
    _check_names_used_once(codes)
    words = Vocabulary(codes["sign"], codes["want"], codes["constraint"], services, {})
    terms: dict[str, Term] = {}
    for row in raw["terms"]["terms"]:
        term = _term(row, _with_terms(words, terms))
        terms[term.id] = term
    words = _with_terms(words, terms)
    rows = raw["rules"]
    tables = Tables(
        services=MappingProxyType(services),
        signs=MappingProxyType(codes["sign"]),
        wants=MappingProxyType(codes["want"]),
        constraints=MappingProxyType(codes["constraint"]),
        terms=MappingProxyType(terms),
        rules=_unique([_rule(row, words) for row in rows["rules"]], "rules"),
        exclusions=_unique(
            [_exclusion(r, words) for r in raw["exclusions"]["exclusions"]], "exclusions"
        ),
        warnings=_unique([_warning(r, words) for r in raw["warnings"]["warnings"]], "warnings"),
        plans=_unique([_plan(r, words) for r in raw["plans"]["plans"]], "plans"),
        stages=MappingProxyType(_keyed(raw["stages"]["stages"], "stages", _stage_words)),
        stage_rule=_stage_rule(raw["stages"]["rule"], words),
        horizons=MappingProxyType(
            {h: text_from(raw["phrases"]["horizons"][h], where=f"horizon {h}") for h in HORIZONS}
        ),
        phrases=MappingProxyType(
            {k: text_from(v, where=f"phrase {k}") for k, v in raw["phrases"]["phrases"].items()}
        ),
        always=_known(rows["always"], services, "always"),
        always_for_information=_known(rows["always_for_information"], services, "always"),
        founding_coverage=MappingProxyType(
            {
                row["service"]: frozenset(row["prefectures"])
                for row in raw["terms"]["founding_coverage"]
            }
        ),
        sources=MappingProxyType(dict(raw["phrases"]["sources"])),
    )
    _check_references(tables)
    return tables


def _read(path: Traversable) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (safe loader, compiled)


def _with_terms(words: Vocabulary, terms: Mapping[str, Term]) -> Vocabulary:
    conditions = {term.id: term.condition for term in terms.values()}
    return Vocabulary(words.signs, words.wants, words.constraints, words.services, conditions)


def _keyed(
    rows: Iterable[Mapping[str, Any]], table: str, make: Callable[..., Row]
) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for order, row in enumerate(rows):
        key = _need(row, "id", table)
        if key in found:
            raise TableError(f"{table}: the id {key} stands there twice.")
        found[key] = make(row, order)
    return found


def _unique(rows: list[Named], table: str) -> tuple[Named, ...]:
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            raise TableError(f"{table}: the id {row.id} stands there twice.")
        seen.add(row.id)
    return tuple(rows)


def _need(row: Mapping[str, Any], key: str, where: str) -> Any:
    if not isinstance(row, Mapping) or row.get(key) in (None, "", [], {}):
        raise TableError(f"{where}: {key} is missing.")
    return row[key]


def _text(row: Mapping[str, Any], key: str, where: str) -> Text:
    try:
        return text_from(_need(row, key, where), where=f"{where} ({key})")
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


def _known(kinds: Iterable[str], services: Mapping[str, Any], where: str) -> tuple[str, ...]:
    for kind in kinds:
        if kind not in services:
            raise TableError(f"{where}: unknown kind of service {kind!r}.")
    return tuple(kinds)


def _service(row: Mapping[str, Any], order: int) -> Service:
    where = f"service {row['id']}"
    return Service(
        id=row["id"],
        name=_text(row, "name", where),
        stages=frozenset(_need(row, "stages", where)),
        sector=_one_of(row.get("sector"), SECTORS, where),
        voice_free=bool(row.get("voice_free", False)),
        what_happens=_text(row, "what_happens", where),
        when_to_use=_text(row, "when_to_use", where),
        instead=tuple(_need(row, "instead", where)),
        source=str(_need(row, "source", where)),
        order=order,
    )


def _code_of(kind: str) -> Callable[[Mapping[str, Any], int], Code]:
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
            source=str(_need(row, "source", where)),
        )

    return make


def _check_names_used_once(codes: Mapping[str, Mapping[str, Code]]) -> None:
    seen: dict[str, str] = {}
    for kind, rows in codes.items():
        for code in rows:
            if code in seen:
                raise TableError(f"{kind} {code}: the same name is a {seen[code]} too.")
            seen[code] = kind


def _term(row: Mapping[str, Any], words: Vocabulary) -> Term:
    where = f"term {row.get('id')}"
    condition = _condition(_need(row, "when", where), words, where)
    return Term(
        _need(row, "id", where),
        condition,
        _text(row, "text", where),
        str(_need(row, "source", where)),
    )


def _rule(row: Mapping[str, Any], words: Vocabulary) -> Rule:
    where = f"rule {row.get('id')}"
    add = _need(row, "add", where)
    _known(add, dict.fromkeys(words.services), where)
    for kind, weight in add.items():
        if type(weight) is not int or weight < 1:
            raise TableError(f"{where}: the weight of {kind} is not a whole number above 0.")
    return Rule(
        id=_need(row, "id", where),
        condition=_condition(_need(row, "when", where), words, where),
        add=tuple(add.items()),
        why=_text(row, "why", where),
        source=str(_need(row, "source", where)),
    )


def _exclusion(row: Mapping[str, Any], words: Vocabulary) -> Exclusion:
    where = f"exclusion {row.get('id')}"
    kinds = dict.fromkeys(words.services)
    return Exclusion(
        id=_need(row, "id", where),
        condition=_condition(_need(row, "when", where), words, where),
        drop=_known(_need(row, "drop", where), kinds, where),
        reason=_text(row, "reason", where),
        is_shown_later=bool(row.get("shown_later", False)),
        instead=_known(row.get("instead", ()), kinds, where),
        source=str(_need(row, "source", where)),
    )


def _warning(row: Mapping[str, Any], words: Vocabulary) -> Caution:
    where = f"warning {row.get('id')}"
    variants = tuple(
        Variant(_condition(_need(v, "when", where), words, where), _text(v, "text", where))
        for v in row.get("variants", ())
    )
    return Caution(
        id=_need(row, "id", where),
        condition=_condition(_need(row, "when", where), words, where),
        message=_text(row, "message", where),
        variants=variants,
        replaced_by=tuple(row.get("replaced_by", ())),
        source=str(_need(row, "source", where)),
    )


def _plan(row: Mapping[str, Any], words: Vocabulary) -> Plan:
    where = f"plan {row.get('id')}"
    steps = []
    for step in _need(row, "steps", where):
        _known([_need(step, "service", where)], dict.fromkeys(words.services), where)
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
        id=_need(row, "id", where),
        name=_text(row, "name", where),
        condition=_condition(_need(row, "when", where), words, where),
        steps=tuple(steps),
        source=str(_need(row, "source", where)),
    )


def _stage_words(row: Mapping[str, Any], order: int) -> StageWords:
    where = f"stage {row['id']}"
    message = _text(row, "message", where)
    return StageWords(
        id=row["id"],
        name=_text(row, "name", where),
        message=message,
        family_message=_text(row, "family_message", where) if "family_message" in row else message,
        source=str(_need(row, "source", where)),
    )


def _stage_rule(row: Mapping[str, Any], words: Vocabulary) -> StageRule:
    rule = StageRule(
        unknown_below=int(row["unknown_below"]),
        clear_at=int(row["clear_at"]),
        needs_energy=frozenset(row["needs_energy"]),
        exhaustion_cap=frozenset(row["exhaustion_cap"]),
        source=str(row["source"]),
    )
    for code in rule.needs_energy | rule.exhaustion_cap:
        if code not in words.signs:
            raise TableError(f"stage rule: unknown sign {code!r}.")
    return rule


def _check_references(tables: Tables) -> None:
    """Ids that name rows of other tables, checked once all tables stand."""
    for service in tables.services.values():
        _known(service.instead, tables.services, f"service {service.id}")
    for kind in KINDS:
        for code in tables.codes_of(kind).values():
            _known(code.asks_for, tables.services, f"{kind} {code.id}")
            if code.told_by_writer and code.told_by_writer not in tables.signs:
                raise TableError(f"{kind} {code.id}: unknown sign {code.told_by_writer!r}.")
    warnings = {warning.id for warning in tables.warnings}
    for warning in tables.warnings:
        for other in warning.replaced_by:
            if other not in warnings:
                raise TableError(f"warning {warning.id}: unknown warning {other!r}.")
    for kind in tables.founding_coverage:
        _known([kind], tables.services, "founding coverage")
