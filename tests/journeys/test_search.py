"""Looking for a place, putting some aside, comparing, printing: by hand, by keyboard, without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.pages import Reader

pytestmark = pytest.mark.journey


def walk_with_keys(page: Page) -> None:
    """From the empty box over two places put aside to the comparison and the list, with the keyboard alone."""
    page.goto("/ja/search/")
    tab_to(page, "#text")
    page.keyboard.type("相談")
    tab_to(page, "#place")
    page.keyboard.type("昭島市")
    page.keyboard.press("Enter")
    page.locator(".found").wait_for()
    for number in (1, 2):
        tab_to(page, f"#p{number} button[name=keep]")
        page.keyboard.press("Enter")
        page.locator(f"#p{number} button[name=drop]").wait_for()
        tab_to(page, f"#p{number} input[name=compare]")
        page.keyboard.press("Space")
    tab_to(page, "button[formaction*='/compare/']")
    page.keyboard.press("Enter")
    page.locator("table.compare").wait_for()
    expect(page.locator("table.compare thead th")).to_have_count(2)
    tab_to(page, "button[formaction*='/my-list/']")
    page.keyboard.press("Enter")
    page.locator("#keeping").wait_for()
    expect(page.locator(".found > li")).to_have_count(2)


def test_the_keyboard_alone_leads_from_a_search_to_a_list(page: Page, traces) -> None:
    walk_with_keys(page)
    assert traces(page) == {}


def test_so_it_does_without_javascript(page_without_javascript: Page) -> None:
    walk_with_keys(page_without_javascript)


def test_a_list_is_paper_without_bar_buttons_and_name(page: Page) -> None:
    walk_with_keys(page)
    page.emulate_media(media="print")
    expect(page.locator("header.bar")).to_be_hidden()
    expect(page.locator(".beside").first).to_be_hidden()
    expect(page.locator("#keeping")).to_be_hidden()
    expect(page.locator(".found .facts").first).to_be_visible()
    expect(page.locator("h1")).to_be_visible()


def test_a_place_leads_back_to_what_was_found(page: Page) -> None:
    Reader(page, "ja").search("相談", "昭島市")
    name = page.locator(".found .name").first.inner_text()
    page.locator(".found .name").first.click()
    page.locator("dl.facts").first.wait_for()
    expect(page).to_have_url(re.compile("/ja/places/"))
    page.go_back()
    page.locator(".found").wait_for()
    expect(page.locator(".found .name").first).to_have_text(name)
    expect(page.locator("#text")).to_have_value("相談")


def test_without_javascript_a_button_leads_back(page_without_javascript: Page) -> None:
    page = page_without_javascript
    Reader(page, "ja").search("相談", "昭島市")
    page.locator(".found .name").first.click()
    page.locator("button[data-back]").click()
    expect(page.locator("#text")).to_have_value("相談")
    expect(page.locator(".found")).to_be_visible()


def test_no_word_stands_in_an_address_or_in_the_history(page: Page) -> None:
    Reader(page, "ja").search("ひみつ相談", "昭島市")
    page.locator(".chip.toggle").first.click()
    page.locator(".chip.toggle[aria-pressed=true]").wait_for()
    assert page.evaluate("location.href").endswith("/ja/search/")


def test_a_pressed_chip_keeps_the_focus_where_it_was(page: Page) -> None:
    Reader(page, "ja").search("相談", "昭島市")
    chip = page.locator(".chip.toggle").first
    value = chip.get_attribute("value")
    chip.focus()
    page.keyboard.press("Enter")
    page.locator(f"button[value='{value}'][aria-pressed=true]").wait_for()
    assert page.evaluate("document.activeElement.value") == value


def test_nothing_is_kept_on_the_device_before_the_button_is_pressed(page: Page, traces) -> None:
    walk_with_keys(page)
    assert traces(page) == {}
    page.locator("[data-device-keep]").click()
    expect(page.locator("[data-device-says]")).to_have_text("この機械にのこしました。")
    assert traces(page) == {"local": 1}
    page.goto("/ja/my-list/")
    page.locator("[data-device-show]").click()
    expect(page.locator(".found > li")).to_have_count(2)
    page.locator("[data-device-forget]").click()
    assert traces(page) == {}
    expect(page.locator("[data-device-show]")).to_be_hidden()


def test_leaving_at_once_clears_the_device_too(page: Page, traces) -> None:
    walk_with_keys(page)
    page.locator("[data-device-keep]").click()
    page.locator("[data-exit]").click()
    page.wait_for_url("**/calendar/**")
    assert traces(page) == {}


def test_without_javascript_no_device_is_offered(page_without_javascript: Page) -> None:
    walk_with_keys(page_without_javascript)
    expect(page_without_javascript.locator("[data-device]")).to_be_hidden()


def test_the_address_of_a_list_opens_the_same_list_elsewhere(
    page: Page, visit: Callable[..., Page]
) -> None:
    walk_with_keys(page)
    page.locator("button[name=make]").click()
    address = page.locator("#address").input_value()
    names = page.locator(".found .name").all_inner_texts()
    other = visit(address, width=360, javascript=False)
    assert other.locator(".found .name").all_inner_texts() == names


def test_changing_the_display_keeps_search_and_list(page: Page) -> None:
    Reader(page, "ja").search("相談", "昭島市")
    page.locator("#p1 button[name=keep]").click()
    page.locator("#p1 button[name=drop]").wait_for()
    page.locator("details.display summary").first.click()
    page.locator("details.display").get_by_role("button", name="English").click()
    expect(page).to_have_url(re.compile("/en/search/"))
    expect(page.locator("#text")).to_have_value("相談")
    expect(page.locator("#p1 button[name=drop]")).to_be_visible()


def test_a_letter_of_five_thousand_signs_is_answered(page: Page) -> None:
    Reader(page, "ja").search("相談したいです。" * 625, "昭島市")
    expect(page.locator("h1")).to_contain_text("か所")
    assert len(page.locator("#text").input_value()) == 5000


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with the Tab key")
