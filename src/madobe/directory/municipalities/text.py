"""Finding places in a running sentence: the longest name wins, and a word is not taken for a town.

つがる, 大人, 朝日 and 津 are words as well as places, and 中村 and 大村 are people: a name without 市・区・町・村
counts only where the sentence says that somebody lives there, or after its prefecture.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from . import table
from .context import (
    ALSO_WORDS,
    FAMILY_NAMES,
    IS,
    LINK,
    LIVES,
    MAY_STAND_BEFORE,
    NEAR,
    OPENS,
    PERSON,
)
from .spelling import fold
from .table import Area, Municipality, Prefecture
from .writing import biggest, names


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text. `area` is None where several places share the name; then `candidates` are those.

    A prefecture alone is its own only candidate (a two-digit code). Unpacks as (start, end, candidates).
    `lives` says that the sentence itself tells that somebody
    lives there (or that it is where help is looked for); otherwise the place is only mentioned.
    """

    start: int
    end: int
    candidates: tuple[Municipality | Prefecture, ...]
    area: Area | None
    lives: bool

    def __iter__(self) -> Iterator[Any]:
        return iter((self.start, self.end, self.candidates))


@dataclass(frozen=True, slots=True)
class _Name:
    codes: tuple[str, ...]  # six-digit codes, or two digits of one prefecture
    sure: bool  # with 市・区・町・村・都・府・県
    kana: bool


@cache
def _dictionary() -> tuple[Mapping[str, _Name], Mapping[str, tuple[int, ...]]]:
    """All folded names, and for every first character the lengths worth trying, longest first."""
    entries: dict[str, _Name] = {}
    known = names()
    for sure, forms in ((False, known.bare), (True, known.full)):
        for form, codes in forms.items():
            kana = _all_kana(form) and not any(
                fold(table.every_row()[c].name) == form for c in codes
            )
            if kana and len(form) < 3:
                continue
            if not sure and any(_half_a_ward(form, code, kana) for code in codes):
                continue
            before = entries.get(form)
            if before is None or sure:
                entries[form] = _Name(biggest(codes, is_bare=not sure), sure, kana)
    for prefecture in table.prefectures().values():
        for form, sure in (
            (prefecture.short_kana, False),
            (prefecture.kana, True),
            (prefecture.short, False),
            (prefecture.name, True),
        ):
            entries[fold(form)] = _Name((prefecture.code,), sure, _all_kana(form))
    lengths: dict[str, set[int]] = {}
    for form in entries:
        lengths.setdefault(form[0], set()).add(len(form))
    return entries, {first: tuple(sorted(of, reverse=True)) for first, of in lengths.items()}


def _half_a_ward(form: str, code: str, kana: bool) -> bool:
    """名古屋市中 stands in 名古屋市中心部, 大阪港 is a port: a ward without 区 only as 横浜青葉."""
    row = table.every_row()[code]
    return row.kind == "ward" and (kana or len(row.name) == 2 or "市" in form[:-1])


def _all_kana(form: str) -> bool:
    return all("ぁ" <= char <= "ゖ" or char == "ー" for char in form)


def find_in_text(text: str) -> list[Found]:
    """This will find the places named in a text, in order, without overlaps; offsets are those of `text`."""
    folded, offsets = _folded(text)
    entries, lengths = _dictionary()
    found: list[Found] = []
    before: tuple[int, int, str] | None = None  # a prefecture: start, end in folded, code
    position, size = 0, len(folded)
    while position < size:
        name, end = None, position
        for length in lengths.get(folded[position], ()):
            candidate = (
                entries.get(folded[position : position + length])
                if position + length <= size
                else None
            )
            if candidate is not None and _may_be_named(
                folded, position, position + length, candidate, before, found, offsets
            ):
                name, end = candidate, position + length
                break
        if name is None:
            position += 1
            continue
        start, codes = position, name.codes
        if len(codes[0]) == 2:
            if not _follows_name_of(codes[0], folded, end) and _counts(folded, start, end, name):
                _add(found, _prefecture(folded, offsets, start, end, codes[0]))
            before = (start, end, codes[0])
        else:
            if before is not None and _linked(folded, before[1], start):
                within = tuple(
                    code
                    for code in _every_code(folded[start:end], name)
                    if code.startswith(before[2])
                )
                if within:
                    start, codes = before[0], within
                    if found and found[-1].start == offsets[start]:
                        found.pop()
            _add(found, _municipality(folded, offsets, start, end, codes, text))
            before = None
        position = end
    return found


def _may_be_named(
    folded: str,
    start: int,
    end: int,
    name: _Name,
    before: tuple[int, int, str] | None,
    found: list[Found],
    offsets: list[int],
) -> bool:
    """Whether these characters are meant as a place here."""
    if len(name.codes[0]) == 2:
        return name.sure or not name.kana or LIVES.match(folded, end) is not None
    if before is not None and _linked(folded, before[1], start):
        if any(code.startswith(before[2]) for code in _every_code(folded[start:end], name)):
            return not (name.kana and not name.sure)
        if before[1] == start and not name.sure:
            return False
    # 朝日町 right after 昭島市 is a street of that city, not a town.
    if found and found[-1].end == offsets[start] and folded[end - 1] in "町村":
        return False
    return _counts(folded, start, end, name)


def _counts(folded: str, start: int, end: int, name: _Name) -> bool:
    previous = folded[start - 1] if start else ""
    glued = "一" <= previous <= "鿿" and previous not in MAY_STAND_BEFORE
    lives = LIVES.match(folded, end) is not None
    if name.kana:
        return lives or (
            name.sure
            and IS.match(folded, end) is not None
            and OPENS.search(folded, 0, start) is not None
        )
    if PERSON.match(folded, end):
        return False
    words = folded[start:end]
    if name.sure:
        if len(name.codes[0]) == 2 or len(words) > 3:
            return True
        if len(words) == 3:
            return not (glued and words[-1] in "町村")
        return not glued and (words[-1] in "市区" or lives or NEAR.match(folded, end) is not None)
    if glued or (
        end < len(folded) and folded[end] in "線駅駐港橋川山湾沖弁産駒県府都" and not lives
    ):
        return False
    if lives:
        return True
    if len(words) == 1:
        return False
    if NEAR.match(folded, end):
        return True
    if len(words) >= 3 and not _all_kana(words) and words not in ALSO_WORDS:
        return True
    opens = OPENS.search(folded, max(0, start - 12), start) is not None or start == 0
    return (
        opens
        and words not in FAMILY_NAMES | ALSO_WORDS
        and not _all_kana(words)
        and IS.match(folded, end) is not None
    )


def _follows_name_of(prefecture: str, folded: str, end: int) -> bool:
    """Whether a municipality of this prefecture is named right after it (東京の府中): then that one is meant."""
    entries, lengths = _dictionary()
    link = LINK.match(folded, end)
    start = link.end() if link else end
    if start >= len(folded):
        return False
    for length in lengths.get(folded[start], ()):
        name = entries.get(folded[start : start + length])
        if name is not None and not name.kana and len(name.codes[0]) == 6:
            return any(
                code.startswith(prefecture)
                for code in _every_code(folded[start : start + length], name)
            )
    return False


def _every_code(words: str, name: _Name) -> tuple[str, ...]:
    """青森の横浜 is the town: after a prefecture the small ones count, too."""
    return name.codes if name.sure else names().bare.get(words, name.codes)


def _linked(folded: str, end: int, start: int) -> bool:
    return start - end <= 4 and LINK.fullmatch(folded, end, start) is not None


def _lives(folded: str, end: int) -> bool:
    return LIVES.match(folded, end) is not None or NEAR.match(folded, end) is not None


def _prefecture(folded: str, offsets: list[int], start: int, end: int, code: str) -> Found:
    one = table.prefectures()[code]
    area = Area(prefecture=code, name=one.name)
    return Found(offsets[start], offsets[end], (one,), area, _lives(folded, end))


def _municipality(
    folded: str, offsets: list[int], start: int, end: int, codes: tuple[str, ...], text: str
) -> Found:
    found = tuple(table.every_row()[code] for code in codes)
    found = tuple(row for row in found if row.valid_to is None) or found
    words = text[offsets[start] : offsets[end]]
    exact = tuple(row for row in found if words.endswith(row.name))
    found = exact or found
    area = table.area_of(found[0]) if len(found) == 1 else None
    return Found(offsets[start], offsets[end], found, area, _lives(folded, end))


def _add(found: list[Found], new: Found) -> None:
    """Put a ward together with the designated city named just before it (横浜市 青葉区)."""
    if found and new.start - found[-1].end <= 2:
        cities = {row.code for row in found[-1].candidates}
        wards = tuple(
            row for row in new.candidates if isinstance(row, Municipality) and row.parent in cities
        )
        if wards:
            area = table.area_of(wards[0]) if len(wards) == 1 else None
            found[-1] = Found(found[-1].start, new.end, wards, area, new.lives)
            return
    found.append(new)


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text, and for every position in it (and its end) the offset in `text`."""
    if unicodedata.is_normalized("NFKC", text):
        return fold(text), list(range(len(text) + 1))
    pieces: list[str] = []
    offsets: list[int] = []
    position = 0
    while position < len(text):
        end = position + 1
        while end < len(text) and text[end] in "ﾞﾟ\u3099\u309a":
            end += 1
        piece = unicodedata.normalize("NFKC", text[position:end])
        pieces.append(piece)
        offsets.extend([position] * len(piece))
        position = end
    offsets.append(len(text))
    return fold("".join(pieces)), offsets
