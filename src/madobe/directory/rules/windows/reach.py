"""How a window is reached: telephones, ways without a voice, and where it is. Plain values."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from madobe.directory.rules.draft import phone as a_phone
from madobe.directory.rules.draft import place as a_place
from madobe.directory.rules.windows.doubts import (
    is_mail,
    is_unsettled,
    is_url,
    phone_is_sound,
    postal_code,
    verified_date,
)
from madobe.directory.rules.windows.source import Window

METHODS = {
    "電話": "phone",
    "来所": "in_person",
    "面談": "in_person",
    "メール": "mail",
    "FAX": "fax",
    "SNS": "sns",
    "オンライン": "online",
    "訪問": "home_visit",
}
_FLOOR = re.compile(r"(?:地下)?\d+階")
_COUNTER = re.compile(r"(?:窓口\d+番?|\d+番窓口)")
_TOLL_FREE = re.compile(r"(?:市内限定)?フリーダイヤル(?:は)?\s*(0[\d-]{9,12})")
EXTENSION = re.compile(r"内線\s?(\d{2,5})(?:[,、](\d{2,5}))*")


def first(values: Iterable[str]) -> str:
    """This will give the first value that is not empty, or ""."""
    return next((value for value in values if value), "")


def methods(windows: Sequence[Window]) -> list[str]:
    """This will give the ways of contact, as codes of choices.Method."""
    said = {
        METHODS[word]
        for w in windows
        for word in re.split("[・、]", unicodedata.normalize("NFKC", w.cells["availableMethods"]))
        if word in METHODS
    }
    said |= {"mail" for w in windows if is_mail(w.cells["email"])}
    said |= {"fax" for w in windows if phone_is_sound(w.cells["fax"])}
    if "phone" in said and not any(w.cells["phone"] for w in windows):
        said.discard("phone")  # a way that cannot be walked is not offered
    return [code for code in dict.fromkeys(METHODS.values()) if code in said]


def phones(windows: Sequence[Window]) -> list[dict[str, Any]]:
    """This will give every sound number once: voice, toll free, fax."""
    phones: dict[str, dict[str, Any]] = {}
    for window in windows:
        number = window.cells["phone"]
        if phone_is_sound(number):
            phones.setdefault(number, a_phone(number))
            extension = EXTENSION.search(window.cells["description"])
            if extension and "," not in extension[0] and "、" not in extension[0]:
                phones[number]["extension"] = int(extension[1])
        for cell in ("emergencyAlternative", "description"):
            free = _TOLL_FREE.search(unicodedata.normalize("NFKC", window.cells[cell]))
            if free and phone_is_sound(free[1]):
                local = "市内からだけ使えます" if "市内限定" in free[0] else ""
                phones.setdefault(free[1], a_phone(free[1], description=local))
    for window in windows:
        fax = window.cells["fax"]
        if phone_is_sound(fax) and fax not in phones:
            phones[fax] = a_phone(fax, kind="fax")
    return list(phones.values())


def text_doors(windows: Sequence[Window], main: Window) -> list[dict[str, Any]]:
    """Every way in that needs no voice, with the source that publishes it."""
    doors: dict[tuple[str, str], dict[str, Any]] = {}

    def add(kind: str, address: str, label: str, window: Window) -> None:
        doors.setdefault(
            (kind, address),
            {
                "kind": kind, "address": address, "label": label, "source_name": window.source.name[:200],
                "source_url": window.source.url if is_url(window.source.url) else "",
                "verified_date": window.cells["lastVerifiedAt"] if verified_date(window.cells["lastVerifiedAt"]) else "",
                "needs_check": is_unsettled(window),
            },
        )  # fmt: skip

    for window in windows:
        cells = window.cells
        form = cells["contactFormUrl"]
        if is_url(form):
            host = form.split("/")[2]
            kind = (
                "sns"
                if "line.me" in host or "linesoudan" in form
                else "chat"
                if "chat" in host
                else "form"
            )
            add(
                kind,
                form,
                {"sns": "SNSの相談", "chat": "チャット", "form": "問い合わせフォーム"}[kind],
                window,
            )
        if is_mail(cells["email"]):
            add("mail", cells["email"], "メール", window)
        if phone_is_sound(cells["fax"]):
            add("fax", cells["fax"], "ファクス", window)
    if "in_person" in methods(windows):
        add("counter_memo", "", "窓口で、書いたメモを見せる", main)
    return list(doors.values())


def place(windows: Sequence[Window]) -> dict[str, Any]:
    """Where it is. Without a certain postal code only `description` is given (contract.md): nothing is invented."""
    window = next((w for w in windows if w.cells["address"]), None)
    if window is None:
        return {}
    coverage = window.coverage
    written = unicodedata.normalize("NFKC", window.cells["address"])
    postal = first(
        postal_code(w.cells["postalCode"])
        for w in windows
        if w.cells["address"] == window.cells["address"]
    )
    rest = written.removeprefix(coverage.prefecture_name).strip().removeprefix(coverage.district)
    is_town = len(coverage.extent) == 6
    town = coverage.name if is_town and rest.startswith(coverage.name) else ""
    said = {
        "description": written,
        "municipality": coverage.extent if is_town and coverage.name in written else "",
    }
    street, _, building = rest.removeprefix(town).strip().partition(" ")
    if not postal or not street:
        return a_place(**said)
    floor, counter = _FLOOR.search(building), _COUNTER.search(building)
    return a_place(
        **said,
        postal_code=postal,
        city=town,
        address_1=street[:200],
        building=" ".join(_COUNTER.sub("", _FLOOR.sub("", building)).split())[:200],
        floor=floor[0] if floor else "",
        window=counter[0] if counter else "",
    )
