"""Read the YAML tables, check every row, compile every condition. A bad row stops here, with its id."""

from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, TypeVar

import yaml

from ..conditions import Vocabulary
from ..texts import text_from
from . import make
from .make import TableError
from .rows import KINDS, Caution, Code, Exclusion, Plan, Rule, Tables, Term

HORIZONS = ("now", "also", "next", "later")
NEEDED_TERMS = ("only_information", "listening_only", "rest_first", "morning_greeting")
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


def load(folder: Traversable | None = None) -> Tables:
    """All tables of the package, or of another folder with the same files (used to try a changed table)."""
    folder = folder or files("madobe.guide").joinpath("tables")
    return tables_from({name: _read(folder.joinpath(f"{name}.yaml")) for name in FILES})


def tables_from(raw: Mapping[str, Any]) -> Tables:
    """Tables from plain values shaped like the YAML files, keyed by file name."""
    codes = {
        kind: _keyed(raw["codes"][f"{kind}s"], f"{kind}s", make.code_of(kind)) for kind in KINDS
    }
    _check_names_used_once(codes)
    known = {make.need(row, "id", "services") for row in raw["services"]["services"]}
    words = Vocabulary(codes["sign"], codes["want"], codes["constraint"], known, {})
    services = _keyed(raw["services"]["services"], "services", make.service_with(words))
    terms: dict[str, Term] = {}
    for row in raw["terms"]["terms"]:
        term = make.term(row, _with_terms(words, terms))
        terms[term.id] = term
    words = _with_terms(words, terms)
    rows = raw["rules"]
    tables = Tables(
        services=MappingProxyType(services),
        signs=MappingProxyType(codes["sign"]),
        wants=MappingProxyType(codes["want"]),
        constraints=MappingProxyType(codes["constraint"]),
        terms=MappingProxyType(terms),
        rules=_unique([make.rule(row, words) for row in rows["rules"]], "rules"),
        exclusions=_unique(
            [make.exclusion(r, words) for r in raw["exclusions"]["exclusions"]], "exclusions"
        ),
        warnings=_unique([make.warning(r, words) for r in raw["warnings"]["warnings"]], "warnings"),
        plans=_unique([make.plan(r, words) for r in raw["plans"]["plans"]], "plans"),
        stages=MappingProxyType(_keyed(raw["stages"]["stages"], "stages", make.stage_words)),
        stage_rule=make.stage_rule(raw["stages"]["rule"], words),
        horizons=MappingProxyType(
            {h: text_from(raw["phrases"]["horizons"][h], where=f"horizon {h}") for h in HORIZONS}
        ),
        phrases=MappingProxyType(
            {k: text_from(v, where=f"phrase {k}") for k, v in raw["phrases"]["phrases"].items()}
        ),
        always=make.known_kinds(rows["always"], services, "always"),
        always_for_information=make.known_kinds(rows["always_for_information"], services, "always"),
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
    rows: Iterable[Mapping[str, Any]], table: str, row_of: Callable[..., Row]
) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for order, row in enumerate(rows):
        key = make.need(row, "id", table)
        if key in found:
            raise TableError(f"{table}: the id {key} stands there twice.")
        found[key] = row_of(row, order)
    return found


def _unique(rows: list[Named], table: str) -> tuple[Named, ...]:
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            raise TableError(f"{table}: the id {row.id} stands there twice.")
        seen.add(row.id)
    return tuple(rows)


def _check_names_used_once(codes: Mapping[str, Mapping[str, Code]]) -> None:
    seen: dict[str, str] = {}
    for kind, rows in codes.items():
        for code in rows:
            if code in seen:
                raise TableError(f"{kind} {code}: the same name is a {seen[code]} too.")
            seen[code] = kind


def _check_references(tables: Tables) -> None:
    """Ids that name rows of other tables, checked once all tables stand."""
    for name in NEEDED_TERMS:
        if name not in tables.terms:
            raise TableError(f"terms: {name} is missing; the answer is built on it.")
    for service in tables.services.values():
        make.known_kinds(service.instead, tables.services, f"service {service.id}")
    for kind in KINDS:
        for code in tables.codes_of(kind).values():
            make.known_kinds(code.asks_for, tables.services, f"{kind} {code.id}")
            if code.told_by_writer and code.told_by_writer not in tables.signs:
                raise TableError(f"{kind} {code.id}: unknown sign {code.told_by_writer!r}.")
    warnings = {warning.id for warning in tables.warnings}
    for warning in tables.warnings:
        for other in warning.replaced_by:
            if other not in warnings:
                raise TableError(f"warning {warning.id}: unknown warning {other!r}.")
    for kind in tables.founding_coverage:
        make.known_kinds([kind], tables.services, "founding coverage")
