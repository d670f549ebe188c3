"""Whatever button is pressed beside a half-written letter, its words are there again afterwards."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from madobe.consult.models import Consultation, Message, PersonDraft
from madobe.consult.queries.threads import contact_of
from madobe.consult.thread import find_thread
from madobe.consult.times import day_of
from madobe.desks.models import Desk
from madobe.vault.models import HolderKey
from madobe.vault.rules.receipts import read_receipt
from tests.factories.desk import AT, World, form_of, make_world, open_by, words_of, write

pytestmark = pytest.mark.django_db

HALF = "ここまで書いて、\r\n手がとまりました。<b>"


@pytest.fixture
def world() -> World:
    with time_machine.travel(AT, tick=False):
        yield make_world()


@pytest.fixture
def words(client: Client, world: World) -> str:
    return write(client, "こんばんは。")


def letter_on(page: bytes) -> str:
    """What stands in the box for a letter."""
    box = BeautifulSoup(page, "html.parser").find("textarea", attrs={"name": "text"})
    assert box is not None
    return box.get_text()


def from_page(client: Client, page: bytes, **more: str):
    return client.post("/ja/talk/", form_of(page) | more)


@pytest.mark.parametrize("go", ["another", "contact", "erase", "keep_words", "slip", "looks"])
def test_a_page_beside_the_letter_gives_it_back(client: Client, words: str, go: str):
    beside = from_page(client, open_by(client, words).content, go=go, text=HALF).content
    again = from_page(client, beside, go="back").content
    assert letter_on(again) == HALF


@pytest.mark.parametrize("go", ["rest", "back"])
def test_a_button_of_the_thread_leaves_the_letter_where_it_is(client: Client, words: str, go: str):
    page = from_page(client, open_by(client, words).content, go=go, text=HALF)
    assert letter_on(page.content) == HALF
    assert Message.objects.count() == 1


@pytest.mark.parametrize("more", [{"change": "person"}, {"go": "contact_change"}])
def test_what_is_settled_beside_the_letter_leaves_it_there(
    client: Client, words: str, more: dict[str, str]
):
    go = "another" if "change" in more else "contact"
    beside = from_page(client, open_by(client, words).content, go=go, text=HALF).content
    assert letter_on(from_page(client, beside, **more).content) == HALF


def test_a_letter_that_was_sent_does_not_stay_in_the_box(client: Client, words: str):
    page = from_page(client, open_by(client, words).content, go="reply", text="送るもの")
    assert letter_on(page.content) == ""


def test_looking_for_the_words_keeps_a_first_letter_without_saying_that_time_has_passed(
    client: Client, world: World
):
    first = client.get("/ja/talk/").content
    page = from_page(client, first, go="open", text=HALF)
    assert letter_on(page.content) == HALF
    assert "時間がたった" not in page.content.decode()
    assert letter_on(from_page(client, page.content, go="write", text=HALF).content) == HALF


def test_a_wrong_word_keeps_what_was_being_written(client: Client, words: str):
    page = client.post("/ja/talk/", {"go": "words", "words": "ちがうことば", "text": HALF})
    assert letter_on(page.content) == HALF


def test_setting_aside_keeps_how_to_be_reached(client: Client, world: World):
    page = from_page(
        client, client.get("/ja/talk/").content, go="aside_first", text=HALF,
        must_not_know="父", keep="until_erased", notice_to="ab",
    )  # fmt: skip
    secret = read_receipt(words_of(page.content)).secret
    found = find_thread(secret=secret, on=day_of(AT))
    assert contact_of(found).must_not_know == "父"
    assert Consultation.objects.get().keep == "until_erased"
    assert PersonDraft.objects.count() == 1


def test_setting_aside_the_same_form_again_keeps_the_later_words(client: Client, world: World):
    first = client.get("/ja/talk/").content
    from_page(client, first, go="aside_first", text=HALF, call_me="ゆき")
    page = from_page(client, first, go="aside_first", text="さいごまで", call_me="はる")
    found = find_thread(secret=read_receipt(words_of(page.content)).secret, on=day_of(AT))
    assert contact_of(found).call_me == "はる"
    assert letter_on(open_by(client, words_of(page.content)).content) == "さいごまで"


@pytest.mark.parametrize("go", ["aside_first", "send"])
def test_what_is_emptied_in_the_same_form_is_not_kept(client: Client, world: World, go: str):
    first = client.get("/ja/talk/").content
    from_page(client, first, go="aside_first", text=HALF, call_me="ゆき", keep="year")
    page = from_page(client, first, go=go, text=HALF, call_me="", keep="three_months")
    found = find_thread(secret=read_receipt(words_of(page.content)).secret, on=day_of(AT))
    assert contact_of(found).is_empty()
    assert found.thread.keep == "three_months"


def test_a_form_that_went_already_takes_nothing_out_of_what_was_said_since(
    client: Client, world: World
):
    first = client.get("/ja/talk/").content
    page = from_page(client, first, go="send", text=HALF)
    opened = open_by(client, words_of(page.content)).content
    beside = from_page(client, opened, go="contact").content
    from_page(client, beside, go="contact_change", call_me="ゆき", keep="year")
    for go in ("send", "aside_first"):
        from_page(client, first, go=go, text="もうひとつ", call_me="", keep="three_months")
    found = find_thread(secret=read_receipt(words_of(page.content)).secret, on=day_of(AT))
    assert contact_of(found).call_me == "ゆき"
    assert found.thread.keep == "year"


def test_a_desk_that_went_back_to_set_up_still_takes_letters_of_its_threads(
    client: Client, words: str
):
    Desk.objects.update(is_open=False, revision="0" * 32)
    page = from_page(client, open_by(client, words).content, go="reply", text="まだ届きますか")
    assert "まだ届きますか" in page.content.decode()
    assert Message.objects.count() == 2


def test_a_desk_nobody_holds_a_key_of_any_more_says_so_and_keeps_the_letter(
    client: Client, world: World
):
    page = from_page(client, client.get("/ja/talk/").content, go="aside_first", text=HALF)
    HolderKey.objects.filter(kind="duty").update(retired_at=AT)
    opened = open_by(client, words_of(page.content)).content
    answer = from_page(client, opened, go="reply", text="書きおわった")
    assert "まだどこにも送られていません" in answer.content.decode()
    assert letter_on(answer.content) == "書きおわった"
    assert Message.objects.count() == 0


def test_two_hours_at_a_first_letter_cost_nothing(client: Client, world: World):
    first = client.get("/ja/talk/").content
    with time_machine.travel(AT + timedelta(hours=2), tick=False):
        page = from_page(client, first, go="send", text=HALF)
    assert page.status_code == 200
    assert Message.objects.count() == 1


def test_three_days_at_a_first_letter_keep_it_on_the_page(client: Client, world: World):
    first = client.get("/ja/talk/").content
    with time_machine.travel(AT + timedelta(days=3), tick=False):
        page = from_page(client, first, go="send", text=HALF)
        assert (page.status_code, letter_on(page.content)) == (422, HALF)
        assert from_page(client, page.content, go="send", text=HALF).status_code == 200
    assert Message.objects.count() == 1
