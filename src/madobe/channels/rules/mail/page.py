"""A letter that is only a web page, as plain text: the words and their lines, nothing loaded, nothing run."""

import re
from html import unescape
from html.parser import HTMLParser

_SILENT = {"script", "style", "title", "template", "noscript", "object", "svg"}
_LINES = {
    "address", "article", "br", "div", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "section", "table", "tr", "ul",
}  # fmt: skip
_APART = {"blockquote", "h1", "h2", "h3", "p", "pre", "table", "ul", "ol"}
_TAG = re.compile(r"<[^>]*>")


def page_text(source: str) -> str:
    """This will give the words of an HTML letter; what is quoted begins with "> ", an address follows its link."""
    page = _Page()
    try:
        page.feed(source)
        page.close()
        text = page.text()
    except (AssertionError, ValueError, RecursionError):  # HTMLParser on what is no HTML
        text = ""
    # A page that hides everything (a script never closed) is shown with its tags taken off, rather than lost.
    return text or "\n".join(
        line for line in unescape(_TAG.sub("\n", source)).split("\n") if line.strip()
    )


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, str]] = []  # depth of quotation, words
        self.words = ""
        self.depth = 0
        self.silent = ""
        self.link, self.link_from = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self.silent = ""
        if self.silent:
            return
        if tag in _SILENT:
            self.silent = tag
            return
        if tag in _LINES or tag == "blockquote":
            self._end_line(apart=tag in _APART)
        if tag == "blockquote":
            self.depth += 1
        elif tag == "a":
            self.link, self.link_from = dict(attrs).get("href") or "", len(self.words)
        elif tag == "img":
            self.words += dict(attrs).get("alt") or ""

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            self.silent = "" if tag == self.silent else self.silent
            return
        if tag == "a" and self.link.startswith(("http://", "https://")):
            said = self.words[self.link_from :]
            if self.link.strip("/") not in said.strip("/"):
                self.words += f" ({self.link})"
            self.link = ""
        if tag in _LINES or tag == "blockquote":
            self._end_line(apart=tag in _APART)
        if tag == "blockquote":
            self.depth = max(0, self.depth - 1)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words += re.sub(r"\s+", " ", data)

    def _end_line(self, *, apart: bool) -> None:
        if self.words.strip():
            self.lines.append((self.depth, self.words.strip()))
        if apart and self.lines and self.lines[-1][1]:
            self.lines.append((self.depth, ""))
        self.words, self.link_from = "", 0

    def text(self) -> str:
        self._end_line(apart=False)
        while self.lines and not self.lines[-1][1]:
            self.lines.pop()
        return "\n".join(f"{'> ' * depth}{words}".rstrip() for depth, words in self.lines).strip()
