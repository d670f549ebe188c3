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

    def answer(self, go: str = "next") -> None:
        self.page.locator(f"button[name=go][value={go}]").first.click()


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
    "kind": _kind,
    "area": _at("areas/132071/"),
    "prefecture": _at("areas/13/"),
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
