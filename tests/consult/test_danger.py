"""Words of danger bring the card and raise the letter; they never stand in its way (E14)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from madobe.consult.models import Consultation, Message, PersonDraft
from tests.factories.desk import AT, World, form_of, make_world, open_by, words_of, write

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


THANKS = "書いてくれてありがとうございます"
NOT_THERE_YET = "まだこの窓口の相談員に届いていません"
DANGER = "もう死にたいです。今夜、薬をたくさん飲もうと思っています。"


def aside(client: Client, text: str, go: str = "aside_first") -> bytes:
    """The page after setting a letter aside: a first one, or one in a thread."""
    page = client.get("/ja/talk/").content
    if go == "aside":
        page = open_by(client, write(client, "こんばんは")).content
    content: bytes = client.post("/ja/talk/", form_of(page) | {"text": text, "go": go}).content
    return content


@pytest.mark.parametrize("go", ["aside_first", "aside"])
def test_danger_that_is_set_aside_has_the_card_above_its_words(
    client: Client, world: World, go: str
):
    page = aside(client, DANGER, go).decode()
    assert page.index(THANKS) < page.index("預かりました。") < page.index('id="words"')
    assert "0120-279-338" in page
    assert PersonDraft.objects.count() == 1


@pytest.mark.parametrize("go", ["aside_first", "aside"])
def test_a_card_above_what_was_set_aside_promises_no_answer(client: Client, world: World, go: str):
    page = aside(client, DANGER, go).decode()
    assert NOT_THERE_YET in page
    assert "相談員が読むのは" not in page
    assert "いつ読むか" not in page


def test_danger_that_is_set_aside_is_told_to_nobody(client: Client, world: World):
    aside(client, DANGER)
    assert not Consultation.objects.get().is_urgent
    assert Message.objects.count() == 0


@pytest.mark.parametrize("go", ["aside_first", "aside"])
def test_calm_words_that_are_set_aside_have_no_card(client: Client, world: World, go: str):
    assert THANKS not in aside(client, "きょうは少し眠れました。", go).decode()


def test_a_contract_that_is_set_aside_has_its_own_card(client: Client, world: World):
    page = aside(client, "業者に頼んで息子を連れ出してもらう契約をするところです。").decode()
    assert "きょう契約しなくても、だいじょうぶです" in page


def test_danger_opened_later_from_what_was_set_aside_has_the_card(client: Client, world: World):
    words = words_of(aside(client, DANGER))
    page = open_by(client, words).content.decode()
    assert THANKS in page
    assert NOT_THERE_YET in page


def test_a_letter_that_was_sent_long_ago_does_not_bring_the_card_again(
    client: Client, world: World
):
    assert THANKS not in open_by(client, write(client, DANGER)).content.decode()


def test_danger_in_a_form_that_comes_back_has_the_card(client: Client, world: World):
    page = client.post("/ja/talk/", {"token": "x", "go": "send", "text": DANGER})
    assert page.status_code == 422
    assert THANKS in page.content.decode()
    assert NOT_THERE_YET in page.content.decode()


def test_the_writing_page_before_the_first_word_has_no_card(client: Client, world: World):
    assert THANKS not in client.get("/ja/talk/").content.decode()


def test_danger_in_a_form_of_a_thread_that_waited_too_long_has_the_card(
    client: Client, world: World
):
    fields = form_of(open_by(client, write(client, "こんばんは")).content)
    with time_machine.travel(AT + timedelta(hours=2), tick=False):
        page = client.post("/ja/talk/", fields | {"go": "reply", "text": DANGER}).content.decode()
    assert "合言葉をもう一度おねがいします" in page
    assert THANKS in page
    assert NOT_THERE_YET in page


def test_danger_where_no_desk_takes_letters_any_more_has_the_card(client: Client, world: World):
    first = form_of(client.get("/ja/talk/").content)
    world.desk.is_open = False
    world.desk.save()
    page = client.post("/ja/talk/", first | {"go": "send", "text": DANGER}).content.decode()
    assert THANKS in page
    assert "いま受けとりをお休みしています" in page
    assert "準備をしているところ" not in page
    assert DANGER in page


def test_the_card_names_no_hour_that_has_passed(client: Client, world: World):
    words = write(client, "こんばんは")
    with time_machine.travel(AT + timedelta(days=30), tick=False):
        fields = form_of(open_by(client, words).content)
        page = client.post("/ja/talk/", fields | {"go": "reply", "text": DANGER}).content.decode()
    assert THANKS in page
    assert "相談員が読むのは" not in page
