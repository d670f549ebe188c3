"""What an editor should look at twice. A doubt never stops anything from being saved."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

SHORT_NUMBER = re.compile(r"#\d{4}|1\d{2}")  # #8008, 110
TEN_DIGITS = re.compile(r"0(?!(?:50|70|80|90|800))[1-9]\d{8}|0(?:120|570|990|180)\d{6}")
ELEVEN_DIGITS = re.compile(r"0[5789]0\d{8}|0800\d{7}|020\d{8}")
EXTENSION_IN_TEXT = re.compile(r"内線\D{0,2}(\d{2,6}(?:\s*[-~〜～ー－–]\s*\d{2,6})?)")
ALIKE = 0.88  # share of letters two spellings of one long name have in common
LONG_ENOUGH = 6
_SAME = (("引き", "ひき"), ("籠", "こも"), ("子供", "子ども"))


@dataclass(frozen=True)
class Doubt:
    """One thing to look at. `kind` chooses the sentence; `this` and `other` are what stands side by side."""

    kind: str  # "number" | "spelling" | "extension" | "alias" | "hours"
    this: str
    other: str = ""


def doubts(
    facts: Mapping[str, Any],
    *,
    own_names: Iterable[str] = (),
    other_names: Iterable[str] = (),
    other_phones: Iterable[tuple[str, str]] = (),
    hours_readable: bool = True,
) -> list[Doubt]:
    """This will give what looks odd in an entry.

    `own_names`: other names of the same organization; `other_names`: names of other services;
    `other_phones`: (number, extension) its organization's other entries show.
    """
    found = [Doubt("number", one["number"]) for one in facts["phones"] if is_odd(one["number"])]
    known = {facts["name"], facts["alternate_name"], *facts["aliases"]}
    found += [
        Doubt("spelling", facts["name"], name)
        for name in sorted({*own_names} - known - {""})
        if two_spellings(facts["name"], name)
    ]
    found += _extensions(facts, other_phones)
    taken = set(other_names)
    found += [Doubt("alias", alias) for alias in facts["aliases"] if alias in taken]
    if not hours_readable:
        found.append(Doubt("hours", ""))
    return found


def is_odd(number: str) -> bool:
    """This will tell whether a number does not look like one that can be called in Japan."""
    plain = unicodedata.normalize("NFKC", number)
    digits = re.sub(r"[\s()-]", "", plain)
    return not (
        SHORT_NUMBER.fullmatch(digits)
        or (len(digits) == 10 and TEN_DIGITS.fullmatch(digits))
        or (len(digits) == 11 and ELEVEN_DIGITS.fullmatch(digits))
    )


def two_spellings(one: str, other: str) -> bool:
    """This will tell whether two names seem to be one, written in two ways."""
    if one == other:
        return False
    left, right = _folded(one), _folded(other)
    if left == right:
        return True
    if min(len(left), len(right)) < LONG_ENOUGH or _numbers(left) != _numbers(right):
        return False
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= ALIKE


def extension_text(phone: Mapping[str, Any]) -> str:
    """This will give an extension as people write it: "2855", "2853-2856", "" for none."""
    first, last = phone.get("extension"), phone.get("extension_last")
    if first is None:
        return ""
    return f"{first}-{last}" if last is not None else str(first)


def _extensions(
    facts: Mapping[str, Any], other_phones: Iterable[tuple[str, str]]
) -> Sequence[Doubt]:
    """Two forms of one extension: beside the same number elsewhere, or in the entry's own sentences (S4-26)."""
    own = {(one["number"], extension_text(one)) for one in facts["phones"] if extension_text(one)}
    found = [
        Doubt("extension", extension, other)
        for number, extension in sorted(own)
        for other_number, other in sorted(set(other_phones))
        if other and other_number == number and other != extension
    ]  # fmt: skip
    shown = {extension for _number, extension in own}
    for name in ("role_text", "content_text", "application_process", "hours_prose", "first_visit"):
        for written in EXTENSION_IN_TEXT.findall(facts.get(name) or ""):
            plain = re.sub(r"\s*[-~〜～ー－–]\s*", "-", unicodedata.normalize("NFKC", written))
            if shown and plain not in shown:
                found.append(Doubt("extension", sorted(shown)[0], plain))
    return list(dict.fromkeys(found))


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name)
    for written, usual in _SAME:
        plain = plain.replace(written, usual)
    return re.sub(r"[\s・･\-‐－ー―、,.()（）「」]", "", plain).casefold()


def _numbers(name: str) -> list[str]:
    return re.findall(r"\d+|[一二三四五六七八九十東西南北]", name)
