"""Words of the tables for the screens, and the pages made of nothing but the tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from madobe.directory import queries as directory
from madobe.directory.rules.letters import letters_of
from madobe.guide.rules.answer import facts_of
from madobe.guide.rules.explain import Explanation, explanation
from madobe.guide.rules.reading import read
from madobe.guide.rules.situation import Reading, Situation
from madobe.guide.rules.tables import TABLES

NAMED = 6  # places shown on the page of a kind; those near one stand on the region page


def table_language(language: str) -> str:
    """The tables say "easy" for やさしい日本語."""
    return {"yasashii": "easy"}.get(language, language)


def chip_label(code: str, who: str, language: str) -> str:
    """This will give the words on a chip, in the voice of the one who chooses it."""
    known = TABLES.code(code)
    assert known is not None, code
    return known.label_for(who).in_language(table_language(language))


def label_of(reading: Reading, who: str, language: str) -> str:
    """This will say in words what a reading was taken for."""
    if reading.kind == "who":
        return {
            "self": _("ご自分のこと"),
            "family": _("ご家族のこと"),
            "friend": _("友人・知人のこと"),
            "worker": _("支援のお仕事"),
        }[reading.value]
    if reading.kind == "age":
        return _("%(age)s歳") % {"age": reading.value}
    if reading.kind == "months":
        return _("およそ%(months)sか月") % {"months": reading.value}
    if reading.kind == "municipality":
        return _("お住まいの地域")
    known = TABLES.code(reading.code)
    assert known is not None, reading.code
    lang = table_language(language)
    own = reading.about == "writer" or who in ("", "self")
    return (known.label if own else known.family_label).in_language(lang)


def wishes_of(situation: Situation, struck: frozenset[str]) -> frozenset[str]:
    """This will give everybody's wishes, chosen and read, to know whether a further question matters."""
    return facts_of(situation, read(situation.free_text, who=situation.who), struck=struck).wants


def memo_of(situation: Situation, struck: frozenset[str], *, language: str) -> str:
    """This will write the 相談メモ: only what was chosen or written, in one's own voice, nothing judged."""
    readings = read(situation.free_text, who=situation.who)
    facts = facts_of(situation, readings, struck=struck)
    lang = table_language(language)

    def listed(codes: frozenset[str]) -> list[str]:
        found = [TABLES.code(code) for code in sorted(codes)]
        return [f"・{code.label_for(facts.who).in_language(lang)}" for code in found if code]

    parts = [_("相談したいことのメモです。声に出すのがむずかしいので、これを読んでください。")]
    if situation.free_text.strip():
        parts.append(situation.free_text.strip())
    for heading, codes in (
        (_("いまの様子"), facts.signs),
        (_("あるとうれしいこと"), facts.wants),
        (_("話し方のお願い"), facts.constraints),
    ):
        if codes:
            parts.append("\n".join([heading, *listed(codes)]))
    if situation.municipality:
        parts.append(_("地域: %(place)s") % {"place": situation.municipality})
    return "\n\n".join(parts)


def kind_page(kind: str, *, language: str, at: datetime) -> Mapping[str, Any] | None:
    """This will give one kind of service in words, and nationwide named places of it; None for an unknown kind."""
    service = TABLES.services.get(kind)
    if service is None:
        return None
    lang = table_language(language)
    places = directory.places_for([kind], municipality="", prefecture="", at=at, limit=NAMED)
    return {
        "kind": {
            "id": service.id,
            "letters": letters_of(service.id),
            "name": service.name.in_language(lang),
            "when_to_use": service.when_to_use.in_language(lang),
            "what_happens": service.what_happens.in_language(lang),
            "instead": [
                {"id": other, "name": TABLES.service(other).name.in_language(lang)}
                for other in service.instead
            ],
        },
        "places": places.get(kind, ()),
    }


@dataclass(frozen=True)
class PathDrawn:
    """One kind of service and everything that leads to it or keeps it away, in words."""

    id: str
    letters: str  # how addresses name it
    name: str
    source: str
    leading: Sequence[Mapping[str, str]]
    keeping: Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Explained:
    """The page "how the guide thinks"."""

    stages: Sequence[Mapping[str, Any]]
    paths: Sequence[PathDrawn]
    warnings: Sequence[Mapping[str, str]]
    plans: Sequence[Mapping[str, Any]]
    terms: Sequence[Mapping[str, str]]
    sources: Sequence[tuple[str, str]]


@cache
def explained(language: str) -> Explained:
    """This will give the tables in the words of one language, and every path drawn from them."""
    lang = table_language(language)
    everything = explanation()
    return Explained(
        stages=[
            {
                "name": row.stage.name.in_language(lang),
                "message": row.stage.message.in_language(lang),
                "source": row.stage.source,
                "signs": [code.label.in_language(lang) for code, _points in row.speaks_for_it],
            }
            for row in everything.stages
        ],
        paths=[_drawn(everything, kind.id, lang) for kind in everything.services],
        warnings=[
            {
                "when": row.when.in_language(lang),
                "message": row.message.in_language(lang),
                "source": row.source,
            }
            for row in everything.warnings
        ],
        plans=[
            {
                "name": plan.name.in_language(lang),
                "when": plan.when.in_language(lang),
                "steps": [step.text.in_language(lang) for step, _kind in plan.steps],
                "source": plan.source,
            }
            for plan in everything.plans
        ],
        terms=[
            {
                "name": row.name.in_language(lang),
                "when": row.when.in_language(lang),
                "source": row.source,
            }
            for row in everything.terms
        ],
        sources=everything.sources,
    )


def _drawn(everything: Explanation, kind: str, language: str) -> PathDrawn:
    service = TABLES.service(kind)
    return PathDrawn(
        id=kind,
        letters=letters_of(kind),
        name=service.name.in_language(language),
        source=service.source,
        leading=[
            {
                "when": rule.when.in_language(language),
                "why": rule.why.in_language(language),
                "source": rule.source,
            }
            for rule in everything.paths_to(kind)
        ],
        keeping=[
            {
                "when": row.when.in_language(language),
                "why": row.reason.in_language(language),
                "source": row.source,
            }
            for row in everything.exclusions
            if kind in {dropped.id for dropped in row.drops}
        ],
    )
