"""すぐ隠す: always there, never covered, with and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.pages import PAGES, Reader

pytestmark = pytest.mark.journey

UNCOVERED = """() => {
  const e = document.querySelector("[data-exit]"), r = e.getBoundingClientRect();
  const top = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
  return r.width >= 44 && r.height >= 44 && r.top >= 0 && r.bottom <= innerHeight && (e === top || e.contains(top));
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_the_exit_is_in_sight_at_every_depth_of_every_page(
    visit: Callable[..., Page], width: int
) -> None:
    page = visit(width=width)
    reader = Reader(page, "ja")
    hidden = []
    for name, go in PAGES.items():
        go(reader)
        for depth in (0, 0.5, 1):
            page.evaluate("d => scrollTo(0, document.body.scrollHeight * d)", depth)
            if not page.evaluate(UNCOVERED):
                hidden.append((name, depth))
    assert hidden == []


def test_the_exit_lands_on_a_calendar_with_no_word_of_ours(page: Page) -> None:
    page.goto("/ja/safety/")
    page.locator("[data-exit]").click()
    expect(page).to_have_title("カレンダー")
    assert "窓辺" not in page.content()
    assert "ひきこもり" not in page.content()


def test_the_exit_works_without_javascript(page_without_javascript: Page) -> None:
    page_without_javascript.goto("/ja/safety/")
    page_without_javascript.locator("[data-exit]").click()
    expect(page_without_javascript).to_have_title("カレンダー")


def test_three_times_shift_is_the_exit(page: Page) -> None:
    page.goto("/ja/safety/")
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page).to_have_title("カレンダー")


def test_back_after_the_exit_shows_nothing_that_was_written(page: Page) -> None:
    Reader(page, "ja").write("夜ねむれません。")
    page.locator("[data-exit]").click()
    expect(page).to_have_title("カレンダー")
    page.go_back()
    assert "ねむれません" not in page.content()
