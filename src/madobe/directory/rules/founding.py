"""Lines and desks as entries of the founding facts, so that they too have a place page and are found by kind."""

import re
from collections.abc import Iterable
from typing import Any

from madobe.directory.rules.lines import Line

EVERY_DAY = "MO,TU,WE,TH,FR,SA,SU"


def entries_of(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """This will give founding entries for nationwide lines that can be reached; 119 and 110 are no places."""
    return [
        _entry(one) for one in lines if not one.immediate and one.reachable and one.area == "JP"
    ]


def schedules_of(rule: str) -> list[dict[str, Any]]:
    """This will give schedule rows of a line's simple daily rule ("24/7", "12:00-22:00", with a year-end closure).

    Raises ValueError for any other rule.
    """
    if not rule:
        return []
    if rule == "24/7":
        return [{"byday": EVERY_DAY, "opens_at": "00:00", "closes_at": "00:00"}]
    found = re.fullmatch(r"(\d\d:\d\d)-(\d\d:\d\d)(; Dec 29-Jan 03 off)?", rule)
    if not found:
        raise ValueError(f"a line's hours must be 24/7 or one span a day: {rule}")
    row = {"byday": EVERY_DAY, "opens_at": found[1], "closes_at": found[2]}
    if found[3]:
        row |= {"year_end_start": "12-29", "year_end_end": "01-03"}
    return [row]


def _entry(line: Line) -> dict[str, Any]:
    is_general = "general" in line.audience
    if "consumer" in line.audience:
        kinds, when = ["consumer_center"], "高い契約や、強引な連れ出しをすすめられたとき。"
    elif line.voice_free and (is_general or line.age_max >= 0):
        kinds, when = ["text_consultation"], "声を出すのがつらいとき、自分の言葉で書きたいとき。"
    else:
        kinds, when = ["crisis_line"], "命や安全の心配が、いまあるとき。"
    door = {
        "kind": line.kind,
        "address": line.url,
        "label": line.name,
        "hours_rule": line.hours_rule,
        "source_name": line.source_name,
        "source_url": line.source_url,
        "needs_check": line.needs_check,
    }
    conditions: list[dict[str, Any]] = []
    if line.age_max >= 0:
        conditions = [
            {"kind": "age_max", "number": line.age_max, "note": f"{line.audience_text}が使えます。"}
        ]
    elif not is_general:
        conditions = [
            {"kind": "free_text_to_confirm", "note": f"{line.audience_text}のための窓口です。"}
        ]
    return {
        "key": f"line-{line.id}",
        "organization_name": line.operator,
        "name": line.name,
        "kinds": kinds,
        "areas": [{"extent": "JP", "name": "全国"}],
        "sector": "npo" if "NPO" in line.operator else "public",
        "role_text": f"{line.operator}がひらいている、全国の窓口です。",
        "content_text": f"使える人は、{line.audience_text}です。",
        "when_to_use": when,
        "methods": ["phone"] if not line.voice_free else [line.kind],
        "anonymous_ok": line.anonymous,
        "fee": "free" if line.toll_free else "",
        "extra_costs": "" if line.toll_free else "通話料がかかります。",
        "hours_prose": "" if line.hours_rule else line.hours_text,
        "notices": [line.note] if line.voice_free and line.note else [],
        "phones": [{"number": line.number, "is_toll_free": line.toll_free}] if line.number else [],
        "text_doors": [door] if line.voice_free else [],
        "schedules": schedules_of(line.hours_rule),
        "eligibilities": [{"source_name": line.source_name, "conditions": conditions}]
        if conditions
        else [],
        "source_name": line.source_name,
        "source_url": line.source_url,
        "source_updated_date": line.source_date,
        "last_verified_date": line.checked_date or line.source_date or line.listed_date,
        "needs_check": line.needs_check,
    }
