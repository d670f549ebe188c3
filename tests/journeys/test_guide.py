"""The paths a person walks through the guide, with hands, with keys, without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.pages import CRISIS, SENTENCE, Reader

pytestmark = pytest.mark.journey


def test_one_sentence_leads_to_a_path_with_a_real_place(page: Page) -> None:
    Reader(page, "ja").write(SENTENCE)
    expect(page.locator("ol.path")).to_contain_text("042-544-5111")


def test_three_taps_lead_from_the_front_to_a_first_suggestion(phone: Page) -> None:
    phone.goto("/ja/")
    phone.locator("main button[name=go][value=next]").tap()
    phone.locator("button[name=who][value=self]").tap()
    phone.locator("main button[name=go][value=result]").tap()
    expect(phone.locator("ol.path li").first).to_be_visible()


def test_without_javascript_the_questions_lead_to_a_result_and_a_place(
    page_without_javascript: Page,
) -> None:
    page = page_without_javascript
    page.goto("/ja/")
    page.locator("main button[name=go][value=next]").click()
    page.locator("button[name=who][value=self]").click()
    page.locator("input[value=exhausted]").check()
    page.locator("main button[name=go][value=next]").click()
    page.locator("main button[name=go][value=next]").click()
    page.locator("input[value=no_phone]").check()
    page.locator("main button[name=go][value=next]").click()
    page.locator("#place").fill("昭島市")
    page.locator("main button[name=go][value=result]").click()
    page.locator("ol.path a[href*='/places/']").first.click()
    expect(page.locator("dl.facts").first).to_be_visible()


def test_the_keyboard_alone_leads_to_a_result_and_a_place(page: Page) -> None:
    page.goto("/ja/")
    _tab_to(page, "#text")
    page.keyboard.type(SENTENCE)
    _tab_to(page, "main button[name=go][value=result]")
    page.keyboard.press("Enter")
    page.locator("ol.path").wait_for()
    _tab_to(page, "ol.path a[href*='/places/']")
    page.keyboard.press("Enter")
    expect(page.locator("dl.facts").first).to_be_visible()


def test_the_browsers_back_goes_one_question_back(page: Page) -> None:
    page.goto("/ja/")
    before = page.evaluate("history.length")
    page.locator("main button[name=go][value=next]").click()
    page.locator("button[name=who][value=self]").click()
    page.locator("input[name=step][value=signs]").wait_for(state="attached")
    page.locator("input[value=exhausted]").check()
    page.locator("main button[name=go][value=next]").click()
    page.locator("input[name=step][value=wants]").wait_for(state="attached")
    page.go_back()
    page.locator("input[name=step][value=signs]").wait_for(state="attached")
    expect(page.locator("input[type=checkbox][value=exhausted]")).to_be_checked()
    assert page.evaluate("history.length") - before <= 2


def test_a_reading_can_be_struck_out_and_brought_back(page: Page) -> None:
    Reader(page, "ja").write("夜ねむれません。電話は無理です。")
    reading = page.locator(".read li", has_text="ねむれません").first
    reading.locator("button[name=strike]").first.click()
    expect(page.locator(".read s", has_text="ねむれません").first).to_be_visible()
    page.locator("button[name=unstrike]").first.click()
    expect(page.locator(".read s")).to_have_count(0)


def test_a_crisis_shows_the_card_first_and_hides_nothing(page: Page) -> None:
    Reader(page, "ja").write(CRISIS)
    card, path = page.locator("#crisis"), page.locator("ol.path")
    assert card.bounding_box()["y"] < path.bounding_box()["y"]  # type: ignore[index]
    expect(path.locator("li").first).to_be_visible()


def test_an_ambiguous_place_asks_which(page: Page) -> None:
    Reader(page, "ja").write("夜になると不安です。府中市に住んでいます。")
    page.locator("button[name=place_code]", has_text="東京都").click()
    expect(page.locator("button[name=place_code]")).to_have_count(0)


def test_changing_the_display_keeps_what_was_written(page: Page) -> None:
    Reader(page, "ja").write("夜ねむれません。")
    page.locator("details.display summary").first.click()
    page.locator("details.display").get_by_role("button", name="English").click()
    expect(page).to_have_url(re.compile("/en/"))
    expect(page.locator(".read")).to_contain_text("ねむれません")


def test_a_letter_too_long_stays_on_the_page_with_a_sentence(page: Page) -> None:
    page.goto("/ja/")
    page.locator("#text").fill("あ" * 10_001)
    page.locator("main button[name=go][value=result]").first.click()
    expect(page.locator("[role=alert], .errors").first).to_contain_text("10000文字")
    assert len(page.locator("#text").input_value()) == 10_001


def test_the_memo_shows_ones_own_words_and_a_square(page: Page) -> None:
    Reader(page, "ja").write("夜ねむれません。電話は無理です。")
    page.locator("button[formaction*='/memo/']").click()
    assert "ねむれません" in page.locator("#memo").input_value()
    expect(page.locator(".qr svg")).to_be_visible()


def test_the_two_questions_can_be_answered_without_a_name(
    page: Page, traces: Callable[[Page], dict]
) -> None:
    page.goto("/ja/safety/")
    page.locator("input[name=found][value=yes]").check()
    page.locator("form[action*='/feedback/'] button").last.click()
    expect(page.locator("h1")).to_contain_text("ありがとうございます")
    assert traces(page) == {}


def _tab_to(page: Page, selector: str, most: int = 60) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with the Tab key")
