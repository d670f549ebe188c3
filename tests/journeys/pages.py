"""How a reader comes to each page of the product: by address where it has one, by walking where it has not."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

SENTENCE = "息子が部屋から出てきません。家でも会話がなく、母の私がもう疲れました。昭島市です。"
CRISIS = "もう消えてしまいたい。電話は無理です。"


@dataclass
class Reader:
    """One browser page and the display its addresses start with."""

    page: Page
    display: str

    def open(self, path: str) -> None:
        self.page.goto(f"/{self.display}/{path}")

    def write(self, sentence: str) -> None:
        """From the front page to a result by one sentence."""
        self.open("")
        self.page.locator("#text").fill(sentence)
        self.page.locator("button[name=go][value=result]").first.click()
        self.page.locator("ol.path").wait_for()

    def search(self, text: str, place: str = "", *needs: str) -> None:
        """From the empty search page to whatever comes back."""
        self.open("search/")
        self.page.locator("#text").fill(text)
        self.page.locator("#place").fill(place)
        for need in needs:
            self.page.locator(f"input[name=need][value={need}]").check()
        self.page.locator("main button[name=go][value=search]").click()
        self.page.locator(".narrow").wait_for()

    def answer(self, go: str = "next") -> None:
        self.page.locator(f"main button[name=go][value={go}]").first.click()


def _questions(until: str) -> Callable[[Reader], None]:
    def walk(reader: Reader) -> None:
        reader.open("guide/")
        reader.page.locator("button[name=who][value=family]").click()
        for step in ("signs", "wants", "ways", "place"):
            reader.page.locator(f"input[name=step][value={step}]").wait_for(state="attached")
            if step == until:
                return
            reader.answer()

    return walk


def _place(reader: Reader) -> None:
    reader.open("areas/132071/")
    reader.page.locator("main a[href*='/places/']").first.click()
    reader.page.locator("dl.facts").first.wait_for()


def _suggest(reader: Reader) -> None:
    _place(reader)
    reader.page.locator("main a[href$='/suggest/']").first.click()
    reader.page.locator("main textarea").wait_for()


def _result(sentence: str) -> Callable[[Reader], None]:
    return lambda reader: reader.write(sentence)


def _memo(reader: Reader) -> None:
    reader.write(SENTENCE)
    reader.page.locator("button[formaction*='/memo/']").click()
    reader.page.locator("#memo").wait_for()


def _kind(reader: Reader) -> None:
    reader.open("how/")
    reader.page.goto(reader.page.locator("main a[href*='/kinds/']").first.get_attribute("href"))
    assert reader.page.locator("h1").count() == 1


def _search(
    text: str, place: str = "", *needs: str, until: str = ".found"
) -> Callable[[Reader], None]:
    def walk(reader: Reader) -> None:
        reader.search(text, place, *needs)
        reader.page.locator(until).first.wait_for()

    return walk


def _narrowed(reader: Reader) -> None:
    reader.search("相談", "昭島市")
    reader.page.locator(".narrow > details > summary").click()
    reader.page.locator(".narrow details.inner > summary").click()
    reader.page.locator("#age").wait_for()


def _keeping(reader: Reader) -> None:
    """Two places of a search put aside and ticked for comparing."""
    reader.search("", "昭島市")
    for number in (1, 2):
        row = reader.page.locator(f"#p{number}")
        row.locator("button[name=keep]").click()
        row.locator("button[name=drop]").wait_for()
        row.locator("input[name=compare]").check()


def _place_of_a_search(reader: Reader) -> None:
    _keeping(reader)
    reader.page.locator(".found .name").first.click()
    reader.page.locator("button[name=drop], button[name=keep]").first.wait_for()
    reader.page.locator(".together summary").click()


def _compared(reader: Reader) -> None:
    _keeping(reader)
    reader.page.locator("button[formaction*='/compare/']").first.click()
    reader.page.locator("table.compare").wait_for()


def _my_list(reader: Reader) -> None:
    _keeping(reader)
    reader.page.locator("button[formaction*='/my-list/']").first.click()
    reader.page.locator("button[name=make]").click()
    reader.page.locator(".qr svg").wait_for()


def _map(reader: Reader) -> None:
    _keeping(reader)
    reader.page.locator("button[formaction*='/map/']").first.click()
    reader.page.locator(".places").wait_for()


def _at(path: str) -> Callable[[Reader], None]:
    return lambda reader: reader.open(path)


PAGES: dict[str, Callable[[Reader], None]] = {
    "front": _at(""),
    "who": _at("guide/"),
    "signs": _questions("signs"),
    "wants": _questions("wants"),
    "ways": _questions("ways"),
    "place question": _questions("place"),
    "result": _result(SENTENCE),
    "result in crisis": _result(CRISIS),
    "memo": _memo,
    "place": _place,
    "suggest": _suggest,
    "suggest anything": _at("suggest/"),
    "confirm, unknown link": _at("confirm/nobodys-link/"),
    "kind": _kind,
    "area": _at("areas/132071/"),
    "prefecture": _at("areas/13/"),
    "search": _at("search/"),
    "found": _search("相談", "昭島市"),
    "found, narrowed": _narrowed,
    "found, wider": _search("囲碁", "昭島市", "visit", until=".notice"),
    "found, which place": _search("相談", "府中市", until="button[name=place_code]"),
    "found, unknown place": _search("相談", "八王寺市", until="button[name=near]"),
    "found, in danger": _search("もう消えてしまいたい", "昭島市", until=".now-card"),
    "a place of a search": _place_of_a_search,
    "compare": _compared,
    "compare, nothing": _at("compare/"),
    "my list": _my_list,
    "my list, empty": _at("my-list/"),
    "map": _map,
    "map, nothing": _at("map/"),
    "area search": _at("areas/"),
    "area search, which one": _at("areas/?q=府中市"),
    "area search, nothing": _at("areas/?q=ありえない村"),
    "text desks": _at("text-desks/"),
    "open now": _at("open-now/"),
    "now": _at("now/"),
    "how": _at("how/"),
    "safety": _at("safety/"),
    "privacy": _at("privacy/"),
    "accessibility": _at("accessibility/"),
    "reading": _at("read/"),
    "read state": _at("read/state/"),
    "read family": _at("read/family/"),
    "read words": _at("read/words/"),
    "read neighbours": _at("read/neighbours/"),
    "read sources": _at("read/sources/"),
    "not there": _at("nothing-here/"),
}
