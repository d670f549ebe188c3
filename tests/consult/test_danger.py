"""Words of danger bring the card and raise the letter; they never stand in its way (E14)."""

import pytest
import time_machine
from django.test import Client

from madobe.consult.models import Consultation
from tests.factories.desk import AT, World, form_of, make_world, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    with time_machine.travel(AT, tick=False):
        yield make_world()


def send(client: Client, text: str) -> str:
    fields = form_of(client.get("/ja/talk/").content)
    return client.post("/ja/talk/", fields | {"text": text, "go": "send"}).content.decode()


def test_danger_is_sent_like_any_letter_with_the_card_above(client: Client, world: World):
    page = send(client, "もう死にたいです。今夜、薬をたくさん飲もうと思っています。")
    assert page.index("書いてくれてありがとうございます") < page.index("送りました。")
    assert 'id="words"' in page
    assert Consultation.objects.get().is_urgent


def test_a_calm_letter_has_no_card(client: Client, world: World):
    page = send(client, "きょうは少し眠れました。")
    assert "書いてくれてありがとうございます" not in page
    assert not Consultation.objects.get().is_urgent


def test_a_contract_with_a_remover_has_a_card_of_its_own(client: Client, world: World):
    page = send(client, "業者に頼んで息子を連れ出してもらう契約をするところです。")
    assert "きょう契約しなくても、だいじょうぶです" in page
    assert "188" in page


def test_danger_in_a_later_letter_raises_the_thread(client: Client, world: World):
    words = write(client, "こんばんは")
    opened = client.post("/ja/talk/", {"go": "words", "words": words})
    fields = form_of(opened.content) | {"go": "reply", "text": "もう死んでしまいたい"}
    page = client.post("/ja/talk/", fields).content.decode()
    assert "書いてくれてありがとうございます" in page
    assert Consultation.objects.get().is_urgent
