"""Comparing the snapshot with the plain SQL answer, on questions made from the directory itself."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from madobe.directory.choices import Audience, Function, Method
from madobe.directory.models import SearchEntry
from madobe.directory.search import indexed, sql
from madobe.directory.search.engine import State, engine_for
from madobe.directory.search.entry import FIELDS, Entry
from madobe.directory.search.facts import FACT_NEEDS, KINDS
from madobe.directory.search.files import folder_of
from madobe.directory.search.plan import plan_of
from madobe.directory.search.question import Near, SearchQuestion
from madobe.directory.search.words import concepts

QUESTIONS = 200
SEED = 20260101
SAMPLE = 400  # entries questions are made from
QUARTERS = 7 * 24 * 4  # quarter hours of a week
SHOWN = 10


@dataclass
class CheckReport:
    """How many questions were compared, and those on which the two differ, each as one line."""

    snapshot: str
    questions: int = 0
    disagreements: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """This will give it as plain values."""
        return {
            "snapshot": self.snapshot,
            "questions": self.questions,
            "disagreements": len(self.disagreements),
            "first": self.disagreements[:SHOWN],
        }


def check_index(
    *, at: datetime, say: Callable[[str], None], count: int = QUESTIONS
) -> CheckReport | None:
    """This will compare total, facets and order of the best on `count` questions; None without a snapshot."""
    state = engine_for(folder_of(settings.DATA_DIR)).state()
    if state is None:
        return None
    report = CheckReport(state.name)
    for question in questions(count, at=at):
        if report.questions % 50 == 0:
            say(f"{report.questions} of {count} questions")
        report.questions += 1
        report.disagreements += disagreements(state, question, at=at)
    return report


def disagreements(state: State, question: SearchQuestion, *, at: datetime) -> list[str]:
    """This will say in what snapshot and SQL differ on one question: [] when they agree."""
    plan = plan_of(question, at=at)
    ours = indexed.answer(state, plan)
    theirs = sql.answer(plan, holders=state.snapshot.holders, everybody=state.snapshot.rows)
    found = []
    if ours.total != theirs.total:
        found.append(f"total {ours.total} and {theirs.total}: {question}")
    if ours.facets != theirs.facets:
        found.append(f"facets {ours.facets} and {theirs.facets}: {question}")
    best, others = (
        [(hit.service, hit.score, hit.ring, hit.extent) for hit in one.best]
        for one in (ours, theirs)
    )
    if best != others:
        found.append(f"order {best} and {others}: {question}")
    return found


def questions(count: int, *, at: datetime) -> Iterator[SearchQuestion]:
    """This will make questions that fit the directory: its areas, its words, its places; the same for the same data."""
    rng = random.Random(SEED)
    entries = _sample(rng)
    for _ in range(count):
        yield _question(rng, entries, at)


def _sample(rng: random.Random) -> list[Entry]:
    keys = list(SearchEntry.objects.order_by("pk").values_list("pk", flat=True))
    chosen = rng.sample(keys, min(SAMPLE, len(keys)))
    found = SearchEntry.objects.order_by("pk").filter(pk__in=chosen).values_list(*FIELDS)
    return [Entry(*row) for row in found]


def _question(rng: random.Random, entries: Sequence[Entry], at: datetime) -> SearchQuestion:
    def sometimes(share: float) -> bool:
        return rng.random() < share

    entry = rng.choice(entries) if entries else None
    extents = [extent for extent, _name in entry.read_areas()] if entry else []
    town = next((extent for extent in extents if len(extent) == 6), "")
    here = next((extent[:2] for extent in extents if extent[:2].isdigit()), "")
    points = entry.read_points() if entry else []
    near = None
    if points and sometimes(0.15):
        near = Near(*points[0], within_km=rng.choice((1.0, 10.0, 50.0)))
    minute = at + timedelta(minutes=15 * rng.randrange(QUARTERS))
    return SearchQuestion(
        text=_text(rng, entry),
        municipality=town if near is None and sometimes(0.5) else "",
        prefecture=here if near is None and sometimes(0.4) else "",
        near=near,
        kinds=tuple(rng.sample(KINDS, rng.randint(1, 3))) if sometimes(0.2) else (),
        methods=tuple(rng.sample(Method.values, 2)) if sometimes(0.2) else (),
        functions=tuple(rng.sample(Function.values, 1)) if sometimes(0.1) else (),
        who=rng.choice(Audience.values) if sometimes(0.3) else "",
        stage=rng.choice("123") if sometimes(0.2) else "",
        age=rng.randrange(10, 90) if sometimes(0.4) else -1,
        months=rng.choice((0, 3, 5, 6, 24)) if sometimes(0.3) else -1,
        needs=frozenset(rng.sample(FACT_NEEDS, 1)) if sometimes(0.3) else frozenset(),
        open_at=minute if sometimes(0.3) else None,
    )


def _text(rng: random.Random, entry: Entry | None) -> str:
    """Nothing, a word of the table, or some characters out of a text: one, two, or several."""
    sort = rng.random()
    if sort < 0.25 or entry is None:
        return ""
    if sort < 0.6:
        concept = rng.choice(concepts())
        return rng.choice(concept.written or concept.forms or ("",))
    text = rng.choice(entry.text.split("\n"))
    start = rng.randrange(max(1, len(text)))
    return text[start : start + rng.choice((1, 2, 2, 3, 4, 6))]
