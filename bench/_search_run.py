"""The steps of the search bench that need the product loaded: each in a process of its own, with a MADOBE_DATA of its own.

python -m bench._search_run STEP SERVICES      one JSON document on stdout, progress on stderr
"""

import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench import _search_real

REPEATS = 5
COUNTED = 20  # passes of the floor in one repeat

Series = dict[str, list[list[float]]]


def main() -> None:
    """Run one step."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    step, services = sys.argv[1], int(sys.argv[2])
    json.dump(STEPS[step](services), sys.stdout)


def say(line: str) -> None:
    """A line of progress."""
    print(line, file=sys.stderr, flush=True)


def fill(services: int) -> dict[str, Any]:
    """Make the database and the snapshot."""
    from django.conf import settings

    from bench._search_ground import fill

    fill(Path(settings.DATA_DIR), services, say)
    return {}


# --- time -----------------------------------------------------------------------------------------


def floor_us(rows: int) -> float:
    """One pass over a packed 32-bit filter word a row: AND, compare, count (the floor of search.md). Thread CPU."""
    import numpy as np

    words = np.random.default_rng(1).integers(0, 2**31, rows, dtype=np.uint32)
    wanted, both, same = np.uint32(0b1010010), np.empty_like(words), np.empty(rows, bool)
    taken = []
    for _ in range(COUNTED):
        began = time.thread_time_ns()
        np.bitwise_and(words, wanted, out=both)
        np.equal(both, wanted, out=same)
        np.count_nonzero(same)
        taken.append((time.thread_time_ns() - began) / 1000)
    return statistics.median(taken)


def speed(services: int) -> dict[str, Any]:
    """Microseconds of every search, by engine, over `REPEATS` repeats in which the engines take turns."""
    import psycopg
    from django.conf import settings

    from bench._search_peer_rows import Peers, questions
    from bench._search_peers import (
        fill_fts5,
        fill_postgres,
        fill_tantivy,
        fts5_search,
        postgres_search,
        tantivy_search,
    )
    from madobe.directory.queries.search import search
    from madobe.directory.search import indexed
    from madobe.directory.search.find import find

    asked, plans, state = _workload(services)
    unknown = [replace(plan, terms=_as_words(plan.terms)) for plan in plans]
    folder = Path(settings.DATA_DIR) / "peers"
    peers = Peers()
    openings = peers.openings()
    connection = psycopg.connect(os.environ["BENCH_POSTGRES"])
    if not connection.execute("SELECT 1 FROM pg_tables WHERE tablename = 'svc'").fetchone():
        say("PostgreSQL: rows and a trigram index")
        fill_postgres(connection, peers.rows(), openings)
    if not folder.exists():
        making = folder.with_name("peers-making")
        making.mkdir(exist_ok=True)
        say("SQLite FTS5: rows and an index of pairs")
        fill_fts5(making / "fts5.sqlite3", peers.rows(), openings)
        say("tantivy: an index of pairs")
        fill_tantivy(making / "tantivy", peers.rows(), openings)
        making.rename(folder)
    theirs = questions(plans, state.snapshot.holders, state.snapshot.rows)

    def best(plan: Any) -> Any:
        """Exact total and the numbers of the best twenty, which is what the peers give, too."""
        return find(state.snapshot, plan, live=state.delta.live, with_facets=False)

    own: dict[str, tuple[Callable[[Any], Any], Sequence[Any]]] = {
        "ours": (best, plans),
        "unknown": (best, unknown),
        "facets": (lambda plan: indexed.answer(state, plan), plans),
        "whole": (lambda one: search(one.question, at=_now()), asked),
        "tantivy": (tantivy_search(folder / "tantivy"), theirs),
        "fts5": (fts5_search(folder / "fts5.sqlite3"), theirs),
        "pg_trgm": (postgres_search(connection), theirs),
    }
    clocks = dict.fromkeys(own, time.thread_time_ns) | {"pg_trgm": time.perf_counter_ns}
    totals = {
        name: [_total(ask(one)) for one in load] for name, (ask, load) in own.items()
    }  # warms up, too
    floors: list[float] = []
    series: Series = {name: [] for name in own}
    for repeat in range(REPEATS):
        say(f"repeat {repeat + 1} of {REPEATS}")
        for name, (ask, load) in own.items():
            floors.append(floor_us(services))
            clock = clocks[name]
            taken = []
            for one in load:
                began = clock()
                ask(one)
                taken.append((clock() - began) / 1000)
            series[name].append(taken)
    return {
        "floor": statistics.median(floors),
        "scopes": [one.scope for one in asked],
        "series": {
            name: [statistics.median(column) for column in zip(*rows, strict=True)]
            for name, rows in series.items()
        },
        "same_totals": {
            name: sum(a == b for a, b in zip(found, totals["ours"], strict=True))
            for name, found in totals.items()
        },
    }


def _total(answer: Any) -> int:
    return int(
        answer[0] if isinstance(answer, tuple) and not hasattr(answer, "total") else answer.total
    )


def _as_words(terms: Sequence[Any]) -> tuple[Any, ...]:
    """The same words as if no table knew them."""
    from madobe.directory.search.words import Term, fold

    return tuple(
        Term(term.shown, None, term.word or fold(term.shown).strip("、。？「」")) for term in terms
    )


def _now() -> Any:
    from bench._search_corpus import NOW

    return NOW


def _workload(services: int) -> tuple[list[Any], list[Any], Any]:
    from django.conf import settings

    from bench._search_corpus import SEED
    from bench._search_queries import asked
    from madobe.directory.search.engine import engine_for
    from madobe.directory.search.files import folder_of
    from madobe.directory.search.plan import plan_of

    searches = asked(SEED)
    state = engine_for(folder_of(settings.DATA_DIR)).state()
    assert state is not None, "the snapshot is not the one of this release"
    return searches, [plan_of(one.question, at=_now()) for one in searches], state


# --- agreement ------------------------------------------------------------------------------------


def agree(services: int) -> dict[str, Any]:
    """Searches on which snapshot and SQL differ: as made, after 500 edits, and while a new snapshot takes its place."""
    from django.conf import settings

    from bench._search_ground import edits
    from bench._search_oracle import Oracle
    from madobe.directory.actions.indexing import build_index
    from madobe.directory.actions.listing import refresh_listing
    from madobe.directory.search import indexed
    from madobe.directory.search.engine import engine_for
    from madobe.directory.search.files import folder_of

    folder = folder_of(settings.DATA_DIR)
    _asked, plans, state = _workload(services)
    say("as made: every search against SQL")
    before = _differing(plans, state, Oracle(settings.DATABASES["default"]["NAME"]))
    say("500 edits")
    done = 0
    for service, edit in edits(services):
        edit(_now())
        refresh_listing(services=[service], at=_now())
        done += 1
    state = engine_for(folder).state()
    assert state is not None
    behind = len(state.delta.touched)
    say(f"after {done} edits: every search against SQL")
    after = _differing(plans, state, Oracle(settings.DATABASES["default"]["NAME"]))
    say("a new snapshot takes its place under load")
    wanted = [_told(indexed.answer(state, plan)) for plan in plans]
    swapped = _under_load(
        plans, wanted, lambda: engine_for(folder).state(), lambda: build_index(folder, at=_now())
    )
    state = engine_for(folder).state()
    assert state is not None
    return {
        "before": before,
        "after": after,
        "edits": done,
        "behind": behind,
        "behind_after": len(state.delta.touched),
        **swapped,
    }


def _differing(plans: Sequence[Any], state: Any, oracle: Any) -> int:
    from madobe.directory.search import indexed

    differing = 0
    for place, plan in enumerate(plans):
        if place % 100 == 0:
            say(f"{place} of {len(plans)} searches")
        answer = indexed.answer(state, plan)
        counted = oracle.counted(plan)
        theirs = {group: dict(found) for group, found in answer.facets.items()}
        differs = (answer.total, theirs) != (
            counted[0],
            {key: counted[1].get(key, {}) for key in theirs},
        )
        if not differs and plan.rings and plan.rings[0].distance == "city" and place % 4 == 0:
            differs = bool(_order_differs(state, plan))
        if differs:
            say(f"differs: {plan}: {answer.total} and {counted[0]}; {theirs} and {counted[1]}")
        differing += differs
    return differing


def _order_differs(state: Any, plan: Any) -> bool:
    """Whether the page itself, best first, is another one in plain SQL."""
    from madobe.directory.search import indexed, sql

    ours = [(hit.service, hit.score) for hit in indexed.answer(state, plan).best]
    plain = sql.answer(plan, holders=state.snapshot.holders, everybody=state.snapshot.rows)
    return ours != [(hit.service, hit.score) for hit in plain.best]


def _told(answer: Any) -> tuple[int, frozenset[Any]]:
    return answer.total, frozenset(
        (group, name, number)
        for group, found in answer.facets.items()
        for name, number in found.items()
    )


def _under_load(
    plans: Sequence[Any], wanted: Sequence[Any], state: Callable[[], Any], swap: Callable[[], Any]
) -> dict[str, int]:
    from madobe.directory.search import indexed

    ended = threading.Event()
    wrong: list[int] = []
    names: set[str] = set()
    count = [0]

    def searching(offset: int) -> None:
        at = offset
        while not ended.is_set():
            plan = plans[at % len(plans)]
            current = state()
            if current is None or _told(indexed.answer(current, plan)) != wanted[at % len(plans)]:
                wrong.append(at)
            else:
                names.add(current.name)
            at += 1
            count[0] += 1

    threads = [threading.Thread(target=searching, args=(offset,)) for offset in (0, 250)]
    for one in threads:
        one.start()
    swap()
    time.sleep(1)
    ended.set()
    for one in threads:
        one.join()
    return {"swap_wrong": len(wrong), "swap_searches": count[0], "swap_snapshots": len(names)}


# --- the real services ----------------------------------------------------------------------------


def real(_services: int) -> dict[str, Any]:
    """Take the open data in."""
    _search_real.load(_open_data(), say)
    return {}


def relevance(_services: int) -> dict[str, Any]:
    """Mean reciprocal ranks."""
    return _search_real.relevance(_open_data(), say)


def page(_services: int) -> dict[str, Any]:
    """The search page beside the trivial page."""
    return dict(_search_real.page())


def private(_services: int) -> dict[str, Any]:
    """Private memory of a served worker."""
    return dict(_search_real.private_mb(dict(os.environ), say))


def _open_data() -> Path:
    from django.conf import settings

    return Path(settings.OPEN_DATA_DIR)


STEPS: dict[str, Callable[[int], dict[str, Any]]] = {
    "fill": fill,
    "speed": speed,
    "agree": agree,
    "real": real,
    "relevance": relevance,
    "page": page,
    "private": private,
}

if __name__ == "__main__":
    main()
