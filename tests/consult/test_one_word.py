"""One word typed back shows that the words are kept: an offer, and never a gate."""

import pytest
import time_machine
from django.test import Client

from madobe.consult.models import Message
from tests.factories.desk import AT, World, form_of, make_world, open_by, words_of

pytestmark = pytest.mark.django_db

YES, NO = "そのことばは合言葉の中にあります", "この合言葉の中には見つかりませんでした"


@pytest.fixture(autouse=True)
def world() -> World:
    with time_machine.travel(AT, tick=False):
        yield make_world()


def begun(client: Client, go: str) -> bytes:
    first = form_of(client.get("/ja/talk/").content)
    page: bytes = client.post("/ja/talk/", first | {"text": "眠れません。", "go": go}).content
    return page


def typed(client: Client, page: bytes, word: str, **more: str) -> str:
    fields = form_of(page) | {"go": "check_word", "one_word": word} | more
    return client.post("/ja/talk/", fields).content.decode()


def in_katakana(words: str) -> str:
    return "".join(chr(ord(one) + 0x60) if "ぁ" <= one <= "ゖ" else one for one in words)


@pytest.mark.parametrize("go", ["send", "aside_first"])
@pytest.mark.parametrize("place", [0, 7])
def test_any_of_the_eight_gets_a_yes(client: Client, go: str, place: int):
    page = begun(client, go)
    answer = typed(client, page, in_katakana(words_of(page).split()[place]))
    assert YES in answer
    assert NO not in answer


def test_another_word_gets_the_words_again(client: Client):
    page = begun(client, "send")
    answer = typed(client, page, "ぱぴぷぺ")
    assert NO in answer
    assert YES not in answer
    assert words_of(answer.encode()).split() == words_of(page).split()


def test_nothing_typed_gets_neither(client: Client):
    answer = typed(client, begun(client, "send"), "  ")
    assert YES not in answer
    assert NO not in answer
    assert "どれかひとつを書くと、見くらべられます。" in answer
    assert 'id="words"' in answer


@pytest.mark.parametrize(("go", "has_slip"), [("send", True), ("aside_first", False)])
def test_beside_the_words_a_slip_is_offered_for_what_was_sent(
    client: Client, go: str, has_slip: bool
):
    assert ('value="slip"' in typed(client, begun(client, go), "ぱぴぷぺ")) is has_slip


def test_a_wrong_word_stands_in_nobodys_way(client: Client):
    page = begun(client, "send")
    typed(client, page, "ぱぴぷぺ")
    assert Message.objects.count() == 1
    assert "眠れません。" in open_by(client, words_of(page)).content.decode()


def test_a_letter_begun_beside_the_words_stays(client: Client):
    opened = open_by(client, words_of(begun(client, "send"))).content
    words = client.post("/ja/talk/", form_of(opened) | {"go": "keep_words", "text": "続きの文"})
    page = typed(client, words.content, "ぱぴぷぺ", text="続きの文")
    assert form_of(page.encode())["text"] == "続きの文"


def test_the_enter_key_in_the_field_looks_at_the_word(client: Client):
    page = begun(client, "send").decode()
    assert page.index('name="go" value="check_word" tabindex="-1"') < page.index(
        'name="go" value="keep_words"'
    )
