"""Writing without a name, keeping eight words, coming back (S0-11, S0-15)."""

import pytest
import time_machine
from django.test import Client

from madobe.consult.models import Consultation, Message, Receipt
from madobe.consult.sealed import BODY
from madobe.vault.keystore.models import ShredKey
from tests.factories.desk import AT, World, form_of, make_world, open_by, words_of, write

pytestmark = pytest.mark.django_db

LETTER = "息子が三年、部屋から出てきません。夜中にすみません。"


@pytest.fixture
def world() -> World:
    with time_machine.travel(AT, tick=False):
        yield make_world()


def test_a_letter_is_there_after_one_press(client: Client, world: World):
    write(client, LETTER)
    message = Message.objects.get()
    opened = world.keyrings[0].open(message.consultation_id)
    assert opened.text(BODY, message.pk, message.body) == LETTER


def test_the_words_open_the_thread(client: Client, world: World):
    words = write(client, LETTER)
    page = open_by(client, words)
    assert LETTER in page.content.decode()


def test_the_promise_is_a_day_and_an_hour(client: Client, world: World):
    fields = form_of(client.get("/ja/talk/").content)
    answer = client.post("/ja/talk/", fields | {"text": LETTER, "go": "send"}).content.decode()
    # the night before Friday 27 November: Monday, Tuesday, Wednesday are the three opening days
    assert "12月2日（水）17:00" in answer


def test_pressing_twice_is_one_letter_with_the_same_words(client: Client, world: World):
    fields = form_of(client.get("/ja/talk/").content) | {"text": LETTER, "go": "send"}
    first, second = (client.post("/ja/talk/", fields).content for _ in range(2))
    assert words_of(first) == words_of(second)
    assert (Consultation.objects.count(), Message.objects.count()) == (1, 1)
    assert ShredKey.objects.count() == Receipt.objects.count() == 1


def test_a_word_changed_after_going_back_is_not_lost(client: Client, world: World):
    fields = form_of(client.get("/ja/talk/").content) | {"go": "send"}
    client.post("/ja/talk/", fields | {"text": LETTER})
    page = client.post("/ja/talk/", fields | {"text": LETTER + "追伸。"})
    thread = open_by(client, words_of(page.content)).content.decode()
    assert "追伸。" in thread
    assert Message.objects.count() == 2


def test_an_empty_letter_gets_a_sentence_and_keeps_the_chips(client: Client, world: World):
    fields = form_of(client.get("/ja/talk/").content)
    page = client.post("/ja/talk/", fields | {"text": "  ", "go": "send", "wishes": ["listen"]})
    assert page.status_code == 422
    assert "ひとことだけでも" in page.content.decode()
    assert 'value="listen" checked' in page.content.decode()
    assert Message.objects.count() == 0


def test_the_words_are_nowhere_in_the_tables(client: Client, world: World):
    words = write(client, LETTER)
    row = Receipt.objects.get()
    stored = bytes(row.blob) + bytes(row.public) + row.pk.bytes
    assert not any(word.encode() in stored for word in words.split())


def test_a_memo_of_the_guide_is_handed_over_and_not_yet_sent(client: Client, world: World):
    page = client.post("/ja/talk/", {"go": "write", "text": "ひとこと", "memo": "相談メモの文"})
    assert "相談メモの文" in page.content.decode()
    assert Message.objects.count() == 0
