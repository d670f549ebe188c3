"""What is doubtful in a row that was taken: reported, and shown with 要確認 where it matters to people."""

import re
from collections.abc import Iterator
from datetime import date

from madobe.directory.rules.csv_file import Problem
from madobe.directory.rules.windows.source import Window

_PHONE = re.compile(
    r"0\d{1,4}-\d{1,4}-\d{3,4}|0120-\d{2,3}-\d{3,4}|0[5-9]70-\d{3}-?\d{3}|0800-\d{3}-\d{4}|#\d{4}|1\d\d"
)
_URL = re.compile(r"https?://[^\s]+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MOBILE = ("070", "080", "090")


def phone_is_sound(number: str) -> bool:
    """Whether this looks like a Japanese number: hyphens, ten digits (eleven for 050/070/080/090/0800)."""
    digits = re.sub(r"\D", "", number)
    if number.startswith("#") or re.fullmatch(r"1\d\d", number):
        return _PHONE.fullmatch(number) is not None
    eleven = digits.startswith(("050", *_MOBILE, "0800"))
    return _PHONE.fullmatch(number) is not None and len(digits) == (11 if eleven else 10)


def postal_code(written: str) -> str:
    """This will give "196-8511" for seven digits with or without hyphen, "" for anything else."""
    match = re.fullmatch(r"(\d{3})-?(\d{4})", written)
    return f"{match[1]}-{match[2]}" if match and match[0].strip("0-") else ""


def is_unsettled(window: Window) -> bool:
    """Whether the source itself says that a person has not checked this yet."""
    return window.cells["status"] == "review_required" or "未確認" in window.cells["description"]


def doubts_of(window: Window, *, today: date) -> Iterator[Problem]:
    """This will give everything doubtful in one row, but its hours (those belong to `service.hours_of`)."""
    cells = window.cells

    def problem(column: str, reason: str) -> Problem:
        return Problem(window.number, column, cells[column][:200], reason)

    if cells["status"] == "review_required":
        yield problem("status", "まだ人が確かめていない行です。要確認の印をつけて載せます。")
    elif "未確認" in cells["description"]:
        yield problem(
            "description",
            "番号や受け持ちの地域が確かめられていません。要確認の印をつけて載せます。",
        )
    if not cells["phone"]:
        if "電話" in cells["availableMethods"]:
            yield problem("phone", "電話で相談できるとありますが、番号がありません。")
    elif not phone_is_sound(cells["phone"]):
        yield problem("phone", "電話番号の形ではありません。番号は載せていません。")
    elif cells["phone"].startswith(_MOBILE):
        yield problem("phone", "携帯電話の番号です。窓口のものか、確かめてください。")
    if cells["fax"] and not phone_is_sound(cells["fax"]):
        yield problem("fax", "ファクス番号の形ではありません。番号は載せていません。")
    if cells["postalCode"] and not postal_code(cells["postalCode"]):
        yield problem("postalCode", "郵便番号の形ではありません。郵便番号は載せていません。")
    if not cells["address"] and "来所" in cells["availableMethods"]:
        yield problem("address", "来所できるとありますが、住所がありません。")
    if cells["email"] and not _MAIL.fullmatch(cells["email"]):
        yield problem("email", "メールアドレスの形ではありません。載せていません。")
    for column in ("officialUrl", "contactFormUrl"):
        if cells[column] and not is_url(cells[column]):
            yield problem(column, "https:// や http:// で始まるURLではありません。載せていません。")
    if not cells["officialUrl"]:
        yield problem("officialUrl", "公式ページのURLがありません。")
    if verified_date(cells["lastVerifiedAt"]) is None:
        yield problem("lastVerifiedAt", "確かめた日が日づけではありません。公開していません。")
    elif cells["lastVerifiedAt"] > today.isoformat():
        yield problem("lastVerifiedAt", "確かめた日が、きょうより先です。")


def is_url(text: str) -> bool:
    return len(text) <= 500 and _URL.fullmatch(text) is not None


def is_mail(text: str) -> bool:
    return len(text) <= 254 and _MAIL.fullmatch(text) is not None


def verified_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
