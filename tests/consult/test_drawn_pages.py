"""Pages that are drawn once show each reader what is true for them now."""

import pytest
import time_machine
from django.test import Client

from tests.factories.desk import AT, World, form_of, make_world, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    with time_machine.travel(AT, tick=False):
        yield make_world()


def sent(client: Client) -> str:
    form = form_of(client.get("/ja/talk/").content)
    return client.post("/ja/talk/", form | {"text": "眠れません。", "go": "send"}).content.decode()


def test_a_desk_that_says_something_else_says_it_at_once(client: Client, world: World):
    client.get("/ja/talk/")
    world.desk.readers = "二人の相談員が読みます。"
    world.desk.save()
    assert "二人の相談員が読みます。" in client.get("/ja/talk/").content.decode()


def test_another_promise_is_shown_to_the_next_who_writes(client: Client, world: World):
    assert "12月2日（水）17:00" in sent(client)
    world.desk.reply_days = 1
    world.desk.save()
    # the night before Friday 27 November: the first opening day after it is Monday
    assert "11月30日（月）17:00" in sent(client)


def test_each_reader_gets_a_form_and_words_of_their_own(client: Client, world: World):
    tokens = {form_of(client.get("/ja/talk/").content)["token"] for _ in range(3)}
    assert len(tokens) == 3
    assert len({write(client, "眠れません。") for _ in range(3)}) == 3


def test_the_next_reader_gets_the_page_in_their_own_language(client: Client, world: World):
    client.get("/ja/talk/")
    assert '<html lang="en"' in client.get("/en/talk/").content.decode()
