"""How the guide thinks, as plain data: every row of the tables in readable words, for anyone to check."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from .tables import TABLES, Code, PlanStep, Service, StageWords, Tables
from .texts import Text
from .wording import in_words


@dataclass(frozen=True, slots=True)
class RuleInWords:
    """When this holds, these kinds of service come nearer, for this reason."""

    id: str
    when: Text
    adds: tuple[tuple[Service, int], ...]
    why: Text
    why_for: Mapping[str, Text]  # kinds with a reason of their own
    source: str


@dataclass(frozen=True, slots=True)
class ExclusionInWords:
    """When this holds, these kinds are not shown; why, and where to look instead."""

    id: str
    when: Text
    drops: tuple[Service, ...]
    reason: Text
    is_shown_later: bool
    instead: tuple[Service, ...]
    source: str


@dataclass(frozen=True, slots=True)
class WarningInWords:
    """When this holds, this is said; `variants` are (for whom, the words said to them)."""

    id: str
    when: Text
    message: Text
    variants: tuple[tuple[Text, Text], ...]
    source: str


@dataclass(frozen=True, slots=True)
class StageInWords:
    """A time on the path, and the codes that speak for it, strongest first."""

    stage: StageWords
    speaks_for_it: tuple[tuple[Code, int], ...]


@dataclass(frozen=True, slots=True)
class PlanInWords:
    """A template: when it is offered, and its steps."""

    id: str
    name: Text
    when: Text
    steps: tuple[tuple[PlanStep, Service], ...]
    source: str


@dataclass(frozen=True, slots=True)
class TermInWords:
    """A named condition the other rows use, and what it means."""

    id: str
    name: Text
    when: Text
    source: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything the guide goes by."""

    stages: tuple[StageInWords, ...]
    rules: tuple[RuleInWords, ...]
    exclusions: tuple[ExclusionInWords, ...]
    warnings: tuple[WarningInWords, ...]
    plans: tuple[PlanInWords, ...]
    terms: tuple[TermInWords, ...]
    always: tuple[Service, ...]
    services: tuple[Service, ...]
    needs_energy: tuple[Code, ...]  # stage 3 alone needs one of these signs of strength
    exhaustion_cap: tuple[Code, ...]  # with one of these, rest counts for more
    sources: tuple[tuple[str, str], ...]  # (mark, what it stands for)

    def paths_to(self, kind: str) -> tuple[RuleInWords, ...]:
        """Every rule that leads to this kind of service, the strongest first, each with its reason there."""
        leading = [
            (weight, replace(rule, why=rule.why_for.get(kind, rule.why)))
            for rule in self.rules
            for service, weight in rule.adds
            if service.id == kind
        ]
        return tuple(rule for _, rule in sorted(leading, key=lambda row: -row[0]))


@cache
def explanation() -> Explanation:
    """The tables of the package in words."""
    return explained(TABLES)


def explained(tables: Tables) -> Explanation:
    """Any tables in words."""
    services = tables.services
    codes = (*tables.signs.values(), *tables.wants.values(), *tables.constraints.values())
    return Explanation(
        stages=tuple(
            StageInWords(
                words, _speaking(codes, int(words.id) - 1) if words.id in ("1", "2", "3") else ()
            )
            for words in tables.stages.values()
        ),
        rules=tuple(
            RuleInWords(
                rule.id,
                in_words(rule.condition, tables),
                tuple((services[kind], weight) for kind, weight in rule.add),
                rule.why,
                rule.why_for,
                rule.source,
            )
            for rule in tables.rules
        ),
        exclusions=tuple(
            ExclusionInWords(
                row.id,
                in_words(row.condition, tables),
                tuple(services[kind] for kind in row.drop),
                row.reason,
                row.is_shown_later,
                tuple(services[kind] for kind in row.instead),
                row.source,
            )
            for row in tables.exclusions
        ),
        warnings=tuple(
            WarningInWords(
                row.id,
                in_words(row.condition, tables),
                row.message,
                tuple((in_words(v.condition, tables), v.text) for v in row.variants),
                row.source,
            )
            for row in tables.warnings
        ),
        plans=tuple(
            PlanInWords(
                plan.id,
                plan.name,
                in_words(plan.condition, tables),
                tuple((step, services[step.service]) for step in plan.steps),
                plan.source,
            )
            for plan in tables.plans
        ),
        terms=tuple(
            TermInWords(term.id, term.text, in_words(term.condition, tables), term.source)
            for term in tables.terms.values()
        ),
        always=tuple(services[kind] for kind in tables.always),
        services=tuple(services.values()),
        needs_energy=tuple(
            c for c in tables.signs.values() if c.id in tables.stage_rule.needs_energy
        ),
        exhaustion_cap=tuple(
            c for c in tables.signs.values() if c.id in tables.stage_rule.exhaustion_cap
        ),
        sources=tuple(tables.sources.items()),
    )


def _speaking(codes: tuple[Code, ...], stage: int) -> tuple[tuple[Code, int], ...]:
    speaking = [(code, code.points[stage]) for code in codes if code.points[stage]]
    return tuple(sorted(speaking, key=lambda row: -row[1]))
