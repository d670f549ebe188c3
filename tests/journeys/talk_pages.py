"""How somebody who writes comes to each state of `/talk`: one address, so every one of them by walking."""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.journeys.conftest import Talk
from tests.journeys.writer_world import UNREADY

LETTER = "息子が三年、部屋から出てきません。夜中にすみません。"
ANSWER = "お便りをありがとうございます。夜中に書いてくださって、うれしいです。"
DANGER = "もう死んでしまいたい。今夜、薬をたくさん飲もうと思っています。"
MORE = "details.more > summary"


@dataclass
class Writer:
    """One browser page of somebody who writes, and the display its addresses start with."""

    page: Page
    talk: Talk
    display: str = "ja"

    def open(self) -> None:
        """The first page."""
        self.page.goto(f"/{self.display}/talk/")
        self.page.locator("#text").wait_for()

    def go(self, step: str) -> None:
        """Press the button of a step."""
        self.page.locator(f"main button[name=go][value={step}]").first.click()

    def send(self, text: str = LETTER) -> str:
        """A first letter; gives its words."""
        self.open()
        self.page.locator("#text").fill(text)
        self.go("send")
        return self.words()

    def words(self) -> str:
        """The words a page shows."""
        lines = self.page.locator("#words span")
        lines.first.wait_for()
        return " ".join(lines.all_text_contents())

    def come_back(self, typed: str) -> None:
        """Open the thread by whatever was typed."""
        self.open()
        self.go("open")
        self.page.locator("#words-field").fill(typed)
        self.go("words")

    def thread(self) -> str:
        """A thread, opened by its words; gives them."""
        words = self.send()
        self.come_back(words)
        self.page.locator("#letters").wait_for()
        return words

    def more(self, step: str) -> None:
        """A button that lies folded away."""
        self.page.locator(MORE).click()
        self.go(step)


def _wrong_word(writer: Writer) -> None:
    words = writer.send().split()
    writer.come_back(" ".join([*words[:2], "ぱぴぷぺ", *words[3:]]))
    writer.page.locator(".errors").wait_for()


def _nobodys_words(writer: Writer) -> None:
    from madobe.vault.rules.receipts import Receipt

    writer.come_back(" ".join(Receipt(bytes(range(10))).words))
    writer.page.locator(".errors").wait_for()


def _answered(writer: Writer) -> None:
    words = writer.send()
    writer.talk.inside(f"answer({words!r}, {ANSWER!r})")
    writer.come_back(words)
    writer.page.locator(".letter.theirs").wait_for()


def _looks(writer: Writer) -> None:
    """Opened by somebody on duty, and as whose thread it is."""
    _answered(writer)
    writer.more("looks")
    writer.page.locator("dl.facts").wait_for()


def _files(writer: Writer) -> None:
    """A picture (one dot) and a text that were sent, ready to be looked at again."""
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
    writer.open()
    writer.page.locator("input[name=sent_files]").set_input_files(
        [
            {"name": "a.png", "mimeType": "image/png", "buffer": b64decode(dot)},
            {"name": "b.txt", "mimeType": "text/plain", "buffer": "夜のメモ".encode()},
        ]
    )
    writer.page.locator("#text").fill(LETTER)
    writer.go("send")
    writer.come_back(writer.words())
    writer.page.locator("button[value='file.1.2']").wait_for()


def _not_open(writer: Writer) -> None:
    """Written to the desk of a place whose key nobody holds."""
    writer.open()
    hidden = f"<input type=hidden name=place value={UNREADY}>"
    writer.go(
        "open"
    )  # a way through the page of the words, so that the first page is drawn for the place
    writer.page.locator("#words-field").wait_for()
    writer.page.evaluate(
        "hidden => { document.querySelector('#told [name=begun]').remove();"
        " document.querySelector('#told').insertAdjacentHTML('beforeend', hidden); }",
        hidden,
    )
    writer.go("write")
    writer.page.locator("#text").fill(LETTER)
    writer.go("send")
    writer.page.locator("main a[href*='/text-desks/']").wait_for()


def _waited(writer: Writer) -> None:
    """Half a letter in a form that has waited too long."""
    words = writer.thread()
    old = writer.talk.inside(f"old_token({words!r})")
    writer.page.locator("#told input[name=token]").evaluate(
        "(field, old) => field.value = old", old
    )
    writer.page.locator("#text").fill("二時間かけて書きました。")
    writer.go("reply")
    writer.page.locator("#words-field").wait_for()


def _empty(writer: Writer) -> None:
    writer.open()
    writer.go("send")
    writer.page.locator(".errors").wait_for()


def _aside(writer: Writer) -> None:
    writer.open()
    writer.page.locator("#text").fill("ここまで書きました。")
    writer.go("aside_first")
    writer.words()


def _set_aside_opened(writer: Writer) -> None:
    _aside(writer)
    writer.go("back")
    writer.page.locator("#text").wait_for()


def _ask_words(writer: Writer) -> None:
    writer.open()
    writer.go("open")
    writer.page.locator("#words-field").wait_for()


def _unfolded(writer: Writer) -> None:
    writer.open()
    for summary in writer.page.locator("main details > summary").all():
        summary.click()
    writer.page.locator("#id_notice_to").wait_for()


def _in_danger(writer: Writer) -> None:
    writer.send(DANGER)
    writer.page.locator("main a[href^='tel:']").first.wait_for()


def _beside(step: str, until: str) -> Callable[[Writer], None]:
    def walk(writer: Writer) -> None:
        writer.thread()
        writer.more(step)
        writer.page.locator(until).first.wait_for()

    return walk


def _erased(writer: Writer) -> None:
    _beside("erase", "button[value=erase_now]")(writer)
    writer.go("erase_now")
    writer.page.locator("#told").wait_for(state="detached")


def _sent(writer: Writer) -> None:
    writer.send()


def _thread(writer: Writer) -> None:
    writer.thread()


TALK: dict[str, Callable[[Writer], None]] = {
    "writing": lambda writer: writer.open(),
    "writing, everything unfolded": _unfolded,
    "nothing written": _empty,
    "sent": _sent,
    "sent, in danger": _in_danger,
    "set aside": _aside,
    "set aside, opened": _set_aside_opened,
    "ask words": _ask_words,
    "a wrong word": _wrong_word,
    "nobody's words": _nobodys_words,
    "waited too long": _waited,
    "thread": _thread,
    "thread with an answer": _answered,
    "thread with a picture and a text": _files,
    "another counsellor": _beside("another", "button[name=change]"),
    "contact": _beside("contact", "#id_call_me"),
    "words again": _beside("keep_words", "#words"),
    "slip": _beside("slip", "dl.facts"),
    "who opened it": _looks,
    "erase": _beside("erase", "button[value=erase_now]"),
    "erased": _erased,
    "not open": _not_open,
}
