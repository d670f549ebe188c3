"""An open thread that looks for news: what comes, comes whole; what is being written stays; and it never stops unsaid."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Talk
from tests.journeys.talk_pages import ANSWER, Writer

pytestmark = pytest.mark.journey
LOOK_MS = 15_100
TYPED = "書いている途中のことば"


def a_look(page: Page) -> None:
    """The page asks once more, and has its answer."""
    with page.expect_response(lambda one: "/talk/poll" in one.url):
        page.clock.fast_forward(LOOK_MS)


def opened(page: Page, talk: Talk) -> str:
    """A thread, with something being written in the middle of the box."""
    page.clock.install()
    words = Writer(page, talk).thread()
    box = page.locator("#text")
    box.fill(TYPED)
    box.evaluate("box => { box.focus(); box.setSelectionRange(3, 5); }")
    return words


def place_in_the_box(page: Page) -> list[object]:
    return page.evaluate(
        "(box => [document.activeElement === box, box.selectionStart, box.selectionEnd, box.value])"
        "(document.querySelector('#text'))"
    )


def test_an_answer_and_times_come_whole_and_what_is_being_written_stays(
    visit: Callable[..., Page], talk: Talk
) -> None:
    page = visit(at=talk.site, width=360)
    words = opened(page, talk)
    expect(page.locator("#status")).to_contain_text("受けとりました。")
    talk.inside(f"answer({words!r}, {ANSWER!r})")
    a_look(page)
    expect(page.locator("#news")).to_have_text("お返事があります。")
    expect(page.locator("#status")).to_contain_text("お返事があります。")
    expect(page.locator("#status")).not_to_contain_text("受けとりました。")
    expect(page.locator("#letters")).to_contain_text(ANSWER)
    assert place_in_the_box(page) == [True, 3, 5, TYPED]
    talk.inside(f"offer({words!r})")
    a_look(page)
    chosen = page.locator("[name=offer][value='1.2']")
    chosen.check()
    page.locator("[name=wants_notice]").first.check()
    page.locator("#notice-1").fill("mizuiro@example.jp")
    chosen.focus()
    talk.inside(f"answer({words!r}, 'もう一つ書きます。')")
    talk.inside(f"offer({words!r})")
    a_look(page)
    expect(page.locator("[name=offer][value='2.1']")).to_be_visible()
    expect(chosen).to_be_checked()
    expect(chosen).to_be_focused()
    expect(page.locator("[name=wants_notice]").first).to_be_checked()
    expect(page.locator("#notice-1")).to_have_value("mizuiro@example.jp")
    expect(page.locator("#text")).to_have_value(TYPED)


def test_a_page_that_no_longer_looks_says_so_and_leads_back_with_what_was_written(
    visit: Callable[..., Page], talk: Talk, axe_violations: Callable[[Page], list[str]]
) -> None:
    page = visit(at=talk.site, width=360)
    words = opened(page, talk)
    old = talk.inside(f"old_token({words!r})").strip()
    page.locator("#told input[name=token]").evaluate("(field, old) => field.value = old", old)
    a_look(page)
    expect(page.locator("#news")).to_contain_text("新しいお返事をさがすのを止めました")
    assert place_in_the_box(page) == [True, 3, 5, TYPED]
    assert axe_violations(page) == []
    page.locator("#news button").click()
    page.locator("#words-field").fill(words)
    expect(page.locator("#text")).to_have_value(TYPED)
    page.locator("main button[name=go][value=words]").click()
    expect(page.locator("#letters")).to_be_visible()
    expect(page.locator("#text")).to_have_value(TYPED)


def test_a_line_that_is_cut_is_said_and_comes_back(visit: Callable[..., Page], talk: Talk) -> None:
    page = visit(at=talk.site, width=360)
    opened(page, talk)
    page.route("**/talk/poll", lambda route: route.abort())
    for _ in range(4):
        with page.expect_event("requestfailed"):
            page.clock.fast_forward(LOOK_MS)
    expect(page.locator("#news")).to_contain_text("つながりにくいようです")
    page.unroute("**/talk/poll")
    a_look(page)
    expect(page.locator("#news")).to_have_text("")
    assert place_in_the_box(page) == [True, 3, 5, TYPED]
