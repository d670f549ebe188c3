"""Days of the week as people write them in Japanese, and as schedules keep them: 月・水 = "MO,WE", 最終土 = "-1SA"."""

import re
import unicodedata

DAYS = dict(zip("月火水木金土日", ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), strict=True))
_LETTER = {code: letter for letter, code in DAYS.items()}
_GROUPS = {"平日": "月火水木金", "土日": "土日", "週末": "土日", "毎日": "月火水木金土日"}
_TOKEN = re.compile(r"(?:第?([1-5])|(最終|最後の?))?([月火水木金土日])?(?:曜日?)?")
_RANGE = re.compile(r"([月火水木金土日])(?:曜日?)?[-~〜～から]+([月火水木金土日])(?:曜日?)?")
_LAST = "-1"


class DaysNotRead(ValueError):
    """These words do not name days of the week."""


def read_days(text: str) -> str:
    """This will read days: "月・水" -> "MO,WE", "月〜金", "第1・第3水曜", "最終土". Raises DaysNotRead."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return ""
    found: list[str] = []
    waiting: list[str] = []  # 第1 in 第1・第3水
    for part in re.split(r"[・、,\s/と]+", plain):
        if not part:
            continue
        if run := _RANGE.fullmatch(part):
            found += _run(run[1], run[2])
        elif part in _GROUPS:
            found += [DAYS[letter] for letter in _GROUPS[part]]
        elif re.fullmatch(r"[月火水木金土日]{2,7}", part):
            found += [DAYS[letter] for letter in part]
        else:
            number, day = _one(part)
            if day:
                found += [f"{one}{day}" for one in [*waiting, number]]
                waiting = []
            else:
                waiting.append(number)
    if waiting or not found:
        raise DaysNotRead(text)
    return ",".join(dict.fromkeys(found))


def write_days(byday: str) -> str:
    """This will write days as people do: "MO,WE" -> 月・水, "1WE,3WE" -> 第1水・第3水, "-1SA" -> 最終土."""
    return "・".join(_word(part.strip()) for part in byday.split(",") if part.strip())


def _word(part: str) -> str:
    letter = _LETTER.get(part[-2:], part[-2:])
    number = part[:-2]
    if not number:
        return letter
    return f"最終{letter}" if number == _LAST else f"第{number}{letter}"


def _one(part: str) -> tuple[str, str]:
    match = _TOKEN.fullmatch(part)
    if match is None or not any(match.groups()):
        raise DaysNotRead(part)
    number = match[1] or (_LAST if match[2] else "")
    return number, DAYS[match[3]] if match[3] else ""


def _run(first: str, last: str) -> list[str]:
    codes = list(DAYS.values())
    start, end = codes.index(DAYS[first]), codes.index(DAYS[last])
    if start > end:
        raise DaysNotRead(f"{first}-{last}")
    return codes[start : end + 1]
