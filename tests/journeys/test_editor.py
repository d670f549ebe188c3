"""An editor's work in a real browser: nothing typed is lost, and everything goes by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.hands import kill, reach

pytestmark = pytest.mark.journey

Desk = Callable[..., Page]


@pytest.fixture
def desk(
    launch: Callable[[], Browser], site: str, seat: Callable[..., dict[str, str]]
) -> Callable[..., Page]:
    """A page in a browser of its own, in which an editor has come in."""

    def sit_down(**of_the_browser: Any) -> Page:
        context = launch().new_context(locale="ja-JP", base_url=site, **of_the_browser)
        context.add_cookies([seat("kaoru")])
        return context.new_page()

    return sit_down


def open_form(page: Page) -> None:
    page.goto("/staff/directory/?q=昭島市 福祉総務課")
    page.locator("main tbody th a").first.click()
    page.get_by_role("link", name="直す").click()
    page.locator("form#entry").wait_for()


def throw_away(page: Page) -> None:
    summary = page.get_by_text("もとの値にもどす")
    if summary.count():
        summary.click()
        page.get_by_role("button", name="下書きを捨てる").click()


def test_nothing_typed_is_lost_when_the_browser_is_killed_in_the_middle_of_a_word(desk: Desk):
    page = desk()
    open_form(page)
    throw_away(page)
    page.locator("#id_first_visit").fill("")
    page.locator("#id_first_visit").press_sequentially("受付で名前を言わなくてもだいじょ", delay=30)
    page.wait_for_timeout(150)  # the time between two strokes of an unhurried hand
    kill(page.context.browser)

    page = desk()
    open_form(page)
    assert page.locator("#id_first_visit").input_value() == "受付で名前を言わなくてもだいじょ"
    assert page.get_by_text("あなたの下書きです").is_visible()
    throw_away(page)
    assert page.locator("#id_first_visit").input_value() != "受付で名前を言わなくてもだいじょ"


def test_control_without_savings_what_was_typed_would_be_lost(desk: Desk):
    page = desk()
    page.route("**/drafts/**", lambda route: route.abort())
    open_form(page)
    page.locator("#id_first_visit").press_sequentially("だれも残さない", delay=30)
    page.wait_for_timeout(150)
    kill(page.context.browser)

    page = desk()
    open_form(page)
    assert "だれも残さない" not in page.locator("#id_first_visit").input_value()


def test_leaving_the_page_keeps_what_was_typed(desk: Desk):
    page = desk()
    open_form(page)
    page.locator("#id_content_text").fill("となりのページへ行く前に")
    page.goto("/staff/directory/")
    open_form(page)
    assert page.locator("#id_content_text").input_value() == "となりのページへ行く前に"
    throw_away(page)


def test_an_edit_by_keyboard_alone(desk: Desk):
    page = desk()
    page.goto("/staff/directory/")
    reach(page, "#q")
    page.keyboard.type("昭島市 福祉総務課")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    reach(page, "main tbody th a")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="直す").wait_for()
    reach(page, "main a.btn.main")
    page.keyboard.press("Enter")
    page.locator("form#entry").wait_for()
    reach(page, "#id_alternate_name")
    page.keyboard.press("Control+A")
    page.keyboard.type("福祉の窓口")
    page.keyboard.press("Enter")  # saves
    page.get_by_text("残しました。").wait_for()
    assert page.get_by_role("cell", name="福祉の窓口").first.is_visible()


def test_the_form_works_without_javascript(desk: Desk):
    page = desk(java_script_enabled=False)
    open_form(page)
    page.locator("#id_role_text").fill("書きかけの役割")
    page.get_by_role("button", name="下書きを残す").click()
    assert page.get_by_text("あなたの下書きです").is_visible()
    assert page.locator("#id_role_text").input_value() == "書きかけの役割"
    throw_away(page)
