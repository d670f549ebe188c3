"""From what somebody typed into one field to one municipality, or to the question which one is meant."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from . import table
from .postal import area_code_of
from .spelling import fold, plain
from .table import Area, Municipality

# How each kind ends in kana; people also write a town's まち as ちょう and the other way round.
KANA_ENDINGS = {"市": ("し",), "区": ("く",), "町": ("まち", "ちょう"), "村": ("むら", "そん")}
_LATIN = re.compile(r"[A-Za-zĀ-ſÀ-ÿ\s,.'’-]+")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a written place means. Exactly one of: an area, several candidates, or neither (unknown).

    `note` is one Japanese sentence for the reader, or "". `nearest` holds full names that look alike,
    only when nothing was found. `ward` is the ward of a designated city when one was named.
    """

    area: Area | None = None
    candidates: tuple[Municipality, ...] = ()
    note: str = ""
    nearest: tuple[str, ...] = ()
    ward: Municipality | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """Every written form, folded, with the codes it may mean; `bare` are those without 市・区・町・村."""

    full: Mapping[str, tuple[str, ...]]
    bare: Mapping[str, tuple[str, ...]]


@cache
def names() -> Names:
    """This will give all written forms of all rows.

    A former ward whose name lives on elsewhere (中区) is only known together with its city.
    """
    lasting = {row.name for row in table.every_row().values() if row.valid_to is None}
    full: dict[str, set[str]] = {}
    bare: dict[str, set[str]] = {}
    for code, row in table.every_row().items():
        name, short = row.name, row.name[:-1]
        kana, short_kana = row.kana, _without_ending(row)
        if row.kind == "ward":
            city = table.every_row()[row.parent]
            city_kana = _without_ending(city)
            for before in (city.name, city.name[:-1]):
                full.setdefault(fold(before + name), set()).add(code)
                bare.setdefault(fold(before + short), set()).add(code)
            for before in (city.kana, city_kana):
                full.setdefault(before + kana, set()).add(code)
                bare.setdefault(before + short_kana, set()).add(code)
            if row.valid_to is None or name not in lasting:
                full.setdefault(fold(name), set()).add(code)
                full.setdefault(kana, set()).add(code)
            continue
        for written in {name, row.district + name}:
            full.setdefault(fold(written), set()).add(code)
        full.setdefault(kana, set()).add(code)
        bare.setdefault(fold(short), set()).add(code)
        if short_kana:
            bare.setdefault(short_kana, set()).add(code)
            for ending in (name[-1], *KANA_ENDINGS[name[-1]]):  # あきしま市, あきしまし
                full.setdefault(short_kana + ending, set()).add(code)
    for former in table.former_municipalities():
        full.setdefault(fold(former.name), set()).add(former.now)
        full.setdefault(former.kana, set()).add(former.now)
    return Names(_frozen(full), _frozen(bare))


def _frozen(names_: dict[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(sorted(codes)) for name, codes in names_.items()}


def _without_ending(row: Municipality) -> str:
    for ending in KANA_ENDINGS[row.name[-1]]:
        if row.kana.endswith(ending):
            return row.kana.removesuffix(ending)
    return row.kana


@cache
def _prefecture_forms() -> tuple[tuple[str, str], ...]:
    """(written form, code), longest first: 神奈川県, 神奈川, かながわけん, かながわ."""
    forms = {}
    for prefecture in table.prefectures().values():
        for form in (prefecture.name, prefecture.short, prefecture.kana, prefecture.short_kana):
            forms[fold(form)] = prefecture.code
    forms[fold("東京23区")] = forms[fold("特別区")] = "13"
    return tuple(sorted(forms.items(), key=lambda form: -len(form[0])))


def resolve(text: str) -> Resolution:
    """This will find the municipality (or prefecture) meant by a code, a name or the start of an address.

    Never raises and never guesses: what several places share comes back as candidates, in the order of codes.
    """
    written = plain(text[:200])
    if not written:
        return Resolution()
    if code := area_code_of(text):
        return _of_codes((code,)) if len(code) > 2 else _of_prefecture(code)
    if written.isascii() and written.isdigit():
        return _of_number(written)
    folded = fold(written)
    prefecture_forms = dict(_prefecture_forms())
    if folded in prefecture_forms:
        return _of_prefecture(prefecture_forms[folded])
    for codes in _readings(folded, written):
        if codes:
            return _of_codes(codes, former=_former(folded, codes))
    if _LATIN.fullmatch(text[:200]):
        from .romaji import codes_of  # only who writes in Latin letters pays for it

        prefecture, codes = codes_of(text[:200])
        if codes or prefecture:
            return _of_codes(codes) if codes else _of_prefecture(prefecture)
    return Resolution(note="その地名は、見つかりませんでした。", nearest=_nearest(folded))


def _readings(folded: str, written: str) -> Iterable[tuple[str, ...]]:
    """The possible readings, the surest first: the whole as a name, prefecture + name, an address."""
    known = names()
    prefixes = [(form, code) for form, code in _prefecture_forms() if folded.startswith(form)]
    for forms in (known.full, known.bare):
        yield biggest(_plainly_equal(forms.get(folded, ()), written), is_bare=forms is known.bare)
        for form, prefecture in prefixes:
            rest = folded[len(form) :].removeprefix("の")
            yield _plainly_equal(_within(forms.get(rest, ()), prefecture), written[len(form) :])
    for form, prefecture in (*prefixes, ("", "")):
        rest = folded[len(form) :]
        for end in range(len(rest) - 1, 1, -1):
            if rest[end - 1] in "市区町村":
                codes = known.full.get(rest[:end], ())
                yield _within(codes, prefecture) if prefecture else codes


def biggest(codes: tuple[str, ...], *, is_bare: bool) -> tuple[str, ...]:
    """神戸 and 横浜 without 市 are the designated cities, not the towns of the same name; others stay open."""
    if is_bare and len(codes) > 1:
        cities = tuple(code for code in codes if table.every_row()[code].kind == "designated_city")
        return cities if len(cities) == 1 else codes
    return codes


def _within(codes: Iterable[str], prefecture: str) -> tuple[str, ...]:
    return tuple(code for code in codes if code.startswith(prefecture))


def _plainly_equal(codes: tuple[str, ...], written: str) -> tuple[str, ...]:
    """鹿島市 and 鹿嶋市 share a fold; the one written exactly so goes first, if there is one."""
    if len(codes) > 1:
        exact = tuple(
            code
            for code in codes
            if written in (name := plain(table.every_row()[code].name), name[:-1])
        )
        return exact or codes
    return codes


def _former(folded: str, codes: tuple[str, ...]) -> str:
    """The former name somebody wrote, if that is how these codes were found."""
    now = table.every_row()[codes[0]]
    written = (
        one for one in table.former_municipalities() if folded.endswith((fold(one.name), one.kana))
    )
    return next((one.name for one in written if one.now == now.code and one.name != now.name), "")


def _of_codes(codes: tuple[str, ...], *, former: str = "") -> Resolution:
    found = tuple(table.every_row()[code] for code in codes)
    # 北区 of 浜松 ended; where a place of today has the same name, only that one is meant.
    found = tuple(row for row in found if row.valid_to is None) or found
    if len(found) > 1:
        places = "、".join(row.full_name for row in found[:8]) + ("など" if len(found) > 8 else "")
        return Resolution(
            candidates=found,
            note=f"同じ名前の所が{len(found)}か所あります（{places}）。どちらでしょうか。",
        )
    row = found[0]
    area = table.area_of(row)
    if row.kind != "ward":
        note = (
            f"{former}は、いまの{area.name}です。{area.name}として、ご案内します。"
            if former
            else ""
        )
        return Resolution(area=area, note=note)
    note = ""
    if row.valid_to is not None:
        until = row.valid_to
        wards = "・".join(ward.name for ward in table.wards_of(row.parent))
        note = (
            f"{area.name}{row.name}は{until.year}年{until.month}月{until.day}日までの区です。"
            f"いまは{wards}に変わりました。{area.name}として、ご案内します。"
        )
    return Resolution(area=area, note=note, ward=row)


def _of_prefecture(code: str) -> Resolution:
    return Resolution(area=Area(prefecture=code, name=table.prefecture_name(code)))


def _of_number(digits: str) -> Resolution:
    """Codes of five or six digits, also without the leading zero a spreadsheet took, and prefecture codes."""
    for written in (digits, digits.zfill(5), digits.zfill(6)):
        row = table.by_code(written)
        if row is not None:
            return _of_codes((row.code,))
    if len(digits) <= 2 and table.prefecture_name(digits.zfill(2)):
        return _of_prefecture(digits.zfill(2))
    filled = digits.zfill(6)
    if len(filled) == 6 and filled[2:5] == "000" and table.check_digit(filled[:5]) == filled[5]:
        prefecture = filled[:2]
        if table.prefecture_name(prefecture):
            return _of_prefecture(prefecture)
    meant = table.by_code(filled[:5]) if len(filled) == 6 else None
    if meant is not None:
        return Resolution(
            note=f"{digits}は、最後の数字が番号の決まりと合いません。{meant.code}（{meant.full_name}）のことでしょうか。",
            nearest=(meant.full_name,),
        )
    return Resolution(note="その番号の市区町村は、見つかりませんでした。")


def _nearest(folded: str) -> tuple[str, ...]:
    """Up to three full names that look like what was written; () when nothing comes close."""
    import difflib  # only a spelling nobody knows pays for it

    for form, _ in _prefecture_forms():
        if folded.startswith(form) and len(folded) > len(form):
            folded = folded[len(form) :]
            break
    known = {
        name: codes[0]
        for name, codes in names().full.items()
        if table.every_row()[codes[0]].valid_to is None
    }
    close = difflib.get_close_matches(folded[:20], known, n=6, cutoff=0.6)
    return tuple(dict.fromkeys(table.every_row()[known[name]].full_name for name in close))[:3]
