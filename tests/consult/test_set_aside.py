"""A letter that was set aside never goes unseen: not for something typed elsewhere, not with a letter that was sent."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from madobe.consult.models import Message, PersonDraft
from tests.factories.desk import AT, World, form_of, make_world, open_by, write

pytestmark = pytest.mark.django_db
LONG = "一晩かけて書いた、とても長い書きかけ"
SHORT = "ひとこと"


@pytest.fixture
def world() -> World:
    with time_machine.travel(AT, tick=False):
        yield make_world()


@pytest.fixture
def words(client: Client, world: World) -> str:
    found = write(client, "はじめの手紙")
    press(client, open_by(client, found).content, "aside", text=LONG)
    return found


def press(client: Client, page: bytes, go: str, **more: str) -> bytes:
    """Press a button of a page; what stands in its box goes along unless something else is typed."""
    said = form_of(page) | {"go": go} | more
    if "text" not in said and (here := box(page)):
        said["text"] = here
    answer: bytes = client.post("/ja/talk/", said).content
    return answer


def box(page: bytes) -> str:
    found = BeautifulSoup(page, "html.parser").find("textarea", id="text")
    return (found.string or "").removeprefix("\n") if found else ""


def opened_with(client: Client, words: str, text: str) -> bytes:
    """Something was typed on the first page; then the thread was opened by its words."""
    answer = client.post("/ja/talk/", {"go": "words", "words": words, "text": text})
    return answer.content


def test_both_stand_in_the_box(client: Client, words: str):
    assert box(opened_with(client, words, SHORT)) == f"{LONG}\n\n{SHORT}"


def test_shown_and_changed_it_goes_as_it_was_left(client: Client, words: str):
    page = press(client, opened_with(client, words, SHORT), "reply", text=SHORT)
    assert box(page) == ""
    assert not PersonDraft.objects.exists()


def test_after_a_look_elsewhere_what_was_changed_stands_there_once(client: Client, words: str):
    page = open_by(client, words).content
    for go in ("contact", "back", "keep_words", "slip", "back"):
        more = {"text": "書きなおした"} if go == "contact" else {}
        page = press(client, page, go, **more)
    assert box(page) == "書きなおした"


def test_after_a_wait_what_was_changed_stands_there_once(client: Client, words: str):
    fields = form_of(open_by(client, words).content) | {"token": "", "text": "書きなおした"}
    page = client.post("/ja/talk/", fields | {"go": "reply"}).content
    assert box(press(client, page, "words", words=words)) == "書きなおした"


def test_a_letter_of_another_page_leaves_it(client: Client, world: World):
    words = write(client, "はじめの手紙")
    old = open_by(client, words).content  # open on another device, before anything was set aside
    press(client, open_by(client, words).content, "aside", text=LONG)
    page = press(client, old, "reply", text=SHORT)
    assert box(page) == LONG
    assert Message.objects.count() == 2
    assert box(open_by(client, words).content) == LONG


def test_setting_aside_on_another_page_keeps_both(client: Client, world: World):
    words = write(client, "はじめの手紙")
    old = open_by(client, words).content
    press(client, open_by(client, words).content, "aside", text=LONG)
    press(client, old, "aside", text=SHORT)
    assert box(open_by(client, words).content) == f"{LONG}\n\n{SHORT}"


def test_an_older_page_does_not_stand_for_a_later_letter(client: Client, words: str):
    """What was shown was sent meanwhile, and another letter was set aside since."""
    old = open_by(client, words).content
    press(client, open_by(client, words).content, "reply", text=LONG)
    press(client, open_by(client, words).content, "aside", text="べつの書きかけ")
    press(client, old, "reply", text=SHORT)
    assert box(open_by(client, words).content) == "べつの書きかけ"


def test_a_letter_that_holds_it_takes_it_away(client: Client, world: World):
    first = client.get("/ja/talk/").content
    press(client, first, "aside_first", text="はじめのほう")
    page = press(client, first, "send", text="はじめのほう、そして終わりまで")
    assert "合言葉" in page.decode()
    assert not PersonDraft.objects.exists()


def test_a_letter_of_several_lines_that_holds_it_stands_there_once(client: Client, world: World):
    lines = "一行め\r\n二行め\r\n三行め"  # as browsers send it
    words = write(client, "はじめの手紙")
    press(client, open_by(client, words).content, "aside", text=lines)
    page = opened_with(client, words, f"{lines}\r\nそれから四行め")
    assert box(page).count("一行め") == 1
