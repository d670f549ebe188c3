"""受付票: a day and a number, for a letter that was received."""

import pytest
import time_machine
from django.test import Client

from madobe.consult.models import Consultation
from tests.factories.desk import AT, World, form_of, make_world, open_by, words_of, write

pytestmark = pytest.mark.django_db

BUTTON = 'value="slip"'


@pytest.fixture(autouse=True)
def world() -> World:
    with time_machine.travel(AT, tick=False):
        yield make_world()


def aside(client: Client) -> bytes:
    first = form_of(client.get("/ja/talk/").content)
    page: bytes = client.post(
        "/ja/talk/", first | {"text": "とちゅう", "go": "aside_first"}
    ).content
    return page


def test_a_letter_that_was_sent_is_offered_one(client: Client):
    first = form_of(client.get("/ja/talk/").content)
    page = client.post("/ja/talk/", first | {"text": "眠れません。", "go": "send"})
    assert BUTTON in page.content.decode()


def test_a_letter_that_was_set_aside_is_offered_none(client: Client):
    page = aside(client)
    assert BUTTON not in page.decode()
    assert BUTTON not in open_by(client, words_of(page)).content.decode()


def test_asked_for_all_the_same_it_is_the_letter_that_comes(client: Client):
    page = client.post("/ja/talk/", form_of(aside(client)) | {"go": "slip"}).content.decode()
    assert "受付の番号" not in page
    assert "とちゅう" in page


def test_its_number_is_that_of_the_thread(client: Client):
    opened = open_by(client, write(client, "眠れません。")).content
    page = client.post("/ja/talk/", form_of(opened) | {"go": "slip"}).content.decode()
    assert str(Consultation.objects.get().pk).upper()[:8] in page
