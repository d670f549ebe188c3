"""The words on paper: four lines and nothing else, whoever finds the sheet."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Talk
from tests.journeys.talk_pages import DANGER, LETTER, Writer

pytestmark = pytest.mark.journey


def _sent(writer: Writer) -> None:
    writer.send(LETTER)


def _in_danger(writer: Writer) -> None:
    writer.send(DANGER)
    writer.page.locator(".now-card").wait_for()


def _set_aside(writer: Writer) -> None:
    writer.open()
    writer.page.locator("#text").fill(DANGER)
    writer.go("aside_first")


def _once_more(writer: Writer) -> None:
    writer.thread()
    writer.more("keep_words")


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no js"])
def test_paper_shows_the_four_lines_alone(
    visit: Callable[..., Page], talk: Talk, javascript: bool
) -> None:
    printed = []
    for walk in (_sent, _in_danger, _set_aside, _once_more):
        page = visit(at=talk.site, javascript=javascript)
        writer = Writer(page, talk)
        walk(writer)
        words = writer.words().split()
        assert len(words) == 8
        page.emulate_media(media="print")
        printed.append((page.locator("body").inner_text().split() == words, walk.__name__))
        page.emulate_media(media="screen")
        assert len(page.locator("body").inner_text().split()) > 8  # still a page for the eye
    assert [name for is_poem, name in printed if not is_poem] == []


def test_paper_has_no_margin_a_browser_could_write_the_address_into(
    visit: Callable[..., Page], talk: Talk
) -> None:
    page = visit(at=talk.site)
    writer = Writer(page, talk)
    _sent(writer)
    writer.words()
    page.emulate_media(media="print")
    assert page.locator(".page").evaluate("one => getComputedStyle(one).page") == "poem"
