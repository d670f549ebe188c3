"""The bench's invented nation, small: what is made is what the product makes, and every engine counts it the same."""

import json
import sqlite3
from itertools import islice
from pathlib import Path

import pytest

from bench import _search_ground as ground
from bench._search_corpus import NOW, SEED, TODAY, made, timetables
from bench._search_oracle import Oracle
from bench._search_queries import MOMENTS, SENTENCES, SHORT, asked
from madobe.directory.actions.indexing import build_index
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.models import SearchEntry
from madobe.directory.queries.checking import disagreements
from madobe.directory.search.engine import Engine, State
from madobe.directory.search.plan import plan_of
from madobe.directory.search.question import SearchQuestion
from madobe.directory.search.segment import Segment, Selection

SERVICES = 1_200
SEARCHES = 60
EDITS = 18
WHOLE = 40  # services saved with everything they have

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setattr(ground, "EDITED", WHOLE)
    ground.save_runners()
    ground.save(ground.made_ready((0, SERVICES, SERVICES)))
    refresh_listing(services=[next(made(SEED, 0, 1)).id], at=NOW)
    build_index(tmp_path, at=NOW)
    return Engine(tmp_path)


def differing(state: State) -> list[str]:
    return [
        line for one in asked(SEED, SEARCHES) for line in disagreements(state, one.question, at=NOW)
    ]


def current(engine: Engine) -> State:
    state = engine.state()
    assert state is not None
    return state


def test_snapshot_and_sql_agree_on_every_search_also_after_edits_and_a_new_snapshot(
    engine: Engine, tmp_path: Path
) -> None:
    assert differing(current(engine)) == []
    for service, edit in islice(ground.edits(SERVICES), EDITS):
        edit(NOW)
        refresh_listing(services=[service], at=NOW)
    edited = current(engine)
    assert len(edited.delta.touched) == EDITS
    assert differing(edited) == []
    build_index(tmp_path, at=NOW)
    renewed = current(engine)
    assert renewed.name != edited.name
    assert not renewed.delta.touched
    assert differing(renewed) == []


def test_control_an_engine_that_forgets_how_long_somebody_has_been_withdrawn_is_noticed(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Segment.selection

    def forgetful(self: Segment, plan: object) -> Selection:
        chosen = whole(self, plan)  # type: ignore[arg-type]
        months = {place for name, place in self.names.items() if name.startswith("months:")}
        return chosen._replace(every=[one for one in chosen.every if one not in months] or [0])

    monkeypatch.setattr(Segment, "selection", forgetful)
    assert differing(current(engine))


def test_an_entry_made_for_the_bench_is_what_the_product_makes_of_the_same_tables(
    engine: Engine,
) -> None:
    numbers = set(ground.edited_numbers(SERVICES))
    services = [one.id for number, one in enumerate(made(SEED, 0, SERVICES)) if number in numbers]
    before = {one.pk: _columns(one) for one in SearchEntry.objects.filter(pk__in=services)}
    refresh_listing(services=services, at=NOW)
    after = {one.pk: _columns(one) for one in SearchEntry.objects.filter(pk__in=services)}
    assert len(before) == len(services)
    assert after == before


def _columns(entry: SearchEntry) -> dict[str, object]:
    return {
        field.attname: getattr(entry, field.attname) for field in SearchEntry._meta.concrete_fields
    }


def test_the_same_seed_makes_the_same_nation_and_the_same_searches() -> None:
    assert list(made(5, 0, 50)) == list(made(5, 0, 50))
    assert [one.id for one in made(5, 10, 50)] == [one.id for one in made(5, 0, 50)][10:]
    assert asked(5, 50) == asked(5, 50)
    assert asked(5, 50) != asked(6, 50)


def test_descriptions_hours_and_words_are_as_the_bench_promises() -> None:
    lengths = [len(one.columns["description"]) for one in made(SEED, 0, 400)]
    assert min(lengths) >= 80
    assert max(lengths) <= 300
    minutes = {row.opens_at[3:] for rows in timetables(SEED) for row in rows}
    assert {"00", "15", "30", "45"} <= minutes
    assert any(row.exceptions for rows in timetables(SEED) for row in rows)
    texts = [one.question.text for one in asked(SEED) if one.question.text]
    short = [text for text in texts if text in SHORT and len(text) <= 2]
    assert len(texts) >= 380
    assert len(short) / len(texts) >= 0.3
    assert any(text in SENTENCES for text in texts)
    assert {moment.minute for moment in MOMENTS} >= {15, 45}
    assert any(moment.date() == TODAY.replace(day=23) for moment in MOMENTS)  # a holiday


def test_the_oracle_of_the_bench_counts_by_itself(tmp_path: Path) -> None:
    """Three rows by hand: one open at a quarter past on a holiday, one not, one of another age."""
    path = tmp_path / "three.sqlite3"
    base = sqlite3.connect(path)
    base.executescript(
        "CREATE TABLE directory_searchentry(service_id, text, concepts, kinds, facts, youngest, oldest, months,"
        " dated_limits, timetable);"
        "CREATE TABLE directory_servicearea(service_id, extent, extent_type);"
        "CREATE TABLE directory_serviceatlocation(service_id, location_id);"
        "CREATE TABLE directory_location(id, latitude, longitude);"
    )
    week = {"byday": "MO,TU,WE,TH,FR", "opens_at": "10:15", "closes_at": "14:45"}
    shut = json.dumps([{**week, "closed_on_holidays": True}])
    for service, timetable, oldest in (
        (1, json.dumps([week]), 120),
        (2, shut, 120),
        (3, json.dumps([week]), 20),
    ):
        base.execute(
            "INSERT INTO directory_searchentry VALUES (?, '', ' ibasho:9 ', 0, 0, 0, ?, 0, '', ?)",
            (service, oldest, timetable),
        )
    base.commit()
    holiday = next(
        moment for moment in MOMENTS if moment.isoformat().startswith("2026-11-23T10:15")
    )
    question = SearchQuestion(text="居場所", age=30, open_at=holiday)
    total, facets = Oracle(str(path)).counted(plan_of(question, at=NOW))
    assert total == 1
    assert facets["need"] == {}
