"""Opening hours in one cell: 月〜金 09:00-17:00［祝日休み 年末年始12-29〜01-03］；第1・3土 13:30-15:30

`write_hours` and `read_hours` are each other's mirror for every row this form can hold; what it cannot
(exceptions, every second week) is left to the column that machines write.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from madobe.directory.rules.hours_compose import WEEKDAYS

_DAYS = dict(zip("月火水木金土日", WEEKDAYS, strict=True))
_LETTERS = {code: letter for letter, code in _DAYS.items()}
_HELD = {
    "kind", "freq", "byday", "bymonthday", "opens_at", "closes_at", "closed_on_holidays",
    "year_end_start", "year_end_end", "season_start", "season_end", "notes",
}  # fmt: skip
_ENTRY = re.compile(
    r"(?P<days>[^\d\s]*?(?:第[\d・第月火水木金土日最終]+|毎月[\d・]+日|[月火水木金土日平毎曜〜・最終]+))\s*"
    r"(?P<opens>\d{1,2}:\d{2})\s*[-〜~]\s*(?P<closes>\d{1,2}:\d{2})\s*(?:[［\[](?P<flags>[^］\]]*)[］\]])?\s*(?:※(?P<notes>.*))?"
)
_FLAG = re.compile(r"(年末年始|期間)(\d{1,2}-\d{1,2})[〜~](\d{1,2}-\d{1,2})")


def read_hours(entries: Iterable[str]) -> list[dict[str, Any]]:
    """This will read the entries of one cell. Raises ValueError with one Japanese sentence."""
    return [_read(entry) for entry in entries]


def write_hours(rows: Iterable[Mapping[str, Any]]) -> tuple[list[str], list[dict[str, Any]]]:
    """This will give entries for a cell, and the rows no entry can hold."""
    entries, left = [], []
    for row in rows:
        entry = _write(row)
        if entry:
            entries.append(entry)
        else:
            left.append(dict(row))
    return entries, left


def _read(entry: str) -> dict[str, Any]:
    found = _ENTRY.fullmatch(entry.strip())
    if found is None:
        raise ValueError(
            f"「{entry[:40]}」を、曜日と時間に読めません。月〜金 09:00-17:00 の形で書きます。"
        )
    row: dict[str, Any] = {
        "kind": "opening_hours",
        **_when(found["days"]),
        "opens_at": _clock(found["opens"]),
        "closes_at": _clock(found["closes"]),
        "notes": (found["notes"] or "").strip(),
    }
    if "平日" in found["days"]:
        row["closed_on_holidays"] = True
    for flag in (found["flags"] or "").split():
        span = _FLAG.fullmatch(flag)
        if flag == "祝日休み":
            row["closed_on_holidays"] = True
        elif span:
            name = "year_end" if span[1] == "年末年始" else "season"
            row |= {f"{name}_start": _month_day(span[2]), f"{name}_end": _month_day(span[3])}
        else:
            raise ValueError(
                f"［ ］の中の「{flag[:20]}」を読めません。祝日休み、年末年始12-29〜01-03 のように書きます。"
            )
    return row


def _when(words: str) -> dict[str, str]:
    days = re.search(r"毎月([\d・]+)日", words)
    if days:
        return {"freq": "MONTHLY", "byday": "", "bymonthday": ",".join(days[1].split("・"))}
    if "第" in words or "最終" in words:
        found = re.findall(r"(第[\d・]+|最終)([月火水木金土日])曜?日?", words)
        numbered = [
            f"{number}{_DAYS[letter]}"
            for which, letter in found
            for number in (["-1"] if which == "最終" else re.findall(r"\d", which))
        ]
        if not numbered:
            raise ValueError(f"「{words}」を、曜日に読めません。第1・3土 のように書きます。")
        return {"freq": "MONTHLY", "byday": ",".join(numbered)}
    return {"freq": "WEEKLY", "byday": ",".join(day for day in WEEKDAYS if day in _weekly(words))}


def _weekly(words: str) -> set[str]:
    plain = re.sub("曜日?", "", words)
    if plain == "毎日":
        return set(WEEKDAYS)
    if plain == "平日":
        return set(WEEKDAYS[:5])
    days: set[str] = set()
    for first, last in re.findall(r"([月火水木金土日])(?:〜([月火水木金土日]))?", plain):
        start, end = WEEKDAYS.index(_DAYS[first]), WEEKDAYS.index(_DAYS[last or first])
        days |= set(WEEKDAYS[start : end + 1])
    if not days or re.sub(r"[月火水木金土日〜・]", "", plain):
        raise ValueError(f"「{words}」を、曜日に読めません。月〜金、月・水 のように書きます。")
    return days


def _clock(text: str) -> str:
    hour, minute = (int(part) for part in text.split(":"))
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise ValueError(f"「{text}」は、時計にない時刻です。")
    return f"{hour % 24:02}:{minute:02}"


def _month_day(text: str) -> str:
    month, day = (int(part) for part in text.split("-"))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        raise ValueError(f"「{text}」は、こよみにない日です。")
    return f"{month:02}-{day:02}"


def _write(row: Mapping[str, Any]) -> str:
    said = {name: value for name, value in row.items() if value not in ("", None, False)}
    if set(said) - _HELD or said.get("kind") != "opening_hours" or "opens_at" not in said:
        return ""
    days = _days_text(row)
    if not days:
        return ""
    flags = [
        *(["祝日休み"] if said.get("closed_on_holidays") else []),
        *(f"{word}{said[f'{name}_start']}〜{said[f'{name}_end']}" for word, name in (("年末年始", "year_end"), ("期間", "season")) if f"{name}_start" in said),
    ]  # fmt: skip
    notes = f"※{row['notes'].replace('；', '，').replace(';', ',')}" if said.get("notes") else ""
    entry = f"{days} {row['opens_at']}-{row['closes_at']}{'［' + ' '.join(flags) + '］' if flags else ''}{notes}"
    return " ".join(entry.split())


def _days_text(row: Mapping[str, Any]) -> str:
    if row["freq"] == "WEEKLY":
        codes = row["byday"].split(",")
        places = [WEEKDAYS.index(code) for code in codes if code in WEEKDAYS]
        if len(places) != len(codes):
            return ""
        if len(places) > 2 and places == list(range(places[0], places[-1] + 1)):
            return f"{_LETTERS[codes[0]]}〜{_LETTERS[codes[-1]]}"
        return "・".join(_LETTERS[code] for code in codes)
    if row["freq"] != "MONTHLY":
        return ""
    if row.get("bymonthday"):
        days = row["bymonthday"].split(",")
        return f"毎月{'・'.join(days)}日" if all(day.isdigit() for day in days) else ""
    written = []
    for one in row["byday"].split(","):
        found = re.fullmatch(r"(-1|[1-5])([A-Z]{2})", one)
        if found is None:
            return ""
        written.append(f"{'最終' if found[1] == '-1' else '第' + found[1]}{_LETTERS[found[2]]}")
    return "・".join(written)
