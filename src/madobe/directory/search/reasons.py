"""Why a hit is there: each thing that was asked for and is answered is a reason."""

from madobe.directory.choices import Audience
from madobe.directory.search.answer import Hit, Reason
from madobe.directory.search.facts import KIND_BIT
from madobe.directory.search.limits import OLDEST
from madobe.directory.search.plan import Plan
from madobe.directory.search.question import NEEDS, SearchQuestion
from madobe.directory.search.ranked import Ranked, Seen
from madobe.directory.search.words import Term, by_id
from madobe.lib.folding import fold


def hit_of(ranked: Ranked, question: SearchQuestion, plan: Plan) -> Hit:
    """This will give a hit with its reasons: words, then needs, kind, ways, person, and where."""
    seen, reasons = ranked.seen, []
    text = seen.text() if plan.terms else ""
    for term in plan.terms:
        reasons += _by_word(term, seen, text)
    reasons += [Reason("need", need, need) for need in NEEDS if need in question.needs]
    reasons += [Reason("kind", kind, kind) for kind in question.kinds if seen.holds(f"kind:{kind}")]
    reasons += [
        Reason("method", one, one) for one in question.methods if seen.holds(f"method:{one}")
    ]
    reasons += [Reason("function", one, one) for one in question.functions]
    if question.who and not all(seen.holds(f"who:{who}") for who in Audience.values):
        reasons.append(Reason("who", question.who, question.who))
    if plan.age >= 0 and not (seen.holds("age:0") and seen.holds(f"age:{OLDEST}")):
        reasons.append(Reason("age", str(question.age)))
    distance = plan.rings[ranked.ring].distance if ranked.ring >= 0 else ""
    if distance:
        reasons.append(Reason("area", distance, ranked.area_name))
    if ranked.km is not None:
        reasons.append(Reason("near", f"{ranked.km:.1f}"))
    return Hit(ranked.service, tuple(reasons), distance, ranked.area_name, ranked.km)


def _by_word(term: Term, seen: Seen, text: str) -> list[Reason]:
    if term.concept is None:
        return [Reason("word", term.shown, term.shown)] if term.word in text else []
    if not seen.answers(term.concept):
        return []
    said = fold(term.shown)
    if said and said in text:
        return [Reason("word", term.shown, term.shown)]
    concept = by_id()[term.concept]
    for form in concept.forms:
        if form in text:
            return [Reason("synonym", term.shown, concept.shown(form))]
    kind = next((one for one in concept.kinds if one in KIND_BIT and seen.holds(f"kind:{one}")), "")
    if kind:
        return [Reason("kind", term.shown, kind)]
    need = next((one for one in concept.needs if seen.holds(f"need:{one}")), "")
    return [Reason("need", term.shown, need)] if need else []
