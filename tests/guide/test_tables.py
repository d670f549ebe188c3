"""The tables are complete, and a bad row is refused with its id."""

from collections.abc import Callable
from typing import Any

import pytest

from madobe.guide.rules.tables import TABLES, TableError
from madobe.guide.rules.tables.load import tables_from

from .properties import raw_tables

RAW = raw_tables()


def changed(change: Callable[[dict[str, Any]], None]) -> None:
    raw = raw_tables()
    change(raw)
    tables_from(raw)


def row(raw: dict[str, Any], table: str, number: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = raw[table][table][number]
    return found


def test_all_thirty_eight_kinds_are_there() -> None:
    assert len(TABLES.services) == 38


@pytest.mark.parametrize("service", TABLES.services.values(), ids=lambda s: s.id)
def test_every_kind_has_another_door(service: Any) -> None:
    assert set(service.instead) <= set(TABLES.services) - {service.id}


def test_every_row_has_a_source() -> None:
    rows = [
        *TABLES.services.values(),
        *TABLES.rules,
        *TABLES.exclusions,
        *TABLES.warnings,
        *TABLES.plans,
    ]
    rows += [
        *TABLES.signs.values(),
        *TABLES.wants.values(),
        *TABLES.constraints.values(),
        *TABLES.terms.values(),
    ]
    assert all(one.source for one in rows)


def test_every_kind_is_reached_by_a_rule() -> None:
    reached = {kind for rule in TABLES.rules for kind, _ in rule.add} | set(TABLES.always)
    assert set(TABLES.services) == reached


def test_every_code_is_used() -> None:
    """A chip nobody's answer hangs on would be a question asked for nothing."""
    sources = [
        c.condition.source
        for c in (*TABLES.rules, *TABLES.exclusions, *TABLES.warnings, *TABLES.plans)
    ]
    sources += [term.condition.source for term in TABLES.terms.values()]
    written = " ".join(sources)
    codes = [*TABLES.signs.values(), *TABLES.wants.values(), *TABLES.constraints.values()]
    unused = {c.id for c in codes if f"'{c.id}'" not in written and not any(c.points)}
    assert unused == {
        "goes_convenience",
        "cost_free",
    }  # 0 on purpose (S2-17); every public door here is free


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda raw: row(raw, "rules").update(when="S('nobody')"), "rule B1"),
        (lambda raw: row(raw, "rules").update(when="open('/etc/passwd')"), "rule B1"),
        (lambda raw: row(raw, "rules").update(add={"shop": 3}), "rule B1"),
        (lambda raw: row(raw, "rules").update(add={"ibasho": "many"}), "rule B1"),
        (lambda raw: row(raw, "rules").pop("source"), "rule B1"),
        (lambda raw: row(raw, "rules")["why"].pop("easy"), "rule B1"),
        (lambda raw: row(raw, "rules", 1).update(id="B1"), "B1"),
        (lambda raw: row(raw, "exclusions").update(drop=["shop"]), "exclusion N2"),
        (lambda raw: row(raw, "warnings")["message"].update(en=" "), "warning W_CRISIS"),
        (lambda raw: row(raw, "warnings").update(replaced_by=["W_NOBODY"]), "warning W_CRISIS"),
        (lambda raw: row(raw, "plans")["steps"][0].update(owner="nobody"), "plan A"),
        (lambda raw: row(raw, "services").update(instead=["shop"]), "service hikikomori_center"),
        (lambda raw: row(raw, "services").pop("when_to_use"), "service hikikomori_center"),
        (lambda raw: raw["codes"]["wants"][0].update(asks_for=["shop"]), "want place_to_be"),
        (lambda raw: raw["codes"]["wants"][0].update(id="no_talk"), "no_talk"),
        (lambda raw: row(raw, "terms").update(when="elsewhere"), "term tokyo"),
        (lambda raw: raw["stages"]["rule"].update(needs_energy=["nobody"]), "stage rule"),
    ],
)
def test_a_bad_row_is_refused_with_its_id(
    change: Callable[[dict[str, Any]], None], named: str
) -> None:
    with pytest.raises(TableError, match=named):
        changed(change)
