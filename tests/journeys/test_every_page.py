"""Every page, in every language, light and dark, on a phone and on a desk: nobody is kept out, nothing sticks out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Talk
from tests.journeys.pages import PAGES, Reader
from tests.journeys.talk_pages import TALK, Writer

pytestmark = pytest.mark.journey

DISPLAYS = ("ja", "yasashii-f", "en")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("display", DISPLAYS)
def test_every_page_keeps_nobody_out_and_asks_nobody_else(
    visit: Callable[..., Page],
    axe_violations: Callable[[Page], list[str]],
    overflowing: Callable[[Page], list[str]],
    traces: Callable[[Page], dict[str, object]],
    display: str,
    width: int,
) -> None:
    page = visit(width=width)
    reader = Reader(page, display)
    found = []
    for name, go in PAGES.items():
        go(reader)
        found += [f"{name}: {fault}" for fault in faults(page, axe_violations, overflowing, traces)]
    assert found == []
    assert page.watch.faults == [] or all("404" in fault for fault in page.watch.faults)  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("display", DISPLAYS)
def test_every_state_of_a_consultation_keeps_nobody_out_and_asks_nobody_else(
    visit: Callable[..., Page],
    talk: Talk,
    axe_violations: Callable[[Page], list[str]],
    overflowing: Callable[[Page], list[str]],
    traces: Callable[[Page], dict[str, object]],
    display: str,
    width: int,
) -> None:
    page = visit(at=talk.site, width=width)
    found = []
    for name, walk in TALK.items():
        walk(Writer(page, talk, display))
        found += [f"{name}: {fault}" for fault in faults(page, axe_violations, overflowing, traces)]
    assert found == []
    assert all("422" in fault for fault in page.watch.faults)  # type: ignore[attr-defined]


def faults(
    page: Page,
    axe_violations: Callable[[Page], list[str]],
    overflowing: Callable[[Page], list[str]],
    traces: Callable[[Page], dict[str, object]],
) -> list[str]:
    """What is wrong with a page as it stands."""
    found = [*axe_violations(page)]
    found += [f"sticks out: {element}" for element in overflowing(page)]
    found += [f"left: {what}" for what in traces(page).items()]
    if page.title() not in ("メモ", "Memo", "カレンダー", "Calendar"):
        found.append(f"says what it is in its title: {page.title()}")
    return found


def test_a_page_with_an_unlabelled_field_is_found(
    visit: Callable[..., Page], axe_violations: Callable[[Page], list[str]]
) -> None:
    """Negative control: axe must see what we break on purpose."""
    page = visit("/ja/")
    page.evaluate("document.querySelector('label[for=text]').remove()")
    page.evaluate("document.querySelector('#text').removeAttribute('placeholder')")
    assert any("label" in fault for fault in axe_violations(page))


def test_text_that_is_too_pale_in_the_dark_alone_is_found(
    visit: Callable[..., Page], axe_violations: Callable[[Page], list[str]]
) -> None:
    """Negative control: what only the other theme shows must be seen, from either theme."""
    pale = "@media (prefers-color-scheme: dark) { main p { color: #444 !important } }"
    by_hand = (
        "rule => document.styleSheets[0].insertRule(rule, document.styleSheets[0].cssRules.length)"
    )
    for dark in (False, True):
        page = visit("/ja/", dark=dark)
        page.evaluate(by_hand, pale)
        found = axe_violations(page)
        assert found
        assert all(one.startswith("in the dark: color-contrast") for one in found)


def test_something_too_wide_is_found(
    visit: Callable[..., Page], overflowing: Callable[[Page], list[str]]
) -> None:
    """Negative control: a wide element must be seen."""
    page = visit("/ja/", width=360)
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<p class=wide>x</p>')"
    )
    page.evaluate("document.querySelector('.wide').style.width = '900px'")
    assert overflowing(page) != []
