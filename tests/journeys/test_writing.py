"""Two pages, one thread: 「書いています…」 while both wish it, and what was sent, looked at again."""

import json
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Talk
from tests.journeys.talk_pages import LETTER, Writer
from tests.journeys.test_counsellor import come_in
from tests.journeys.test_talk import LEXICON, back

pytestmark = pytest.mark.journey
WORDS = "書いています…"
ROUND_MS = 4_100


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 40), (200, 180, 120)).save(out, "PNG")
    return out.getvalue()


def line(page: Page):
    return page.locator("[data-writing] [data-words]")


def a_round(page: Page, answered: str) -> None:
    """The page asks once more, and has its answer."""
    with page.expect_response(lambda one: answered in one.url):
        page.clock.fast_forward(ROUND_MS)


def test_each_sees_the_other_write_only_while_both_wish_it(
    visit: Callable[..., Page],
    seat: Callable[..., dict[str, str]],
    inside: Callable[[str], str],
    world: dict[str, str],
) -> None:
    letter = json.loads(inside("counsellor('kon')"))
    desk, person = visit(), visit(width=360)
    for page in (desk, person):
        page.clock.install()
    come_in(desk, seat("kon"), letter["thread"])
    person.goto("/ja/talk/")
    person.locator("button[name=go][value=open]").click()
    person.locator("#words-field").fill(letter["words"])
    person.locator("main button[name=go][value=words]").click()
    tick, theirs = (page.locator("[data-writing] input") for page in (person, desk))
    expect(tick).not_to_be_checked()
    expect(theirs).not_to_be_checked()

    theirs.check()
    desk.locator("#text").press_sequentially("お返事を書きはじめました")
    a_round(desk, "/poll/")
    tick.check()
    a_round(person, "/talk/poll")
    expect(line(person)).to_have_text(WORDS)
    person.locator("#text").press_sequentially("わたしも")
    a_round(person, "/talk/poll")
    a_round(desk, "/poll/")
    expect(line(desk)).to_have_text(WORDS)

    theirs.uncheck()
    expect(line(desk)).to_have_text("")
    a_round(person, "/talk/poll")
    expect(line(person)).to_have_text("")
    faults = [*desk.watch.faults, *person.watch.faults]  # type: ignore[attr-defined]
    assert [one for one in faults if "403" not in one] == []


def with_a_picture(writer: Writer) -> None:
    writer.open()
    file = {"name": "IMG_0001.png", "mimeType": "image/png", "buffer": picture()}
    writer.page.locator("input[name=sent_files]").set_input_files(file)
    writer.page.locator("#text").fill(LETTER)
    writer.go("send")
    writer.come_back(writer.words())


def test_a_picture_is_looked_at_in_the_page_and_goes_with_the_exit(
    visit: Callable[..., Page], talk: Talk, traces: Callable[[Page], dict[str, object]]
) -> None:
    page = visit(at=talk.site, width=360)
    writer = Writer(page, talk)
    with_a_picture(writer)
    page.locator("#text").fill("書いている途中")
    page.locator("button[value='file.1.1']").click()
    shown = page.locator(".letter img")
    expect(shown).to_be_visible()
    assert shown.evaluate("one => one.naturalWidth") == 60
    expect(page.locator("#text")).to_have_value("書いている途中")
    page.locator("button[value='file.1.1']").click()
    expect(shown).to_have_count(0)
    page.locator("button[value='file.1.1']").click()
    expect(shown).to_be_visible()
    assert len(page.context.pages) == 1
    assert traces(page) == {}
    page.locator("[data-exit]").click()
    expect(page).to_have_title("カレンダー")
    back(page)
    assert LEXICON.findall(page.content()) == []
    assert page.locator("img").count() == 0


def test_a_form_that_has_waited_asks_for_the_words_where_the_picture_would_be(
    visit: Callable[..., Page], talk: Talk
) -> None:
    page = visit(at=talk.site)
    with_a_picture(Writer(page, talk))
    page.locator("#text").fill("書いている途中")
    page.locator("#told input[name=token]").evaluate("field => field.value = 'x'")
    page.locator("button[value='file.1.1']").click()
    page.locator("#words-field").wait_for()
    expect(page.locator("#text")).to_have_value("書いている途中")
    assert len(page.context.pages) == 1


def test_without_javascript_a_picture_opens_beside_the_letter(
    visit: Callable[..., Page], talk: Talk, traces: Callable[[Page], dict[str, object]]
) -> None:
    page = visit(at=talk.site, javascript=False)
    with_a_picture(Writer(page, talk))
    expect(page.locator("[data-writing]")).to_be_hidden()
    page.locator("#text").fill("書いている途中")
    with page.context.expect_page() as opened:
        page.locator("button[value='file.1.1']").click()
    beside = opened.value
    beside.wait_for_load_state()
    assert beside.evaluate("document.contentType") == "image/png"
    expect(page.locator("#text")).to_have_value("書いている途中")
    assert page.context.cookies() == []
