"""Snapshot, plain SQL and the definition told a second time find the same services, counted the same."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from madobe.directory.actions.indexing import build_index
from madobe.directory.queries.checking import disagreements
from madobe.directory.search import indexed, sql
from madobe.directory.search.engine import Engine
from madobe.directory.search.plan import plan_of
from madobe.directory.search.question import SearchQuestion
from tests.directory.search.worlds import AT, Made, expected, questions, save, worlds

pytestmark = pytest.mark.django_db(transaction=False)
BY_CHANCE = settings(
    max_examples=25,
    deadline=None,
    phases=(
        Phase.explicit,
        Phase.generate,
    ),  # each example fills tables: making it smaller takes minutes
    suppress_health_check=list(HealthCheck),
)


def everything(question: SearchQuestion) -> SearchQuestion:
    return replace(question, first=0, size=200)


@BY_CHANCE
@given(world=worlds(), asked=st.lists(questions(), min_size=1, max_size=8))
def test_every_engine_finds_what_the_definition_says(
    world: list[Made], asked: list[SearchQuestion]
) -> None:
    with TemporaryDirectory() as folder, fresh_tables():
        save(world)
        build_index(Path(folder), at=AT)
        state = Engine(Path(folder)).state()
        assert state is not None
        for question in map(everything, asked):
            plan = plan_of(question, at=AT)
            wanted = expected(world, question)
            for answer in (indexed.answer(state, plan), sql.answer(plan)):
                assert {hit.service for hit in answer.best} == wanted
                assert answer.total == len(wanted)
            assert disagreements(state, question, at=AT) == []


@BY_CHANCE
@given(before=worlds(1), after=worlds(1), gone=st.sets(st.integers(0, 8)), asked=questions())
def test_edits_count_at_once_without_a_new_snapshot(
    before: list[Made], after: list[Made], gone: set[int], asked: SearchQuestion
) -> None:
    question = everything(asked)
    with TemporaryDirectory() as folder, fresh_tables():
        save(before)
        build_index(Path(folder), at=AT)
        engine = Engine(Path(folder))
        engine.state()
        save(after)
        world = {one.number: one for one in [*before, *after]}
        hidden = [one for place, one in enumerate(world.values()) if place in gone]
        hide(hidden)
        left = [one for one in world.values() if one not in hidden]
        state = engine.state()
        assert state is not None
        assert {hit.service for hit in indexed.answer(state, plan_of(question, at=AT)).best} == (
            expected(left, question)
        )
        assert disagreements(state, question, at=AT) == []


def hide(services: list[Made]) -> None:
    from madobe.directory.actions.listing import refresh_listing
    from madobe.directory.models import Service

    keys = [one.id for one in services]
    Service.objects.filter(pk__in=keys).update(status="suspended")
    refresh_listing(services=keys, at=AT)


class fresh_tables:  # noqa: N801 (reads as a phrase)
    """Tables as they were, after each example."""

    def __enter__(self) -> None:
        from django.db import transaction

        self._block = transaction.atomic()
        self._block.__enter__()

    def __exit__(self, *_error: object) -> None:
        from django.db import transaction

        transaction.set_rollback(True)
        self._block.__exit__(None, None, None)


def test_a_service_for_those_longer_withdrawn_is_not_found_although_no_other_is_there() -> None:
    made = Made(
        number=1, sentences=(), kinds=("ibasho",), areas=("JP",), methods=("phone",), audience=(),
        free=False, anonymous=None, age=None, months=6, place=None, hours=None, is_desk=False,
        needs_check=False,
    )  # fmt: skip
    with TemporaryDirectory() as folder, fresh_tables():
        save([made])
        build_index(Path(folder), at=AT)
        state = Engine(Path(folder)).state()
        assert state is not None
        for months, found in ((0, 0), (5, 0), (6, 1), (7, 1)):
            plan = plan_of(SearchQuestion(months=months), at=AT)
            assert (indexed.answer(state, plan).total, sql.answer(plan).total) == (found, found)
