"""Entries that may be the same one, with reasons in words and no score.

Only entries that share something rare are compared (a number, an address, a page, a name within one town):
25,000 entries need some ten thousand comparisons instead of three hundred million. A thing many entries share
(the switchboard of a town hall) says nothing by itself.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from math import cos, radians
from urllib.parse import urlsplit

from madobe.directory.municipalities.spelling import fold

LARGEST_BLOCK = 60  # entries sharing one key; beyond, only names that are equal are compared
NEAR_METRES = 120
VERY_ALIKE, ALIKE = 0.8, 0.5
RARE = 3  # a number or page so few share says something even where names differ
_LEGAL = re.compile(
    r"社会福祉法人|特定非営利活動法人|npo法人|(?:一般|公益)(?:社団|財団)法人|(?:特定|社会)?医療法人(?:社団|財団)?|"
    r"株式会社|合同会社|有限会社|独立行政法人|\((?:福|社福|株|有|特非|医)\)"
)
_SAME_FORM = {
    "npo法人": "特定非営利活動法人", "(特非)": "特定非営利活動法人", "(株)": "株式会社", "(有)": "有限会社",
    "(福)": "社会福祉法人", "(社福)": "社会福祉法人", "(医)": "医療法人",
}  # fmt: skip
_MARKS = re.compile(
    r"[\s・･,，、。.．/／\-－‐―ー~〜「」『』()（）\[\]【】<>＜＞&＆'’\"”:：!！?？]+"
)
_STREET = re.compile(r"丁目|番地の?|番|号|の(?=\d)")
_DIGITS = re.compile(r"\d+")
_KANJI_NUMBER = str.maketrans("一二三四五六七八九〇", "1234567890")


@dataclass(frozen=True)
class Entry:
    """What one entry is compared by. `group`: the kinds it is of; `programmes`: what a register lists it under.
    Two of different kinds, or listed apart by a register, are not the same.
    """

    id: str
    name: str
    municipality: str = ""
    other_names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    address: str = ""
    corporate_number: str = ""
    website: str = ""
    latitude: float | None = None
    longitude: float | None = None
    group: frozenset[str] = frozenset()
    programmes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Pair:
    """Two entries that may be one, and why: "name", "alike", "phone", "address", "number", "website", "near"."""

    first: str
    second: str
    reasons: tuple[str, ...]


@dataclass
class Found:
    """The pairs, and how much work it was."""

    pairs: list[Pair] = field(default_factory=list)
    comparisons: int = 0


@dataclass(frozen=True)
class _Keyed:
    entry: Entry
    names: frozenset[str]
    phones: frozenset[str]
    address: str
    website: str


def find_pairs(
    entries: Iterable[Entry],
    *,
    decided: Collection[tuple[str, str]] = (),
    one_number_each: bool = False,
) -> Found:
    """This will give the pairs that may be the same, the one with the smaller id first; not those `decided`.

    Of many that are all alike each is named once, beside one other: after a merge the rest are compared anew.
    `one_number_each`: a corporate number belongs to one entry (operators), not to many (their services).
    """
    keyed = {one.id: _keyed(one) for one in entries}
    blocks: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for one in keyed.values():
        for key in _keys(one):
            blocks[key].append(one.entry.id)
    sizes = {key: len(ids) for key, ids in blocks.items()}
    found, seen = Found(), set(decided)
    alike_pairs = []
    for ids in blocks.values():
        if len(ids) > LARGEST_BLOCK:
            continue
        for first, second in combinations(sorted(set(ids)), 2):
            if (first, second) in seen:
                continue
            seen.add((first, second))
            found.comparisons += 1
            reasons = _reasons(keyed[first], keyed[second], sizes, one_number_each)
            if reasons:
                alike_pairs.append(Pair(first, second, reasons))
    found.pairs = sorted(_each_once(alike_pairs), key=lambda pair: (pair.first, pair.second))
    return found


def _each_once(pairs: list[Pair]) -> Iterator[Pair]:
    """The pairs that join what no pair before joined, those with most in common first."""
    home: dict[str, str] = {}

    def root(one: str) -> str:
        while (above := home.get(one, one)) != one:
            one = above
        return one

    for pair in sorted(pairs, key=lambda pair: (-len(pair.reasons), pair.first, pair.second)):
        first, second = root(pair.first), root(pair.second)
        if first != second:
            home[max(first, second)] = min(first, second)
            yield pair


def folded_name(name: str) -> str:
    """This will give a name in one spelling: width, kana, old characters, legal forms and marks do not count."""
    plain = unicodedata.normalize("NFKC", name).lower()
    return _MARKS.sub("", fold(_LEGAL.sub("", plain))) or _MARKS.sub("", fold(plain))


def folded_address(address: str) -> str:
    """This will give an address in one spelling ("昭島市田中町１丁目17番1号" = "昭島市田中町1-17-1")."""
    plain = unicodedata.normalize("NFKC", address)
    plain = re.sub(r"〒?\s*\d{3}-\d{4}", "", plain)
    plain = re.sub(r"[一二三四五六七八九]+(?=丁目)", lambda m: m[0].translate(_KANJI_NUMBER), plain)
    plain = re.sub(r"(?<=\d)[-－‐―ー−](?=\d)", "-", _STREET.sub("-", plain))
    return re.sub(r"-+", "-", re.sub(r"\s+", "", fold(plain))).strip("-")


def alike(first: str, second: str) -> float:
    """This will give how much two folded names share, 0 to 1 (pairs of neighbouring characters)."""
    if _DIGITS.findall(first) != _DIGITS.findall(second):
        return 0.0  # 第一 and 第二 are two
    ours, theirs = _neighbours(first), _neighbours(second)
    both = sum(min(count, theirs.get(pair, 0)) for pair, count in ours.items())
    total = sum(ours.values()) + sum(theirs.values())
    return 2 * both / total if total else float(first == second)


def _neighbours(name: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for place in range(len(name) - 1):
        counts[name[place : place + 2]] = counts.get(name[place : place + 2], 0) + 1
    return counts


def _keyed(one: Entry) -> _Keyed:
    phones = ("".join(c for c in number if c.isdigit()) for number in one.phones)
    return _Keyed(
        entry=one,
        names=frozenset(filter(None, map(folded_name, (one.name, *one.other_names)))),
        phones=frozenset(number for number in phones if len(number) >= 9),
        address=folded_address(one.address),
        website=_page(one.website),
    )


def _page(url: str) -> str:
    """An address of a page; the front page of a site says who, not what, so it counts as well."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}" if host else ""


def _keys(one: _Keyed) -> Iterator[tuple[str, ...]]:
    entry = one.entry
    for name in one.names:
        yield ("name", entry.municipality, name)
    for number in one.phones:
        yield ("phone", number)
    if one.address:
        yield ("address", one.address)
    if entry.corporate_number:
        yield ("number", entry.corporate_number)
    if one.website:
        yield ("website", one.website)
    if entry.latitude is not None and entry.longitude is not None:
        row, column = round(entry.latitude * 500), round(entry.longitude * 500)  # about 200 m
        for down in (0, 1):
            for right in (0, 1):
                yield ("near", str(row + down), str(column + right))


def _reasons(
    one: _Keyed, other: _Keyed, sizes: dict[tuple[str, ...], int], one_number_each: bool
) -> tuple[str, ...]:
    """Why the two may be the same; () where it is not enough."""
    ours, theirs = one.entry, other.entry
    if one_number_each and _apart(_forms(ours.name), _forms(theirs.name)):
        return ()  # 株式会社エース and 一般社団法人エース
    if _apart(ours.group, theirs.group) or _apart(ours.programmes, theirs.programmes):
        return ()
    phones = one.phones & other.phones
    facts = {
        "phone": bool(phones),
        "address": bool(one.address) and one.address == other.address,
        "number": bool(ours.corporate_number) and ours.corporate_number == theirs.corporate_number,
        "website": bool(one.website) and one.website == other.website,
        "near": _is_near(ours, theirs),
    }
    same_name = bool(one.names & other.names)
    likeness = 1.0 if same_name else max(alike(a, b) for a in one.names for b in other.names)
    held = tuple(reason for reason, holds in facts.items() if holds)
    reasons = (*(("name",) if same_name else ("alike",) if likeness >= ALIKE else ()), *held)
    if one_number_each and facts["number"]:
        return reasons
    against = bool(one.phones and other.phones and not phones) + bool(
        one.address and other.address and not facts["address"]
    )
    is_rare_phone = any(sizes[("phone", number)] <= RARE for number in phones)
    is_rare_page = facts["website"] and sizes[("website", one.website)] <= RARE
    same_town = ours.municipality != "" and ours.municipality == theirs.municipality
    reachable = facts["phone"] or facts["address"]
    if (
        (same_name and (reachable or (same_town and against < 2)))
        or (same_name and against == 0 and (is_rare_page or facts["near"]))
        or (likeness >= VERY_ALIKE and reachable)
        or (likeness >= ALIKE and (is_rare_phone or facts["address"]) and len(held) >= 2)
        or (is_rare_phone and facts["address"] and facts["website"])
    ):
        return reasons
    return ()


def _forms(name: str) -> frozenset[str]:
    """The legal forms a name states."""
    found = _LEGAL.findall(unicodedata.normalize("NFKC", name).lower())
    return frozenset(_SAME_FORM.get(form, form) for form in found)


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


def _is_near(one: Entry, other: Entry) -> bool:
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return False
    assert one.latitude is not None
    assert one.longitude is not None
    assert other.latitude is not None
    assert other.longitude is not None
    north = (one.latitude - other.latitude) * 111_320
    east = (one.longitude - other.longitude) * 111_320 * cos(radians(one.latitude))
    return north**2 + east**2 <= NEAR_METRES**2
