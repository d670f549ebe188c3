"""A flood is taken in like every letter and stands behind one row; letters beside it do not wait (S4-12)."""

import secrets

import pytest
import time_machine
from django.test import Client

from madobe.consult.models import Consultation, Message
from madobe.consult.rules.flood import ALIKE_LONG, FROM_ONE, Counters
from madobe.consult.views.seeker import flood
from tests.factories.desk import AT, World, make_world, write

pytestmark = pytest.mark.django_db

COPY = "おすすめの品があります。くわしくはこちらをごらんください。"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(flood, "_counters", Counters(secrets.token_bytes(32)))
    with time_machine.travel(AT, tick=False):
        yield make_world()


def groups() -> list[str]:
    return list(Consultation.objects.order_by("held").values_list("held", flat=True))


def test_copies_of_one_text_are_kept_and_stand_behind_one_row(client: Client, world: World):
    for _ in range(ALIKE_LONG + 2):
        write(client, COPY)
    held = [group for group in groups() if group]
    assert Message.objects.count() == ALIKE_LONG + 2
    assert len(held) == 2
    assert len(set(held)) == 1


def test_a_letter_beside_a_flood_is_not_held(client: Client, world: World):
    for _ in range(ALIKE_LONG + 1):
        write(client, COPY)
    write(client, "夜になると眠れません。")
    assert groups().count("") == ALIKE_LONG + 1


def test_words_of_danger_from_the_same_address_are_not_held(client: Client, world: World):
    for number in range(FROM_ONE + 1):
        write(client, f"お知らせその{number}")
    write(client, "もう死にたいです。")
    assert Consultation.objects.get(is_urgent=True).held == ""
    assert len([group for group in groups() if group]) == 1


def test_pressing_again_in_a_dead_spot_holds_nobodys_letter(client: Client, world: World):
    """The very form sent five times is one letter, not a flood of five."""
    from tests.factories.desk import form_of

    form = form_of(client.get("/ja/talk/").content) | {"text": COPY, "go": "send"}
    for _ in range(ALIKE_LONG + 2):
        client.post("/ja/talk/", form)
    assert groups() == [""]
