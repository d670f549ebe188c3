"""Whatever was typed or chosen is there again: after a form that waited too long, another button, another language."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from madobe.consult.models import Consultation, PersonDraft
from madobe.consult.queries.threads import contact_of
from madobe.consult.thread import find_thread
from madobe.consult.times import day_of
from madobe.vault.rules.receipts import read_receipt
from tests.factories.desk import AT, World, form_of, make_world, open_by, words_of, write

pytestmark = pytest.mark.django_db
CONTACT = {"call_me": "ゆき", "safe_hours": "平日の昼", "must_not_know": "父", "no_phone": "on"}
LATE = AT + timedelta(hours=2)


@pytest.fixture
def world() -> World:
    with time_machine.travel(AT, tick=False):
        yield make_world()


@pytest.fixture
def words(client: Client, world: World) -> str:
    return write(client, "眠れません。")


def told(page: bytes) -> Tag:
    form = BeautifulSoup(page, "html.parser").find("form", id="told")
    assert isinstance(form, Tag)
    return form


def fields(page: bytes) -> dict[str, Any]:
    """What the browser would send of the form of a page: hidden, typed and ticked."""
    said: dict[str, Any] = {}
    for one in told(page).select("input[name], textarea[name]"):
        name = str(one["name"])
        if one.get("type") in ("checkbox", "radio") and not one.has_attr("checked"):
            continue
        if one.name == "input" and one.get("type") == "file":
            continue
        value = one.get_text().removeprefix("\n") if one.name == "textarea" else one.get("value", "on")  # fmt: skip
        if one.get("type") == "checkbox" or (name == "wishes"):
            said.setdefault(name, []).append(value)
        else:
            said[name] = value
    return said


def typed(page: bytes) -> dict[str, Any]:
    said = fields(page)
    return {name: said[name][0] if name == "no_phone" else said[name] for name in CONTACT if name in said}  # fmt: skip


def contact_page(client: Client, words: str) -> bytes:
    opened = form_of(open_by(client, words).content)
    return client.post("/ja/talk/", opened | {"go": "contact", "text": "途中のお便り"}).content


def test_how_to_be_reached_is_there_again_after_a_form_that_waited(client: Client, words: str):
    page = contact_page(client, words)
    with time_machine.travel(LATE, tick=False):
        sent = fields(page) | CONTACT | {"keep": "three_months", "go": "contact_change"}
        asked = client.post("/ja/talk/", sent)
        assert "連絡のことで書いていたものも残っています" in asked.content.decode()
        wrong = client.post("/ja/talk/", fields(asked.content) | {"words": "ひかり", "go": "words"})
        assert wrong.status_code == 422
        again = client.post("/ja/talk/", fields(wrong.content) | {"words": words, "go": "words"})
        assert typed(again.content) == CONTACT
        assert fields(again.content)["keep"] == "three_months"
        assert fields(again.content)["text"] == "途中のお便り"
        client.post("/ja/talk/", fields(again.content) | {"go": "contact_change"})
        found = find_thread(secret=read_receipt(words).secret, on=day_of(LATE))
    assert contact_of(found).must_not_know == "父"


def test_how_to_be_reached_stays_when_the_language_is_changed(client: Client, words: str):
    page = contact_page(client, words)
    again = client.post("/en/talk/", fields(page) | CONTACT | {"go": "contact"})
    assert typed(again.content) == CONTACT
    assert 'role="alert"' not in again.content.decode()


def test_words_that_were_being_typed_stay_when_the_language_is_changed(client: Client, words: str):
    page = client.post("/en/talk/", {"go": "open", "words": "ひかり ひま"})
    assert "ひかり ひま" in page.content.decode()


def test_what_stands_on_the_first_page_comes_back_from_the_field_for_the_words(
    client: Client, world: World
):
    page = client.get("/ja/talk/").content
    more = {"text": "書きかけ", "who": "family", "wishes": ["listen", "where"]} | CONTACT
    asked = client.post("/ja/talk/", fields(page) | more | {"go": "open"})
    again = client.post("/ja/talk/", fields(asked.content) | {"go": "write"})
    said = fields(again.content)
    assert (said["text"], said["who"], said["wishes"]) == (
        "書きかけ",
        "family",
        ["listen", "where"],
    )
    assert typed(again.content) == CONTACT


def set_aside(client: Client) -> str:
    page = client.get("/ja/talk/").content
    more = {"text": "書きかけ", "who": "family", "wishes": ["listen", "where"], "go": "aside_first"}
    return words_of(client.post("/ja/talk/", fields(page) | more).content)


def test_what_was_chosen_is_set_aside_with_the_letter_and_sealed(client: Client, world: World):
    words = set_aside(client)
    said = fields(open_by(client, words).content)
    assert (said["text"], said["who"], said["wishes"]) == (
        "書きかけ",
        "family",
        ["listen", "where"],
    )
    thread = Consultation.objects.get()
    assert (thread.who, thread.wishes) == ("", "")
    assert b"family" not in bytes(PersonDraft.objects.get().body)


def test_what_is_chosen_otherwise_when_it_is_set_aside_again_is_what_comes_back(
    client: Client, world: World
):
    words = set_aside(client)
    page = fields(open_by(client, words).content)
    client.post("/ja/talk/", page | {"who": "self", "wishes": ["other"], "go": "aside"})
    said = fields(open_by(client, words).content)
    assert (said["who"], said["wishes"]) == ("self", ["other"])
    page = fields(open_by(client, words).content)
    del page["who"], page["wishes"]
    none = fields(client.post("/en/talk/", page | {"go": "back"}).content)
    assert "who" not in none
    assert "wishes" not in none


def test_what_was_set_aside_is_sent_with_what_was_chosen(client: Client, world: World):
    page = fields(open_by(client, set_aside(client)).content)
    client.post("/ja/talk/", page | {"go": "reply"})
    thread = Consultation.objects.get()
    assert (thread.who, thread.wishes) == ("family", "listen where")


@pytest.mark.parametrize("go", ["contact", "keep_words", "erase"])
def test_another_page_in_between_keeps_what_was_chosen(client: Client, world: World, go: str):
    page = fields(open_by(client, set_aside(client)).content)
    other = client.post("/ja/talk/", page | {"who": "friend", "wishes": ["other"], "go": go})
    said = fields(client.post("/ja/talk/", fields(other.content) | {"go": "back"}).content)
    assert (said["text"], said["who"], said["wishes"]) == ("書きかけ", "friend", ["other"])


def test_a_form_that_waited_keeps_what_was_chosen(client: Client, world: World):
    words = set_aside(client)
    page = fields(open_by(client, words).content)
    with time_machine.travel(LATE, tick=False):
        asked = client.post("/ja/talk/", page | {"who": "friend", "go": "reply"})
        again = client.post("/ja/talk/", fields(asked.content) | {"words": words, "go": "words"})
    said = fields(again.content)
    assert (said["text"], said["who"], said["wishes"]) == (
        "書きかけ",
        "friend",
        ["listen", "where"],
    )


def test_a_picture_that_did_not_come_through_is_said(client: Client, words: str):
    page = fields(open_by(client, words).content)
    with time_machine.travel(LATE, tick=False):
        file = SimpleUploadedFile("a.txt", "メモ".encode(), "text/plain")
        asked = client.post("/ja/talk/", page | {"text": "見てください", "sent_files": [file], "go": "reply"})  # fmt: skip
        plain = client.post("/ja/talk/", page | {"text": "見てください", "go": "reply"})
    assert "まだ届いていません" in asked.content.decode()
    assert "まだ届いていません" not in plain.content.decode()
