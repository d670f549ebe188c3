"""A letter goes to the desk that stood above it, and to no other."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from madobe.consult.models import Consultation, Message
from madobe.consult.rules.tokens import Token, TokenIsNotOurs, desk_shown, read, written
from madobe.desks.models import Desk
from madobe.vault.actions.groups import make_group
from madobe.vault.installed import form_key
from madobe.vault.rules.aead import sealed
from tests.desks.calendars import make_desk
from tests.factories.desk import AT, World, form_of, make_world, open_by, words_of

pytestmark = pytest.mark.django_db

AKISHIMA, NAME = "132071", "昭島の窓口"
LETTER = "だれに届くか、見てから書いています。"
KEY = bytes(range(32))


@pytest.fixture
def world() -> World:
    with time_machine.travel(AT, tick=False):
        yield make_world(readers="みんなの窓口の人が読みます。")


@pytest.fixture
def near(world: World) -> Desk:
    """A desk for one place, beside the one for everywhere."""
    desk = make_desk(
        name=NAME, area=[AKISHIMA], position=60, reply_days=1, readers="昭島の人が読みます。"
    )
    make_group(owner=f"desk:{desk.pk}", members=[one.holder for one in world.keyrings], at=AT)
    return desk


def handed_over(client: Client, place: str = "昭島市") -> bytes:
    """The writing page as the guide leads to it."""
    page: bytes = client.post("/ja/talk/", {"go": "write", "place": place}).content
    return page


def post(client: Client, page: bytes, path: str = "/ja/talk/", **more: Any) -> Any:
    return client.post(path, form_of(page) | more)


def close(desk: Desk) -> None:
    desk.is_open = False
    desk.save()


def letter_on(page: bytes) -> str:
    box = BeautifulSoup(page, "html.parser").find("textarea", attrs={"name": "text"})
    assert box is not None
    return box.get_text()


@pytest.mark.parametrize("place", ["昭島市", "東京都昭島市", AKISHIMA])
def test_the_place_told_to_the_guide_leads_to_its_desk(client: Client, near: Desk, place: str):
    page = handed_over(client, place).decode()
    assert "昭島の人が読みます。" in page
    assert "みんなの窓口の人が読みます。" not in page


def test_a_place_nobody_understands_is_as_good_as_none(client: Client, near: Desk):
    assert "みんなの窓口の人が読みます。" in handed_over(client, "どこでもない").decode()


@pytest.mark.parametrize("go", ["send", "aside_first"])
def test_the_desk_shown_is_the_desk_that_receives(client: Client, near: Desk, go: str):
    post(client, handed_over(client), go=go, text=LETTER)
    assert Consultation.objects.get().desk_id == near.pk


def test_the_promise_after_sending_is_that_of_the_desk_shown(client: Client, near: Desk):
    shown = handed_over(client)
    assert "11月30日（月）17:00" in shown.decode()
    assert "11月30日（月）17:00" in post(client, shown, go="send", text=LETTER).content.decode()


def test_a_kept_page_of_one_desk_never_leads_to_another(client: Client, near: Desk, world: World):
    for _ in range(2):  # the second time it is the kept page
        post(client, client.get("/ja/talk/").content, go="send", text=LETTER)
        post(client, handed_over(client), go="send", text=LETTER)
    found = list(Consultation.objects.values_list("desk_id", flat=True))
    assert sorted(found) == sorted([world.desk.pk, near.pk] * 2)


def test_the_writing_page_asks_the_database_once(
    client: Client, near: Desk, django_assert_num_queries: Any
):
    handed_over(client)
    client.get("/ja/talk/")
    with django_assert_num_queries(1):
        client.get("/ja/talk/")
    with django_assert_num_queries(1):
        handed_over(client)


def test_another_language_stays_with_the_desk(client: Client, near: Desk):
    page = post(client, handed_over(client), "/en/talk/", go="write", text=LETTER).content
    assert "昭島の人が読みます。" in page.decode()
    post(client, page, "/en/talk/", go="send", text=LETTER)
    assert Consultation.objects.get().desk_id == near.pk


def test_a_fault_stays_with_the_desk(client: Client, near: Desk):
    page = post(client, handed_over(client), go="send", text="  ").content
    assert "昭島の人が読みます。" in page.decode()
    post(client, page, go="send", text=LETTER)
    assert Consultation.objects.get().desk_id == near.pk


def test_a_form_that_waited_too_long_is_shown_again_with_the_same_desk(client: Client, near: Desk):
    first = handed_over(client)
    with time_machine.travel(AT + timedelta(days=3), tick=False):
        page = post(client, first, go="send", text=LETTER).content
    assert "昭島の人が読みます。" in page.decode()
    assert letter_on(page) == LETTER


@pytest.mark.parametrize("go", ["send", "aside_first"])
def test_a_desk_that_closed_meanwhile_gives_the_letter_to_no_other(
    client: Client, near: Desk, go: str
):
    first = handed_over(client)
    close(near)
    page = post(client, first, go=go, text=LETTER)
    assert page.status_code == 422
    assert "「見本の窓口」に届きます" in page.content.decode()
    assert "みんなの窓口の人が読みます。" in page.content.decode()
    assert letter_on(page.content) == LETTER
    assert Consultation.objects.count() == 0


def test_after_the_other_desk_was_shown_one_more_press_sends(
    client: Client, near: Desk, world: World
):
    first = handed_over(client)
    close(near)
    page = post(client, first, go="send", text=LETTER).content
    answer = post(client, page, go="send", text=LETTER)
    assert "に届きます" not in answer.content.decode()
    assert Consultation.objects.get().desk_id == world.desk.pk


def test_a_desk_that_closed_says_so_at_a_change_of_language_already(client: Client, near: Desk):
    first = handed_over(client)
    close(near)
    page = post(client, first, go="write", text=LETTER).content
    assert "「見本の窓口」に届きます" in page.decode()
    assert letter_on(page) == LETTER


def test_by_way_of_the_field_for_words_it_is_still_the_desk_shown(client: Client, near: Desk):
    asked = post(client, handed_over(client), go="open", text=LETTER).content
    for _ in range(2):  # also after words that were not understood
        asked = post(client, asked, go="words", words="ぱぴぷぺ", text=LETTER).content
    page = post(client, asked, go="write", text=LETTER).content
    assert "昭島の人が読みます。" in page.decode()
    post(client, page, go="send", text=LETTER)
    assert Consultation.objects.get().desk_id == near.pk


def test_photos_that_came_with_a_form_that_comes_back_are_said_to_be_missing(
    client: Client, near: Desk
):
    photo = SimpleUploadedFile("a.jpg", b"x", "image/jpeg")
    first = handed_over(client)
    close(near)
    page = post(client, first, go="send", text=LETTER, files=photo).content.decode()
    assert "つけようとした写真や書類は、まだ届いていません。" in page
    page = post(client, page.encode(), go="write", text=LETTER).content.decode()
    assert "つけようとした写真や書類は" not in page


def test_sent_again_after_the_desk_closed_it_is_the_letter_that_is_there(
    client: Client, near: Desk
):
    first = handed_over(client)
    words = words_of(post(client, first, go="send", text=LETTER).content)
    close(near)
    again = post(client, first, go="send", text=LETTER)
    assert words_of(again.content) == words
    assert Message.objects.count() == 1
    assert LETTER in open_by(client, words).content.decode()


def test_a_form_of_an_older_release_asks_once_more_and_keeps_the_letter(
    client: Client, world: World
):
    plain = bytes(10) + uuid4().bytes + int(AT.timestamp()).to_bytes(6, "big")
    blob = sealed(form_key(), plain, b"madobe talk: new letter")
    old = urlsafe_b64encode(blob).rstrip(b"=").decode()
    page = client.post("/ja/talk/", {"token": old, "go": "send", "text": LETTER})
    assert (page.status_code, letter_on(page.content)) == (422, LETTER)
    assert post(client, page.content, go="send", text=LETTER).status_code == 200
    assert Message.objects.count() == 1


@given(st.binary(min_size=10, max_size=10), st.uuids(), st.uuids())
def test_a_token_gives_its_desk_back(secret: bytes, message: UUID, desk: UUID):
    text = written(Token(secret, message, AT, is_new=True, desk=desk), KEY)
    assert read(text, KEY, is_new=True, at=AT).desk == desk
    assert desk_shown(text, KEY) == desk


def test_a_token_of_an_open_thread_names_no_desk():
    text = written(Token(bytes(10), UUID(int=1), AT, is_new=False), KEY)
    assert desk_shown(text, KEY) is None
    assert read(text, KEY, is_new=False, at=AT).desk is None


@given(st.text(max_size=200))
def test_whatever_comes_as_a_token_names_no_desk(text: str):
    assert desk_shown(text, KEY) is None
    with pytest.raises(TokenIsNotOurs):
        read(text, KEY, is_new=True, at=AT)
