"""How long it has lasted, in months."""

import re
from dataclasses import dataclass

from madobe.guide.rules.reading.numbers import NUMERAL, number

_YEAR = f"(?P<y>{NUMERAL}|数|何)年(?P<half>半)?"
_SPAN = re.compile(
    f"(?:{_YEAR}(?:と(?P<ym>{NUMERAL})(?:か月|ヶ月|ケ月|箇月|カ月|かげつ))?|(?P<m>{NUMERAL}|数|何)(?:か月|ヶ月|ケ月|箇月|カ月|かげつ|月(?=ほど|くらい|前|も|以上))(?P<mhalf>半)?|(?P<w>{NUMERAL}|数|何)(?:週間|しゅうかん)|(?P<d>{NUMERAL}|数|何)日|(?P<halfyear>半年|はんとし)|(?P<halfcentury>四半世紀)|"
    "(?P<kana>いち|に|さん|よ|よん|ご|ろく|なな|しち|はち|きゅう|じゅう|じゅうご|にじゅう|さんじゅう)ねん)"
    "(?P<after>間|かん)?(?P<more>(?:以上|いじょう|近く|近う|ちかく|ほど|くらい|ぐらい|あまり|余り|弱|強|ちょっと|前後|を超え|を越え|も|になる|になり|になっ|たち|たつ|経ち|経つ|経っ|たっ|目|越え|超え|がかり|ずっと|前から|まえから|前に|がたち|が経|が過ぎ|過ぎ|くらい前|ほど前|くらいに)*)"
)
_RELATIVE = {
    "一昨年": 24, "おととし": 24, "去年": 12, "昨年": 12, "先月": 1, "今月": 0, "先週": 0, "今週": 0,
    "先々月": 2, "先先月": 2, "この春": 6, "今年の春": 6, "今年の初め": 8, "年明け": 8, "今年の夏": 3, "夏休み明け": 2,
    "連休明け": 3, "先日": 0, "昨日": 0, "きのう": 0, "今年の4月": 6, "今年の四月": 6, "今年に入って": 6, "今年になって": 6,
    "この夏": 2, "この秋": 1, "この冬": 1, "二学期": 2, "新学期": 3,
}  # fmt: skip
_SINCE = re.compile(
    f"(?P<when>{'|'.join(sorted(_RELATIVE, key=len, reverse=True))})(?:の(?:春|夏|秋|冬|暮れ|終わり|初め|今頃|いまごろ|[0-9一二三四五六七八九十]+月))?(?:に(?!は)|頃|ごろ|くらい|ぐらい|あたり)*(?:から|以来|より|ずっと)"
)
_SINCE_AGE = re.compile(
    f"(?:(?P<n>{NUMERAL})(?:歳|才)(?:のとき|の時|の頃|のころ|頃|ごろ|ころ|くらい|ぐらい|の春|の夏|の秋|の冬|で(?=引きこも|ひきこも|会社を辞めて以来|仕事を辞めて)|過ぎ)*(?:から|以来|より|で(?=引きこも|ひきこも))|"
    "(?P<school>小学校|中学校|中学|高校|大学|専門学校|短大|高専|小学)(?P<year>[1-6一二三四五六](?:年生|年)?)?(?P<how>を出|を卒業し|を中退し|卒業|中退|を辞め|をやめ|を途中でやめ|の途中|の(?:とき|時|頃|ころ)|時代|入学|に入って)?(?:て|た|して)?(?:後|あと|してすぐ|てすぐ)?(?:から|以来|より|ずっと|、ずっと)|"
    "(?P<short>小|中|高|大)(?P<shortyear>[1-6一二三四五六])(?:年生|年)?(?:の(?:とき|時|頃|ころ|夏|冬|春|秋|途中|終わり|二学期|三学期|一学期|夏休み(?:明け)?|gw(?:明け)?))*(?:から|以来|で不登校|より|ずっと))"
)
_SINCE_WHEN = re.compile(
    f"(?P<n>{NUMERAL})(?:歳|才)?(?:のとき|の時|の頃|のころ)(?:に|で|でした)?[^？]{{0,16}}?(?:それから|それ以来|以来)ずっと"
)
_SCHOOL_AGE = {
    "小学": 10,
    "小学校": 10,
    "中学": 13,
    "中学校": 13,
    "高校": 16,
    "大学": 20,
    "専門学校": 19,
    "短大": 19,
    "高専": 17,
}
_LEFT = {
    "小学": 12,
    "小学校": 12,
    "中学": 15,
    "中学校": 15,
    "高校": 18,
    "大学": 22,
    "専門学校": 20,
    "短大": 20,
    "高専": 20,
}
_BASE = {"小": 6, "中": 12, "高": 15, "大": 18}

_LASTING = re.compile(
    "前から|まえから|くらい前|ほど前|間|以上|近く|ずっと|になる|になり|になっ|たち|たつ|経|たっ|がかり|がたち|が過ぎ|目|も|部屋|へや|引き|ひき|こも|家|外|出|続|話|以来|ほど|くらい|ぐらい|あまり|余り|前に|弱|強|、|。|は|が|誰|学校|$"
)
_STATE_NEAR = re.compile(
    "引きこも|ひきこも|引き籠|こも|籠|部屋|へや|外に|外へ|外出|自宅|実家|家から|家に|家で|家さ|出て|出られ|出な|出ま|でて|学校|不登校|行け|行って(?:い)?ま?せ?な?|話し|口を|会話|働いて(?:い)?(?:な|ま)|無職|こんな|この|状態|続い|休ん|休み|来て(?:い)?(?:な|ま)|閉じ|動け|寝て|眠れ|仕事を(?:し|辞|や)|会社を|退職|通え|顔を|姿を|しとらん|出とら"
)
_OTHER_SPAN = re.compile(
    "(?:し(?:ました|た|てい(?:ました|た))|続きました|続いて辞め|結婚|付き合|つきあ|交際|介護|勤め|勤続|働い(?!て(?:い)?(?:な|ま))|在籍|通っ|通院|飼|住ん|同居|看病|看|暮らし|歳|後|ぶり|以内|契約|コス|生|保証|ロン|に一度|に一回|に1回|に[0-9]|遅れ|先|制|度|分|目標|続けて|続けた|務め|実務|経験|担当|支援して|いじめられ|相談員|修行|浪人|留年|早く)"
)
_NEGATED_WORK = re.compile(
    "(?:年|月|間|も|近く|以上|ほど|くらい)*(?:仕事|働)(?:いて|を?して|に就いて|にもついて|も)?(?:い)?(?:ない|ませ|ず|おらず|おりませ|へん)"
)


@dataclass(frozen=True)
class Duration:
    """Months the present state has lasted; `sure` = how well the words around fit (higher = better)."""

    start: int
    end: int
    months: int
    sure: float


def durations(text: str, *, age: int) -> list[Duration]:
    """Durations in the folded text, best first. `age` of the person (-1 unknown) for 「中学から」."""
    found: list[Duration] = []
    for match in _SPAN.finditer(text):
        months = _months(match)
        if _UNKNOWN_MANY.match(match[0] + text[match.end() : match.end() + 2]):
            continue
        if (
            months > 0
            and re.search(
                "もたって|も経って|もなって", match[0] + text[match.end() : match.end() + 8]
            )
            and _LESS.search(text, match.start(), match.end() + 10)
        ):
            months -= 1
        if months >= 0:
            sure = _fit(text, match)
            if sure > 0:
                found.append(Duration(match.start(), _words_end(match), months, sure))
    for match in _SINCE.finditer(text):
        if _STATE_NEAR.search(text[match.end() : match.end() + 24]):
            found.append(Duration(match.start(), match.end(), _RELATIVE[match["when"]], 2.0))
    if age > 0:
        for match in _SINCE_AGE.finditer(text):
            began = _began(match)
            if 5 <= began <= age and _STATE_NEAR.search(text[match.start() : match.end() + 26]):
                found.append(Duration(match.start(), match.end(), (age - began) * 12, 1.5))
        for match in _SINCE_WHEN.finditer(text):
            began = number(match["n"])
            if 5 <= began <= age:
                found.append(Duration(match.start(), match.end(), (age - began) * 12, 1.5))
    return sorted(found, key=lambda d: (-d.sure, d.start))


def _words_end(match: re.Match[str]) -> int:
    end = match.end()
    while end > match.start() and match.string[end - 1] in "、。":
        end -= 1
    return end


def _months(match: re.Match[str]) -> int:
    if match["halfyear"]:
        return 6
    if match["halfcentury"]:
        return 300
    if match["kana"]:
        return number(match["kana"]) * 12
    if match["y"]:
        years = _few(match["y"])
        extra = 6 if match["half"] else 0
        if match["ym"]:
            extra += number(match["ym"])
        return years * 12 + extra if 0 < years <= 70 else -1
    if match["m"]:
        return _few(match["m"])
    if match["w"]:
        return round(_few(match["w"]) / 4.3)
    return round(_few(match["d"]) / 30)


def _few(written: str) -> int:
    return {"数": 3, "何": 3}.get(written) or number(written)


# 半年もたっていない, 一年足らず: a little less than said
_LESS = re.compile(
    "(?:も|に|は)*(?:(?:たって|経って|なって)(?:い)?(?:ない|ません)|満た|足ら|たら|未満)"
)
_UNKNOWN_MANY = re.compile("何(?:年|か月|ヶ月|カ月|日|週間)(?:間|目)?(?!も|間も|以上も|と)")


def _fit(text: str, match: re.Match[str]) -> float:
    start, end = match.start(), match.end()
    if match["y"] and (
        int_or(match["y"]) > 99
        or text[start - 1 : start] in ("和", "成", "昭", "令", "学", "小", "中", "高", "第")
    ):
        return 0
    after = text[end : end + 22].split("。")[0]
    before = text[max(0, start - 14) : start].split("。")[-1]
    if re.match("で(?:辞|やめ|クビ|首|退職|行けな|来なく|終わ)", after):
        return 0
    if match[0].endswith("目") and re.match("の|で|に(?:退職|辞|やめ)", after):
        return 0
    if re.search("亡くな|他界|逝っ|離婚|看取|引っ越|死ん", before[-10:]):
        return 0
    if "前" in match[0] and re.match("[^、。]{0,10}経験し", after):
        return 0
    if match["d"] and not re.search("前から|ほど前|ずっと", match[0]):
        return 0
    if re.match(
        "[^、。]{0,3}(?:後|ぶり|以内|に一度|に一回|遅れ|生|制|ごと|おき|コ|度|分|先|契約|プ|で[0-9一二三四五六七八九十百]+万)",
        after,
    ):
        return 0
    if text[end : end + 2] in ("前は", "前ま", "前の", "後に", "前、"):
        return 0
    if match["more"] and match["more"].startswith("前に") and not _STATE_NEAR.search(after):
        return 0
    close = re.match("[^、。]{0,8}", after)
    near = close[0] if close else ""
    if _OTHER_SPAN.match(near) and not _NEGATED_WORK.match(near):
        return 0
    if re.search(
        "(?:働い|勤め|通っ|付き合|結婚|介護|飼っ|住ん|いじめられ|続け)(?:て|た)", near
    ) and not re.search("ない|ませ|おら", near):
        return 0
    if "は元気" in after or "前は" in match[0]:
        return 0
    if re.match("前(?:です|だ|の(?:こと|話)|で、|。|や)", after) and re.search(
        "(?:それが|のが|のは)、?(?:もう)?$", before
    ):
        return 2
    if re.match("も?(?:もち|もた|持ち|持た|続|つづ)", match[0][-1:].strip("年月半") + after) and (
        re.search("どこも|仕事|会社|職場|バイト|パート|何をして", before)
    ):
        return 0  # どこも三か月もちません: how long the work lasted
    if re.match(
        "[^。]{0,6}?(?:こも|籠)[^。]{0,3}?(?:て|で)(?:い)?(?:ました|た(?:。|けど|が|こと|経験|時期))",
        after,
    ):
        return 0  # a spell that is over
    sure = 0.0
    if re.search("まだ$", before) and re.match("です|しか|で|なの|だ|、|。", after):
        sure += 1.2
    if re.search("(?:歳|才)(?:です)?[、。]$", before) and re.match("。|、|$|です|に", after):
        sure += 1.2  # 17歳、1年くらい
    if _STATE_NEAR.search(after):
        sure += 2
    if _STATE_NEAR.search(before):
        sure += 1.5
    if _LASTING.search(match["more"] or "") or match["after"]:
        sure += 0.6
    if re.search("前から|まえから", match[0]):
        sure += 1
    if re.search("(?:になる|になり|になっ|たち|たつ|経|たっ|が過ぎ)", match[0] + near):
        sure += 0.8
    if re.search("歴$|から$|ずっと$|かれこれ$|もう$|まる$|丸$", before):
        sure += 0.8
    if (
        re.search("[てで]、?(?:もう|かれこれ|はや|まる|丸)?$", before)
        and re.match("です|になり|になる|、|に。|たち|経|が経|が過ぎ|$", after)
        and not re.search("結婚|働|付き合|勤め|通っ|通い|飼|産|生まれ|住|介護", before)
    ):
        sure += 1.2
    if re.search("食べ|飲|たべ|口に", near):
        return 0
    if re.search("訪問|相談|面接|治療|クリニック|通院|薬", near):
        sure -= 1.2
    return sure if sure >= 1.2 else 0


def int_or(written: str) -> int:
    """The number written, 3 for 数 and 何."""
    return _few(written)


def _began(match: re.Match[str]) -> int:
    if match["n"]:
        return number(match["n"])
    if match["short"]:
        return _BASE[match["short"]] + number(match["shortyear"])
    school = match["school"]
    if match["year"]:
        year = number(match["year"][0])
        return _BASE[school[0]] + year
    how = match["how"] or ""
    return _LEFT[school] if how.startswith(("を出", "を卒業", "卒業")) else _SCHOOL_AGE[school]
