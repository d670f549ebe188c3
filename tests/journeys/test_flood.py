"""A flood from the very address somebody writes from: their letter goes at once, and beside it where the page could work."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.factories.desk import form_of
from tests.factories.work import zero_bits
from tests.journeys.conftest import Talk, talking
from tests.journeys.talk_pages import LETTER, Writer

pytestmark = pytest.mark.journey

SPAM = "いますぐ登録すると毎月三十万円がもらえます。こちらから。"
AT_ONCE, MOST = 20, 2000
WORK = "#told input[name=work]"
LONG_ENOUGH = 30_000  # ms, on a machine that does other things besides
PAUSES = """const real = setTimeout;
window.setTimeout = (...given) => {
  const seen = document.documentElement.dataset;
  seen.pauses = Number(seen.pauses || 0) + 1;
  return real(...given);
};"""
DISPLAYS = pytest.mark.parametrize("display", ["ja", "yasashii", "en"])


@pytest.fixture(scope="module")
def flooded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    """A product of its own, flooded from this machine until every worker knows: each call may reach another."""
    with talking(tmp_path_factory.mktemp("flooded") / "var") as made:
        address = f"{made.site}/ja/talk/"
        form = form_of(_answer(address))
        body = urlencode(form | {"text": SPAM, "go": "send"}).encode()
        for _ in range(0, MOST, AT_ONCE):
            for _ in range(AT_ONCE):
                _answer(address, body)
            if all(b"data-work" in _answer(address) for _ in range(AT_ONCE)):
                break
        for _ in range(4 * AT_ONCE):  # and beyond what one address may send
            _answer(address, body)
        yield made


def _answer(address: str, body: bytes | None = None) -> bytes:
    with urlopen(address, body, timeout=20) as answer:
        return answer.read()


def typing(writer: Writer) -> str:
    """Write as a person does, until the page has done its work; gives the answer in the field."""
    field = writer.page.locator(WORK)
    writer.page.locator("#text").press_sequentially(LETTER[:12])
    expect(field).not_to_have_value("", timeout=LONG_ENOUGH)
    return field.input_value()


@DISPLAYS
def test_whoever_writes_beside_a_flood_is_not_held(
    visit: Callable[..., Page],
    flooded: Talk,
    traces: Callable[[Page], dict[str, object]],
    display: str,
) -> None:
    page = visit(at=flooded.site)
    writer = Writer(page, flooded, display)
    writer.open()
    expect(page.locator(WORK)).to_have_value("")
    answer = typing(writer)
    assert zero_bits(page.locator("#told input[name=token]").input_value(), int(answer)) >= 16
    writer.go("send")
    assert flooded.inside(f"is_held({writer.words()!r})") == "seen"
    assert traces(page) == {}
    assert page.watch.faults == []  # type: ignore[attr-defined]


def test_a_form_that_was_swapped_in_place_is_worked_for_anew(
    visit: Callable[..., Page], flooded: Talk
) -> None:
    page = visit(at=flooded.site)
    writer = Writer(page, flooded)
    writer.open()
    old = page.locator("#told input[name=token]").input_value()
    writer.go("send")  # nothing written yet
    page.locator(".errors").wait_for()
    assert page.locator("#told input[name=token]").input_value() != old
    typing(writer)
    writer.go("send")
    assert flooded.inside(f"is_held({writer.words()!r})") == "seen"


def test_whoever_presses_before_the_work_is_done_has_sent_their_letter(
    visit: Callable[..., Page], flooded: Talk
) -> None:
    page = visit(at=flooded.site)
    writer = Writer(page, flooded)
    writer.open()
    page.locator(WORK).evaluate("field => field.dataset.work = 32")  # not done today
    page.locator("#text").press_sequentially(LETTER[:12])
    writer.go("send")
    assert flooded.inside(f"is_held({writer.words()!r})") == "held"


def test_without_javascript_a_letter_goes_as_ever(
    visit: Callable[..., Page], flooded: Talk
) -> None:
    page = visit(at=flooded.site, javascript=False)
    writer = Writer(page, flooded)
    words = writer.send()
    assert flooded.inside(f"is_held({words!r})") == "held"
    writer.come_back(words)
    expect(page.locator("#letters")).to_contain_text(LETTER)


def test_the_work_begins_with_typing_and_ends_with_the_quick_exit(
    visit: Callable[..., Page], flooded: Talk
) -> None:
    """Counted by the pauses the script takes between two slices."""
    page = visit(at=flooded.site)
    page.add_init_script(PAUSES)
    Writer(page, flooded).open()
    page.locator(WORK).evaluate("field => field.dataset.work = 32")
    root = page.locator("html")
    page.wait_for_timeout(300)
    assert root.get_attribute("data-pauses") is None
    page.locator("#text").press_sequentially("よる")
    expect(root).to_have_attribute("data-pauses", re.compile(r"\d\d"), timeout=LONG_ENOUGH)
    page.evaluate("dispatchEvent(new Event('left'))")
    page.wait_for_timeout(300)
    before = root.get_attribute("data-pauses")
    page.wait_for_timeout(300)
    assert root.get_attribute("data-pauses") == before
