"""Furigana over a finished page: readings above the kanji, everything else of the page as it was.

Readings come from SudachiPy; `tables/readings.yaml` corrects it, and other floors may teach names
(`teach`). Only text nodes in Japanese are touched; okurigana stays outside the ruby.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import jaconv
import yaml
from sudachipy import SplitMode

from madobe.lib.tokens import tokenizer

KANJI = r"[々〆㐀-䶿一-鿿豈-﫿]"
_HAS_KANJI = re.compile(KANJI)
# 外ヶ浜町: the small ケ between kanji is read with them.
_RUNS = re.compile(rf"({KANJI}+(?:[ヶケ]{KANJI}+)*)")
_MARKUP = re.compile(r"""<!--.*?-->|<[!?/A-Za-z](?:[^>"']|"[^"]*"|'[^']*')*>""", re.DOTALL)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_LANG = re.compile(r"""\slang\s*=\s*["']?([A-Za-z-]*)""")
# The analyser takes 日・祝日 for one word, and no more than some 16,000 characters at a time.
_PIECE = re.compile(r"[^・。\n]{1,4000}")
_ENTITY = re.compile(r"(&#?\w+;)")

VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    }
)
# Their content is not text that is read on the page, or cannot hold markup, or has its readings already.
PLAIN = frozenset(
    {
        "title",
        "textarea",
        "option",
        "select",
        "script",
        "style",
        "svg",
        "math",
        "ruby",
        "rt",
        "rp",
        "template",
    }
)
RAW = frozenset({"title", "textarea", "script", "style"})  # what looks like a tag inside is none

_LONGEST_WORD = 8  # morphemes
_KEPT = 8_192  # text nodes

_sources: list[Callable[[], Mapping[str, str]]] = []
_known: dict[str, str] = {}


def teach(names: Callable[[], Mapping[str, str]]) -> None:
    """Take names with their kana from another floor, asked for once, at the first page with furigana.

    An empty kana means: the name is read in more than one way, so it gets no ruby.
    """
    _sources.append(names)
    _words.cache_clear()
    _known.clear()


def with_furigana(html: str, *, keep: bool = True) -> str:
    """The same page with ruby over its kanji.

    keep: whether text nodes may stay in memory for the next page. False where a page repeats what
    somebody wrote.
    """
    out: list[str] = []
    open_tags: list[tuple[str, bool]] = []  # name, whether its text gets furigana
    at = 0
    while at < len(html):
        markup = _MARKUP.search(html, at)
        end = markup.start() if markup else len(html)
        if end > at:
            text = html[at:end]
            out.append(_annotated(text, keep) if not open_tags or open_tags[-1][1] else text)
        if markup is None:
            break
        out.append(markup.group())
        at = markup.end()
        tag = _TAG.match(markup.group())
        if tag is None:
            continue
        closing, name = tag[1], tag[2].lower()
        if closing:
            _close(open_tags, name)
        elif name not in VOID and not markup.group().endswith("/>"):
            outer = not open_tags or open_tags[-1][1]
            open_tags.append((name, _reads(markup.group(), name, open_tags, outer)))
            if name in RAW:
                close = re.compile(rf"</{name}", re.IGNORECASE).search(html, at)
                stop = close.start() if close else len(html)
                out.append(html[at:stop])
                at = stop
    return "".join(out)


def _close(open_tags: list[tuple[str, bool]], name: str) -> None:
    """Close the nearest element of that name, with those inside it whose end tag HTML lets one leave out."""
    for place in range(len(open_tags) - 1, -1, -1):
        if open_tags[place][0] == name:
            del open_tags[place:]
            return


def _reads(tag: str, name: str, open_tags: list[tuple[str, bool]], outer: bool) -> bool:
    if name in PLAIN or any(opened in PLAIN for opened, _ in open_tags):
        return False
    lang = _LANG.search(tag)
    return lang[1].lower().split("-")[0] == "ja" if lang else outer


def _annotated(text: str, keep: bool) -> str:
    if not _HAS_KANJI.search(text):
        return text
    known = _known.get(text)
    if known is None:
        known = "".join(
            part if part.startswith("&") else _ruby(part) for part in _ENTITY.split(text)
        )
        if keep:
            if len(_known) >= _KEPT:
                _known.clear()
            _known[text] = known
    return known


def _ruby(text: str) -> str:
    out, at = [], 0
    for start, end, reading in readings(text):
        out.append(text[at:start])
        out.append(f"<ruby>{text[start:end]}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>")
        at = end
    return "".join([*out, text[at:]])


# --- reading ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Context:
    """Where `pattern` stands, the kanji of its first group are read so."""

    pattern: re.Pattern[str]
    reading: str


def readings(text: str) -> list[tuple[int, int, str]]:
    """Every run of kanji in a plain text: start, end, reading in hiragana; in order, without overlap.

    A run whose reading is not known, or not certain, is left out.
    """
    if not _HAS_KANJI.search(text):
        return []
    spans = {
        (piece.start() + start, piece.start() + end): kana
        for piece in _PIECE.finditer(text)
        for start, end, kana in _analysed(piece.group())
    }
    for context in _contexts():
        for match in context.pattern.finditer(text):
            start, end = match.span(1)
            # A rule speaks of a whole run of kanji, not of a part of a longer word (時 of 時間).
            if (start, end) in spans or not any(a < end and start < b for a, b in spans):
                spans[start, end] = context.reading
    return [(start, end, kana) for (start, end), kana in sorted(spans.items()) if kana]


def _analysed(text: str) -> Iterator[tuple[int, int, str]]:
    """What the analyser and the table of words say of one piece."""
    morphemes = tokenizer().tokenize(text, SplitMode.C)
    bounds = [m.begin() for m in morphemes] + [len(text)]
    words = _words()
    place = 0
    while place < len(morphemes):
        width, reading = _word(text, bounds, place, words)
        if not width:
            width, reading = 1, morphemes[place].reading_form()
        yield from _aligned(text, bounds[place], bounds[place + width], reading)
        place += width


def _word(text: str, bounds: list[int], place: int, words: Mapping[str, str]) -> tuple[int, str]:
    """The longest word of the tables that begins at this morpheme: how many morphemes, and its kana."""
    for width in range(min(_LONGEST_WORD, len(bounds) - 1 - place), 0, -1):
        word = text[bounds[place] : bounds[place + width]]
        found = words.get(word)
        if found is not None:
            # 福島町 of 昭島市福島町 is a part of that city, not the town of the same name far away.
            in_address = word[-1] in "町村" and text[: bounds[place]].endswith(
                ("市", "区", "町", "村")
            )
            return width, "" if in_address and word not in _table()["words"] else found
    return 0, ""


def _aligned(text: str, start: int, end: int, reading: str) -> Iterator[tuple[int, int, str]]:
    """Lay the kana of a word over its kanji; the kana it is written with stays outside."""
    surface, kana = text[start:end], jaconv.kata2hira(reading)
    if not _HAS_KANJI.search(surface):
        return
    parts = _RUNS.split(surface)  # kana, kanji, kana, kanji, …, kana
    pattern = "".join(
        "(.+?)" if place % 2 else re.escape(jaconv.kata2hira(part))
        for place, part in enumerate(parts)
    )
    match = re.fullmatch(pattern, kana)
    if match is None:
        return
    at = start
    for place, part in enumerate(parts):
        if place % 2:
            yield at, at + len(part), match[place // 2 + 1]
        at += len(part)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, str]]:
    file = resources.files("madobe.ui") / "tables" / "readings.yaml"
    return yaml.safe_load(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _words() -> Mapping[str, str]:
    taught = {name: kana for names in _sources for name, kana in names().items()}
    return taught | dict(_table()["words"])


@lru_cache(maxsize=1)
def _contexts() -> tuple[_Context, ...]:
    return tuple(
        _Context(re.compile(pattern), reading) for pattern, reading in _table()["contexts"].items()
    )
