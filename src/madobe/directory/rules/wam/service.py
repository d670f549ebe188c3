"""From one row of the register to one service: every value it is shown with, and everything doubtful in it."""

import re
from collections.abc import Mapping
from typing import Any

from madobe.directory.rules.csv_file import Problem
from madobe.directory.rules.draft import OrganizationDraft, ServiceDraft, phone, timetable
from madobe.directory.rules.postal import PostalCodes
from madobe.directory.rules.tidy import (
    corporate_number,
    kana,
    key_of,
    phone_number,
    tidy,
    web_address,
)
from madobe.directory.rules.wam import columns as c
from madobe.directory.rules.wam.hours import WamHours, read_hours
from madobe.directory.rules.wam.kinds import WamKind, conditions, source_name, source_url
from madobe.directory.rules.wam.place import Where, where
from madobe.directory.rules.wam.source import Office

MOST_PLACES = 2000  # of 定員; more is a slip
_PLACEHOLDER = re.compile(r"[-ー0]*")
_SECTORS = (
    ("welfare", r"社会福祉法人|社会福祉事業団|社会福祉協議会"),
    ("npo", r"特定非営利活動法人|NPO"),
    ("medical", r"医療法人|社会医療法人|病院"),
    ("public", r"[都道府県市区町村]$|厚生労働省|独立行政法人|広域連合|一部事務組合"),
)


def read_office(
    office: Office, *, released: str, postal: PostalCodes
) -> tuple[ServiceDraft, list[Problem]]:
    """This will read one row that was taken: the service, and everything doubtful in it.

    `released`: the day of the release, "" where it is not known (then the office is not shown).
    """
    place, hours = where(office.cells, postal), read_hours(office.cells)
    doubts = [
        Problem(office.number, column, office.cells[column][:200], reason, office.file)
        for column, reason in (
            *place.doubts,
            *_contact_doubts(office.cells),
            *_number_doubts(office.cells),
            *_hours_doubts(hours),
        )
    ]
    return _draft(office, place, hours, released), doubts


def _draft(office: Office, place: Where, hours: WamHours, released: str) -> ServiceDraft:
    cells, kind = office.cells, office.kind
    phones = _phones(cells)
    is_shown = bool(kind.kinds and released and place.area)
    reading = kana(cells[c.NAME_KANA])
    fields: dict[str, Any] = {
        "name": tidy(cells[c.NAME]),
        "aliases": [reading] if reading else [],
        "status": "published" if is_shown else "checked",
        "url": web_address(cells[c.URL]),
        "sector": "welfare",
        "methods": _methods(phones),
        "capacity": capacity(cells),
        "hours_prose": hours.prose,
        "source_name": source_name(),
        "source_url": source_url(),
        "source_page_id": tidy(cells[c.NO]),
        "source_updated_date": released,
        "last_verified_date": released,
        "needs_check": not place.is_settled,
        **_texts(kind),
    }
    parts: dict[str, Any] = {
        "kinds": list(kind.kinds),
        "areas": [[place.area.code, place.area.name]] if place.area else [],
        "phones": phones,
        "text_doors": _doors(phones, released) if kind.kinds else [],
        "schedules": [timetable(row, hours.reading.notes) for row in hours.reading.rows],
        "place": dict(place.place),
        "eligibilities": _conditions() if kind.kinds else [],
    }
    return ServiceDraft((office.key,), _organization(cells, released), fields, parts)


def capacity(cells: Mapping[str, str]) -> int | None:
    """This will give 定員 as a number, None where it is not one a house can have."""
    text = tidy(cells[c.CAPACITY])
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) and 0 < int(text) <= MOST_PLACES else None


def _texts(kind: WamKind) -> dict[str, Any]:
    if not kind.kinds:
        return {"description": kind.called}
    return {
        "description": "",
        "role_text": kind.role,
        "content_text": kind.content,
        "when_to_use": kind.when,
        "application_process": kind.apply,
        "eligibility_description": conditions().description,
        "stages": list(kind.stages),
        "max_months": kind.max_months,
        "fee": kind.fee,
        "fees_description": kind.fees,
    }


def _phones(cells: Mapping[str, str]) -> list[dict[str, Any]]:
    voice, fax = phone_number(cells[c.PHONE]), phone_number(cells[c.FAX])
    found = [phone(voice)] if voice else []
    return found + ([phone(fax, kind="fax")] if fax and fax != voice else [])


def _methods(phones: list[dict[str, Any]]) -> list[str]:
    kinds = {one["kind"] for one in phones}
    return ["phone"] * ("voice" in kinds) + ["in_person"] + ["fax"] * ("fax" in kinds)


def _doors(phones: list[dict[str, Any]], released: str) -> list[dict[str, Any]]:
    common = {
        "source_name": source_name(),
        "source_url": source_url(),
        "verified_date": released,
        "needs_check": False,
    }
    faxes = [one["number"] for one in phones if one["kind"] == "fax"]
    return [
        *({"kind": "fax", "address": number, "label": "ファクス", **common} for number in faxes),
        {"kind": "counter_memo", "address": "", "label": "窓口で、書いたメモを見せる", **common},
    ]


def _conditions() -> list[dict[str, Any]]:
    said = conditions()
    return [
        {
            "valid_from": said.valid_from,
            "valid_to": "",
            "source_name": source_name(),
            "source_url": source_url(),
            "needs_check": False,
            "conditions": [dict(one) for one in said.conditions],
        }
    ]


def _organization(cells: Mapping[str, str], released: str) -> OrganizationDraft:
    name, number = tidy(cells[c.COMPANY])[:200], corporate_number(cells[c.CORPORATE_NUMBER])
    at = key_of(cells[c.COMPANY_CITY] + cells[c.COMPANY_STREET])
    return OrganizationDraft(
        identity=("corporate", number) if number else ("wam", key_of(name), at),
        name=name,
        name_kana=kana(cells[c.COMPANY_KANA])[:200],
        corporate_number=number,
        website=web_address(cells[c.COMPANY_URL]),
        sector=next((sector for sector, words in _SECTORS if re.search(words, name)), "private"),
        standing="register",
        source_name=source_name(),
        source_url=source_url(),
        last_verified_date=released,
    )


def _contact_doubts(cells: Mapping[str, str]) -> list[tuple[str, str]]:
    said = []
    for column, what in ((c.PHONE, "電話"), (c.FAX, "ファクス")):
        written = tidy(cells[column])
        number = phone_number(written)
        if not number and not (column == c.FAX and _PLACEHOLDER.fullmatch(written)):
            said.append((column, f"{what}番号の形ではありません。番号は載せていません。"))
        elif column == c.PHONE and number.startswith(("070", "080", "090")):
            said.append((column, "携帯電話の番号です。窓口のものか、確かめてください。"))
    said.extend(
        (column, "1つの確かなURLとして読めません。載せていません。")
        for column in (c.COMPANY_URL, c.URL)
        if tidy(cells[column]) and not web_address(cells[column])
    )
    return said


def _number_doubts(cells: Mapping[str, str]) -> list[tuple[str, str]]:
    said = []
    number = tidy(cells[c.CORPORATE_NUMBER])
    if number and not corporate_number(number):
        fault = "検査数字が合いません" if re.fullmatch(r"[0-9]{13}", number) else "13桁の数字ではありません"  # fmt: skip
        said.append((c.CORPORATE_NUMBER, f"法人番号の{fault}。法人は、名前と住所で見分けました。"))
    if tidy(cells[c.CAPACITY]) and capacity(cells) is None:
        said.append((c.CAPACITY, "定員として読める数ではありません。載せていません。"))
    said.extend(
        (column, "よみがなの文字が欠けています。載せていません。" if cells[column] else "よみがながありません。")
        for column in (c.NAME_KANA, c.COMPANY_KANA)
        if not kana(cells[column])
    )  # fmt: skip
    return said


def _hours_doubts(hours: WamHours) -> list[tuple[str, str]]:
    if not hours.reading.doubt:
        return []
    return [(hours.column, f"{hours.reading.doubt}。文のまま載せます。")]
