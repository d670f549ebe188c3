"""`madobe index` and `madobe search` as somebody at a terminal meets them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from madobe.directory.models import SearchEntry
from madobe.directory.queries import search_stands_on
from tests.directory.search.worlds import Hours, Made, save

pytestmark = pytest.mark.django_db


def fill() -> None:
    save(
        Made(n, ("麒麟鼎があります",), ("ibasho",), ("132071", "131016")[n % 2 :], free=n < 3)
        for n in range(6)
    )


def printed(capsys: pytest.CaptureFixture[str], *command: str) -> dict[str, object]:
    call_command(*command)
    return json.loads(capsys.readouterr().out)


def test_index_builds_a_snapshot_and_says_what_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    report = printed(capsys, "index", "--json")
    assert report["services"] == 6
    assert search_stands_on() == "snapshot"


def test_index_check_agrees_with_sql(capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    call_command("index")
    capsys.readouterr()
    report = printed(capsys, "index", "--check", "--json")
    assert (report["questions"], report["disagreements"]) == (200, 0)


def test_index_check_sees_a_snapshot_that_lost_a_fact(capsys: pytest.CaptureFixture[str]) -> None:
    """Control: the tables say something else than the snapshot, and no change was noted."""
    fill()
    call_command("index")
    SearchEntry.objects.update(facts=0)
    with pytest.raises(SystemExit) as end:
        call_command("index", "--check")
    assert end.value.code == 1


def test_index_check_without_a_snapshot_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("index", "--check")
    assert "madobe index" in capsys.readouterr().err


def test_entries_of_an_older_release_are_made_anew() -> None:
    fill()
    SearchEntry.objects.filter(facts__gt=0).update(release="old", text="")
    call_command("index")
    assert not SearchEntry.objects.filter(release="old").exists()
    assert not SearchEntry.objects.filter(text="").exists()


def test_search_prints_hits_with_reasons(
    snapshot: Callable[[], str], capsys: pytest.CaptureFixture[str]
) -> None:
    fill()
    snapshot()
    answer = printed(
        capsys, "search", "麒麟鼎", "--place", "昭島市", "--need", "free", "--size", "2", "--json"
    )
    assert answer["total"] == 2
    assert answer["facets"]["kind"] == {"ibasho": 2}
    assert answer["relaxation"] is None
    first = answer["hits"][0]
    assert (first["distance"], first["area_name"], first["kinds"]) == ("city", "昭島市", ["ibasho"])
    assert {"kind": "word", "asked": "麒麟鼎", "found": "麒麟鼎"} in first["reasons"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--need", "flying"), "flying"),
        (("--place", "どこでもない国"), "どこでもない国"),
        (("--place", "府中市"), "東京都府中市"),
        (("--near", "here"), "LAT,LON,KM"),
        (("--at", "tomorrow"), "2026-11-24T10:15"),
        (("--at", "2026-13-45T99:99"), "2026-11-24T10:15"),
        (("--municipality", "1"), "6 digits"),
    ],
)
def test_a_value_nobody_can_answer_is_one_sentence(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        call_command("search", *arguments)
    told = capsys.readouterr().err
    assert end.value.code == 1
    assert said in told
    assert told.count("\n") == 1


def test_search_shows_only_what_has_a_card(capsys: pytest.CaptureFixture[str]) -> None:
    from madobe.directory.models import Card

    fill()
    Card.objects.filter(pk=Made(0, (), (), ()).id).delete()
    assert len(printed(capsys, "search", "--json")["hits"]) == 5


def test_search_on_a_terminal_is_readable(capsys: pytest.CaptureFixture[str]) -> None:
    save([Made(1, (), ("ibasho",), ("JP",), hours=Hours((0,), *_MORNING))])
    call_command("search", "--at", "2026-11-24T10:15")  # a Tuesday: wider than asked
    told = capsys.readouterr().out
    assert "1 services" in told
    assert "open_at" in told


def _times():
    from datetime import time

    return time(9), time(12)


_MORNING = _times()


def test_snapshots_lie_below_the_data_folder(tmp_path: Path, folder: Path) -> None:
    assert folder == tmp_path / "search"
