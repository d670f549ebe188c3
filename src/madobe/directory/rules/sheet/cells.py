"""One cell, in and out: from what a person typed to a plain value, and back to text."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from madobe.directory.municipalities import by_code, prefecture_name, resolve
from madobe.directory.rules.draft import phone
from madobe.directory.rules.sheet.columns import Codes, Column
from madobe.directory.rules.sheet.hours import read_hours
from madobe.directory.rules.tidy import (
    corporate_number,
    key_of,
    phone_number,
    tidy,
    web_address,
)

SEPARATOR = "；"
_ENTRY = re.compile(r"(?P<what>.*?)\s*(?:[（(](?P<note>.*)[）)])?", re.DOTALL)
_SHORT_NUMBER = re.compile(r"#\d{4}|1\d\d")  # 110, #8000
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_YES, _NO = ("はい", "yes", "true", "1", "○"), ("いいえ", "no", "false", "0", "×")


class CellError(ValueError):
    """A cell that cannot be read; one Japanese sentence: what is wrong, how to mend it."""


def read_cell(column: Column, text: str, codes: Codes) -> Any:
    """This will read one cell that is not empty. Raises CellError."""
    if len(text) > column.longest:
        raise CellError(f"{column.longest}字より長いです。短くしてください。")
    try:
        return _READERS[column.kind](column, text, codes)
    except CellError:
        raise
    except ValueError as error:
        raise CellError(str(error)) from error


def split(text: str) -> list[str]:
    """This will give the entries of a cell: parted by ； or ; or a new line."""
    return [one.strip() for one in re.split(r"[；;\n]", text) if one.strip()]


def joined(entries: list[str]) -> str:
    """This will give entries as one cell; a separator inside an entry becomes a comma."""
    return SEPARATOR.join(re.sub(r"[；;\n]+", "，", one) for one in entries)


def area_name(extent: str) -> str:
    """This will give the name nobody else has: 東京都昭島市, 東京都, 全国."""
    if extent == "JP":
        return "全国"
    found = by_code(extent) if len(extent) == 6 else None
    return found.full_name if found else prefecture_name(extent)


def _text(_column: Column, text: str, _codes: Codes) -> str:
    return text.strip()


def _code(column: Column, text: str, codes: Codes) -> str:
    known = codes[column.codes]
    plain = key_of(text)
    for code, word in known.items():
        if plain in (code.casefold(), key_of(word)):
            return code
    words = "、".join(word for word in known.values())
    raise CellError(
        f"「{text[:40]}」は、えらべる言葉にありません。{words[:300]}から選んでください。"
    )


def _codes(column: Column, text: str, codes: Codes) -> list[str]:
    return list(dict.fromkeys(_code(column, one, codes) for one in split(text)))


def _words(_column: Column, text: str, _codes: Codes) -> list[str]:
    return list(dict.fromkeys(split(text)))


def _yes_no(_column: Column, text: str, _codes: Codes) -> bool:
    plain = tidy(text).casefold()
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise CellError("はい・いいえ のどちらかを書いてください。分からなければ空のままで。")


def _number(_column: Column, text: str, _codes: Codes) -> int:
    plain = tidy(text)
    if not re.fullmatch(r"[0-9]{1,5}", plain) or int(plain) > 32_000:
        raise CellError("0より大きい数字を書いてください。")
    return int(plain)


def _decimal(_column: Column, text: str, _codes: Codes) -> float:
    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,15})?", tidy(text)):
        raise CellError("35.7 のような数字を書いてください。")
    return float(tidy(text))


def _day(_column: Column, text: str, _codes: Codes) -> str:
    found = re.fullmatch(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?(?:[ T]00:00:00)?", tidy(text))
    try:
        if found is None:
            raise ValueError
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        raise CellError("2026-11-01 の形で、こよみにある日を書いてください。") from None


def _web(_column: Column, text: str, _codes: Codes) -> str:
    address = web_address(text)
    if not address:
        raise CellError("https:// や http:// ではじまるURLを、一つだけ書いてください。")
    return address


def _mail(_column: Column, text: str, _codes: Codes) -> str:
    if _MAIL.fullmatch(tidy(text)) is None or len(text) > 254:
        raise CellError("メールアドレスの形ではありません。name@example.jp の形で書いてください。")
    return tidy(text)


def _corporate(_column: Column, text: str, _codes: Codes) -> str:
    number = corporate_number(text)
    if not number:
        raise CellError("法人番号は13桁で、はじめの数字が検査数字です。分からなければ空のままで。")
    return number


def _postal(_column: Column, text: str, _codes: Codes) -> str:
    found = re.fullmatch(r"〒?(\d{3})-?(\d{4})", tidy(text))
    if found is None:
        raise CellError("123-4567 の形で書いてください。はじめの0が消えていることもあります。")
    return f"{found[1]}-{found[2]}"


def _area(text: str) -> list[str]:
    if tidy(text) in ("全国", "JP"):
        return ["JP", "全国"]
    found = resolve(text)
    if found.area is None:
        near = f"{'、'.join(found.nearest)}のことでしょうか。" if found.nearest else ""
        raise CellError(f"「{text[:40]}」がどこか分かりません。{found.note}{near}")
    return [found.area.code or found.area.prefecture, found.area.name]


def _areas(_column: Column, text: str, _codes: Codes) -> list[list[str]]:
    found = {one[0]: one for one in map(_area, split(text))}
    return [found[extent] for extent in sorted(found)]


def _municipality(_column: Column, text: str, _codes: Codes) -> str:
    extent = _area(text)[0]
    if len(extent) != 6:
        raise CellError("市区町村まで書いてください。")
    return extent


def _phones(_column: Column, text: str, _codes: Codes) -> list[dict[str, Any]]:
    found = []
    for entry in split(text):
        parts = _ENTRY.fullmatch(entry)
        what, note = (tidy(parts["what"]), (parts["note"] or "").strip()) if parts else ("", "")
        said = re.fullmatch(
            r"(FAX|ファクス|ファックス)?\s*(.*?)(?:\s*内線\s*(\d{1,6})(?:[〜~-](\d{1,6}))?)?", what
        )
        number = (
            said[2]
            if said and _SHORT_NUMBER.fullmatch(said[2])
            else phone_number(said[2])
            if said
            else ""
        )
        if not said or not number:
            raise CellError(
                f"「{entry[:40]}」を、電話番号に読めません。市外局番から、042-000-0000 の形で書いてください。"
            )
        found.append(
            phone(
                number,
                kind="fax" if said[1] else "voice",
                description=note[:200],
                extension=int(said[3]) if said[3] else None,
                extension_last=int(said[4]) if said[4] else None,
            )
        )
    return found


def _doors(_column: Column, text: str, codes: Codes) -> list[dict[str, str]]:
    words = {word: code for code, word in codes["DoorKind"].items()}
    found = []
    for entry in split(text):
        parts = _ENTRY.fullmatch(entry)
        what, label = (parts["what"], (parts["note"] or "").strip()) if parts else ("", "")
        word = next((word for word in words if what.startswith(word)), "")
        if not word:
            raise CellError(
                f"「{entry[:40]}」の入口が分かりません。{'、'.join(words)}のどれかを先に書いてください。"
            )
        address, kind = what.removeprefix(word).strip(), words[word]
        checked = _door_address(kind, address)
        if checked is None:
            raise CellError(
                f"「{entry[:40]}」の宛先を読めません。URL・メールアドレス・番号のどれかを書いてください。"
            )
        found.append({"kind": kind, "address": checked, "label": label[:200]})
    return found


def _door_address(kind: str, address: str) -> str | None:
    if kind == "counter_memo":
        return ""
    if kind == "fax":
        return phone_number(address) or None
    if kind == "mail":
        return address if _MAIL.fullmatch(address) else None
    return web_address(address) or None


def _hours(_column: Column, text: str, _codes: Codes) -> list[dict[str, Any]]:
    return read_hours(split(text))


def _more(_column: Column, text: str, _codes: Codes) -> Mapping[str, Any]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise CellError(
            "機械が書く欄の中身が、書き出したときのままではありません。空にしてください。"
        )
    return said


_READERS = {
    "key": _text, "text": _text, "code": _code, "codes": _codes, "words": _words, "yes_no": _yes_no, "mark": _yes_no,
    "number": _number, "decimal": _decimal, "day": _day, "web": _web, "mail": _mail, "corporate_number": _corporate,
    "postal_code": _postal, "areas": _areas, "municipality": _municipality, "phones": _phones, "doors": _doors,
    "hours": _hours, "more": _more,
}  # fmt: skip
