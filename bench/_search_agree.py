"""Agreement of the search with SQL: as made, after edits, and while a new snapshot takes its place under load."""

import threading
import time
from collections.abc import Callable, Sequence

from django.conf import settings

from bench._search_ground import edits
from bench._search_oracle import Oracle
from bench._search_progress import say
from bench._search_workload import NOW, current, workload
from madobe.directory.actions.indexing import build_index
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.search import indexed, sql
from madobe.directory.search.engine import State
from madobe.directory.search.files import folder_of
from madobe.directory.search.plan import Plan
from madobe.directory.search.ranked import Answered

THREADS = 2
ORDER_EVERY = (
    4  # of the searches in a town, the order of the page is compared with plain SQL as well
)


def agree(services: int) -> dict[str, int]:
    """This will count the searches on which snapshot and SQL differ, and say how much was tried."""
    folder = folder_of(settings.DATA_DIR)
    _searches, plans, state = workload()
    say("as made: every search against SQL")
    before = _differing(plans, state)
    done = 0
    for service, edit in edits(services):
        edit(NOW)
        refresh_listing(services=[service], at=NOW)
        done += 1
    state = current()
    behind = len(state.delta.touched)
    say(f"after {done} edits: every search against SQL")
    after = _differing(plans, state)
    say("a new snapshot takes its place under load")
    wanted = [_told(indexed.answer(state, plan)) for plan in plans]
    swapped = _under_load(plans, wanted, lambda: build_index(folder, at=NOW))
    return {
        "before": before,
        "after": after,
        "edits": done,
        "behind": behind,
        "behind_after": len(current().delta.touched),
        **swapped,
    }


def _differing(plans: Sequence[Plan], state: State) -> int:
    oracle = Oracle(str(settings.DATABASES["default"]["NAME"]))
    differing = 0
    for place, plan in enumerate(plans):
        if place % 100 == 0:
            say(f"{place} of {len(plans)} searches")
        answer = indexed.answer(state, plan)
        total, facets = oracle.counted(plan)
        found = {group: dict(numbers) for group, numbers in answer.facets.items()}
        counted = {group: facets.get(group, {}) for group in found}
        differs = (answer.total, found) != (total, counted)
        if plan.rings and plan.rings[0].distance == "city" and place % ORDER_EVERY == 0:
            differs = differs or _order_differs(state, plan)
        if differs:
            say(f"differs: {plan}: {answer.total} and {total}; {found} and {counted}")
        differing += differs
    return differing


def _order_differs(state: State, plan: Plan) -> bool:
    """Whether the page itself, best first, is another one in plain SQL."""
    ours = [(hit.service, hit.score) for hit in indexed.answer(state, plan).best]
    plain = sql.answer(plan, holders=state.snapshot.holders, everybody=state.snapshot.rows)
    return ours != [(hit.service, hit.score) for hit in plain.best]


Told = tuple[int, frozenset[tuple[str, str, int]]]


def _told(answer: Answered) -> Told:
    facets = answer.facets.items()
    counted = ((group, name, number) for group, found in facets for name, number in found.items())
    return answer.total, frozenset(counted)


def _under_load(
    plans: Sequence[Plan], wanted: Sequence[Told], swap: Callable[[], object]
) -> dict[str, int]:
    ended = threading.Event()
    answered: list[bool] = []
    names: set[str] = set()

    def searching(offset: int) -> None:
        at = offset
        while not ended.is_set():
            place = at % len(plans)
            try:
                state = current()
            except RuntimeError:  # nobody answers: as wrong as a wrong answer
                answered.append(False)
                continue
            answered.append(_told(indexed.answer(state, plans[place])) == wanted[place])
            names.add(state.name)
            at += 1

    threads = [
        threading.Thread(target=searching, args=(number * len(plans) // THREADS,))
        for number in range(THREADS)
    ]
    for one in threads:
        one.start()
    swap()
    time.sleep(1)  # some searches of the new one
    ended.set()
    for one in threads:
        one.join()
    return {
        "swap_wrong": answered.count(False),
        "swap_searches": len(answered),
        "swap_snapshots": len(names),
    }
