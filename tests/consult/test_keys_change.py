"""A desk gets a new key while somebody presses 送る: the letter is there, for whoever holds the new one."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from madobe.consult.actions.seeker import letters
from madobe.consult.models import Message
from madobe.consult.sealed import BODY
from madobe.vault.actions.groups import renew_group
from tests.factories.desk import AT, World, form_of, make_world, open_by, words_of, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    with time_machine.travel(AT, tick=False):
        yield make_world()


def renewed_just_before(monkeypatch: pytest.MonkeyPatch, world: World, name: str) -> None:
    """The desk's key is renewed after a letter has asked for it, and before it is given one: once."""
    through, done = getattr(letters, name), []

    def later(*args: Any, **more: Any) -> Any:
        if not done:
            done.append(
                renew_group(
                    owner=f"desk:{world.desk.pk}",
                    members=[one.holder for one in world.keyrings],
                    at=AT,
                )
            )
        return through(*args, **more)

    monkeypatch.setattr(letters, name, later)


def test_a_first_letter_is_read_with_the_new_key(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
):
    renewed_just_before(monkeypatch, world, "begin_case")
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
    renewed_just_before(monkeypatch, world, "give_case")
    fields = form_of(open_by(client, words).content)
    page = client.post("/ja/talk/", fields | {"text": "書きおわり", "go": "reply"})
    assert page.status_code == 200
    message = Message.objects.get()
    assert world.keyrings[1].open(message.consultation_id)
