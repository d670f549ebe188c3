"""Where somebody may be on the path: an estimate with its reasons, never a verdict (domain.md §4.2).

Points come from what is observed and from what the person wishes; a wish of the family is not
evidence about the person. Points are never shown.
"""

from dataclasses import dataclass

from .situation import Facts
from .tables import TABLES, Tables

_PAIRS = {(0, 1): "1-2", (1, 2): "2-3", (0, 2): "1-3"}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A stage ("1", "2", "3", two of them, or "unknown") and the codes that speak for it, strongest first."""

    stage: str
    reasons: tuple[str, ...]
    is_energy_unclear: bool = False  # stage 3 by wishes alone: nothing told yet about strength


def estimate(facts: Facts, tables: Tables = TABLES) -> Estimate:
    """The stage these facts speak for. Ties lean towards rest."""
    told = [
        (code, points)
        for codes, table in (
            (facts.signs, tables.signs),
            (facts.person_wants, tables.wants),
            (facts.person_constraints, tables.constraints),
        )
        for code in codes
        if any(points := table[code].points)
    ]
    rule = tables.stage_rule
    capped = not rule.exhaustion_cap.isdisjoint(facts.signs)
    # Counted in halves, so that halving stays exact.
    totals = [2 * sum(points[stage] for _, points in told) for stage in (0, 1, 2)]
    if capped:
        totals[2] //= 2
    whole = sum(totals)
    if whole < 2 * rule.unknown_below:
        return Estimate("unknown", ())
    ranked = sorted((0, 1, 2), key=lambda stage: (-totals[stage], stage))
    first = ranked[0]
    if totals[first] * 100 < rule.clear_at * whole:
        pair = tuple(sorted(ranked[:2]))
        return Estimate(_PAIRS[(pair[0], pair[1])], _reasons(told, pair, tables))
    if first == 2:
        if capped:
            return Estimate("1-3", _reasons(told, (0, 2), tables))
        if rule.needs_energy.isdisjoint(facts.signs):
            return Estimate("1-3", _reasons(told, (0, 2), tables), is_energy_unclear=True)
    return Estimate(str(first + 1), _reasons(told, (first,), tables))


def _reasons(
    told: list[tuple[str, tuple[int, int, int]]], stages: tuple[int, ...], tables: Tables
) -> tuple[str, ...]:
    """Two codes: the strongest for a single stage, the strongest of each for a pair."""
    order = {
        code: place
        for place, code in enumerate((*tables.signs, *tables.wants, *tables.constraints))
    }
    picked: list[str] = []
    for stage in stages if len(stages) > 1 else stages * 2:
        speaking = [(code, p) for code, p in told if p[stage] and code not in picked]
        if speaking:
            picked.append(min(speaking, key=lambda row: (-row[1][stage], order[row[0]]))[0])
    return tuple(picked)
