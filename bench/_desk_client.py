"""Somebody who writes to the desk, over real HTTP, without a browser."""

import re
from html import unescape
from http.client import HTTPConnection
from random import Random
from string import ascii_letters, digits
from urllib.parse import urlencode

from madobe.vault.rules.words import word_list

_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_WORDS = re.compile(r'id="words">(.*?)</div>', re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PAGE = "/ja/talk/"


class Writer:
    """One connection, kept open."""

    def __init__(self, port: int, timeout: float = 60) -> None:
        self._at = ("127.0.0.1", port, timeout)
        self._line = HTTPConnection(*self._at[:2], timeout=timeout)

    def ask(self, method: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and text of an answer."""
        body = urlencode(fields) if fields is not None else None
        self._line.request(method, PAGE, body, FORM if body is not None else {})
        answer = self._line.getresponse()
        return answer.status, answer.read().decode()

    def token(self) -> str:
        """The token of a fresh form."""
        _status, page = self.ask("GET")
        return token_of(page)

    def send(self, token: str, text: str) -> tuple[int, str]:
        """Send a letter; status and words ("" where there are none)."""
        status, page = self.ask("POST", {"token": token, "text": text, "go": "send"})
        return status, words_of(page)

    def open(self, words: str) -> tuple[int, str]:
        """The page of a thread."""
        return self.ask("POST", {"words": words, "go": "words"})

    def close(self) -> None:
        self._line.close()


def token_of(page: str) -> str:
    """The token of the form of a page."""
    found = _TOKEN.search(page)
    if found is None:
        raise RuntimeError("the page has no form to write on")
    return found[1]


def words_of(page: str) -> str:
    """The words a page shows, "" for none."""
    found = _WORDS.search(page)
    return " ".join(unescape(_TAGS.sub(" ", found[1])).split()) if found else ""


def letter(number: int, size: int = 2048) -> str:
    """A letter of `size` bytes that says its number. Odd ones: everyday Japanese words (those of the receipts) by lot. Even
    ones: Latin letters and digits by lot, which pack worse than anything a person writes.
    """
    head, dice = f"手紙その{number}。", Random(number)
    if number % 2:
        drawn = "".join(f"{'、'.join(dice.choices(word_list().words, k=6))}。" for _ in range(40))
    else:
        drawn = "".join(dice.choices(ascii_letters + digits + " ", k=size))
    return head + drawn.encode()[: size - len(head.encode())].decode(errors="ignore")


def letter_in_danger(number: int) -> str:
    """One of the same size for which the card is drawn."""
    return letter(number)[:-10] + "。もう死にたい。"
