"""Provisional: a plain search over the listing, until the engine takes its place."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from madobe.directory.queries.places import _rows, bodies_of
from madobe.directory.rules.card import place_of, read_card
from madobe.directory.rules.place import EligibilityAnswer, Place
from madobe.directory.search.answer import Hit, Reason, Relaxation, SearchAnswer
from madobe.directory.search.question import NEEDS, SearchQuestion


def _has(place: Place, need: str) -> bool:
    return {
        "anonymous": place.anonymous_ok is True,
        "family_only": place.family_only_ok is True,
        "no_reservation": place.reservation == "none",
        "text": bool({"mail", "form", "chat", "sns"} & set(place.methods)),
        "visit": "home_visit" in place.methods,
        "free": place.fee == "free",
        "voice_free": place.voice_free,
        "open_now": place.hours.open_now is True,
    }.get(need, False)


def search(question: SearchQuestion, *, at: datetime) -> SearchAnswer:
    answer = _search(question, at)
    if answer.total or not (question.text or question.municipality or question.needs):
        return answer
    steps: list[str] = []
    wider = question
    if wider.municipality:
        wider = replace(wider, municipality="")
        steps.append("area:prefecture")
        if (answer := _search(wider, at)).total:
            return replace(answer, relaxation=Relaxation(tuple(steps)))
    for need in sorted(wider.needs):
        wider = replace(wider, needs=wider.needs - {need})
        steps.append(f"need:{need}")
        if (answer := _search(wider, at)).total:
            return replace(answer, relaxation=Relaxation(tuple(steps)))
    wider = replace(wider, text="")
    steps.append("words")
    return replace(_search(wider, at), relaxation=Relaxation(tuple(steps)))


def _search(question: SearchQuestion, at: datetime) -> SearchAnswer:
    rows = _rows(question.municipality, question.prefecture, kinds=question.kinds or None)
    seen = {}
    for row in rows:
        seen.setdefault(row.service, row)
    bodies = bodies_of(list(seen)[:900])
    hits, kinds, needs = [], Counter(), Counter()
    words = question.text.split()
    for key, row in list(seen.items())[:900]:
        body = bodies[key]
        if words and not any(word in body for word in words):
            continue
        place = place_of(read_card(body), at, fit=EligibilityAnswer())
        if question.who and question.who not in place.audience:
            continue
        held = {need for need in NEEDS if _has(place, need)}
        if not question.needs <= held:
            continue
        kinds.update(place.kinds)
        needs.update(held)
        reasons = [Reason("word", word, word) for word in words if word in body]
        reasons += [Reason("need", need, need) for need in sorted(question.needs)]
        hits.append(Hit(key, tuple(reasons), row.distance, row.area_name))
    first = question.first
    return SearchAnswer(
        total=len(hits),
        hits=tuple(hits[first : first + question.size]),
        facets={"kind": dict(kinds), "need": dict(needs)},
        words=tuple(words),
    )
