"""The map on request: not one picture before the tap, only from the set host after it, and the keyboard gets there."""

import base64
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import TILES_HOST
from tests.journeys.pages import Reader
from tests.journeys.test_search import tab_to

pytestmark = pytest.mark.journey

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+M8AAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
)


@pytest.fixture
def on_the_map(visit: Callable[..., Page]) -> Page:
    page = visit()
    page.route(
        f"{TILES_HOST}/**", lambda route: route.fulfill(body=PICTURE, content_type="image/png")
    )
    reader = Reader(page, "ja")
    reader.search("", "昭島市")
    page.locator("button[formaction*='/map/']").click()
    page.locator(".places").wait_for()
    return page


def test_no_picture_is_asked_for_before_the_tap(on_the_map: Page) -> None:
    page = on_the_map
    expect(page.locator(".sketch svg")).to_be_visible()
    expect(page.locator("[data-map-ask]")).to_contain_text("tiles.example.jp から届きます")
    assert page.watch.foreign == []  # type: ignore[attr-defined]


def test_after_the_tap_pictures_come_from_there_alone(on_the_map: Page) -> None:
    page = on_the_map
    tab_to(page, "[data-map-show]")
    page.keyboard.press("Enter")
    page.locator(".leaflet-tile-loaded").first.wait_for()
    assert page.watch.foreign  # type: ignore[attr-defined]
    assert all(one.startswith(TILES_HOST + "/") for one in page.watch.foreign)  # type: ignore[attr-defined]
    expect(page.locator(".leaflet-control-attribution")).to_have_text("見本の地図")
    numbers = page.locator(".map-number").all_inner_texts()
    assert numbers == [str(n) for n in range(1, page.locator(".places > li").count() + 1)]
    assert page.watch.faults == []  # type: ignore[attr-defined]


def test_a_number_on_the_map_leads_to_its_place_by_key(on_the_map: Page) -> None:
    page = on_the_map
    page.locator("[data-map-show]").click()
    page.locator(".leaflet-tile-loaded").first.wait_for()
    tab_to(page, ".map-number")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.places .name')")


def test_a_map_keeps_nobody_out(on_the_map: Page, axe_violations, overflowing) -> None:
    page = on_the_map
    page.locator("[data-map-show]").click()
    page.locator(".leaflet-tile-loaded").first.wait_for()
    assert axe_violations(page) == []
    assert overflowing(page) == []


def test_without_javascript_addresses_and_the_sketch_are_there(
    page_without_javascript: Page,
) -> None:
    page = page_without_javascript
    Reader(page, "ja").search("", "昭島市")
    page.locator("button[formaction*='/map/']").click()
    expect(page.locator(".places a[href^='geo:']").first).to_be_visible()
    expect(page.locator(".sketch svg")).to_be_visible()
    expect(page.locator("[data-map-ask]")).to_be_hidden()
