"""A morning at the desk: two who answer, one more, and the minute it is."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache

from tests.factories.answering import MORNING, Person, make_colleague, people
from tests.factories.desk import World, make_world
from tests.factories.keys import CHEAP


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr("madobe.accounts.actions.keys.own.COST", CHEAP)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(MORNING, tick=False):
        yield make_world()


@pytest.fixture
def hana(world: World) -> Person:
    return people(world)[0]


@pytest.fixture
def sora(world: World) -> Person:
    return people(world)[1]


@pytest.fixture
def riku(world: World) -> Person:
    """On duty like the others, and nothing else."""
    return make_colleague(world, "riku@example.jp", "見本 りく")


@pytest.fixture
def mei(world: World) -> Person:
    """Answers at the desk, is in no duty group and on no turn."""
    return make_colleague(world, "mei@example.jp", "見本 めい", in_group=False)
