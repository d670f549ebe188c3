"""Reading what somebody typed: one word, several, or a whole sentence, in any spelling.

Places become the area, words of the table become concepts, names stay words; all else is filler. So 「ひきこもり」,
「hikikomori」 and 「息子が部屋から出てこないのでどこに相談したらいいか」 ask for the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from madobe.directory.municipalities import Area, Found, Municipality, find_in_text, resolve
from madobe.directory.search.lexicon import Concept, by_id, concepts, fillers, typed_forms
from madobe.directory.search.question import LONGEST_TEXT
from madobe.lib.folding import Stream, fold
from madobe.lib.tokens import tokenizer

__all__ = [
    "MOST_TERMS",
    "Concept",
    "Reading",
    "Term",
    "by_id",
    "concepts",
    "fold",
    "read",
    "read_text",
]

MOST_TERMS = 8  # of one question; further ones are not read
LONGEST_NAME = (
    12  # characters of one word typed apart that may be a name, whatever the dictionary makes of it
)

_GAPS = re.compile(r"[\s、。､｡？?！!「」｢｣『』（）()【】\[\],.，．・･/／…‥:：;；~〜\"'”“’‘]+")
_KANJI = re.compile("[々一-鿿]")
_BINDS = ("助詞", "助動詞", "動詞", "形容詞", "代名詞", "連体詞", "接続詞", "感動詞")
_TOWN = frozenset("市区町村都道府県")


@dataclass(frozen=True)
class Term:
    """One thing asked for: `shown` as the visitor wrote it; a concept's id, or else the folded `word`."""

    shown: str
    concept: str | None
    word: str


@dataclass(frozen=True)
class Reading:
    """What a text asks for. `places`: named in it, in order; `is_urgent`: it speaks of danger to life."""

    terms: tuple[Term, ...] = ()
    places: tuple[Found, ...] = ()
    is_urgent: bool = False

    @property
    def area(self) -> Area | None:
        """The one place the text names without doubt, or None."""
        areas = {found.area for found in self.places}
        return areas.pop() if len(areas) == 1 else None

    @property
    def candidates(self) -> tuple[Municipality, ...]:
        """Places that share a name the text says, where it is not known which is meant."""
        return tuple(
            one
            for found in self.places
            if found.area is None
            for one in found.candidates
            if isinstance(one, Municipality)
        )


class _Token(NamedTuple):
    start: int
    end: int
    surface: str
    kind: str  # 名詞, 助詞 …
    detail: str  # 固有名詞, 普通名詞 …
    sort: str  # 地名 …
    unknown: bool


class _Span(NamedTuple):
    """A form of the table in the text: offsets of the original; `concept` "" where it means something else."""

    start: int
    end: int
    concept: str


def read_text(text: str) -> tuple[Term, ...]:
    """This will give what a text asks for, each thing once, in the order written. Never fails."""
    return read(text).terms


def read(text: str) -> Reading:
    """This will read a text of any length (the first `LONGEST_TEXT` characters count). Never fails."""
    written = (
        text[:LONGEST_TEXT].encode("utf-8", "ignore").decode()
    )  # halves of characters fall away
    if not written.strip():
        return Reading()
    tokens = _tokens(written)
    places = _places(written, tokens)
    spans = [
        span
        for span in _spans(Stream.of(written), tokens)
        if not any(span.start < found.end and found.start < span.end for found in places)
    ]
    meant = [span for span in spans if span.concept]
    told = [one for one in meant if not by_id()[one.concept].only_alone]
    covered = [(one.start, one.end) for one in spans] + [(one.start, one.end) for one in places]
    words = _words(written, tokens, covered, has_concepts=bool(told))
    if not told and not words:
        told = meant
        words = [] if meant else _last_resort(written, tokens, covered, anything=not places)
    terms: dict[tuple[str, str], tuple[int, Term]] = {}
    for span in told:
        term = Term(_whole(written, span, tokens), span.concept, "")
        terms.setdefault((span.concept, ""), (span.start, term))
    for start, end in words:
        word = fold(written[start:end]).strip("、。？「」")
        if word:
            terms.setdefault(("", word), (start, Term(written[start:end].strip(), None, word)))
    in_order = sorted(terms.values(), key=lambda pair: pair[0])
    return Reading(
        terms=tuple(term for _, term in in_order)[:MOST_TERMS],
        places=tuple(places),
        is_urgent=any(by_id()[span.concept].urgent for span in meant),
    )


# --- words of the table ---------------------------------------------------------------------------


@cache
def _lengths() -> Mapping[str, tuple[int, ...]]:
    """For the first character of every form the lengths worth trying, longest first."""
    lengths: dict[str, set[int]] = {}
    for form in typed_forms():
        lengths.setdefault(form[0], set()).add(len(form))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def _spans(stream: Stream, tokens: Sequence[_Token]) -> list[_Span]:
    """The forms in a text, from left to right, the longest first, without overlaps."""
    text, forms, lengths = stream.text, typed_forms(), _lengths()
    home = {at: token for token in tokens for at in range(token.start, token.end)}
    found: list[_Span] = []
    at = 0
    while at < len(text):
        for length in lengths.get(text[at], ()):
            concept = forms.get(text[at : at + length])
            if concept is None or at + length > len(text):
                continue
            start, end = stream.starts[at], stream.ends[at + length - 1]
            if _is_word(stream.original, start, end, length, concept, home):
                found.append(_Span(start, end, concept))
                at += length
                break
        else:
            at += 1
    return found


def _is_word(
    original: str, start: int, end: int, length: int, concept: str, home: Mapping[int, _Token]
) -> bool:
    """Whether the form is meant: kana and letters may lie inside another word (しにた in はなしにたい)."""
    if not concept or _KANJI.match(original[start]):
        return True
    first, last = home.get(start), home.get(end - 1)
    if first is None or last is None:
        return True
    if original[start].isascii():  # LINE in online
        return not (
            (start > 0 and original[start - 1].isascii() and original[start - 1].isalnum())
            or (end < len(original) and original[end].isascii() and original[end].isalnum())
        )
    if by_id()[concept].urgent:
        return True  # missing it would be worse
    if length <= 2 and (first.start < start or last.end > end):
        return False
    inside = first.start < start
    sure = bool(_KANJI.search(first.surface)) or (
        first.kind == "名詞" and len(first.surface) >= 3 and not first.unknown
    )
    return not (inside and sure)


def _whole(text: str, span: _Span, tokens: Sequence[_Token]) -> str:
    """The words as typed, drawn out to the end of the word and its ending: 声を出さ → 声を出さずに."""
    end = span.end
    for one in tokens:
        bound = (
            one.start == end and one.kind == "助動詞" and one.surface not in ("です", "だ", "な")
        )
        if one.start < end < one.end or bound:
            end = one.end
    return text[span.start : end].strip()


# --- places ---------------------------------------------------------------------------------------


def _places(text: str, tokens: Sequence[_Token]) -> list[Found]:
    """Places named in a sentence, and names typed apart or at the end of a word (ウェルビー浜松)."""
    found = list(find_in_text(text))
    apart = len([part for part in _GAPS.split(text) if part]) > 1
    at = 0
    while at < len(tokens):
        first = tokens[at]
        at += 1
        if first.sort != "地名" or any(
            one.start < first.end > one.start for one in found if first.start < one.end
        ):
            continue
        end = first.end
        if at < len(tokens) and tokens[at].start == end and tokens[at].surface in _TOWN:
            end = tokens[at].end
            at += 1
        if not _stands_apart(text, first.start, end, kana_too=apart):
            continue
        meant = resolve(text[first.start : end])
        if meant.area is not None or meant.candidates:
            found.append(Found(first.start, end, meant.candidates, meant.area, lives=False))
    return sorted(found, key=lambda one: one.start)


def _stands_apart(text: str, start: int, end: int, *, kana_too: bool) -> bool:
    """Whether a name is not a piece of a longer one (千歳 in 千歳烏山)."""
    if end - start < 2:
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    if not _KANJI.search(text[start:end]):
        whole = not before.strip() and not after.strip()
        return kana_too and whole and end - start >= 3
    return not _KANJI.match(before) and not _KANJI.match(after)


# --- what is left over ----------------------------------------------------------------------------


def _tokens(text: str) -> list[_Token]:
    found = []
    for one in tokenizer().tokenize(text):
        kind, detail, sort = one.part_of_speech()[:3]
        found.append(
            _Token(one.begin(), one.end(), one.surface(), kind, detail, sort, one.is_oov())
        )
    return found


def _words(
    text: str, tokens: Sequence[_Token], covered: Sequence[tuple[int, int]], *, has_concepts: bool
) -> list[tuple[int, int]]:
    """Places in the text of words no concept knows and that ask for something."""
    found: list[tuple[int, int]] = []
    for start, end, is_whole in _pieces(text, covered):
        inside = [one for one in tokens if start <= one.start and one.end <= end]
        if not inside or all(_says_nothing(one) for one in inside):
            continue
        binds = any(one.kind in _BINDS for one in inside)
        is_name = any(one.unknown or one.detail == "固有名詞" for one in inside)
        if not binds and (is_whole or is_name or not has_concepts):
            found.append(_trimmed(inside))
        elif binds and is_whole and _may_be_name(text[start:end], inside):
            found.append((start, end))
        elif binds:
            found.extend(_nouns(inside, names_only=has_concepts))
    return found


def _pieces(text: str, covered: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Stretches between gaps that nothing has read yet; and whether one is all of what was typed together."""
    at = 0
    for gap in [*_GAPS.finditer(text), None]:
        start, end = at, gap.start() if gap else len(text)
        at = gap.end() if gap else end
        cuts = sorted((max(a, start), min(b, end)) for a, b in covered if a < end and start < b)
        place = start
        for a, b in [*cuts, (end, end)]:
            if place < a:
                yield place, a, not cuts
            place = max(place, b)


def _says_nothing(token: _Token) -> bool:
    return (
        token.kind in ("助詞", "助動詞", "補助記号", "空白", "記号", "接続詞", "接尾辞", "代名詞")
        or token.detail == "数詞"
        or fold(token.surface) in fillers()
        or not fold(token.surface)
    )


def _trimmed(inside: Sequence[_Token]) -> tuple[int, int]:
    """The stretch without what says nothing at either end."""
    telling = [one for one in inside if not _says_nothing(one)]
    return telling[0].start, telling[-1].end


def _may_be_name(piece: str, inside: Sequence[_Token]) -> bool:
    """りゆうす and すきっぷ are taken apart by the dictionary; they stand alone, in kana, and end in no ending."""
    return (
        len(piece) <= LONGEST_NAME
        and not _KANJI.search(piece)
        and inside[-1].kind not in ("助詞", "助動詞", "形容詞")
        and fold(piece) not in fillers()
    )


def _nouns(inside: Sequence[_Token], *, names_only: bool) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for one in inside:
        if one.kind != "名詞" or _says_nothing(one):
            continue
        if names_only and not (one.unknown or one.detail == "固有名詞"):
            continue
        if found and found[-1][1] == one.start:
            found[-1] = (found[-1][0], one.end)
        else:
            found.append((one.start, one.end))
    return found


def _last_resort(
    text: str,
    tokens: Sequence[_Token],
    covered: Sequence[tuple[int, int]],
    *,
    anything: bool,
) -> list[tuple[int, int]]:
    """Nothing was read: short pieces as they stand (ここから), else verbs and adjectives."""
    pieces = [(a, b) for a, b, whole in _pieces(text, covered) if whole]
    short = [
        (a, b)
        for a, b in pieces
        if b - a <= LONGEST_NAME and (anything or fold(text[a:b]) not in fillers())
    ]
    if short and len(pieces) <= 3:
        return short
    return [
        (one.start, one.end)
        for one in tokens
        if one.kind in ("動詞", "形容詞", "形状詞") and len(one.surface) > 1
    ]
