"""A night and the days after it, in real browsers (issue 4, done-when 11).

The machine is switched on at the hours of the story (tests/journeys/nights.py): 2:10 on Friday 27 November 2026, the morning
after, the next night, Monday. The desk is open Monday to Friday from ten to five and answers by 17:00 of its third day, so
what comes in on Friday at 2:10 is promised for Wednesday, 2 December: Friday itself does not count, nor does the weekend.
"""

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories.desk import PASSPHRASE
from tests.factories.files import MARKED, found_in
from tests.factories.line_server import SECRET, TOKEN, Line, line_server, message, signed
from tests.factories.mail_servers import Box, dovecot
from tests.journeys.conftest import PHONE, Talk
from tests.journeys.hands import kill
from tests.journeys.nights import Product
from tests.journeys.slow_line import slow_line
from tests.journeys.talk_pages import Writer
from tests.journeys.test_talk import in_katakana

pytestmark = pytest.mark.journey

NIGHT, MORNING = "2026-11-27 02:10", "2026-11-27 10:20"
NEXT_NIGHT, MONDAY = "2026-11-27 23:50", "2026-11-30 10:05"
MONDAY_EVENING, THAT_NIGHT, TUESDAY = "2026-11-30 23:50", "2026-12-01 02:10", "2026-12-01 10:20"
PROMISE = "お返事は、12月2日（水）17:00 ごろまでに、人が読んで書きます。"
ONE_LINE = "だれにも言えずにいます。二時です。"
LETTER = "息子が三年、部屋から出てきません。ごはんは置いておくと食べます。夜中にすみません。"
BEGUN = "夜中に書いてくださって、ありがとうございます。ごはんを置いておくこと、"
ANSWER = f"{BEGUN}息子さんに届いていると思います。"


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with line_server() as server:
        yield server


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    with dovecot() as host:
        yield Box(host, f"desk-{uuid4().hex[:12]}")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, line: Line, box: Box) -> Product:
    """Both stories happen in it, one after the other: the desk of the second has the first behind it."""
    made = Product(
        tmp_path_factory.mktemp("night") / "var",
        {
            "MADOBE_LINE_SECRET": SECRET,
            "MADOBE_LINE_TOKEN": TOKEN,
            "MADOBE_LINE_API": line.url,
            "MADOBE_INBOX_URL": box.url,
        },
    )
    made.command(NIGHT, "migrate", "-v", "0")
    made.inside(NIGHT, "make()")
    return made


@pytest.fixture
def comes_in(visit: Callable[..., Page]) -> Callable[..., Page]:
    """comes_in(house, MORNING, site, "hana") -> the inbox in a browser of their own, their key open."""

    def come(house: Product, at: str, site: str, who: str, page: Page | None = None) -> Page:
        page = page or visit(at=site)
        cookie = {"name": "madobe", "value": house.inside(at, f"seat('{who}')"), "url": site}
        page.context.add_cookies([cookie])
        page.goto("/staff/talk/")
        page.locator("#id_keyring_passphrase").fill(PASSPHRASE)
        page.locator("main form button").first.click()
        expect(page.locator("#rows")).to_be_visible()
        return page

    return come


def tap(page: Page, name: str) -> None:
    """Press the button or the link of this name."""
    page.get_by_role("button", name=name, exact=True).or_(
        page.get_by_role("link", name=name, exact=True)
    ).first.click()


def status_of(page: Page, path: str) -> int:
    """Open a page, and give what the product answers."""
    answer = page.goto(path)
    assert answer is not None
    return answer.status


def test_a_mother_writes_at_night_and_the_desk_is_true_to_her(
    house: Product,
    visit: Callable[..., Page],
    launch: Callable[[], Browser],
    comes_in: Callable[..., Page],
) -> None:
    with house.running(NIGHT) as site:
        # On a slow line she closes the page on the press of 送る, before anything could have answered.
        with slow_line(site) as slow:
            page = visit("/ja/talk/", at=slow.address, width=PHONE)
            page.locator("#text").fill(ONE_LINE)
            slow.hold()
            with page.expect_request(lambda one: one.method == "POST"):
                page.locator("button[name=go][value=send]").click(no_wait_after=True)
            page.close()
            slow.let_go()
            assert slow.letter_sent.wait(20), "what was written died with the page"

        # She opens it once more, writes at length, and keeps the words.
        page = visit(at=site, width=PHONE)
        writer = Writer(page, Talk(site, house.folder))
        writer.open()
        expect(page.locator("main")).to_contain_text("いまは、相談員がいない時間です。")
        expect(page.locator(".promise").first).to_contain_text(PROMISE)
        words = writer.send(LETTER)
        expect(page.locator("h1")).to_have_text("送りました。")
        expect(page.locator("main")).to_contain_text(f"お便りは届いています。 {PROMISE}")
        assert len(words.split()) == 8
        writer.go("back")
        expect(page.locator(".promise").first).to_contain_text(f"受けとりました。 {PROMISE}")

    with house.running(MORNING) as site:
        first = launch()
        page = comes_in(
            house,
            MORNING,
            site,
            "hana",
            first.new_context(base_url=site, locale="ja-JP").new_page(),
        )
        tap(page, f"「{ONE_LINE}」")
        expect(page.locator(".letter.theirs .words-of")).to_have_text([ONE_LINE])
        page.goto("/staff/talk/")
        page.get_by_role("link", name=LETTER[:20]).click()
        expect(page.locator(".letter.theirs .words-of")).to_have_text([LETTER])
        with page.expect_response(lambda one: BEGUN in (one.request.post_data or "")):
            page.locator("#text").press_sequentially(BEGUN, delay=5)
        expect(page.locator("#kept")).to_contain_text("下書きを残しました 10:")
        kill(first)

        page = comes_in(house, MORNING, site, "hana")
        expect(page.locator("#rows")).to_contain_text("あなたの下書きあり")
        page.get_by_role("link", name=LETTER[:20]).click()
        expect(page.locator("#text")).to_have_value(BEGUN)
        tap(page, "受けもつ")
        expect(page.locator("main")).to_contain_text("わたしの担当です。")
        page.locator("#text").fill(ANSWER)
        tap(page, "送る")
        expect(page.locator(".letter.ours .words-of")).to_have_text([ANSWER])
        expect(page.locator("#text")).to_have_value("")
        thread = page.url
    thread = re.sub("^https?://[^/]+", "", thread)

    with house.running(NEXT_NIGHT) as site:
        page = visit(at=site, width=PHONE)
        writer = Writer(page, Talk(site, house.folder))
        writer.come_back(in_katakana(words))
        expect(page.locator(".promise").first).to_have_text("お返事があります。")
        expect(page.locator(".letter .words-of")).to_have_text([LETTER, ANSWER])
        tap(page, "別の相談員に代わってほしい")
        tap(page, "別の人")
        expect(page.locator("main")).to_contain_text("代わりの相談員をさがします。")
        expect(page.get_by_role("button", name="別の相談員に代わってほしい")).to_have_count(0)

    with house.running(MONDAY) as site:
        hana, sora = (comes_in(house, MONDAY, site, who) for who in ("hana", "sora"))
        expect(hana.locator("#rows")).not_to_contain_text("別の相談員を希望")
        expect(sora.locator("#rows")).to_contain_text("別の相談員を希望")
        sora.goto(thread)
        sora.locator("#another").select_option(label="見本 そら")
        tap(sora, "この人に決める")
        expect(sora.locator(".said")).to_contain_text("新しい担当を決めました。")
        sora.goto(thread)
        expect(sora.locator("main")).to_contain_text("わたしの担当です。")
        assert status_of(hana, thread) == 404
        tap(sora, "会う・話す時間をお誘いする")
        for number, (day, hour) in enumerate((("2026-12-01", "14:00"), ("2026-12-03", "11:30")), 1):
            sora.locator(f"#id_day_{number}").fill(day)
            sora.locator(f"#id_hour_{number}").fill(hour)
        sora.locator("#id_where").fill("番号を出さずに、こちらからかけます")
        tap(sora, "送る")
        expect(sora.locator(".said")).to_contain_text("時間の候補を送りました。")

        page = visit(at=site, width=PHONE)
        writer = Writer(page, Talk(site, house.folder))
        writer.come_back(words)
        expect(page.locator("main")).to_contain_text("代わりの相談員が決まりました。")
        offers = page.locator("fieldset", has_text="お話しする時間のお誘い")
        expect(offers).to_contain_text("電話で話す")
        expect(offers.locator("label")).to_contain_text(
            ["あす 14:00 から", "12月3日（木）11:30 から", "どれでもよい", "どれも合わない"]
        )
        offers.get_by_text("どれでもよい", exact=True).click()
        tap(page, "これを伝える")
        expect(page.locator("main")).to_contain_text("窓口が時間を決めて、ここでお知らせします。")
        sora.goto(f"{thread}times/")
        tap(sora, "2026年12月3日 11:30 に決める")
        expect(sora.locator(".said")).to_contain_text("時間を決めて、お便りで伝えました。")
        tap(page, "お返事が来ているか見る")
        expect(page.locator("fieldset", has_text="決まった時間")).to_contain_text(
            "12月3日（木）11:30 から"
        )
        expect(page.locator(".letter .words-of").nth(-2)).to_have_text(
            "（電話で話す時間は、どれでもよい）"
        )
        expect(page.locator(".letter .words-of").last).to_contain_text(
            "12月3日（木）11:30に、電話で話すことになりました。"
        )

        writer.more("erase")
        writer.go("erase_now")
        expect(page.locator("h1")).to_have_text("消しました。")
        writer.come_back(words)
        expect(page.locator(".errors")).to_contain_text("見つかりませんでした")
        expect(page.locator("main")).not_to_contain_text("息子")
        for staff in (hana, sora):
            assert status_of(staff, thread) == 404
            for word in ("息子", BEGUN[:10], "番号を出さずに"):
                expect(staff.locator("body")).not_to_contain_text(word)
            staff.goto("/staff/talk/")
            expect(staff.locator("#rows a.thread-row")).to_have_text([f"「{ONE_LINE}」"])


def knock(site: str, *events: dict[str, object]) -> int:
    """LINE calls."""
    body, headers = signed(list(events))
    headers["Content-Type"] = "application/json"
    asked = urllib.request.Request(f"{site}/channels/line/", body, headers)
    with urllib.request.urlopen(asked, timeout=20) as answer:
        return answer.status


def test_a_sticker_a_photograph_and_a_call_stand_in_one_timeline(
    house: Product, line: Line, box: Box, comes_in: Callable[..., Page]
) -> None:
    marked = MARKED["jpeg"]()
    assert found_in(marked.data, marked.markers) == set(marked.markers)
    with house.running(MONDAY_EVENING) as site:
        assert knock(site, message("sticker", keywords=["おやすみ"])) == 200
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "mizu@example.jp", "写真"
    mail["Message-ID"] = "<photo@example.jp>"
    mail.set_content("窓から見えた木です")
    mail.add_attachment(marked.data, maintype="image", subtype="jpeg", filename=marked.name)
    box.put(mail)
    assert json.loads(house.command(THAT_NIGHT, "letters", "--json"))["taken"] == 1
    assert box.count() == 0

    with house.running(TUESDAY) as site:
        page = comes_in(house, TUESDAY, site, "hana")
        page.get_by_role("link", name="件名：写真").click()
        tap(page, "電話・来所を書きのこす")
        page.locator("#id_text").fill("LINEもメールもわたしです、いっしょに見てください、と")
        page.get_by_text("ご本人", exact=True).click()
        page.get_by_text("5分", exact=True).click()
        tap(page, "残す")
        expect(page.locator(".said")).to_contain_text("書きのこしました。")
        mail_thread = page.url
        tap(page, "届けかたと安全")
        page.locator("#writer").get_by_role("button", name="ご本人", exact=True).click()

        def link() -> None:
            page.goto(mail_thread)
            tap(page, "届けかたと安全")
            sticker = page.locator("#other option", has_text="おやすみ")
            page.locator("#other").select_option(sticker.get_attribute("value"))
            page.locator("#id_wish").fill("電話で、いっしょに見てほしいと")
            page.locator("#id_wished_on").fill("2026-12-01")
            tap(page, "ひとつにつなぐ")

        link()  # nobody has said yet who writes by LINE
        tap(page, "つなぐお便りの「書いている方」へ")
        page.locator("#writer").get_by_role("button", name="ご本人", exact=True).click()
        link()
        expect(page.locator(".said")).to_contain_text("ひとつにつなぎました。")

        said = page.locator("#said .letter")
        expect(said.locator(".tag")).to_have_text(["LINE", "メール", "電話"])
        expect(said.locator("time")).to_have_text(
            ["2026年11月30日", "2026年12月1日", "2026年12月1日"]
        )
        expect(said.locator(".words-of")).to_contain_text(
            ["おやすみ", "窓から見えた木です", "LINEもメールもわたしです"]
        )
        page.get_by_text("届いたときに取りのぞいた記録があります").click()
        expect(said.nth(1)).to_contain_text("撮影した場所の記録を取りのぞきました。")
        kept = page.request.get(said.nth(1).get_by_role("link").get_attribute("href") or "")
        assert kept.headers["content-type"] == "image/jpeg"
        assert kept.body().startswith(b"\xff\xd8")
        assert found_in(kept.body(), marked.markers) == set()
    assert line.complaints == []
