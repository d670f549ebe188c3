"""A question made ready for an engine: which facts must hold, which areas answer, which words to look for."""

import re
from dataclasses import dataclass
from datetime import datetime

from madobe.directory.choices import Function
from madobe.directory.rules.hours import JAPAN
from madobe.directory.search.build_text import GAPS
from madobe.directory.search.facts import BIT, FACT_NEEDS, KIND_BIT, STAGES
from madobe.directory.search.limits import MOST_MONTHS, OLDEST
from madobe.directory.search.question import NEEDS, Near, SearchQuestion
from madobe.directory.search.regions import Ring, rings
from madobe.directory.search.words import Reading, Term, read

MOST_HITS = 200  # of one answer
DEEPEST = 10_000  # the furthest first hit of a page


class QuestionNotUnderstood(ValueError):
    """A value of a question that nobody can answer; says which one, and what can be asked."""


@dataclass(frozen=True)
class Plan:
    """`facts`: all must hold; `methods`, `kinds`: any is enough. `day`: ordinal, in Japan. -1: not said."""

    terms: tuple[Term, ...]
    rings: tuple[Ring, ...]
    near: Near | None
    facts: tuple[str, ...]
    methods: tuple[str, ...]
    kinds: tuple[str, ...]
    age: int
    months: int
    day: int
    open_at: datetime | None
    first: int
    size: int

    @property
    def wanted(self) -> int:
        """How many of the best hits must be known."""
        return self.first + self.size


def terms_of(reading: Reading) -> tuple[Term, ...]:
    """This will give the terms of a text; what still holds a mark of its own is taken apart there."""
    return tuple(part for term in reading.terms for part in _apart(term))


def plan_of(
    question: SearchQuestion, *, at: datetime, terms: tuple[Term, ...] | None = None
) -> Plan:
    """This will make a question ready. `terms`: what its text says, where that is already read.

    Raises QuestionNotUnderstood for a value that does not exist.
    """
    _refuse_unknown(question)
    facts = [f"need:{need}" for need in FACT_NEEDS if need in question.needs]
    facts += [f"does:{function}" for function in dict.fromkeys(question.functions)]
    if question.who:
        facts.append(f"who:{question.who}")
    if question.stage:
        facts.append(f"stage:{question.stage}")
    here = at.astimezone(JAPAN)
    opened = question.open_at or (at if "open_now" in question.needs else None)
    return Plan(
        terms=terms_of(read(question.text)) if terms is None else terms,
        rings=rings(question.municipality, question.prefecture),
        near=question.near,
        facts=tuple(facts),
        methods=tuple(f"method:{one}" for one in question.methods),
        kinds=question.kinds,
        age=min(question.age, OLDEST),
        months=min(question.months, MOST_MONTHS),
        day=here.toordinal(),
        open_at=opened.astimezone(JAPAN) if opened else None,
        first=question.first,
        size=question.size,
    )


def _apart(term: Term) -> list[Term]:
    if term.concept is not None or not _MARKS.search(term.word):
        return [term]
    return [Term(term.shown, None, part) for part in _MARKS.split(term.word) if part]


_MARKS = re.compile(f"[{GAPS}]+")


def _refuse_unknown(question: SearchQuestion) -> None:
    for what, values, known in (
        ("need", question.needs, NEEDS),
        ("kind", question.kinds, KIND_BIT),
        ("method", question.methods, _METHODS),
        ("function", question.functions, Function.values),
        ("who", {question.who} - {""}, _AUDIENCE),
        ("stage", {question.stage} - {""}, STAGES),
    ):
        unknown = sorted(set(values) - set(known))
        if unknown:
            raise QuestionNotUnderstood(
                f"There is no {what} {unknown[0]!r}; there are: {', '.join(known)}."
            )
    for what, code, digits in (
        ("municipality", question.municipality, 6),
        ("prefecture", question.prefecture, 2),
    ):
        if code and not (len(code) == digits and code.isascii() and code.isdigit()):
            raise QuestionNotUnderstood(f"A {what} is a code of {digits} digits, not {code!r}.")
    if not (0 <= question.first <= DEEPEST and 0 <= question.size <= MOST_HITS):
        raise QuestionNotUnderstood(
            f"A page holds up to {MOST_HITS} hits and begins at 0 to {DEEPEST}."
        )
    if question.near is not None:
        _refuse_place_off_the_map(question.near)


def _refuse_place_off_the_map(near: Near) -> None:
    if not (-90 <= near.latitude <= 90 and -180 <= near.longitude <= 180):
        raise QuestionNotUnderstood("A place is given as latitude and longitude in degrees.")
    if not 0 < near.within_km <= 3000:
        raise QuestionNotUnderstood("A distance lies between 0 and 3000 kilometres.")


_METHODS = tuple(name.removeprefix("method:") for name in BIT if name.startswith("method:"))
_AUDIENCE = tuple(name.removeprefix("who:") for name in BIT if name.startswith("who:"))
