"""The steps of the search bench that need the product loaded: each in a process of its own, with a MADOBE_DATA of its own.

python -m bench._search_run STEP SERVICES      one JSON document on stdout, progress on stderr
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench import _search_real
from bench._search_progress import say

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
        fts5_search,
        postgres_search,
    )
    from bench._search_tantivy import fill_tantivy, tantivy_search
    from bench._search_workload import NOW, workload
    from madobe.directory.queries.search import search
    from madobe.directory.search import indexed
    from madobe.directory.search.find import find

    asked, plans, state = workload()
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
        "whole": (lambda one: search(one.question, at=NOW), asked),
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


def agree(services: int) -> dict[str, Any]:
    """Searches on which snapshot and SQL differ."""
    from bench._search_agree import agree

    return dict(agree(services))


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
