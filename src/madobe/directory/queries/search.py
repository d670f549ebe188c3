"""The directory search: one question, one answer, from the snapshot or, where there is none, from SQL."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings

from madobe.directory.search import indexed, sql
from madobe.directory.search.answer import Relaxation, SearchAnswer
from madobe.directory.search.engine import State, engine_for
from madobe.directory.search.files import folder_of
from madobe.directory.search.plan import Plan, plan_of, terms_of
from madobe.directory.search.question import SearchQuestion
from madobe.directory.search.ranked import Answered
from madobe.directory.search.reasons import hit_of
from madobe.directory.search.relax import relaxed
from madobe.directory.search.words import read


def search(question: SearchQuestion, *, at: datetime) -> SearchAnswer:
    """This will give the services that answer a question, best first, with exact total and facets.

    A place named in the words is the area, where no other is given. A question nothing answers becomes a wider one, and `relaxation` says what was let go of. Edits count at once.
    Raises QuestionNotUnderstood for a value that does not exist.
    """
    state = engine_for(folder_of(settings.DATA_DIR)).state()
    reading = read(question.text)
    terms = terms_of(reading)
    area = None if question.near or question.municipality or question.prefecture else reading.area
    if area is not None:
        question = replace(question, municipality=area.code, prefecture=area.prefecture)
    plan = plan_of(question, at=at, terms=terms)
    answered = _answered(state, plan)
    asked, relaxation = question, None
    if not answered.total:

        def count(other: SearchQuestion) -> int:
            there = plan_of(
                replace(other, first=0, size=0), at=at, terms=terms if other.text else ()
            )
            return _answered(state, there, with_facets=False).total

        wider = relaxed(question, terms, count)
        asked, relaxation = wider.question, Relaxation(wider.steps)
        plan = plan_of(asked, at=at, terms=terms if asked.text else ())
        answered = _answered(state, plan)
    return SearchAnswer(
        total=answered.total,
        hits=tuple(hit_of(one, asked, plan) for one in answered.best[plan.first :]),
        facets=answered.facets,
        relaxation=relaxation,
        words=tuple(term.shown for term in terms),
        area=area,
        candidates=() if area else reading.candidates,
    )


def search_stands_on() -> str:
    """This will tell what a search would be answered from now: "snapshot" or "sql"."""
    return "sql" if engine_for(folder_of(settings.DATA_DIR)).state() is None else "snapshot"


def _answered(state: State | None, plan: Plan, *, with_facets: bool = True) -> Answered:
    if state is None:
        return sql.answer(plan)
    return indexed.answer(state, plan, with_facets=with_facets)
