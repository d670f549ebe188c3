"""`/talk` from the first word to the last in a real browser: nothing stays in it, nothing of it stays with us."""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page, Request, Response, expect

from tests.factories.canaries import Canaries
from tests.factories.desk import form_of, words_of
from tests.journeys.conftest import Talk
from tests.journeys.hands import press, write
from tests.journeys.talk_pages import ANSWER, DANGER, LETTER, TALK, Writer
from tests.journeys.test_exit import UNCOVERED

pytestmark = pytest.mark.journey

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["js", "no js"])
ADDRESSES = re.compile(r"/(ja/(talk/|calendar/)?|talk/poll|static/[^?]+)")
# What tells somebody that a consultation was here.
LEXICON = re.compile(r"窓|相談|お便り|合言葉|送りました|息子|お返事|ひきこも|支援|つら")
NEUTRAL = {"メモ", "カレンダー"}


@dataclass
class Ledger:
    """Everything a browser sent and was given."""

    requests: list[Request] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)

    def follow(self, page: Page) -> None:
        page.on("request", lambda one: self.requests.append(one))
        page.on("response", lambda one: self.responses.append(one))
        page.on("load", lambda seen: self.titles.add(seen.title()))

    def pages(self) -> list[Response]:
        """Answers that are no file of the product's own."""
        return [one for one in self.responses if "/static/" not in one.url]


def consultation(writer: Writer, seen: Callable[[str], None]) -> str:
    """From the first letter to erasing everything; `seen` is called at each state. Gives the words."""
    page = writer.page
    words = writer.send()
    seen("sent")
    writer.talk.inside(f"answer({words!r}, {ANSWER!r})")
    writer.come_back(in_katakana(words))
    expect(page.locator(".letter.theirs")).to_contain_text(ANSWER)
    seen("answered")
    page.locator("#text").fill("読みました。ありがとうございます。")
    writer.go("reply")
    expect(page.locator("#letters")).to_contain_text("読みました。")
    seen("replied")
    writer.more("another")
    page.locator("button[name=change][value=person]").click()
    expect(page.locator("main")).to_contain_text("代わりの相談員をさがします")
    writer.more("contact")
    page.locator("#id_call_me").fill("ゆき")
    writer.go("contact_change")
    expect(page.locator("main")).to_contain_text("書きかえました")
    writer.more("slip")
    page.locator("dl.facts").wait_for()
    seen("slip")
    writer.go("back")
    page.locator("#text").fill("とちゅうまで")
    writer.go("aside")
    assert writer.words() == words
    seen("set aside")
    writer.go("back")
    expect(page.locator("#text")).to_have_value("とちゅうまで")
    writer.more("erase")
    writer.go("erase_now")
    expect(page.locator("h1")).to_have_text("消しました。")
    seen("erased")
    return words


def in_katakana(words: str) -> str:
    """The words as somebody types them in a hurry: katakana, nothing between."""
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in words if c != " ")


@WITH_AND_WITHOUT
def test_a_whole_consultation_leaves_nothing_in_the_browser_and_nothing_of_it_with_us(
    visit: Callable[..., Page],
    talk: Talk,
    traces: Callable[[Page], dict[str, object]],
    javascript: bool,
) -> None:
    canaries = Canaries()
    agent, address, other = canaries.new(), canaries.new(), canaries.new()
    headers = {"X-Forwarded-For": f"203.0.113.77, {address}", "X-Device": other}
    page = visit(
        at=talk.site, javascript=javascript, user_agent=f"Mozilla/5.0 {agent}", extra_http_headers=headers
    )  # fmt: skip
    ledger, left = Ledger(), dict[str, object]()
    ledger.follow(page)

    def seen(state: str) -> None:
        left.update({f"{state}: {what}": value for what, value in traces(page).items()})
        ledger.titles.add(page.title())

    words = consultation(Writer(page, talk), seen)
    assert left == {}
    assert ledger.titles <= NEUTRAL
    paths = {urlsplit(one.url)[2:] for one in ledger.requests}
    assert [one for one in paths if one[1] or not ADDRESSES.fullmatch(one[0])] == []
    assert not any(word in one.url for one in ledger.requests for word in words.split())
    sent = [(one.url, one.all_headers().get("referer")) for one in ledger.requests]
    assert [one for one in sent if one[1]] == []
    for answer in ledger.pages():
        given = answer.all_headers()
        assert given["cache-control"] == "no-store", answer.url
        assert given["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in given["content-security-policy"].split("; ")
        assert "unsafe" not in given["content-security-policy"]
        assert "set-cookie" not in given
    assert len(ledger.pages()) > 10
    assert canaries.found_below(talk.folder) == {}


def test_a_canary_that_is_written_down_is_found(talk: Talk) -> None:
    """Negative control: the look through tables, keys and log sees what lies there."""
    canaries = Canaries()
    marker = canaries.new()
    note = talk.folder / "keys" / "note"
    note.write_bytes(marker.encode("utf-16-le"))
    assert canaries.found_below(talk.folder) == {str(note): {marker}}
    note.unlink()


def test_a_cookie_is_found(
    visit: Callable[..., Page], talk: Talk, traces: Callable[[Page], dict[str, object]]
) -> None:
    """Negative control."""
    page = visit("/ja/talk/", at=talk.site)
    page.context.add_cookies([{"name": "x", "value": "1", "url": talk.site}])
    page.evaluate("sessionStorage.setItem('x', '1')")
    assert {"cookies", "session"} <= set(traces(page))


def test_with_javascript_a_whole_visit_is_one_step_of_the_history(
    visit: Callable[..., Page], talk: Talk
) -> None:
    page = visit("/ja/talk/", at=talk.site)
    writer = Writer(page, talk)
    before = page.evaluate("history.length")
    page.locator("#text").fill(LETTER)
    writer.go("send")
    writer.words()
    writer.go("back")
    page.locator("#text").fill("もう一つだけ。")
    writer.go("reply")
    expect(page.locator("#letters")).to_contain_text("もう一つだけ。")
    for beside in ("contact", "another", "keep_words", "slip", "looks"):
        writer.more(beside)
        writer.go("back")
        page.locator("#letters").wait_for()
    assert page.evaluate("history.length") - before <= 1


def back(page: Page) -> None:
    """What the browser's own Back button does."""
    line = page.context.new_cdp_session(page)
    history = line.send("Page.getNavigationHistory")
    before = history["entries"][history["currentIndex"] - 1]
    line.send("Page.navigateToHistoryEntry", {"entryId": before["id"]})
    page.wait_for_timeout(300)
    page.wait_for_load_state()
    line.detach()


@WITH_AND_WITHOUT
def test_after_the_exit_back_shows_nothing(
    visit: Callable[..., Page], talk: Talk, javascript: bool
) -> None:
    page = visit(at=talk.site, javascript=javascript)
    shown = []
    for state, walk in TALK.items():
        walk(Writer(page, talk))
        for box in page.locator("textarea[name=text]").all():
            box.fill("書いている途中の手紙です。")
        page.locator("[data-exit]").click()
        expect(page).to_have_title("カレンダー")
        back(page)
        content = page.content()
        if javascript and page.title() not in ("カレンダー", ""):  # "": where the tab began
            shown.append(f"{state}: {page.title()}")
        if javascript:
            shown += [f"{state}: {word}" for word in LEXICON.findall(content)]
        written = (LETTER, "書いている途中", "ここまで書きました", "二時間かけて", ANSWER, DANGER)
        shown += [f"{state}: {word}" for word in written if word[:7] in content]
    assert shown == []


def test_whoever_left_can_come_again_by_the_address(visit: Callable[..., Page], talk: Talk) -> None:
    page = visit("/ja/talk/", at=talk.site)
    page.locator("[data-exit]").click()
    expect(page).to_have_title("カレンダー")
    page.goto("/ja/talk/")
    expect(page.locator("#text")).to_be_visible()
    page.goto("/ja/")
    page.go_back()
    expect(page.locator("#text")).to_be_visible()


def test_three_times_shift_in_mid_letter_leaves_nothing(
    visit: Callable[..., Page], talk: Talk
) -> None:
    page = visit("/ja/talk/", at=talk.site)
    page.locator("#text").fill("いま、だれかが入ってきた")
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page).to_have_title("カレンダー")
    back(page)
    assert LEXICON.findall(page.content()) == []


def test_without_javascript_back_never_shows_what_was_written(
    visit: Callable[..., Page], talk: Talk
) -> None:
    page = visit(at=talk.site, javascript=False)
    writer = Writer(page, talk)
    writer.send()
    for _ in range(2):
        back(page)
        assert "息子が三年" not in page.content()
        fields = page.locator("textarea").all()
        assert [one.input_value() for one in fields if one.input_value()] == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_exit_is_in_sight_at_every_depth_of_every_state(
    visit: Callable[..., Page], talk: Talk, width: int
) -> None:
    page = visit(at=talk.site, width=width)
    hidden = []
    for name, walk in TALK.items():
        walk(Writer(page, talk))
        for _depth in depths(page):
            if not page.evaluate(UNCOVERED):
                hidden.append((name, page.evaluate("scrollY")))
    assert hidden == []


def depths(page: Page) -> Iterator[int]:
    """Scroll a page from top to bottom, half a window at a time."""
    for depth in range(
        0, page.evaluate("document.body.scrollHeight"), page.evaluate("innerHeight >> 1")
    ):
        page.evaluate("depth => scrollTo(0, depth)", depth)
        yield depth


def test_an_exit_with_a_banner_over_it_is_found(visit: Callable[..., Page], talk: Talk) -> None:
    """Negative control."""
    page = visit("/ja/talk/", at=talk.site)
    banner = "<div id=banner>お知らせ</div>"
    page.evaluate("banner => document.body.insertAdjacentHTML('beforeend', banner)", banner)
    page.evaluate(
        "Object.assign(document.querySelector('#banner').style,"
        " {position: 'fixed', inset: '0 0 auto 0', height: '5rem', zIndex: 9})"
    )
    assert not page.evaluate(UNCOVERED)


def test_the_first_page_weighs_little(talk: Talk) -> None:
    """The page and what it names, as it comes over the line; text travels packed."""
    status, headers, page = asked(talk, "GET", "/ja/talk/", packed=True)
    soup = BeautifulSoup(gzip.decompress(page), "html.parser")
    named = [one["href"] for one in soup.select("link[rel=stylesheet], link[rel=icon]")]
    named += [one["src"] for one in soup.select("script[src]")]
    total = len(page) + sum(len(asked(talk, "GET", path, packed=True)[2]) for path in named)
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert len(named) >= 5
    assert total <= 50_000


def asked(
    talk: Talk, method: str, path: str, fields: dict[str, str] | None = None, *, packed: bool = False, **headers: str
) -> tuple[int, dict[str, str], bytes]:  # fmt: skip
    """Status, headers and body of one answer, without a browser and what browsers add."""
    address = urlsplit(talk.site)
    line = HTTPConnection("127.0.0.1", address.port, timeout=30)
    given = {"Host": address.netloc, **({"Accept-Encoding": "gzip"} if packed else {}), **headers}
    body = urlencode(fields) if fields is not None else None
    if body is not None:
        given["Content-Type"] = "application/x-www-form-urlencoded"
    line.request(method, path, body, given)
    answer = line.getresponse()
    return (
        answer.status,
        {name.lower(): value for name, value in answer.getheaders()},
        answer.read(),
    )


@pytest.mark.parametrize("origin", ["null", None, "here"])
def test_a_browser_that_says_nothing_of_itself_sends_its_letter(
    talk: Talk, origin: str | None
) -> None:
    headers = {} if origin is None else {"Origin": talk.site if origin == "here" else origin}
    fields = form_of(asked(talk, "GET", "/ja/talk/")[2])
    status, _, page = asked(
        talk, "POST", "/ja/talk/", fields | {"text": LETTER, "go": "send"}, **headers
    )
    assert status == 200
    assert len(words_of(page).split()) == 8


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/talk"), ("POST", "/talk"), ("GET", "/ja/talk"), ("GET", "/talk/poll"), ("POST", "/talk/poll"),
        ("PUT", "/ja/talk/"), ("DELETE", "/talk"), ("GET", "/yasashii-f/talk/"), ("GET", "/en/talk/"), ("GET", "/xx/talk/"),
    ],
)  # fmt: skip
def test_no_answer_is_kept_by_any_cache(talk: Talk, method: str, path: str) -> None:
    fields = {"go": "words", "words": "x"} if method == "POST" else None
    status, given, _page = asked(talk, method, path, fields)
    assert given["cache-control"] == "no-store", status
    assert given["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in given["content-security-policy"]
    assert "set-cookie" not in given


@WITH_AND_WITHOUT
def test_two_hours_at_a_letter_and_an_exit_lose_no_word_that_was_set_aside(
    visit: Callable[..., Page], talk: Talk, javascript: bool
) -> None:
    page = visit(at=talk.site, javascript=javascript)
    writer = Writer(page, talk)
    writer.open()
    old = talk.inside("old_token()")
    page.locator("#told input[name=token]").evaluate("(field, old) => field.value = old", old)
    page.locator("#text").fill("二時間かけて、ここまで。")
    writer.go("aside_first")
    words = writer.words()
    writer.go("back")
    old = talk.inside(f"old_token({words!r})")
    page.locator("#told input[name=token]").evaluate("(field, old) => field.value = old", old)
    page.locator("#text").fill("二時間かけて、ここまで。さらに二時間。")
    writer.go(
        "aside"
    )  # the form has waited too long: the words are asked for, the letter stands below
    expect(page.locator("#text")).to_have_value("二時間かけて、ここまで。さらに二時間。")
    page.locator("#words-field").fill(words)
    writer.go("words")
    expect(page.locator("#text")).to_have_value("二時間かけて、ここまで。さらに二時間。")
    writer.go("aside")
    writer.words()
    page.locator("[data-exit]").click()
    expect(page).to_have_title("カレンダー")
    writer.come_back(words)
    expect(page.locator("#text")).to_have_value("二時間かけて、ここまで。さらに二時間。")


def test_a_consultation_by_the_keyboard_alone(visit: Callable[..., Page], talk: Talk) -> None:
    page = visit("/ja/talk/", at=talk.site)
    write(page, "#text", LETTER)
    press(page, "button[name=go][value=send]")
    words = Writer(page, talk).words()
    press(page, "main button[name=go][value=back]")
    page.locator("#letters").wait_for()
    page.goto("/ja/talk/")
    press(page, "button[name=go][value=open]")
    page.locator("#words-field").wait_for()
    write(page, "#words-field", in_katakana(words))
    press(page, "main button[name=go][value=words]")
    page.locator("#letters").wait_for()
    write(page, "#text", "キーボードで書いています。")
    press(page, "main button[name=go][value=reply]")
    expect(page.locator("#letters")).to_contain_text("キーボードで")
    press(page, "details.more > summary")
    press(page, "main button[name=go][value=contact]")
    page.locator("#id_call_me").wait_for()
    write(page, "#id_call_me", "ゆき")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("書きかえました")
    press(page, "details.more > summary")
    press(page, "main button[name=go][value=erase]")
    press(page, "main button[name=go][value=erase_now]")
    expect(page.locator("h1")).to_have_text("消しました。")


def test_enter_in_a_field_of_one_line_neither_sends_nor_changes_the_language(
    visit: Callable[..., Page], talk: Talk
) -> None:
    page = visit("/en/talk/", at=talk.site)
    page.locator("#text").fill(LETTER)
    page.locator("details:has(#id_call_me) > summary").click()
    page.locator("#id_call_me").fill("Yuki")
    page.locator("#id_call_me").press("Enter")
    page.wait_for_timeout(400)
    assert urlsplit(page.url).path == "/en/talk/"
    expect(page.locator("#text")).to_have_value(LETTER)
    expect(page.locator("#id_call_me")).to_have_value("Yuki")
    assert page.locator("#words").count() == 0


def test_an_answer_appears_by_itself(visit: Callable[..., Page], talk: Talk) -> None:
    page = visit(at=talk.site)
    page.clock.install()
    writer = Writer(page, talk)
    words = writer.thread()
    page.locator("#text").fill("まだ書いている途中")
    talk.inside(f"answer({words!r}, {ANSWER!r})")
    page.clock.fast_forward(16_000)
    expect(page.locator(".letter.theirs")).to_contain_text(ANSWER)
    expect(page.locator("#text")).to_have_value("まだ書いている途中")
