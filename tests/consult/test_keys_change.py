"""A desk gets a new key while somebody presses 送る: the letter is there, for whoever holds the new one."""

import pytest
import time_machine
from django.test import Client

from madobe.consult.actions.seeker import letters
from madobe.consult.models import Message
from madobe.consult.sealed import BODY
from tests.factories.desk import AT, World, form_of, make_world, open_by, words_of, write
from tests.factories.renewing import renewed_just_before

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    with time_machine.travel(AT, tick=False):
        yield make_world()


def test_a_first_letter_is_read_with_the_new_key(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
):
    renewed_just_before(monkeypatch, world, letters, "begin_case")
    words = write(client, "鍵がかわる夜の手紙")
    message = Message.objects.get()
    opened = world.keyrings[0].open(message.consultation_id)
    assert opened.text(BODY, message.pk, message.body) == "鍵がかわる夜の手紙"
    assert "鍵がかわる夜の手紙" in open_by(client, words).content.decode()


def test_a_letter_that_was_set_aside_is_too(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
):
    fields = form_of(client.get("/ja/talk/").content)
    aside = client.post("/ja/talk/", fields | {"text": "書きかけ", "go": "aside_first"})
    words = words_of(aside.content)
    renewed_just_before(monkeypatch, world, letters, "give_case")
    fields = form_of(open_by(client, words).content)
    page = client.post("/ja/talk/", fields | {"text": "書きおわり", "go": "reply"})
    assert page.status_code == 200
    message = Message.objects.get()
    assert world.keyrings[1].open(message.consultation_id)
