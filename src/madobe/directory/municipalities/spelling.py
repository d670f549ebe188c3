"""One spelling for the many ways a place name is written.

`plain` undoes what keyboards do (full width, half-width kana, spaces) and keeps the characters.
`fold` also undoes what eras do (龍/竜, ヶ/ケ/が, 斎/齋): two names may meet there (鹿島市, 鹿嶋市), so what
is plainly equal always goes first.
"""

import re
import unicodedata

# Old and new forms of the characters that stand in municipality names, and common mistypings of them.
_PAIRS = {
    "龍": "竜", "齋": "斎", "齊": "斎", "斉": "斎", "邊": "辺", "邉": "辺", "澤": "沢", "濱": "浜", "濵": "浜",
    "櫻": "桜", "國": "国", "廣": "広", "嶋": "島", "嶌": "島", "﨑": "崎", "嵜": "崎", "髙": "高", "鰺": "鯵",
    "曾": "曽", "藏": "蔵", "瀧": "滝", "龜": "亀", "鹽": "塩", "釜": "竈", "竃": "竈", "舘": "館", "條": "条",
    "攝": "摂", "與": "与", "渕": "淵", "峯": "峰", "驒": "騨", "惠": "恵", "眞": "真", "冨": "富", "壷": "壺",
    "梼": "檮", "粕": "糟", "繩": "縄", "埜": "野", "桧": "檜", "應": "応", "壽": "寿", "榮": "栄", "鷗": "鴎",
    "德": "徳", "槗": "橋", "莊": "荘", "庄": "荘", "乘": "乗", "圓": "円", "豐": "豊", "縣": "県", "區": "区",
    "藪": "薮", "籠": "篭", "礪": "砺", "蘆": "芦", "鶯": "鴬", "竝": "並", "傳": "伝", "靜": "静", "會": "会",
    "﨟": "臈", "邨": "村", "當": "当", "麥": "麦", "鷄": "鶏", "劔": "剣", "劍": "剣", "壹": "壱", "關": "関",
    "嶽": "岳", "彌": "弥", "兒": "児", "禮": "礼", "氣": "気", "澁": "渋", "團": "団", "遙": "遥", "灣": "湾",
    "之": "の", "乃": "の", "ノ": "の",
}  # fmt: skip
_OLD_TO_NEW = str.maketrans(_PAIRS)
_KATAKANA_TO_HIRAGANA = str.maketrans({chr(c): chr(c - 0x60) for c in range(0x30A1, 0x30F7)})
_KE_BETWEEN_KANJI = re.compile("(?<=[々一-鿿])[ヶケヵカがガけか](?=[一-鿿])")
_GAPS = re.compile(r"[\s・･,，、。．/／\-－‐]+")


def plain(text: str) -> str:
    """This will give the text as one keyboard would have written it, without gaps."""
    return _GAPS.sub("", unicodedata.normalize("NFKC", text))


def fold(text: str) -> str:
    """This will give a key two spellings of one name share; not meant for reading. Keeps the length."""
    return _KE_BETWEEN_KANJI.sub("ヶ", text.translate(_OLD_TO_NEW)).translate(_KATAKANA_TO_HIRAGANA)
