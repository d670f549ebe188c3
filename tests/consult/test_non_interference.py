"""Family, person: nothing crosses, not a count, not a time (trust.md T5, G33)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from madobe.audit.models import AuditEvent
from madobe.consult.models import Consultation, Message
from madobe.consult.views.seeker import first, pages
from tests.consult import interference
from tests.consult.interference import FAMILY, PERSON, differences, play
from tests.factories.desk import AT, World, make_world

pytestmark = pytest.mark.django_db

PAIRS = 100


@pytest.fixture
def world() -> World:
    with time_machine.travel(AT, tick=False):
        return make_world()


def test_nothing_the_other_does_changes_a_byte_of_what_somebody_is_shown(world: World):
    assert [found for seed in range(PAIRS) for found in differences(world, seed)] == []


def test_the_scripts_are_worth_playing(world: World):
    """Both write, are answered, come back and erase within a few of them."""
    shown = [play(world, seed)[side].shown for seed in range(30) for side in (PERSON, FAMILY)]
    pages_seen = " ".join(
        str(one[2], "utf-8", "replace") for side in shown for one in side if one[0] != "mail"
    )
    for text in (
        "お返事があります。",
        "消しました。",
        "預かりました。",
        "お休み中",
        "見つかりませんでした",
        "受付の番号",
        "窓口の相談員<",  # of who opened it
    ):
        assert text in pages_seen
    assert 304 in {one[0] for side in shown for one in side}
    assert any(b"PNG" in one[2][:8] for side in shown for one in side if one[0] != "mail")


def an_unread_count_of_the_household(patch: pytest.MonkeyPatch) -> None:
    real = pages.thread

    def thread(*given: Any, **more: Any) -> Any:
        response = real(*given, **more)
        response.content += b"<!-- %d -->" % Message.objects.filter(author="staff").count()
        return response

    patch.setattr(pages, "thread", thread)


def a_promise_that_knows_how_many_wait(patch: pytest.MonkeyPatch) -> None:
    real = first.receiving_desk

    def busy(**given: Any) -> Any:
        desk = real(**given)
        waiting = Consultation.objects.filter(state="waiting_staff").count()
        return replace(desk, reply_by=desk.reply_by + timedelta(hours=waiting))

    patch.setattr(first, "receiving_desk", busy)


def a_number_that_counts_all_letters(patch: pytest.MonkeyPatch) -> None:
    real = pages.slip

    def slip(request: Any, secret: bytes, found: Any, *, at: Any) -> Any:
        response = real(request, secret, found, at=at)
        response.headers["X-Number"] = str(Consultation.objects.count())
        return response

    patch.setattr(pages, "slip", slip)


def looks_at_whatever_was_opened(patch: pytest.MonkeyPatch) -> None:
    def of_all(*, action: str, record_id: str) -> list[AuditEvent]:
        return list(AuditEvent.objects.filter(action=action))

    patch.setattr(interference, "events_of", of_all)


@pytest.mark.parametrize(
    "fault",
    [
        an_unread_count_of_the_household,
        a_promise_that_knows_how_many_wait,
        a_number_that_counts_all_letters,
        looks_at_whatever_was_opened,
    ],
    ids=lambda fault: fault.__name__,
)
def test_something_that_crosses_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch, fault: Callable[[pytest.MonkeyPatch], None]
):
    fault(monkeypatch)
    assert any(differences(world, seed) for seed in range(12))
