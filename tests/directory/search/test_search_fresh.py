"""Edits and suspensions count at once; a new snapshot takes the old one's place under running searches."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from django.db import connection

from madobe.directory.actions.indexing import build_index, wants_rebuilding
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.models import Organization, Revision, Service
from madobe.directory.queries import search, search_stands_on
from madobe.directory.search import delta, files, find, indexed
from madobe.directory.search.build import segment_arrays
from madobe.directory.search.engine import Engine
from madobe.directory.search.plan import plan_of
from madobe.directory.search.question import SearchQuestion
from madobe.directory.search.segment import Segment
from tests.directory.search.worlds import AT, Made, save

ASKED = SearchQuestion(text="麒麟鼎 ぽけもん", kinds=("ibasho",))
SAID = ("麒麟鼎があります",)


def made(number: int, *sentences: str) -> Made:
    return Made(number, sentences or SAID, ("ibasho",), ("132071",))


def found() -> set[object]:
    answer = search(ASKED, at=AT)
    return set() if answer.relaxation else {hit.service for hit in answer.hits}


@pytest.mark.django_db
def test_a_suspended_operator_is_gone_with_the_next_search(snapshot: Callable[[], str]) -> None:
    save([made(1)])
    snapshot()
    assert found() == {made(1).id}
    Organization.objects.update(suspended_at=AT, suspended_by="staff:1")
    refresh_listing(services=[made(1).id], at=AT)
    assert search_stands_on() == "snapshot"
    assert found() == set()


@pytest.mark.django_db
def test_a_forgotten_tombstone_would_show_a_suspended_service(
    snapshot: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control."""
    save([made(1)])
    snapshot()
    monkeypatch.setattr(
        delta, "live_plane", lambda segment, _gone: segment.planes[segment.names["all"]]
    )
    Service.objects.update(status="suspended")
    refresh_listing(services=[made(1).id], at=AT)
    assert found() == {made(1).id}


@pytest.mark.django_db
def test_an_edited_service_is_found_by_its_new_words_only(snapshot: Callable[[], str]) -> None:
    save([made(1, "ＺＸＱＶ方式で学びます"), made(2)])
    snapshot()
    save([made(1), made(2, "ＺＸＱＶ方式で学びます")])
    assert found() == {made(1).id}


@pytest.mark.django_db
def test_more_edits_than_a_delta_holds_are_answered_by_sql(
    snapshot: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot()
    monkeypatch.setattr(delta, "MOST_EDITS", 2)
    save([made(number) for number in range(4)])
    snapshot_of_an_empty_table_is_of_no_use = search_stands_on()
    assert snapshot_of_an_empty_table_is_of_no_use == "sql"
    assert len(found()) == 4


@pytest.mark.django_db
def test_a_snapshot_of_another_database_is_not_used(snapshot: Callable[[], str]) -> None:
    save([made(1)])
    snapshot()
    assert search_stands_on() == "snapshot"
    Revision.objects.all().delete()
    save([made(2)])
    assert search_stands_on() == "sql"
    assert found() == {made(1).id, made(2).id}


@pytest.mark.django_db
def test_a_damaged_snapshot_is_as_good_as_none(folder: Path, snapshot: Callable[[], str]) -> None:
    save([made(1)])
    name = snapshot()
    (folder / name / files.FACTS).write_text("{", "utf-8")
    assert Engine(folder).state() is None
    assert wants_rebuilding(folder, at=AT, is_quiet=False)


@pytest.mark.django_db
def test_the_same_content_is_the_same_snapshot(snapshot: Callable[[], str]) -> None:
    save([made(1)])
    assert snapshot() == snapshot()


@pytest.mark.django_db
def test_old_snapshots_go_after_a_while_and_the_current_one_stays(
    folder: Path, snapshot: Callable[[], str]
) -> None:
    save([made(1)])
    old = snapshot()
    save([made(2)])
    current = snapshot()
    assert files.remove_old(folder) == []
    later = (folder / files.POINTER).stat().st_mtime + 2 * files.GRACE_SECONDS
    assert files.remove_old(folder, now=later) == [old]
    assert (folder / current).is_dir()


@pytest.mark.django_db(transaction=True)
def test_snapshots_exchanged_under_load_never_disturb_a_search(folder: Path) -> None:
    save([made(number) for number in range(40)])
    build_index(folder, at=AT)
    engine, plan = Engine(folder), plan_of(ASKED, at=AT)
    tables = threading.Lock()  # tables in memory cannot be read while they are written
    wrong: list[object] = []
    seen: set[str] = set()
    over = threading.Event()

    def look() -> None:
        try:
            while not over.is_set():
                with tables:
                    state = engine.state()
                    connection.close()
                assert state is not None
                seen.add(state.name)
                answer = indexed.answer(state, plan)
                if (answer.total, len(answer.best), answer.facets["kind"]) != (
                    40,
                    20,
                    {"ibasho": 40},
                ):
                    wrong.append(answer)
        except Exception as error:  # noqa: BLE001
            wrong.append(error)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for turn in range(6):
        with tables:
            save([made(turn)])  # the same words: the count stays
        time.sleep(0.05)
        with tables:
            build_index(folder, at=AT)
        time.sleep(0.05)
    over.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(seen) > 1


def _wide(count: int) -> Segment:
    from tests.directory.search.test_search_bad_input import entry

    arrays, facts = segment_arrays(
        [entry(number, "麒麟鼎" if number % 2 else "ぽけもん") for number in range(count)]
    )
    return Segment(arrays, facts)


def _totals_side_by_side(segment: Segment) -> set[tuple[str, int]]:
    """Two threads search for different words at once; what each of them counted."""
    totals: set[tuple[str, int]] = set()
    started = threading.Barrier(2)

    def look(word: str) -> None:
        plan = plan_of(SearchQuestion(text=word), at=AT)
        started.wait()
        for _ in range(40):
            totals.add((word, find.find(segment, plan, with_facets=False).total))

    threads = [threading.Thread(target=look, args=(word,)) for word in ("麒麟鼎", "ぽけもん")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return totals


def test_threads_do_not_share_a_column_of_scores() -> None:
    assert _totals_side_by_side(_wide(3000)) == {("麒麟鼎", 1500), ("ぽけもん", 1500)}


def test_a_shared_column_would_hold_what_another_search_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Control: one column for all, not emptied between two searches."""
    from contextlib import contextmanager

    segment = _wide(300)
    shared = np.zeros(300, np.uint16)

    class Unemptied(np.ndarray):
        def fill(self, _value: object) -> None: ...

    @contextmanager
    def one_for_all(_rows: int, _kind: object):
        yield shared.view(Unemptied)

    monkeypatch.setattr(find, "scratch", one_for_all)
    assert _totals_side_by_side(segment) != {("麒麟鼎", 150), ("ぽけもん", 150)}
