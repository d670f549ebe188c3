"""A counsellor's morning in a real browser: begin an answer, lose the browser, answer without losing a letter."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories.keys import WORDS
from tests.journeys.hands import kill

pytestmark = pytest.mark.journey
BEGUN = "書いてくださって、ありがとうございます。力が出ないのに、働かなければと思うのは、しんどいですね。"


@pytest.fixture(scope="session")
def letter(inside: Callable[[str], str], world: dict[str, str]) -> dict[str, str]:
    """A letter that came in the night: its thread and its words."""
    return json.loads(inside("counsellor('yuu')"))


def come_in(page: Page, cookie: dict[str, str], thread: str) -> None:
    page.context.add_cookies([cookie])
    page.goto(f"/staff/talk/{thread}/")
    # A page that is only looked at asks for the words of the key, and leads back.
    if page.locator("#id_keyring_passphrase").count():
        page.locator("#id_keyring_passphrase").fill(WORDS)
        page.locator("main form button").first.click()
    expect(page.locator("#text")).to_be_visible()


def test_an_answer_begun_in_a_browser_that_died_is_sent_whole(
    launch: Callable[[], Browser],
    visit: Callable[..., Page],
    seat: Callable[..., dict[str, str]],
    letter: dict[str, str],
    site: str,
) -> None:
    first = launch()
    page = first.new_context(base_url=site, locale="ja-JP").new_page()
    come_in(page, seat("yuu"), letter["thread"])
    with page.expect_response(lambda one: BEGUN in (one.request.post_data or "")):
        page.locator("#text").press_sequentially(BEGUN, delay=5)
    expect(page.locator("#kept")).to_contain_text("下書きを残しました")
    kill(first)

    page = visit()
    come_in(page, seat("yuu"), letter["thread"])
    expect(page.locator("#text")).to_have_value(BEGUN)
    page.get_by_role("button", name="受けもつ").click()
    expect(page.locator("main")).to_contain_text("わたしの担当です。")
    expect(page.locator("#text")).to_have_value(BEGUN)
    page.locator("#text").fill(BEGUN + "また、いつでも。")
    page.get_by_role("button", name="送る", exact=True).click()
    expect(page.locator(".said")).to_contain_text("お返事を送りました。")
    expect(page.locator("#text")).to_have_value("")
    # the page that asks for the key's words answers 403 on purpose
    assert [one for one in page.watch.faults if "403" not in one] == []  # type: ignore[attr-defined]

    answer = page.request.post(
        f"{site}/ja/talk/", form={"go": "words", "words": letter["words"]}
    ).text()
    assert answer.count("また、いつでも。") == 1
    assert "お返事があります" in answer


def test_without_javascript_the_button_keeps_it(
    visit: Callable[..., Page], seat: Callable[..., dict[str, str]], letter: dict[str, str]
) -> None:
    page = visit(width=360, javascript=False)
    come_in(page, seat("yuu"), letter["thread"])
    page.locator("#text").fill("つづき")
    page.get_by_role("button", name="下書きを残す").click()
    expect(page.locator("#text")).to_have_value("つづき")
    page.goto("/staff/talk/")
    expect(page.locator("main")).to_contain_text("あなたの下書きあり")
