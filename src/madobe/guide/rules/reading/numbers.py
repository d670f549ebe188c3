"""Numbers as people write them, and from them ages and durations."""

import re

DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
          "壱": 1, "弐": 2, "参": 3}  # fmt: skip
KANA = {"ひと": 1, "ふた": 2, "み": 3, "よ": 4, "いつ": 5, "いち": 1, "に": 2, "さん": 3, "よん": 4,
        "し": 4, "ご": 5, "ろく": 6, "なな": 7, "しち": 7, "はち": 8, "きゅう": 9, "く": 9, "じゅう": 10}  # fmt: skip
NUMERAL = "[0-9〇一二三四五六七八九十百]{1,4}"
_KANA_TENS = re.compile(
    "(に|さん|よん|よ|ご|ろく|なな|しち|はち|きゅう)?(じゅう|じゅっ|じゅ)?(いち|いっ|に|さん|よん|ご|ろく|ろっ|なな|しち|はち|はっ|きゅう)?$"
)


def number(written: str) -> int:
    """`written` (52, 五十二, 二〇, ごじゅうに) as an integer; -1 when it is none."""
    if written.isdecimal():
        return int(written)
    if re.fullmatch("[〇一二三四五六七八九]{2,4}", written):
        return int("".join(str(DIGITS[char]) for char in written))
    if re.fullmatch("[0-9〇零一二三四五六七八九十百]+", written):
        return _kanji(written)
    return _kana(written)


def _kanji(written: str) -> int:
    total = current = 0
    for char in written:
        if char == "百":
            total, current = total + (current or 1) * 100, 0
        elif char == "十":
            total, current = total + (current or 1) * 10, 0
        else:
            current = current * 10 + (int(char) if char.isdecimal() else DIGITS[char])
    return total + current


def _kana(written: str) -> int:
    match = _KANA_TENS.match(written)
    if not match or not written:
        return -1
    values = {**KANA, "いっ": 1, "ろっ": 6, "はっ": 8}
    tens, ten, ones = match.groups()
    if ten:
        return values.get(tens or "", 1) * 10 + values.get(ones or "", 0)
    if tens and ones:
        return -1
    return values.get(tens or ones or "", -1)
