"""What is let go of when nothing fits, in a stated order, and always said.

First one thing alone, what costs least first: the minute, a single need, the nearness, a way, the words. Then one
after the other. At the very end stand the doors that are always there: nobody leaves with nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from madobe.directory.search.question import NEEDS, SearchQuestion
from madobe.directory.search.words import Term, by_id

CRISIS_KIND = "crisis_line"
DOOR_KINDS = (CRISIS_KIND, "text_consultation", "pref_phone_mail")
WIDER = 3  # times the circle

Count = Callable[[SearchQuestion], int]


class Relaxed(NamedTuple):
    """A wider question with the steps that led to it, in order."""

    question: SearchQuestion
    steps: tuple[str, ...]


def relaxed(question: SearchQuestion, terms: Sequence[Term], count: Count) -> Relaxed:
    """This will give the nearest wider question that has hits; with no service at all, the doors all the same.

    `terms`: what the question's text says.
    """
    in_crisis = means_crisis(terms)
    if not in_crisis:
        for one in _by_itself(question, count):
            return one
        for one in _step_by_step(question):
            if count(one.question):
                return one
    return _doors(question, count, (CRISIS_KIND,) if in_crisis else DOOR_KINDS)


def means_crisis(terms: Sequence[Term]) -> bool:
    """This will tell whether words ask for help at once: then nothing but the lines for it may follow."""
    found = (by_id().get(term.concept or "") for term in terms)
    return any(one is not None and (one.urgent or CRISIS_KIND in one.kinds) for one in found)


def _by_itself(question: SearchQuestion, count: Count) -> Iterator[Relaxed]:
    """One thing alone, or two needs; of several needs those whose leaving brings the most."""
    if (one := _without_minute(question)) and count(one.question):
        yield one
    needs = [need for need in NEEDS if need in question.needs and need != "open_now"]
    for number in (1, 2):
        options = [_without_needs(question, some) for some in combinations(needs, number)]
        counted = [(count(one.question), one) for one in options]
        best = max(counted, key=lambda pair: pair[0], default=(0, None))
        if best[0] and best[1] is not None:
            yield best[1]
    for others in (_areas(question), _filters(question), _words(question), _person(question)):
        for one in others:
            if count(one.question):
                yield one


def _step_by_step(question: SearchQuestion) -> Iterator[Relaxed]:
    """All of it in the same order, each step on top of those before."""
    steps: tuple[str, ...] = ()
    here = question
    if one := _without_minute(here):
        here, steps = one.question, steps + one.steps
        yield Relaxed(here, steps)
    for need in reversed(NEEDS):
        if need in here.needs:
            one = _without_needs(here, (need,))
            here, steps = one.question, steps + one.steps
            yield Relaxed(here, steps)
    for group in (_filters, _areas, _words, _person):
        while options := list(group(here)):
            for one in options:
                yield Relaxed(one.question, steps + one.steps)
            here, steps = options[-1].question, steps + options[-1].steps


def _without_minute(question: SearchQuestion) -> Relaxed | None:
    if question.open_at is not None:
        wider = replace(question, open_at=None, needs=question.needs - {"open_now"})
        return Relaxed(wider, ("open_at",))
    if "open_now" in question.needs:
        return Relaxed(replace(question, needs=question.needs - {"open_now"}), ("need:open_now",))
    return None


def _without_needs(question: SearchQuestion, needs: tuple[str, ...]) -> Relaxed:
    return Relaxed(
        replace(question, needs=question.needs - set(needs)),
        tuple(f"need:{need}" for need in needs),
    )


def _areas(question: SearchQuestion) -> Iterator[Relaxed]:
    if question.near is not None:
        wider = replace(question.near, within_km=min(3000, question.near.within_km * WIDER))
        yield Relaxed(replace(question, near=wider), ("area:near",))
        yield Relaxed(replace(question, near=None), ("area:nation",))
    if question.municipality:
        yield Relaxed(
            replace(question, municipality="", prefecture=question.municipality[:2]),
            ("area:prefecture",),
        )
    if question.municipality or question.prefecture:
        yield Relaxed(
            replace(question, municipality="", prefecture="", near=None), ("area:nation",)
        )


def _filters(question: SearchQuestion) -> Iterator[Relaxed]:
    if question.methods:
        yield Relaxed(replace(question, methods=()), ("method",))
    if question.functions:
        yield Relaxed(replace(question, functions=()), ("function",))
    if question.stage:
        yield Relaxed(replace(question, stage=""), ("stage",))


def _words(question: SearchQuestion) -> Iterator[Relaxed]:
    if question.text:
        yield Relaxed(replace(question, text=""), ("words",))
    if question.kinds:
        yield Relaxed(replace(question, kinds=()), ("kind",))


def _person(question: SearchQuestion) -> Iterator[Relaxed]:
    if question.who:
        yield Relaxed(replace(question, who=""), ("who",))
    if question.months >= 0:
        yield Relaxed(replace(question, months=-1), ("months",))
    if question.age >= 0:
        yield Relaxed(replace(question, age=-1), ("age",))


def _doors(question: SearchQuestion, count: Count, kinds: tuple[str, ...]) -> Relaxed:
    here = SearchQuestion(
        kinds=kinds,
        municipality=question.municipality,
        prefecture=question.prefecture,
        size=question.size,
    )
    everywhere = replace(here, municipality="", prefecture="")
    anything = SearchQuestion(size=question.size)
    for one in (here, everywhere, replace(everywhere, kinds=DOOR_KINDS), anything):
        if count(one):
            return Relaxed(one, ("doors",))
    return Relaxed(here, ("doors",))
