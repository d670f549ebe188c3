"""The day's work: once a day, after the search has its snapshot, and what an upgrade leaves to be listed anew."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from madobe.directory.actions import upkeep as the_day
from madobe.directory.actions.editing import Marked, mark_stale, recheck
from madobe.directory.actions.indexing import fill_listing
from madobe.directory.management.commands.upkeep import (
    AFTER_TROUBLE,
    AGAIN,
    Round,
    do_chores,
    look_after,
    look_round,
)
from madobe.directory.models import Card, Document, Organization, ReviewItem, SearchEntry, Service
from madobe.directory.search.files import folder_of
from madobe.directory.search.snapshot import snapshot_state
from madobe.lib.chores import Chore
from tests.factories.directory import make_service

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)  # 23:00 in Japan
PHONES = [{"number": "042-000-1122"}]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(timezone, "now", lambda: AT)
    return tmp_path


def old_and_twice() -> Service:
    made = [
        make_service("ひだまり相談室", phones=PHONES),
        make_service("ひだまり相談室", phones=PHONES),
        make_service("古い窓口", phones=(), last_verified_date=date(2020, 1, 1)),
    ]
    for service, owner in zip(made, ("北の会", "みなみ舎", "ひがし市役所"), strict=True):
        Organization.objects.filter(pk=service.organization_id).update(name=owner)
    return made[-1]


def test_the_command_does_the_day_and_a_second_run_changes_nothing():
    old_and_twice()
    said = [StringIO(), StringIO()]
    for out in said:
        call_command("upkeep", "--json", stdout=out)
    first, second = (json.loads(out.getvalue()) for out in said)
    own = ("stale", "fresh", "lapsed", "duplicates")  # beside the chores of the floors above
    assert [first[name] for name in own] == [1, 0, 0, 1]
    assert [second[name] for name in own] == [0, 0, 0, 0]


def test_the_search_comes_first_and_the_day_is_done_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    service = old_and_twice()
    assert look_after(folder, is_quiet=False)
    assert snapshot_state(folder_of(folder)).is_usable
    assert not ReviewItem.objects.exists()
    assert not look_after(folder, is_quiet=False)
    service.refresh_from_db()
    assert (service.status, ReviewItem.objects.count()) == ("stale", 1)

    ReviewItem.objects.all().delete()
    look_after(folder, is_quiet=False)
    assert not ReviewItem.objects.exists()  # the same day
    monkeypatch.setattr(timezone, "now", lambda: AT + timedelta(hours=2))
    for _look in range(2):  # a new day in Japan: the week of the snapshot, then the day's work
        look_after(folder, is_quiet=False)
    assert ReviewItem.objects.count() == 1


def test_a_day_that_was_not_finished_is_begun_again(folder: Path, monkeypatch: pytest.MonkeyPatch):
    from madobe.directory.actions import upkeep

    def gone(**_more: object) -> None:
        raise OSError("no room on the disk")

    old_and_twice()
    look_after(folder, is_quiet=False)
    monkeypatch.setattr(upkeep, "note_duplicates", gone)
    with pytest.raises(OSError, match="no room"):
        look_after(folder, is_quiet=False)
    assert not upkeep.is_done(folder, at=AT)


def test_many_entries_past_their_day_are_marked_in_steps(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recheck, "CHUNK", 2)
    for _one in range(5):
        make_service(last_verified_date=date(2020, 1, 1))
    assert mark_stale(by="recheck", at=AT) == Marked(stale=5)
    assert set(Service.objects.values_list("status", flat=True)) == {"stale"}


@pytest.mark.parametrize("lost", [Card, SearchEntry, Document])
def test_a_database_of_an_earlier_release_is_listed_anew_once(lost: type):
    service, other = make_service(), make_service("別の窓口")
    lost.objects.filter(service=service).delete()
    said: list[str] = []
    assert fill_listing(at=AT, say=said.append) == 1
    assert lost.objects.filter(service=service).exists()
    assert said == ["0 of 1 services listed anew"]
    assert fill_listing(at=AT, say=said.append) == 0
    assert len(said) == 1
    assert other.pk in lost.objects.values_list("pk", flat=True)


def test_entries_nobody_is_to_see_are_not_listed_by_it():
    make_service(status="draft")
    assert fill_listing(at=AT) == 0


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the chores of this test did: one works, one is in trouble, one comes round once an hour."""
    did: list[str] = []

    def trouble(at: datetime) -> int:
        raise OSError("no room")

    mine = {
        "trouble": Chore("trouble", trouble, timedelta(minutes=1)),
        "often": Chore("often", lambda at: did.append(f"often {at:%H:%M}"), timedelta(minutes=1)),
        "seldom": Chore("seldom", lambda at: did.append("seldom"), timedelta(hours=1)),
    }
    monkeypatch.setattr("madobe.lib.chores._chores", mine)
    return did


def test_what_comes_round_is_done_when_it_is_due(done: list[str]):
    due: dict[str, float] = {}
    for now in (0.0, 30.0, 61.0):
        do_chores(due, now=now)
    assert done == ["often 14:00", "seldom", "often 14:00"]


def test_a_chore_in_trouble_is_told_and_keeps_no_other_waiting(done: list[str]):
    assert do_chores({}, now=0.0) == ["trouble: OSError no room"]
    assert "seldom" in done


def test_a_daily_chore_in_trouble_is_tried_again_soon(monkeypatch: pytest.MonkeyPatch):
    tried: list[int] = []
    daily = Chore("daily", lambda at: 1 / len(tried.append(1) or tried[1:]), timedelta(days=1))
    monkeypatch.setattr("madobe.lib.chores._chores", {"daily": daily})
    due: dict[str, float] = {}
    assert [bool(do_chores(due, now=now)) for now in (0.0, AGAIN - 1, AGAIN)] == [
        True,
        False,
        False,
    ]
    assert len(tried) == 2
    assert due == {"daily": AGAIN + 86_400}


def test_the_command_does_the_rest_too_and_says_what_it_could_not(done: list[str]):
    with pytest.raises(CommandError, match="trouble: OSError no room"):
        call_command("upkeep", stdout=StringIO())
    assert "seldom" in done


def test_the_chores_go_on_while_the_day_cannot_be_done(
    done: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(
        "madobe.directory.management.commands.upkeep._do_the_day", lambda at: {}["no row"]
    )
    with pytest.raises(CommandError, match="the day: KeyError"):
        call_command("upkeep", stdout=StringIO())
    assert "seldom" in done


def test_chores_go_on_while_the_search_cannot_be_built(
    folder: Path, done: list[str], monkeypatch: pytest.MonkeyPatch
):
    tried: list[str] = []

    def broken(data: Path, *, is_quiet: bool) -> bool:
        tried.append("search")
        raise ValueError("schema")

    monkeypatch.setattr("madobe.directory.management.commands.upkeep.look_after", broken)
    seen = Round()
    first = look_round(folder, seen, now=0.0)
    assert first == ["day and search: ValueError schema", "trouble: OSError no room"]
    assert "seldom" in done
    for now in (1.0, AFTER_TROUBLE - 1):
        look_round(folder, seen, now=now)
    assert len(tried) == 1
    look_round(folder, seen, now=AFTER_TROUBLE)
    assert len(tried) == 2


def test_few_edits_wait_for_a_quiet_moment_counted_from_the_last_snapshot(
    folder: Path, done: list[str], monkeypatch: pytest.MonkeyPatch
):
    asked: list[bool] = []
    monkeypatch.setattr(
        "madobe.directory.management.commands.upkeep.look_after",
        lambda data, *, is_quiet: asked.append(is_quiet) or is_quiet,
    )
    seen = Round(quiet_since=100.0)
    for now in (200.0, 401.0, 402.0):
        look_round(folder, seen, now=now)
    assert asked == [False, True, False]


def test_a_look_says_that_the_upkeep_is_at_work(folder: Path):
    the_day.note_beat(folder, at=AT - timedelta(hours=1))
    assert the_day.is_silent(folder, at=AT)
    assert look_round(folder, Round(), now=0.0) == []
    assert not the_day.is_silent(folder, at=AT)


def test_a_sign_of_life_that_cannot_be_written_ends_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(data: Path, *, at: datetime) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(the_day, "note_beat", full)
    old_and_twice()
    look_round(folder, Round(), now=0.0)
    assert look_round(folder, Round(), now=0.0) == ["sign of life: OSError disk full"]
    assert the_day.is_done(folder, at=AT)
