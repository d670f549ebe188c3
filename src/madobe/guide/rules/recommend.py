"""Which kinds of service fit now, in which order, and why (domain.md §4.3)."""

from collections.abc import Iterable
from dataclasses import dataclass

from .conditions import View
from .situation import Facts
from .tables import TABLES, Exclusion, Plan, Rule, Service, Tables
from .texts import Text

NOW, ALSO, NEXT, LATER = "now", "also", "next", "later"
FIRST = 3  # 「いま」, and as many 「ほかにも」: more than that nobody reads on a tired day


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A kind of service that fits, when, and the reason of the rule that spoke loudest for it."""

    service: Service
    horizon: str
    why: Text
    rule: str
    source: str
    text_first: bool = (
        False  # the doors inside are to be shown with text and chat before the telephone
    )


@dataclass(frozen=True, slots=True)
class Excluded:
    """A kind that is not for now: the reason, and where to look instead."""

    service: Service
    asked_for: bool
    shown_later: bool
    reason: Text
    rule: str
    source: str
    instead: tuple[str, ...]


def recommend(
    view: View, plans: Iterable[Plan], tables: Tables = TABLES
) -> tuple[tuple[Suggestion, ...], tuple[Excluded, ...]]:
    """Suggestions in order, and what was left out with its reason."""
    weights, reasons = _weigh(view, tables)
    dropped = _dropped(view, tables)
    kept = [tables.services[kind] for kind in weights if kind not in dropped]
    kept.sort(key=lambda service: (-weights[service.id], service.order))
    waiting = [service for service in kept if service.waits(view)]
    kept = [service for service in kept if service not in waiting]
    doors = _doors_for_everyone(view, kept, dropped, tables)
    horizons = {
        service.id: NOW if place < FIRST else ALSO
        for place, service in enumerate(kept[: 2 * FIRST])
    }
    horizons |= {service.id: ALSO for service in doors}
    tail = [service for service in kept[2 * FIRST :] if service.id not in horizons]
    if (
        len(kept) < FIRST
    ):  # nothing more fitting stands there, so an open door may be the first step
        horizons |= {service.id: NOW for service in doors[: FIRST - len(kept)]}
    horizons |= {service.id: NEXT for service in (*tail, *waiting)}
    reasons |= {
        s.id: (tables.phrases["always_open"], "always", "S0-08 S0-11")
        for s in doors
        if s.id not in reasons
    }
    _add_plan_steps(view, plans, dropped, horizons, reasons, tables)
    order = [s.id for s in (*kept[: 2 * FIRST], *doors, *tail, *waiting)]
    order += [kind for kind in horizons if kind not in order]
    order.sort(
        key=lambda kind: _HORIZON_ORDER[horizons[kind]]
    )  # stable: weight decides within a horizon
    text_first = not view.constraints.isdisjoint({"no_phone"})
    suggestions = tuple(
        Suggestion(
            tables.services[kind],
            horizons[kind],
            *reasons[kind],
            text_first and kind == "crisis_line",
        )
        for kind in order
    )
    return suggestions, _excluded(view, weights, dropped, frozenset(horizons), tables)


_HORIZON_ORDER = {NOW: 0, ALSO: 1, NEXT: 2, LATER: 3}
Reason = tuple[Text, str, str]  # why, id of the rule, source


def _weigh(view: View, tables: Tables) -> tuple[dict[str, int], dict[str, Reason]]:
    weights: dict[str, int] = {}
    strongest: dict[str, tuple[int, Rule]] = {}
    for rule in tables.rules:
        if not rule.condition.test(view):
            continue
        for kind, weight in rule.add:
            weights[kind] = weights.get(kind, 0) + weight
            if kind not in strongest or weight > strongest[kind][0]:
                strongest[kind] = (weight, rule)
    reasons = {
        kind: (rule.why_of(kind), rule.id, rule.source) for kind, (_, rule) in strongest.items()
    }
    return weights, reasons


def _dropped(view: View, tables: Tables) -> dict[str, Exclusion]:
    """Each dropped kind with the first exclusion that names it: the tables put the truest reason first."""
    dropped: dict[str, Exclusion] = {}
    for exclusion in tables.exclusions:
        if exclusion.condition.test(view):
            for kind in exclusion.drop:
                dropped.setdefault(kind, exclusion)
    return dropped


def kinds_left_out(view: View, tables: Tables = TABLES) -> frozenset[str]:
    """Every kind of service that is not for now, whether anyone asked for it or not."""
    return frozenset(_dropped(view, tables))


def _doors_for_everyone(
    view: View, kept: list[Service], dropped: dict[str, Exclusion], tables: Tables
) -> list[Service]:
    """Doors that stand open whatever was told: nobody leaves with an empty page or voice-only doors."""
    only_information = tables.terms["only_information"].condition.test(view)
    wanted = tables.always_for_information if only_information else tables.always
    early = {service.id for service in kept[: 2 * FIRST]}
    return [tables.services[k] for k in wanted if k not in early and k not in dropped]


def _add_plan_steps(
    view: View,
    plans: Iterable[Plan],
    dropped: dict[str, Exclusion],
    horizons: dict[str, str],
    reasons: dict[str, Reason],
    tables: Tables,
) -> None:
    """Later steps of the templates, where the tables allow to suggest them; never what is left out."""
    for plan in plans:
        for step in plan.steps:
            if step.suggest_when is None or step.service in dropped or step.service in horizons:
                continue
            if step.suggest_when.test(view):
                horizons[step.service] = step.horizon
                reasons[step.service] = (step.text, f"plan {plan.id}", plan.source)


def _excluded(
    view: View,
    weights: dict[str, int],
    dropped: dict[str, Exclusion],
    suggested: frozenset[str],
    tables: Tables,
) -> tuple[Excluded, ...]:
    asked = {kind for want in view.wants for kind in tables.wants[want].asks_for}
    rows = []
    for kind, exclusion in dropped.items():
        if kind not in weights and kind not in asked:
            continue
        service = tables.services[kind]
        elsewhere = (*exclusion.instead, *service.instead, *tables.always)
        instead = tuple(dict.fromkeys(k for k in elsewhere if k in suggested))[:FIRST]
        rows.append(
            Excluded(
                service,
                asked_for=kind in asked,
                shown_later=exclusion.is_shown_later and kind in asked,
                reason=exclusion.reason,
                rule=exclusion.id,
                source=exclusion.source,
                instead=instead,
            )
        )
    return tuple(sorted(rows, key=lambda row: row.service.order))


def view_of(facts: Facts, stage: str, tables: Tables = TABLES) -> View:
    """What the conditions of the tables see of these facts at this stage."""
    return View(facts, stage, tables.founding_coverage)
