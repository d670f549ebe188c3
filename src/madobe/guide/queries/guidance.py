"""Everything the result page draws, gathered in one call."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from madobe.directory import queries as directory
from madobe.directory.municipalities import Municipality
from madobe.directory.rules.lines import wanted
from madobe.directory.rules.place import Place
from madobe.directory.search.care import NowCard
from madobe.guide.rules.answer import Answer, answer, facts_of
from madobe.guide.rules.reading import read
from madobe.guide.rules.recommend import ALSO, LATER, NEXT, NOW, Suggestion
from madobe.guide.rules.situation import Facts, Reading, Situation
from madobe.guide.rules.tables import TABLES
from madobe.guide.rules.texts import Text

from .places import coverage, place_of, places_of
from .words import label_of, table_language

# These signs bring the card with lines that answer now; the card stands above everything and hides nothing.
URGENT = frozenset(
    {"crisis", "self_harm_talk", "violence", "violence_to_me", "violence_to_elder", "not_eating"}
)
CARD_CAUTIONS = ("W_CRISIS", "W_BODY_FIRST", "W_VIOLENCE_SAFETY")
CARD_LINES = 4
_FIRST_SENTENCE = re.compile(r"(.+?[。！？]|.+?[.!?](?= ))\s*(.*)", re.DOTALL)


@dataclass(frozen=True)
class ReadingLine:
    """One reading as the page shows it: these words, so this; struck out or not."""

    words: str
    label: str
    key: str
    struck: bool


@dataclass(frozen=True)
class ReadingGroup:
    """All that was read from the same words."""

    words: str
    kept: tuple[ReadingLine, ...]
    struck: tuple[ReadingLine, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(line.label for line in self.kept)


@dataclass(frozen=True)
class Step:
    """One door on the path, with named places behind it."""

    kind: str
    name: str
    why: str
    what_happens: str
    places: Sequence[Place] = ()
    is_kept_for_later: bool = False
    instead: tuple[str, ...] = ()  # names of what fits now, beside what is kept for later


@dataclass(frozen=True)
class Stop:
    """One stop of the path; `more` is folded away so that nobody has to read it."""

    horizon: str
    label: str
    steps: Sequence[Step]
    more: Sequence[Step] = ()


@dataclass(frozen=True)
class Warned:
    """One word of care, in the language of the page."""

    id: str
    message: str


@dataclass(frozen=True)
class Guidance:
    """The result page, in the language asked for."""

    headline: str
    stage_sentence: str
    signs_named: tuple[str, ...]  # what the estimate rests on, in words
    reasons: tuple[str, ...]  # general sentences beside it
    tomorrow: str
    path: tuple[Stop, ...]
    warnings: tuple[Warned, ...]
    readings: tuple[ReadingGroup, ...]
    crisis: NowCard | None
    plans: tuple[tuple[str, tuple[str, ...]], ...]  # name, steps
    not_for_now: tuple[Step, ...]
    place_candidates: tuple[Municipality, ...]
    place_unknown: bool
    place_written: str


def guidance(
    situation: Situation, *, struck: frozenset[str], stage: str, language: str, at: datetime
) -> Guidance:
    """This will read, reason, and find places for one situation. Nothing is kept."""
    readings = read(situation.free_text, who=situation.who)
    unstruck = [r for r in readings if r.key not in struck]
    place = place_of(situation.municipality, unstruck, situation.free_text)
    facts = facts_of(
        situation, readings, struck=struck, area=place.area, covered=coverage(place.area)
    )
    found = answer(facts, stage=stage)
    lang = table_language(language)
    headline, rest = _headline(found.stage_message.in_language(lang))
    crisis = _crisis(found, facts, lang, at)
    on_card = CARD_CAUTIONS if crisis else ()
    return Guidance(
        headline=headline,
        stage_sentence=rest,
        signs_named=tuple(
            known.label_for(facts.who).in_language(lang)
            for reason in found.stage_reasons
            if (known := TABLES.code(reason.code))
        ),
        reasons=tuple(r.text.in_language(lang) for r in found.stage_reasons if not r.code),
        tomorrow=found.tomorrow.in_language(lang) if found.tomorrow else "",
        path=_path(found, _without_card(places_of(found, at=at), crisis), lang),
        warnings=tuple(
            Warned(w.id, w.message.in_language(lang)) for w in found.warnings if w.id not in on_card
        ),
        readings=_grouped(readings, facts, struck, lang),
        crisis=crisis,
        plans=tuple(
            (plan.name.in_language(lang), tuple(step.text.in_language(lang) for step in plan.steps))
            for plan in found.plans
        ),
        not_for_now=tuple(
            Step(row.service.id, row.service.name.in_language(lang), row.reason.in_language(lang), "",
                 instead=_names(row.instead, lang))
            for row in found.excluded
            if row.asked_for and not row.shown_later
        ),
        place_candidates=place.candidates,
        place_unknown=place.is_unknown,
        place_written=place.written,
    )  # fmt: skip


def now_card(text: str, *, language: str, at: datetime) -> NowCard | None:
    """This will give the card for a text alone, as a search has it; None where nothing urgent is read."""
    readings = read(text)
    if not any(reading.code in URGENT for reading in readings):
        return None
    facts = facts_of(Situation(free_text=text), readings, struck=frozenset(), area=None, covered={})
    return _crisis(answer(facts, stage=""), facts, table_language(language), at)


def _headline(message: str) -> tuple[str, str]:
    """The first sentence is said first, and larger; the rest follows."""
    match = _FIRST_SENTENCE.fullmatch(message)
    return (match[1], match[2]) if match else (message, "")


def _grouped(
    readings: Sequence[Reading], facts: Facts, struck: frozenset[str], language: str
) -> tuple[ReadingGroup, ...]:
    """In the order of the text; who writes comes last in its group, as the least of what was told."""
    by_words: dict[str, list[ReadingLine]] = {}
    for reading in sorted(readings, key=lambda one: (one.start, one.kind == "who")):
        by_words.setdefault(reading.words, []).append(_line(reading, facts, struck, language))
    return tuple(
        ReadingGroup(
            words,
            kept=tuple(line for line in lines if not line.struck),
            struck=tuple(line for line in lines if line.struck),
        )
        for words, lines in by_words.items()
    )


def _line(reading: Reading, facts: Facts, struck: frozenset[str], language: str) -> ReadingLine:
    return ReadingLine(
        reading.words, label_of(reading, facts.who, language), reading.key, reading.key in struck
    )


def _path(found: Answer, places: Mapping[str, Sequence[Place]], language: str) -> tuple[Stop, ...]:
    at: dict[str, list[Step]] = {NOW: [], ALSO: [], NEXT: [], LATER: []}
    for suggestion in found.suggestions:
        at[suggestion.horizon].append(_step(suggestion, places, language))
    for row in found.excluded:
        if row.shown_later:
            name, reason = row.service.name.in_language(language), row.reason.in_language(language)
            at[LATER].append(
                Step(
                    row.service.id,
                    name,
                    reason,
                    "",
                    is_kept_for_later=True,
                    instead=_names(row.instead, language),
                )
            )
    _add_plan(found, at, language)
    stops = [
        Stop(NOW, _label(NOW, language), at[NOW], more=at[ALSO]),
        Stop(NEXT, _label(NEXT, language), at[NEXT][:FEW], more=at[NEXT][FEW:]),
        Stop(LATER, _label(LATER, language), at[LATER][:FEW], more=at[LATER][FEW:]),
    ]
    return tuple(stop for stop in stops if stop.steps)


FEW = 3

# With these a further step is not ours to draw: first safety, or a contract not yet signed.
NOT_DRAWN_WITH = frozenset({"violence", "violence_to_me", "violence_to_elder", "contract_offer"})


def _add_plan(found: Answer, at: dict[str, list[Step]], language: str) -> None:
    """Draw the further steps of the first plan, where they are not on the path already (S1-02, S1-21)."""
    if not found.plans or found.facts.signs & NOT_DRAWN_WITH or "force_out" in found.facts.wants:
        return
    drawn = {step.kind for steps in at.values() for step in steps}
    for step in found.plans[0].steps:
        if step.horizon in (NEXT, LATER) and step.service not in drawn:
            service = TABLES.service(step.service)
            name = service.name.in_language(language)
            at[step.horizon].append(Step(service.id, name, step.text.in_language(language), ""))


def _step(suggestion: Suggestion, places: Mapping[str, Sequence[Place]], language: str) -> Step:
    service = suggestion.service
    return Step(
        kind=service.id,
        name=service.name.in_language(language),
        why=suggestion.why.in_language(language),
        what_happens=service.what_happens.in_language(language),
        places=places.get(service.id, ()) if suggestion.horizon in (NOW, ALSO) else (),
    )


def _without_card(
    places: Mapping[str, Sequence[Place]], crisis: NowCard | None
) -> Mapping[str, Sequence[Place]]:
    """The lines already stand on the card above: shown twice they would push everything else away."""
    return {kind: found for kind, found in places.items() if not (crisis and kind == "crisis_line")}


def _label(horizon: str, language: str) -> str:
    return TABLES.horizons[horizon].in_language(language)


def _names(kinds: Sequence[str], language: str) -> tuple[str, ...]:
    return tuple(TABLES.service(kind).name.in_language(language) for kind in kinds)


def _crisis(found: Answer, facts: Facts, language: str, at: datetime) -> NowCard | None:
    if not facts.signs & URGENT:
        return None
    text_first = "no_phone" in facts.constraints or any(s.text_first for s in found.suggestions)
    lines = directory.crisis_lines(
        at=at, who=facts.who, age=facts.age, signs=facts.signs, voice_free_first=text_first
    )
    fitting = {"general", *wanted(who=facts.who, age=facts.age, signs=facts.signs)}
    talking = [
        line
        for line in lines
        if not line.immediate and line.reachable and fitting & {*line.audience}
    ]
    shown = talking[:CARD_LINES]
    text_opens_at = None
    if text_first and not any(line.voice_free and line.open_now for line in lines):
        text_opens_at = min(
            (line.next_open for line in lines if line.voice_free and line.next_open), default=None
        )
    messages = tuple(_message(w.message, language) for w in found.warnings if w.id in CARD_CAUTIONS)
    immediate = [line for line in lines if line.immediate]
    return NowCard(messages, [*shown, *immediate], text_first, text_opens_at)


def _message(message: Text, language: str) -> str:
    return message.in_language(language)
