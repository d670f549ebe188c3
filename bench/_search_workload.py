"""The five hundred searches, made ready, and the snapshot they are asked of."""

from typing import NamedTuple

from django.conf import settings

from bench._search_corpus import NOW, SEED
from bench._search_queries import Asked, asked
from madobe.directory.search.engine import State, engine_for
from madobe.directory.search.files import folder_of
from madobe.directory.search.plan import Plan, plan_of

__all__ = ["NOW", "Workload", "current", "workload"]


class Workload(NamedTuple):
    searches: list[Asked]
    plans: list[Plan]
    state: State


def workload() -> Workload:
    """This will give the searches of the bench and the state of the snapshot below MADOBE_DATA."""
    searches = asked(SEED)
    return Workload(searches, [plan_of(one.question, at=NOW) for one in searches], current())


def current() -> State:
    """This will give snapshot and edits as of now; RuntimeError when plain SQL would have to answer."""
    state = engine_for(folder_of(settings.DATA_DIR)).state()
    if state is None:
        raise RuntimeError("there is no snapshot of this release and database")
    return state
