"""Somebody is offered times to talk, chooses one by a tap, and cancels without a reason: with JavaScript and without."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.journey
WIDTHS = (360, 1280)


def open_thread(page: Page, language: str, words: str) -> None:
    """Come back by the words."""
    page.goto(f"/{language}/")
    page.evaluate(
        """([path, words]) => {
            const form = Object.assign(document.createElement("form"), {method: "post", action: path});
            for (const [name, value] of [["go", "words"], ["words", words]])
                form.append(Object.assign(document.createElement("input"), {name, value, type: "hidden"}));
            document.body.append(form);
            form.submit();
        }""",
        [f"/{language}/talk/", words],
    )
    page.wait_for_selector("[name=offer]")


@pytest.mark.parametrize("language", ["ja", "en", "yasashii"])
def test_the_times_are_there_for_everybody(
    visit: Callable[..., Page],
    inside: Callable[[str], str],
    world: dict[str, str],
    axe_violations: Callable[[Page], list[str]],
    overflowing: Callable[[Page], list[str]],
    language: str,
) -> None:
    words = json.loads(inside("offered()"))["words"]
    for width in WIDTHS:
        page = visit(width=width)
        open_thread(page, language, words)
        assert overflowing(page) == []
        assert axe_violations(page) == []


@pytest.mark.parametrize("wired", [True, False])
def test_one_is_chosen_and_cancelled_and_what_was_being_written_stays(
    visit: Callable[..., Page], inside: Callable[[str], str], world: dict[str, str], wired: bool
) -> None:
    words = json.loads(inside("offered()"))["words"]
    page = visit()
    if not wired:  # the same forms, no script of ours
        page.route("**/*.js", lambda route: route.abort())
    open_thread(page, "ja", words)
    page.locator("#text").fill("とちゅうのことば")
    page.locator("[name=offer][value='1.2']").check()
    page.locator("button.btn[value=choose]").first.click()
    page.wait_for_selector("text=時間が決まりました")
    assert page.locator("#text").input_value() == "とちゅうのことば"
    page.locator("[name=offer][value='1.cancel']").check()
    page.locator("button.btn[value=choose]").first.click()
    page.wait_for_selector("text=予定をやめました")
    assert page.locator("#text").input_value() == "とちゅうのことば"
