"""Several people at the same moment: nobody passes alone, and a suspension wins against whatever runs beside it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from madobe.directory.actions import listing
from madobe.directory.actions.importing import ImportRequest, import_windows
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.actions.merging.errors import MergedAlready
from madobe.directory.actions.suspension import SuspendedAlready, suspend_organization
from madobe.directory.actions.vetting import AnsweredAlready
from madobe.directory.models import Card, Organization, Service, VettingAnswer, VettingRound
from tests.directory.merging.support import merge
from tests.directory.windows.rows import row, write
from tests.factories.directory import make_service
from tests.factories.threads import alone, at_once, shared_database

from .support import AT, SUZUKI, TANAKA, actor, answer, only_service, operator

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _room(tmp_path: Path) -> Iterator[None]:
    with shared_database(tmp_path):
        yield


def states() -> list[str]:
    return sorted(VettingRound.objects.values_list("state", flat=True))


def kinds_of(results: list[Any]) -> list[str]:
    return sorted(type(one).__name__ for one in results)


def test_one_person_in_five_windows_is_one_person():
    one = alone(operator)
    results = at_once([lambda: answer(one, SUZUKI)] * 5)
    assert kinds_of(results) == ["AnsweredAlready"] * 4 + ["VettingRound"]
    assert all(isinstance(r, AnsweredAlready | VettingRound) for r in results)
    assert alone(lambda: (states(), VettingAnswer.objects.count())) == (["open"], 1)
    assert not alone(lambda: Card.objects.exists())


def test_two_people_at_the_same_moment_pass_it_once():
    one = alone(operator)
    results = at_once([lambda: answer(one, SUZUKI), lambda: answer(one, TANAKA)])
    assert kinds_of(results) == ["VettingRound"] * 2
    assert alone(lambda: (states(), VettingAnswer.objects.count())) == (["passed"], 2)
    assert alone(lambda: Card.objects.count()) == 1


def test_the_second_answer_and_a_suspension_leave_it_out_of_view():
    one = alone(operator)
    alone(lambda: answer(one, SUZUKI))
    results = at_once([lambda: answer(one, TANAKA), lambda: _suspend(one)])
    assert kinds_of(results) == ["Suspension", "VettingRound"]
    assert not alone(lambda: Card.objects.exists())


def test_two_taps_suspend_once():
    one = alone(operator)
    results = at_once([lambda: _suspend(one)] * 2)
    assert [r for r in results if isinstance(r, SuspendedAlready)] != results
    assert kinds_of(results) == ["SuspendedAlready", "Suspension"]


def test_two_merges_of_one_pair_in_both_directions_merge_it_once():
    first, second = alone(lambda: (make_service("ひろば"), make_service("ヒロバ")))
    results = at_once([lambda: merge(first, second), lambda: merge(second, first)])
    assert kinds_of(results) == ["Merge", "MergedAlready"]
    assert any(isinstance(one, MergedAlready) for one in results)
    assert alone(lambda: Card.objects.count()) == 1


def _suspend(one: Organization) -> Any:
    return suspend_organization(
        organization=one.pk, reason="確かめます。", by=actor("officer"), at=AT
    )


def left_visible(monkeypatch: pytest.MonkeyPatch, one: Organization, act: Callable[[], Any]) -> int:
    """How many cards are left when `act`, in the middle of making them, is overtaken by a suspension."""
    midst, tapped = Event(), Event()
    made = listing.card_text

    def slowly(service: Service) -> str:
        midst.set()
        tapped.wait(10)
        return made(service)

    def tap() -> Any:
        midst.wait(10)
        # on its way: either it waits for the writer, or it is done before the writer goes on
        waiting = Event()
        waiting.wait(0.05)
        return _suspend(one)

    def release() -> None:
        midst.wait(10)
        Event().wait(1.0)
        tapped.set()

    monkeypatch.setattr(listing, "card_text", slowly)
    results = at_once([act, tap, release])
    assert not [r for r in results if isinstance(r, Exception)], results
    return int(alone(lambda: Card.objects.filter(service__organization=one).count()))


def _publish(service: Service) -> None:
    with transaction.atomic():
        Service.objects.filter(pk=service.pk).update(status="published")
        refresh_listing(services=[service.pk], at=AT)


def draft() -> tuple[Organization, Service]:
    one = operator(standing="register")
    service = only_service(one)
    service.status = "draft"
    service.save()
    return one, service


def test_publishing_while_suspending_shows_nothing(monkeypatch: pytest.MonkeyPatch):
    one, service = alone(draft)
    assert left_visible(monkeypatch, one, lambda: _publish(service)) == 0


def test_without_the_lock_it_would_be_shown(monkeypatch: pytest.MonkeyPatch):
    """Negative control: SQLite has one writer at a time whatever we do."""
    one, service = alone(draft)
    monkeypatch.setattr(listing, "lock_revision", lambda: None)
    expected = 0 if connection.vendor == "sqlite" else 1
    assert left_visible(monkeypatch, one, lambda: _publish(service)) == expected


def test_an_import_while_suspending_shows_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def take(name: str) -> None:
        rows = [row(id="a", name=name), row(id="b", name=f"{name}の二", phone="042-000-0002")]
        files = [write(tmp_path, rows)]
        import_windows(request=ImportRequest(files=files, by="import windows", at=AT))

    alone(lambda: take("まどべ相談室"))
    one = alone(lambda: Organization.objects.get())
    assert alone(lambda: Card.objects.count()) == 2
    assert left_visible(monkeypatch, one, lambda: take("新しい名前の相談室")) == 0


def test_an_import_beside_a_merge_does_not_bring_the_merged_one_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    def take(name: str) -> None:
        rows = [row(id="a"), row(id="b", name=name, department="二係", phone="042-000-0002")]
        files = [write(tmp_path, rows)]
        import_windows(request=ImportRequest(files=files, by="import windows", at=AT))

    alone(lambda: take("二つめの窓口"))
    keep, other = alone(lambda: list(Service.objects.order_by("source_records__key")))
    at_once([lambda: take("新しい名前の窓口"), lambda: merge(keep, other)])
    results = alone(lambda: Service.objects.filter(merged_into__isnull=False).count())
    assert results in (0, 1)  # a preview overtaken by the import asks to look again
    alone(lambda: take("もう一度新しい窓口"))
    assert alone(lambda: Service.objects.filter(merged_into__isnull=False).count()) == results
    assert alone(lambda: Card.objects.count()) == 2 - results
