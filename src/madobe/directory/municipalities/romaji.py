"""Place names in Latin letters, as an English reader types them: Akishima, Fuchu-shi, Kita-ku, "Fuchu, Tokyo"."""

import re
from collections.abc import Mapping
from functools import cache

from . import table
from .writing import KANA_ENDINGS, biggest

_ONE = dict(
    zip(
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをんがぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽ",
        [
            "a",
            "i",
            "u",
            "e",
            "o",
            "ka",
            "ki",
            "ku",
            "ke",
            "ko",
            "sa",
            "shi",
            "su",
            "se",
            "so",
            "ta",
            "chi",
            "tsu",
            "te",
            "to",
            "na",
            "ni",
            "nu",
            "ne",
            "no",
            "ha",
            "hi",
            "fu",
            "he",
            "ho",
            "ma",
            "mi",
            "mu",
            "me",
            "mo",
            "ya",
            "yu",
            "yo",
            "ra",
            "ri",
            "ru",
            "re",
            "ro",
            "wa",
            "i",
            "e",
            "o",
            "n",
            "ga",
            "gi",
            "gu",
            "ge",
            "go",
            "za",
            "ji",
            "zu",
            "ze",
            "zo",
            "da",
            "ji",
            "zu",
            "de",
            "do",
            "ba",
            "bi",
            "bu",
            "be",
            "bo",
            "pa",
            "pi",
            "pu",
            "pe",
            "po",
        ],
        strict=True,
    )
)
_SMALL = {"ゃ": "a", "ゅ": "u", "ょ": "o"}
_MACRONS = str.maketrans("āīūēōâîûêô", "aiueoaiueo")
_KINDS = {
    "city": "市", "shi": "市", "ward": "区", "ku": "区", "town": "町", "machi": "町", "cho": "町", "village": "村",
    "mura": "村", "son": "村", "prefecture": "", "pref": "", "ken": "", "fu": "", "to": "",
}  # fmt: skip


def romaji(kana: str) -> str:
    """This will write hiragana in Hepburn letters, long vowels short: しんじゅく -> shinjuku, おおさか -> osaka."""
    out: list[str] = []
    doubled = False
    for char in kana:
        if char == "っ":
            doubled = True
            continue
        if char in _SMALL and out:
            stem = out.pop()[:-1]
            glide = "" if stem.endswith(("sh", "ch", "j")) else "y"
            out.append(f"{stem}{glide}{_SMALL[char]}")
            continue
        letters = _ONE.get(char, "")
        if doubled and letters:
            letters = ("t" if letters.startswith("ch") else letters[0]) + letters
            doubled = False
        out.append(letters)
    return _short("".join(out))


def _short(letters: str) -> str:
    """Long vowels as one, m before b, m, p as n: Ōsaka, Oosaka and Osaka; Gumma and Gunma."""
    plain = re.sub(r"oo|ou|oh(?![aiueo])", "o", letters).replace("uu", "u")
    return re.sub(r"m(?=[bmp])", "n", plain)


@cache
def _known() -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]:
    """Prefectures by their short name, and municipalities and wards by the name without its kind."""
    prefectures = {romaji(one.short_kana): one.code for one in table.prefectures().values()}
    places: dict[str, list[str]] = {}
    for code, row in table.every_row().items():
        if row.valid_to is None:
            ending = next((end for end in KANA_ENDINGS[row.name[-1]] if row.kana.endswith(end)), "")
            places.setdefault(romaji(row.kana.removesuffix(ending)), []).append(code)
    return prefectures, {name: tuple(codes) for name, codes in places.items()}


def codes_of(text: str) -> tuple[str, tuple[str, ...]]:
    """This will give the prefecture named ("" for none) and the codes the place may have (() for none)."""
    prefectures, places = _known()
    parts = [part.strip() for part in text.lower().translate(_MACRONS).split(",")]
    prefecture = ""
    if len(parts) > 1:
        prefecture = prefectures.get(_parse(parts[-1])[0], "")
        parts = parts[:-1] if prefecture or parts[-1] in ("japan", "") else parts
    name, kind = _parse(parts[0])
    if not prefecture and len(parts) == 1 and not kind and name in prefectures:
        return prefectures[name], ()
    codes = tuple(
        code
        for code in places.get(name, ())
        if code.startswith(prefecture) and table.every_row()[code].name.endswith(kind)
    )
    if not kind:  # a ward is written as one: Kita-ku
        codes = tuple(code for code in codes if table.every_row()[code].kind != "ward") or codes
    return prefecture, biggest(codes, is_bare=not kind)


def _parse(part: str) -> tuple[str, str]:
    """The name in short letters, and 市, 区, 町 or 村 where its kind is said."""
    words = re.findall(r"[a-z']+", part)
    kind = ""
    if len(words) > 1 and words[-1] in _KINDS:
        kind = _KINDS[words.pop()]
    return _short("".join(words).replace("'", "")), kind
