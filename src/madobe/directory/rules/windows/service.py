"""From the rows of one window to one service: every value it is shown with, as plain data.

The values of a field are lists and dictionaries of plain values, so that two imports can be compared.
"""

import re
from collections.abc import Sequence
from typing import Any

from madobe.directory.rules.csv_file import Problem
from madobe.directory.rules.draft import OrganizationDraft, ServiceDraft, timetable
from madobe.directory.rules.hours_reading import HoursReading
from madobe.directory.rules.windows.doubts import is_mail, is_unsettled, is_url, verified_date
from madobe.directory.rules.windows.grouping import clean_name
from madobe.directory.rules.windows.hours import read_hours
from madobe.directory.rules.windows.kinds import Rule, rule_of
from madobe.directory.rules.windows.reach import (
    EXTENSION,
    first,
    methods,
    phones,
    place,
    text_doors,
)
from madobe.directory.rules.windows.source import Window

_OFFICE = re.compile(
    r"役所|役場|[課係班室]$|福祉事務所|支所$|支庁|振興局|保健所|保健センター|保健福祉センター|健康福祉センター|県民局"
)
_LEGAL_FORM = re.compile(r"^(?:社会福祉法人|\(社福\)|\(福\))\s*")
_PRIVATE = re.compile(
    r"社会福祉法人|医療法人|社会医療法人|特定非営利活動法人|NPO法人|一般社団法人|公益(?:社団|財団)法人|株式会社|合同会社"
)
_OF_PREFECTURE = ("県央", "県南", "県北", "県東", "県西", "県中")
_REGIONAL = re.compile("[一-鿿]地域(?!福祉)|事務所|支庁|振興局|県民局")
_BY_WELFARE_OFFICE = ("self_reliance", "rent_at_welfare", "public_assistance", "rent_only")
# 福祉課, 自立相談支援窓口, くらしとしごとの相談窓口: names that say what, and not where
_BARE_NAME = re.compile(r"[一-鿿・ヶケくらしごとの]{2,16}(?:[課係班室]|窓口|センター|コーナー)")


def draft(windows: Sequence[Window]) -> ServiceDraft:
    """This will put the rows of one window together."""
    ranked = sorted(
        windows,
        key=lambda window: (rule_of(window.cells).rank, is_unsettled(window), window.number),
    )
    rules = {rule_of(window.cells).id: rule_of(window.cells) for window in ranked}
    main, rule = ranked[0], rule_of(ranked[0].cells)
    kinds = list(rule.kinds[:1]) + sorted(
        {k for one in rules.values() for k in one.kinds} - set(rule.kinds[:1])
    )
    verified = max(
        filter(None, (verified_date(w.cells["lastVerifiedAt"]) for w in ranked)), default=None
    )
    hours, prose = _hours(ranked)
    organization, sector = _organization(ranked, rule)
    name = clean_name(main.cells["name"])
    says_where = any(place[:-1] in name for place in (organization, main.coverage.name))
    if sector == "public" and _BARE_NAME.fullmatch(name) and not says_where:
        name = f"{organization}{name}"  # 福祉課 alone is a hundred places
    name = name[:200]
    fields: dict[str, Any] = {
        "name": name,
        "status": "published" if kinds and verified else "checked",
        "url": first(w.cells["officialUrl"] for w in ranked if is_url(w.cells["officialUrl"])),
        "email": first(w.cells["email"] for w in ranked if is_mail(w.cells["email"])),
        "role_text": rule.role,
        "content_text": rule.content,
        "when_to_use": rule.when,
        "eligibility_description": _eligibility(ranked),
        "notices": _notices(ranked),
        "methods": methods(ranked),
        "reservation": _reservation(ranked),
        "is_hikikomori_desk": any(one.is_hikikomori_desk for one in rules.values()),
        "hours_prose": prose,
        "source_name": main.source.name[:200],
        "source_url": main.source.url if is_url(main.source.url) else "",
        "last_verified_date": verified.isoformat() if verified else "",
        "needs_check": all(is_unsettled(w) for w in ranked),
    }
    parts: dict[str, Any] = {
        "kinds": kinds,
        "areas": [[main.coverage.extent, main.coverage.name]],
        "phones": phones(ranked),
        "text_doors": text_doors(ranked, main),
        "schedules": [timetable(row, hours.notes) for row in hours.rows],
        "place": place(ranked),
        "contact": _department(ranked, name, organization),
    }
    return ServiceDraft(
        keys=tuple(window.key for window in ranked),
        organization=_home(main, organization, sector, fields["last_verified_date"]),
        fields=fields,
        parts=parts,
    )


def _home(main: Window, name: str, sector: str, verified: str) -> OrganizationDraft:
    """Who runs it, as an organization: known by its name in its town, or in its prefecture."""
    coverage = main.coverage
    within = coverage.extent if name == coverage.name else coverage.prefecture
    return OrganizationDraft(
        identity=(within, name),
        name=name,
        sector=sector,
        is_known_by_name=True,
        source_name=main.source.name[:200],
        last_verified_date=verified,
    )


def hours_of(window: Window) -> HoursReading:
    """This will read the hours of one row."""
    cells = window.cells
    is_office = (
        cells["categoryId"] == "unknown" or _OFFICE.search(clean_name(cells["name"])) is not None
    )
    return read_hours(
        cells["openingHours"],
        cells["closedDays"],
        is_office=is_office and "協議会" not in cells["name"],
    )


def hours_problem(window: Window) -> Problem | None:
    """This will say which hours of a row could not be read for certain, and why."""
    if not window.cells["openingHours"]:
        return None
    doubt = hours_of(window).doubt
    if not doubt:
        return None
    value = window.cells["openingHours"] + (
        f" ／ 休み: {window.cells['closedDays']}" if window.cells["closedDays"] else ""
    )
    return Problem(window.number, "openingHours", value[:200], f"{doubt}。文のまま載せます。")


def _hours(windows: Sequence[Window]) -> tuple[HoursReading, str]:
    """The timetable all rows that give hours agree on; where they differ, or one is not certain, only prose."""
    said: dict[str, HoursReading] = {}
    for window in windows:
        text = window.cells["openingHours"]
        if text:
            off = window.cells["closedDays"]
            said.setdefault(f"{text}（休み: {off}）" if off else text, hours_of(window))
    prose = "／".join(said)[:1000]
    readings = {reading.rows for reading in said.values()}
    if len(readings) == 1 and next(iter(readings)):
        return next(iter(said.values())), ""
    return HoursReading(), prose


def _organization(windows: Sequence[Window], rule: Rule) -> tuple[str, str]:
    """Who runs it, and its sector: a body the row names, the prefecture, or the municipality.

    生活困窮者自立支援法 第3条, 社会福祉法 第14条: where a town has no welfare office, the prefecture's serves it.
    """
    coverage = windows[0].coverage
    named = [clean_name(w.cells[cell]) for w in windows for cell in ("department", "name")]
    for text in named:
        body = re.match(r".*?社会福祉協議会", _LEGAL_FORM.sub("", text))
        if body:
            return body[0].strip()[:200], "welfare"
        if _PRIVATE.match(text):
            form = "npo" if re.match("特定|NPO", text) else "private"
            return text[:200], "welfare" if text.startswith("社会福祉") else form
    prefecture = coverage.prefecture_name
    if any(text.startswith((prefecture, *_OF_PREFECTURE)) for text in named):
        return prefecture, "public"
    if coverage.is_small and any(_REGIONAL.search(t) and coverage.name not in t for t in named):
        return prefecture, "public"
    places = [*named, *(w.cells["address"] for w in windows)]
    if (
        coverage.is_small
        and rule.id in _BY_WELFARE_OFFICE
        and not any(coverage.name in text for text in places)
    ):
        return prefecture, "public"
    return coverage.name, "public"


def _eligibility(windows: Sequence[Window]) -> str:
    areas = dict.fromkeys(
        w.cells["serviceArea"]
        for w in windows
        if w.cells["serviceArea"] not in ("", w.coverage.name)
    )
    said = dict.fromkeys(
        w.cells["eligibilityConditions"] for w in windows if w.cells["eligibilityConditions"]
    )
    return "\n".join([*(f"受け持ちの地域: {area}" for area in areas), *said])


def _notices(windows: Sequence[Window]) -> list[str]:
    notices = []
    for window in windows:
        found = EXTENSION.search(window.cells["description"])
        if found:
            numbers = "・".join(re.findall(r"\d+", found[0]))
            notices.append(f"電話のときは、内線 {numbers} を伝えます。")
        if "共通相談窓口を指定" in window.cells["description"]:
            notices.append("電話のときは、「町村に住む人の共通の相談窓口」と伝えます。")
        if window is windows[0] and "未確認" in window.cells["description"]:
            notices.append("担当の直通の番号は、まだ確かめていません。")
    return list(dict.fromkeys(notices))


def _reservation(windows: Sequence[Window]) -> str:
    said = {w.cells["reservationRequired"] for w in windows} - {""}
    return {"true": "required", "false": "none"}.get(said.pop(), "") if len(said) == 1 else ""


def _department(windows: Sequence[Window], name: str, organization: str) -> str:
    """The section to ask for, where it says more than the name."""
    said = _LEGAL_FORM.sub("", first(clean_name(w.cells["department"]) for w in windows))
    known = (name, organization, windows[0].coverage.name, windows[0].coverage.prefecture_name)
    return said[:200] if said not in ("", *known) and said not in name else ""
