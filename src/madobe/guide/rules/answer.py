"""The guide's answer: facts in; stage, path, words of care, reasons out. Pure, and the same every time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .conditions import STAGES, View
from .facts import facts_of
from .parse import parse_situation
from .recommend import Excluded, Suggestion, kinds_left_out, recommend, view_of
from .situation import Facts, Reading
from .stage import Estimate, estimate
from .tables import TABLES, Plan, Tables
from .texts import Text

__all__ = [
    "Answer",
    "Care",
    "StageReason",
    "answer",
    "facts_of",
    "parse_situation",
    "to_contract",
]


@dataclass(frozen=True, slots=True)
class StageReason:
    """One of the (at most two) things told that speak for the stage. `code` is "" for a general sentence."""

    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class Care:
    """A word of care shown once, with what to do instead."""

    id: str
    message: Text
    source: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything a page needs to draw the path. Texts are in three languages; codes are those of the tables."""

    facts: Facts
    stage: str
    stage_name: Text  # 休むことと安心が先の時期
    stage_message: Text  # the sentence said first, in the reader's voice
    stage_reasons: tuple[StageReason, ...]
    is_rest_first: bool
    is_listening_only: bool  # 「話だけ聞いてほしい」: no plan, no further steps (trust E4)
    tomorrow: (
        Text | None
    )  # for a family at stage 1 where nobody is in danger: a sentence for tomorrow
    suggestions: tuple[Suggestion, ...]
    warnings: tuple[Care, ...]
    excluded: tuple[Excluded, ...]
    plans: tuple[Plan, ...]


def answer(facts: Facts, *, stage: str = "", tables: Tables = TABLES) -> Answer:
    """The answer for these facts. `stage` overrules the estimate: "ちがうと感じたら", or a worker's view.

    Raises ValueError for a stage that does not exist.
    """
    if stage and stage not in STAGES:
        raise ValueError(f"stage is one of {', '.join(STAGES)}, not {stage!r}.")
    estimated = Estimate(stage, ()) if stage else estimate(facts, tables)
    view = view_of(facts, estimated.stage, tables)
    listening = tables.terms["listening_only"].condition.test(view)
    plans = () if listening else tuple(plan for plan in tables.plans if plan.condition.test(view))
    suggestions, excluded = recommend(view, plans, tables)
    # A plan never names what is not for now, not even as an example (trust E1).
    left_out = kinds_left_out(view, tables)
    plans = tuple(
        replace(plan, steps=tuple(step for step in plan.steps if step.service not in left_out))
        for plan in plans
    )
    words = tables.stages[estimated.stage]
    is_own = facts.who in ("self", "")
    return Answer(
        facts=facts,
        stage=estimated.stage,
        stage_name=words.name,
        stage_message=words.message if is_own else words.family_message,
        stage_reasons=_reasons(estimated, facts, is_chosen=bool(stage), tables=tables),
        is_rest_first=tables.terms["rest_first"].condition.test(view),
        is_listening_only=listening,
        tomorrow=tables.phrases["tomorrow"]
        if tables.terms["morning_greeting"].condition.test(view)
        else None,
        suggestions=suggestions,
        warnings=_cares(view, tables),
        excluded=excluded,
        plans=plans,
    )


def _reasons(
    estimated: Estimate, facts: Facts, *, is_chosen: bool, tables: Tables
) -> tuple[StageReason, ...]:
    if is_chosen:
        return (StageReason("", tables.phrases["stage_chosen"]),)
    if estimated.stage == "unknown":
        return (StageReason("", tables.phrases["stage_unknown"]),)
    frame = tables.phrases["stage_reason"]
    reasons = []
    for code in estimated.reasons:
        known = tables.code(code)
        if known:
            reasons.append(StageReason(code, _filled(frame, known.label_for(facts.who))))
    if estimated.is_energy_unclear:
        reasons = [*reasons[:1], StageReason("", tables.phrases["energy_unclear"])]
    return tuple(reasons)


def _filled(frame: Text, label: Text) -> Text:
    return Text(
        frame.ja.replace("{label}", label.ja),
        frame.easy.replace("{label}", label.easy),
        frame.en.replace("{label}", label.en),
    )


def _cares(view: View, tables: Tables) -> tuple[Care, ...]:
    fired = [warning for warning in tables.warnings if warning.condition.test(view)]
    shown = {warning.id for warning in fired}
    return tuple(
        Care(warning.id, warning.message_for(view), warning.source)
        for warning in fired
        if shown.isdisjoint(warning.replaced_by)
    )


def to_contract(
    found: Answer,
    readings: Sequence[Reading] = (),
    services: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    *,
    id: Any = None,
    candidates: Sequence[Mapping[str, str]] = (),
    language: str = "ja",
) -> dict[str, Any]:
    """The JSON of contract.md, as plain values. `services`: real services by kind, already in contract form."""
    services = services or {}
    quoted = {reading.code: reading.words for reading in reversed(readings)}
    return {
        "id": id,
        "stage": found.stage,
        "stage_reasons": [
            _reason_line(reason, quoted, found.facts.who, language)
            for reason in found.stage_reasons
        ],
        "municipality_candidates": list(candidates),
        "read_from_text": [{"words": r.words, "code": r.code, "about": r.about} for r in readings],
        "suggestions": [
            {
                "service_type": suggestion.service.id,
                "horizon": suggestion.horizon,
                "why": suggestion.why.in_language(language),
                "source": suggestion.source,
                "services": list(services.get(suggestion.service.id, ())),
            }
            for suggestion in found.suggestions
        ],
        "warnings": [
            {"id": warning.id, "message": warning.message.in_language(language)}
            for warning in found.warnings
        ],
        "excluded": [
            {
                "service_type": row.service.id,
                "asked_for": row.asked_for,
                "shown_later": row.shown_later,
                "reason": row.reason.in_language(language),
                "instead": list(row.instead),
            }
            for row in found.excluded
        ],
        "plan_templates": [plan.id for plan in found.plans],
    }


def _reason_line(reason: StageReason, quoted: Mapping[str, str], who: str, language: str) -> str:
    """「…」から、… と読みました — where the reason was read from somebody's own words."""
    known = TABLES.code(reason.code) if reason.code in quoted else None
    if known is None:
        return reason.text.in_language(language)
    frame = TABLES.phrases["stage_reason_read"].in_language(language)
    label = known.label_for(who).in_language(language)
    return frame.replace("{words}", quoted[reason.code]).replace("{label}", label)
