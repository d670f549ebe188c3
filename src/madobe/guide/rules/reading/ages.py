"""Ages in the text: whose, and how many years."""

import re
from dataclasses import dataclass

from madobe.guide.rules.reading import people
from madobe.guide.rules.reading.numbers import NUMERAL, number

ELDERLY = 65

_KIN = f"(?:{people.CHILD}|{people.GRAND}|{people.SIBLING}|{people.SPOUSE}|{people.PARENT}|{people.GRANDPARENT}|{people.FRIEND}|{people.CLIENT}|{people.PERSON})"
_KANA_YEARS = "(?:に|さん|よん|ご|ろく|なな|はち|きゅう)?じゅう(?:いち|いっ|に|さん|よん|ご|ろく|なな|はち|はっ|きゅう)?"
_YEARS = re.compile(
    f"(?P<n>{NUMERAL}に?|{_KANA_YEARS})(?P<unit>歳|才|さい|ちゃい)(?!の(?:とき|時|頃|ころ|夏|冬|春|秋)|くらいのとき|で(?:引きこも|ひきこも|会社を|仕事を|退職|辞め|やめ|結婚|中退|家を出)|から|ごろ|頃|ころ|過ぎから|児|差|違い|離れ|下|上の|までに|まで(?!働))"
)
_TWENTY = re.compile("(?:二十歳|20歳|はたち|ハタチ)")
_BARE_STATED = re.compile(
    "(?:今は|今年で|今年|もうすぐ|もう|現在|年は|歳は|年齢は|今|じき|当年)、?(?P<n>[0-9]{2}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?=です|で、|になり|。|、|だ|や|じゃ|の)(?!の(?:人|年))"
)
# 息子は34です, 私は六十八、: a bare number told of somebody
_BARE_TOLD = re.compile(
    f"(?:(?:{_KIN}|{people.FIRST})(?:さん|ちゃん|くん)?(?:は|が|も|、)、?(?:今|もう|今年|現在|今年で|もうすぐ)?|(?:^|。))(?P<n>[0-9]{{2}}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?=です|。|、|で、|だ(?:。|が|け)|に(?:な|も)|で定年|歳|才|$)"
)
# 息子（36）は: the brackets are folded away
_KIN_NUMBER = re.compile(
    f"(?:{_KIN}|{people.FIRST})(?:さん|ちゃん|くん)?(?P<n>[0-9]{{2}})(?=は|が|も|、|の|を|に|と|で|。)"
)
_DECADE = re.compile(
    f"(?P<n>{NUMERAL})(?:代|だい)(?P<part>前半|後半|半ば|なかば|はじめ|初め|終わり|おわり|まえはん)?(?!目|の(?:とき|時|頃|ころ)|から|で(?:結婚|退職))"
)
_BARE_BEFORE_KIN = re.compile(
    f"(?P<n>{NUMERAL})(?:に(?:もなる|なった|なる|なります)|近い|を過ぎた|過ぎの|すぎの|越えの|の|、)(?:うちの|引きこもりの|ひきこもりの|ひとり|一人)?(?={_KIN})"
)
_TURNS = re.compile(
    f"(?P<n>{NUMERAL}|{_KANA_YEARS})(?:歳|才|さい)?(?:に(?:なります|なりました|なる(?=。|の|と|んで|息子|娘|兄|弟)|なった(?=。|けど|の|ばかり|が|んで)|もなって|なって(?:も|、|し)|なり、))"
)
_SCHOOL = re.compile(
    "(?:(?P<level>ちゅうがく|ちゅう|しょうがく|しょう|こうこう|こう|小学校|小学|小|中学校|中学|中|高校|高|大学|大)(?P<n>[1-6一二三四五六])(?:年生|年|ねん)?+(?:生)?+|(?P<whole>小学生|中学生|高校生|大学生|大学院生|専門学校生|園児|浪人生|新社会人))"
    "(?!の(?:とき|時|頃|ころ|夏|冬|春|秋|三学期|二学期|一学期|途中|終わり|後半|初め|はじめ|gw)(?:から|に|で|は|、|まで|の)|から|で(?:不登校|いじめ|引きこも|中退)|まで|以来|回|人|か月|ヶ月|円)"
)
_LEVELS = {"し": 6, "ち": 12, "こ": 15, "小": 6, "中": 12, "高": 15, "大": 18}
_WHOLE = {"小学生": 10, "中学生": 13, "高校生": 16, "大学生": 20, "大学院生": 24, "専門学校生": 19,
          "園児": 5, "浪人生": 19, "新社会人": 22}  # fmt: skip
# ちゅうにです: a school year all in kana
_SCHOOL_KANA = re.compile(
    "(?:^|[。、はがの])(?P<level>しょう|ちゅう|こう)(?P<n>いち|に|さん|よん|ご|ろく)(?:ねんせい|ねん)?(?=です|だ|、|。|の(?:とき)?|で|$)"
)
_KANA_YEAR = {"いち": 1, "に": 2, "さん": 3, "よん": 4, "ご": 5, "ろく": 6}
_OTHERS = re.compile(
    "七十路|八十路|五十路|四十路|六十路|還暦|古希|喜寿|傘寿|米寿|卒寿|アラフォ|あらふぉ|アラサ|あらさ|アラ還"
)
_NAMED = {
    "還暦": 60,
    "四十路": 40,
    "五十路": 50,
    "七十路": 70,
    "八十路": 80,
    "六十路": 60,
    "古希": 70,
    "喜寿": 77,
    "傘寿": 80,
    "米寿": 88,
    "卒寿": 90,
    "あらふぉ": 40,
    "あらさ": 30,
}
_LONG_AGO = re.compile("(?:の)?(?:とき|時|頃|ころ)")


@dataclass(frozen=True)
class Age:
    """`years` of somebody: `group` of people.GROUPS, or "" when the text does not say whose."""

    start: int
    end: int
    years: int
    group: str


def ages(text: str, found: list[people.Mention]) -> list[Age]:
    """Every age in the folded text, in order, each with whose it is."""
    taken: list[Age] = []
    for start, end, years in _spans(text):
        if not 3 <= years <= 110 or any(a.start < end and start < a.end for a in taken):
            continue
        if _LONG_AGO.match(text, end):
            continue
        group, noun_end = _owner(text, start, end, found)
        taken.append(Age(start, max(end, noun_end), years, group))
    return sorted(taken, key=lambda age: age.start)


def _spans(text: str) -> list[tuple[int, int, int]]:
    spans: list[tuple[int, int, int]] = []
    for match in _SCHOOL.finditer(text):
        if match["whole"]:
            spans.append((match.start(), match.end(), _WHOLE[match["whole"]]))
        else:
            base = _LEVELS[match["level"][:1]]
            spans.append((match.start(), match.end(), base + number(match["n"]) - 1))
    for match in _SCHOOL_KANA.finditer(text):
        years = _LEVELS[match["level"][0]] + _KANA_YEAR[match["n"]] - 1
        spans.append((match.start("level"), match.end(), years))
    for match in _YEARS.finditer(text):
        written = match["n"]
        years = number(written)
        if years < 0 and written.endswith("に"):  # 十ニ, the katakana ニ typed for 二
            years = number(written[:-1] + "二")
        spans.append((match.start(), match.end(), years))
    spans += [(m.start(), m.end(), 20) for m in _TWENTY.finditer(text)]
    for match in _BARE_BEFORE_KIN.finditer(text):
        if number(match["n"]) >= 13:
            spans.append((match.start(), match.end(), number(match["n"])))
    for match in _KIN_NUMBER.finditer(text):
        spans.append((match.start("n"), match.end("n"), number(match["n"])))
    for match in _BARE_TOLD.finditer(text):
        if number(match["n"]) >= 13:
            spans.append((match.start("n"), match.end("n"), number(match["n"])))
    for match in _BARE_STATED.finditer(text):
        spans.append((match.start("n"), match.end(), number(match["n"])))
    for match in _TURNS.finditer(text):
        if number(match["n"]) >= 13 and not re.match(
            "(?:日|月|年|人|回|時)", text[match.end("n") :]
        ):
            spans.append((match.start(), match.end(), number(match["n"])))
    for match in _DECADE.finditer(text):
        years = number(match["n"])
        if years % 10 == 0 and years >= 10:
            spans.append((match.start(), match.end(), years + _within(match["part"] or "", years)))
    for match in _OTHERS.finditer(text):
        if match[0] in _NAMED:
            spans.append((match.start(), match.end(), _NAMED[match[0]]))
    return spans


def _within(part: str, decade: int) -> int:
    if part in ("前半", "はじめ", "初め"):
        return 2
    if part in ("後半", "終わり", "おわり"):
        return 7
    return 6 if decade == 10 else 5


_AFTER = re.compile(
    f"(?:に(?:なる|なった|なります|もなる)|過ぎ|近い|くらい|ぐらい|、)?(?:の|)(?:引きこもりの|ひきこもりの|うちの|一人|ひとり|高齢の|年老いた|病気の|不登校の|無職の|認知症の|独身の|実の|私の)?(?P<kin>{_KIN}|{people.FIRST})"
)


_JUST_BEFORE = re.compile(f"(?P<kin>{_KIN})(?:さん|様|さま|ちゃん|くん|君)?$")


def _owner(text: str, start: int, end: int, found: list[people.Mention]) -> tuple[str, int]:
    """The group the age belongs to, and where the noun that shows it ends (0 when none)."""
    if named := _JUST_BEFORE.search(text[max(0, start - 8) : start]):  # 長男（55歳）
        return people.group_of(named["kin"]), 0
    after = _AFTER.match(text, end)
    if after and text[end - 1] not in "。？て":
        group = people.group_of(after["kin"])
        if group and after["kin"] != "うち":
            return group, after.end("kin")
    inside = re.match(f"(?:{_KIN})", text[end:])
    if inside and text[end - 1] != "て":
        return people.group_of(inside[0]), end + inside.end()
    clause = max(text.rfind("。", 0, start), text.rfind("？", 0, start)) + 1
    for mention in reversed(found):
        if mention.start >= start or mention.start < clause:
            continue
        if mention.topic or mention.particle in ("の", "は今年", "") or mention.end >= start - 1:
            return mention.group, 0
    return "", 0
