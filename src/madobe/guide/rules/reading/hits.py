"""Matching: where expressions occur, and how the words around them turn their meaning."""

import re
from dataclasses import dataclass

from madobe.guide.rules.reading import people
from madobe.guide.rules.reading.endings import NOT_END, is_negated
from madobe.guide.rules.reading.lexicon import Lexicon, Row

SEGMENT = re.compile("[^。？]+[。？]?")
JOINT = re.compile(
    "、|けれども|けれど|けんど|けど|ばってん|じゃけど|やけど|のに|(?<=です|ます|せん|した)が|(?<=だ)が|(?<=[いただるうく])が(?=、)|"
    "(?:(?<=です|ます|した|せん)|(?<=[いただるやう]))から(?=、|私|わたし|ほんま|本当)|からで|ので|んで(?=、)|(?<=[すいただるん])し(?=、|、)|「|」"
)
# 働かないと|いけない: the second half of a must is no denial.
_OUGHT = "(?:いけ|いか|あか|なら|まず)"
MUST_BEGUN = re.compile(f"(?:ないと|なきゃ|なければ|なくちゃ|なくては|んと|ねば|にゃ){_OUGHT}?$")
MUST_ENDED = re.compile(f"{_OUGHT}?(?:ない|ません|ん|へん)")
REPORT = re.compile(
    "[^、。]{0,20}?、?(?:と|って|て|とか|ち|」|なんて|など|ゆうて|いうて|いうのを|のを|(?<=[るくうすむぶぬつい])(?=言うて|言うと|言いよ|言っと|ゆうて|ゆうと))(?:は|も|よく|いつも|毎日|毎晩|ときどき|最近|たまに|ぽつりと|ぼそっと|泣きながら|私に|親に|母に|家族に|息子は|娘は|本人は|本人が|一度|この前|昨日|急に|突然|自分から|初めて|やっと|ようやく|このごろ|口では|口ばかり|、|[^、。]{1,6}?[がは])*"
    "(?:言(?!え)|ゆ(?:う|っ|い)|いう(?!こと|わけ|の|か|気|よう)|いっ(?:て(?!も)|た(?!い)|と(?:る|り))|いい(?:ま|出|だ)|話し|書い|送っ|漏ら|もら[しす]|つぶや|叫|口に(?:する|し)|泣[きい]|こぼ|のたま|申し|聞いて(?:い|お)?ま|ききま|伝えて|(?<=と)来(?:まし|た|て)|届[いき])"
)
TOLD_INSIDE = re.compile("(?<=[るくうすむぶぬつい])(?:言|ゆ|いう)[うっ]?$")  # 行く言うて
SAYER = re.compile(
    "(?:と|って)(?:言|い|ゆ)(?:う|って(?:い)?る|った|うて(?:い)?る)(?:の|ん)(?:は|が)"
)
# A sentence that ends in a bare quotation goes on from 〜と言う: 「ただ朝が来なければいいって。」
QUOTED_END = re.compile(
    "(?:(?!けど|から|ので)[ぁ-ん]){0,10}?(?:(?<![まなもやわ])って|んだって|とか)[。」]*$"
)
EVIDENTIAL = re.compile(
    "[^、。]{0,12}?(?:そう(?:です|で|だ|に|な)|らしい|らしく|らしゅう|(?:の)?よう(?:です|で(?!は)|だ(?!と)|な|に見|や|じゃ)|(?<=[るたいんのなだう子達])みたい(?:です|で|だ|な|に|や|じゃ)|とのこと|がって|がり|がる|様子|ごたる|んじゃないかと思|気がします|と見え|感じです)"
)
SEEN = re.compile("たが[りらるっ]|嫌が[りらるっ]|いやが|[怖わ]が[りらるっ]|てくれ(?:ない|ませ)")
PAST = re.compile(
    "以前(?!から|より)|昔(?!から)|むかし(?!から)|かつて|(?<![年月人目口名午手駅食以事直寸建自分戸板出])前は|(?<!お)まえは|前に(?=は|も)|当時|時期が|時代(?:は|に)|(?:とき|(?<![0-9一二三四五六七八九十何])時|頃|(?<!と)ころ)(?:は|に(?!な))|年(?:ほど|くらい)?前(?:に|は|、)|か月前(?:に|は)|若い頃(?!から)|一時期|一時は|いっとき|前回|(?:年|月|間|以)前まで|(?:中学|高校|小学校|学生|大学|二十代|三十代|二十歳|子供|子ども)(?:の)?(?:とき|時|頃|ころ)(?!から|より)"
)
PRESENT = re.compile(
    "今(?!度|後|まで|回|年|月|週)|いま|現在|最近|このごろ|この頃|ここのところ|きのう|昨日|昨夜|ゆうべ|今朝|今日|きょう|それから|それ以来|以来|また(?!は)|今も|いまも|いまだ|未だ|ずっと|近頃"
)
PAST_AFTER = re.compile(
    "[^。、]{0,4}?た(?:の|ん)は[^。、]{0,8}?(?:年|か月)(?:も|以上|ほど)?前|(?:て|で)?育(?:ち|っ)|っ?た(?:息子|娘|兄|弟|姉|妹|夫|妻|孫|友人|友達)が、?(?:今は|先月|今月|最近|今年|やっと|ようやく|先週)|""(?:(?!ない|ません)[ぁ-ん思考]){0,8}?(?:こと[がも](?:あった|ありました|あります|ある)|とき[がも](?:あった|ありました)|時期[がも](?:あった|ありました|あり)|時代が|んですが今は|けど今は|が今は|のですが今は|たが、今は|たけど、今は|たけど今は|ましたが、今は|ましたが今は)")  # fmt: skip
FINE_NOW = re.compile(
    "(?:今は|いまは|現在は|今では|いまでは|もう|最近は|おかげで)[^。]{0,14}(?:大丈夫|落ち着|元気|平気|(?:思わ|考え|あり|し|そんなこと|そういうこと)[^。]{0,8}(?:ない|ません|なく)|治|楽に|よくな|良くな|穏やか|起き|静かに|ふつうに|普通に|行け|通え|笑|過ごせ|働い(?:て(?:い)?(?:る|ます)))"
)
IF = re.compile("もし|仮に|万が一|万一|いつか")
SUPPOSED = re.compile(
    "(?:(?!ない|ません)[ぁ-ん]){0,8}?(?:たらどう|たらと思|ても(?:したら|いいの|い)|でもしたら|でもし(?:ないか|たら|かね)|たら(?:怖|こわ|困|大変|嫌|いや)|たりしたら|んじゃないか|の(?:で|じゃ)は(?:ない|と)|やしないか|やせんか|はしないか|(?:し)?ないか(?:と)?(?:心配|不安|怖|こわ|ひやひや|気が|と思)|(?:る|た)かもしれ|かねない|たりしないか)"
)
SOFT_BEFORE = re.compile("(?:ときどき|時時|時々|たまに|ふと|ふっと|なんとなく|何となく)[^。]{0,8}$")
SOFT_AFTER = re.compile(
    "(?:く)?(?:なる|なり|なっ)|(?:と|って|という|っていう|とか)?(?:思う|思った|考える|感じる|思って(?:い)?た)?(?:気持ち|気分|こと|ときが|とき(?:も|が)|時(?:も|が)|ほど|くらい|ぐらい|ような|みたいな|とふと)"
)
# 来てほしく… means something here only when it goes on 〜ない.
UNFINISHED = ("たく", "ほしく", "欲しく", "とう", "ほしゅう")
DENIAL = re.compile(f"(?:は|も|ば)?{NOT_END}")
STEM = re.compile("(?<![こつ])[かさたまらわばが]$(?<!こわ)(?<!つら)")
ENOUGH = 12  # the same thing said a thousand times without a stop is looked at this often
LOOK_BACK = 80  # characters before an expression in which a time may be named
INTENT = re.compile(
    "死のう|方法|準備|今夜|今日|明日|決め|遺書|もう死|本気|毎日|ずっと|今すぐ|いますぐ|今|どうやって"
)


@dataclass(frozen=True)
class Hit:
    """An expression found in the folded text, with what the words around say about it."""

    row: Row
    start: int
    end: int
    negated: bool
    past: bool
    supposed: bool
    reported: bool
    evident: bool  # 〜そう, 〜よう, 〜らしい, 〜がる: seen from outside
    subject: people.Mention | None  # the topic the words stand under, if any was named
    clause: tuple[int, int]
    segment: tuple[int, int]


def find_hits(text: str, lexicon: Lexicon, found: list[people.Mention]) -> list[Hit]:
    """All expressions of the lexicon in `text`, in order of place."""
    hits: list[Hit] = []
    for segment in SEGMENT.finditer(text):
        start, end = segment.span()
        part = segment[0]
        expressions = lexicon.candidates(part)
        if not expressions:
            continue
        joints = [m.span() for m in JOINT.finditer(part)]
        near = [m for m in found if start <= m.start < end]
        barred: dict[str, list[tuple[int, int]]] = {}
        seen: set[tuple[str, int]] = set()
        told: dict[str, int] = {}
        for expression in expressions:
            row = expression.row
            for match in expression.pattern.finditer(part):
                first, last = match.span()
                if first == last or (row.code, first) in seen:
                    continue
                while first < last and part[first] in "。、「」？":
                    first += 1
                while last > first and part[last - 1] in "。、「」？":
                    last -= 1
                if first == last:
                    continue
                seen.add((row.code, first))
                if row.code not in barred:
                    barred[row.code] = [
                        m.span() for p in lexicon.unless(row) for m in p.finditer(part)
                    ]
                if any(a < last and first < b for a, b in barred[row.code]):
                    continue
                hit = _look_around(row, part, start, first, last, joints, near)
                if hit:
                    hits.append(hit)
                    told[row.code] = told.get(row.code, 0) + 1
                    if told[row.code] >= ENOUGH:
                        break
    return sorted(hits, key=lambda hit: (hit.start, -hit.end))


def _look_around(
    row: Row,
    part: str,
    offset: int,
    first: int,
    last: int,
    joints: list[tuple[int, int]],
    near: list[people.Mention],
) -> Hit | None:
    clause_start = max((b for a, b in joints if b <= first), default=0)
    clause_end = min((a for a, b in joints if a >= last), default=len(part))
    after = part[last:clause_end]
    if row.kind != "want" and not row.safety and part[:last].endswith(UNFINISHED):
        completed = DENIAL.match(after)
        if completed is None:
            return None
        last += completed.end()
        after = part[last:clause_end]
    elif row.kind != "want" and STEM.search(part, first, last):
        completed = DENIAL.match(after)  # 続か… was written to go on 〜なかった
        if completed is not None:
            last += completed.end()
            after = part[last:clause_end]
    rest = part[last:]
    before = part[:first]
    ends_in_wish = part[max(first, last - 3) : last].endswith(("たい", "たく", "た", "とう"))
    past_marks = [m.end() for m in PAST.finditer(part, max(0, last - LOOK_BACK), last)]
    present_marks = [m.start() for m in PRESENT.finditer(part, max(0, last - LOOK_BACK), last)]
    past = bool(past_marks) and not any(p >= past_marks[-1] - 1 for p in present_marks)
    past = past or bool(PAST_AFTER.match(rest))
    if past_marks and past and not PAST_AFTER.match(rest):
        joint_between = any(past_marks[-1] <= a and b <= first for a, b in joints)
        past = not joint_between or "た" in part[last : last + 8]
    supposed = bool(SUPPOSED.match(rest)) or bool(
        IF.search(before[clause_start:])
        and re.match("(?:(?!けど|が)[ぁ-ん]){0,6}?(?:たら|れば|なら|ば)", rest)
    )
    subject = (
        people.subject_at(
            near, clause_start + offset, first + offset, " " * offset + part, end=last + offset
        )
        if near
        else None
    )
    quoted = rest.lstrip("」")
    reported = bool(REPORT.match(part, last) or QUOTED_END.match(rest)) or bool(
        quoted != rest and REPORT.match("」" + quoted)
    )
    if part[last - 1 : last] == "と":  # 資格を取れと父は言う
        reported = reported or bool(REPORT.match(part, last - 1))
    reported = reported or bool(TOLD_INSIDE.search(part, first, last))
    closing = part.find("」", last)
    if closing >= 0 and "「" not in part[last:closing] and "「" in before:
        reported = reported or bool(REPORT.match(part[closing:]))
    if reported and (sayer := SAYER.match(part, last)):  # 取りたいと言うのは母で
        said_by = next((m for m in near if m.start - offset == sayer.end()), None)
        subject = said_by or subject
    if subject is None and reported:  # 会ってみたいと弟が言っています
        subject = next(
            (
                m
                for m in near
                if 0 <= m.start - offset - last <= 30
                and m.particle in ("が", "は")
                and (m.group != "first" or "、" not in part[last : m.start - offset])
            ),
            None,
        )
    return Hit(
        row,
        first + offset,
        last + offset,
        not row.steady
        and not part[:last].endswith("しか")
        and not (MUST_BEGUN.search(part, first, last) and MUST_ENDED.match(after))
        and is_negated(after, ends_in_wish=ends_in_wish),
        past,
        supposed,
        reported,
        bool(EVIDENTIAL.match(part, last)) or bool(SEEN.search(part, first, last)),
        subject,
        (clause_start + offset, clause_end + offset),
        (offset, offset + len(part)),
    )
