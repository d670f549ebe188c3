"""How we speak to people: the words we leave out, and the measures of plain Japanese.

`findings(text, language)` looks at one text as it would be shown. It knows no files and no tables; the
house's tests bring it every text there is. What is listed here hurts, hurries, orders, blames or promises;
`unless` names the places where the same letters mean something else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

JA, EASY, EN = "ja", "easy", "en"

LONGEST_SENTENCE = 45  # characters of plain Japanese, the spaces between phrases not counted
MOST_KANJI = 13  # in one sentence of plain Japanese
MOST_PAUSES = 2  # commas in one sentence of plain Japanese: more is more than one thing
MOST_REQUESTS = 1  # 〜してください, "please": a second one makes a chain of orders


@dataclass(frozen=True)
class Finding:
    """What was found in a text, and what to say instead."""

    words: str
    advice: str


@dataclass(frozen=True)
class _Rule:
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    advice: str


def _rules(*rows: tuple[str, str, str], flags: int = 0) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(re.compile(words, flags), re.compile(unless, flags) if unless else None, advice)
        for words, unless, advice in rows
    )


# words, unless they stand inside this, what to say instead
_JAPANESE = _rules(
    ("社会復帰|自立させ|(?:脱|抜け出す?)[・ 　]?ひきこもり|ひきこもり(?:から(?:の)?|を)(?:脱|抜け出|卒業|直)|脱出|克服|更生|立ち直", "", "暮らしやすくなる、人とつながる、自分で決める"),
    ("問題|症例|対象者", "8050問題", "困りごと、様子、あなた／ご本人／ご家族"),
    ("対象外|該当しません|資格がありません|利用できません|使えません", "", "ここの条件とは少しちがいました。代わりにこちらがあります"),
    ("(?:なぜ|どうして)[^。]{0,12}(?:出てこない|出ない|出られない|できない|働かない|行かない)(?:の|んです)", "「[^」]*」と ?言いそう", "いま、困っていることはありますか"),
    ("がんば(?:りましょう|ろう|って|れ(?!な)|り(?:が|ま))|頑張(?:り|ろ|っ|れ(?!な)|る)|がんばる(?:こと|ぞ|しか)|もう少しです|あと少しです|あきらめないで|努力(?:し|が)", "がんばらなくて|頑張らなくて", "休みながらで大丈夫です"),
    ("今すぐ|いますぐ|すぐに|早く|お早め|早めに|手遅れ|急いで|急げ|至急|一刻も|遅れ(?:ない|る前|ずに)", "^いますぐ$|いますぐの(?:安全|連絡先)|すぐになくなり|すぐに ?なくなり", "気がむいたときに、思いたったときに"),
    ("甘え|怠け|なまけ|怠惰|ニート|無職|落ちこぼれ|負け組|パラサイト|お荷物|世間体|情けな|恥ずかし|だらしな|わがまま|引きこも(?:り|る)", "", "（使わない。状態は「ひきこもり」「家で過ごす時間が長い」）"),
    ("ひきこもりの(?:人|方|子|息子|娘|若者|者)(?!々?との|のつながり)|ひきこもり者|ひきこもりたち", "", "ひきこもりの状態にある方"),
    ("ふつうの人|普通の人|健常|まともな|異常|正常|おかしい人|問題行動|困った人|弱い人|かわいそう|可哀想|被害妄想|社会不適", "", "人を分ける言葉は使わない"),
    ("エラー|失敗|無効|不正(?:な|です)|誤り|間違(?:い|え|っ)|まちがい(?!では)", "", "うまく送れませんでした。書いたものは残っています"),
    ("欠席|未達成|達成(?:率|しま|でき)|未提出|未回答|[0-9０-９○◯]日ぶり|サボ|皆勤|連続(?:記録|[0-9０-９]|○)|[0-9０-９○]日連続|途切れ", "", "お休み、またいつでも"),
    ("ランキング|順位|[0-9]位|バッジ|ポイント(?!に)|スコア|点数|採点|レベル|ストリーク|ログインボーナス|ごほうび|ノルマ|合格|競争|競い", "", "くらべない、数えない"),
    ("締め?切り?|〆切|期限|残り(?:[0-9０-９]|わずか|あと)|あと[0-9０-９○]+日|カウントダウン|タイムアップ|時間切れ|お急ぎください", "締め切りはありません|期限はありません", "日にちは事実として書き、せかさない"),
    ("(?:ご両親|両親|親|家族|母親|父親)の(?:対応|育て方|接し方|せい)(?:が|に|は)?(?:原因|問題|悪|です)|育て方が|しつけ(?:が|の)|甘やか", "せいでも|せいでは", "ご家族だけのせいではありません"),
    ("治(?:る|り|し|そう|せ)|完治|必ず|かならず|絶対|成功(?!した例)|回復率|保証し|100[%％]", "", "楽になることがあります、人それぞれです"),
    ("しなさい|やめなさい|なさい(?:。|$)|なければ(?:なり|いけ)|なくては(?:なり|いけ)|なきゃ(?:な|いけ)|ねばなり|べきです|べきでは|してはいけ|してはなり|禁止|厳禁|義務です|必須", "", "〜できます、〜もあります"),
    ("[!！]", "", "静かに。感嘆符は使わない"),
)  # fmt: skip

_ENGLISH = _rules(
    (r"\bfail(?:s|ed|ure|ures|ing)?\b", "sleep fails|if even sips of water fail", "It could not be sent. What you wrote is still here."),
    (r"\b(?:errors?|invalid|illegal|incorrect|wrongly|malformed|not allowed|denied|rejected|forbidden)\b", "", "say what happened and what one can do next"),
    (r"\b(?:you must|you should|must not|should not|you have to|you need to|you are required|required field|mandatory|do not forget)\b", "nothing (?:that )?you have to", "You can …, there is also …"),
    (r"\b(?:hurry|act now|right now!|immediately|as soon as possible|asap|urgent(?:ly)?|before it is too late|too late|don[’']t wait|last chance|time is running|without delay)\b", "", "when you feel like it, whenever it suits you"),
    (r"\b(?:deadlines?|expires?|expired|days left|countdown|time limit reached|overdue)\b", "", "give the date as a fact, without pressure"),
    (r"\b(?:laz(?:y|iness)|idle|slackers?|losers?|parasites?|NEETs?|unemployed|shut-?ins?|recluses?|drop-?outs?|spoil(?:t|ed)|weak-willed|burden to)\b", "", "leave the word out"),
    (r"\b(?:hikikomoris|a hikikomori(?! (?:support|centre|outpatient|state|window|clinic|handbook|class))|hikikomori (?:people|person|child|son|daughter|sufferers?|patients?))\b", "", "a person who has withdrawn; someone who spends most time at home"),
    (r"\b(?:normal (?:people|person|life|child|family)|abnormal|crazy|insane|mentally ill|deviant|healthy people)\b", "", "no word that sorts people"),
    (r"\b(?:cur(?:e|ed|es|ing)|overcom(?:e|ing)|overcame|success rate|succeed(?:ed)?|guarantee[ds]?|recovered fully|100 ?%)\b", "", "it can get easier; everyone differs"),
    (r"\b(?:reintegrat\w+|return to society|back (?:in)?to society|rehabilitat\w+|escape from hikikomori|escap(?:e|ing) withdrawal|make (?:him|her|them) independent|get (?:him|her|them) out)\b", "", "living gets easier, ties with people, deciding for oneself"),
    (r"\b(?:problems?|problem child|cases? of|sufferers?|victims?|target group)\b", "“[^”]*”", "trouble, how things are, you, the person, the family"),
    (r"\b(?:not eligible|ineligible|do not qualify|does not qualify|not entitled|out of scope)\b", "", "The conditions here were a little different. There is this instead."),
    (r"\b(?:streaks?|badges?|leaderboards?|rankings?|scores?|points earned|level up|achievements?|rewards?|goals? missed|missed (?:day|session|goal)s?|absen(?:t|ce)|day \d+ of)\b", "", "nothing is counted, nobody is compared"),
    (r"\b(?:try harder|cheer up|don[’']t give up|never give up|keep it up|almost there|do your best|pull yourself together|make an effort)\b", "", "Resting as you go is fine."),
    (r"\b(?:your fault|parents[’'] fault|fault of (?:the )?parents|upbringing|bad parenting|you caused|to blame)\b", "(?:not|never|nobody[’']s|no one[’']s)[^.]{0,20}(?:fault|to blame)", "It is not the family’s doing alone."),
    (r"\bwhy (?:don[’']t|do not|won[’']t|can[’']t) (?:you|they|he|she)\b", "about to say “[^”]*”", "Is anything hard just now?"),
    ("!", "", "quiet: no exclamation marks"),
    flags=re.IGNORECASE,
)  # fmt: skip

_DOUBLE_NEGATIVE = re.compile(
    r"な(?:い|く|かった)(?:こと|わけ|の|もの|とき)?(?:は|も|でも|では|じゃ)(?:ない|なく|ありません|なかった)"
    r"|ずには[^。]{0,6}(?:ない|ません)|なければ[^。]{0,8}(?:ない|ません|なり)"
    r"|ないとは(?:言え|いえ|かぎ|限)[^。]{0,3}(?:ない|ません)|ない人はい?(?:ない|ません)"
)
_POLITE_END = re.compile(
    r"(?:です|ます|ません|でした|ました|でしょう|ましょう|ください|ますか|ですか|ございます|どうぞ|[ねよか]"
    # a list of things, not sentences
    r"|こと|もの|とき|ときに|ために|はい|いいえ|たとえば)$"
)
_SENTENCE_END = re.compile(r"[。？?\n]+")
_KANJI = re.compile(r"[々〆㐀-䶿一-鿿]")
_PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
_QUOTED = re.compile(r"「[^」]*」|（[^）]*）")
_REQUEST_JA = re.compile(r"(?:て|で|お[^。、 ]{1,6})[ 　]?ください(?!ま|っ)")
_REQUEST_EN = re.compile(r"\bplease\b", re.IGNORECASE)

# Words that tell a stranger what somebody was looking at, in an address or the title of a window.
_TELLING = re.compile(
    r"hikikomori|withdraw|suicid|self-?harm|violen|abuse|\bdv\b|crisis|mental|psych|depress|illness|counsel"
    r"|ひきこもり|引きこもり|自殺|死に|暴力|虐待|危機|精神|病|うつ|相談|支援|つらい|悩み",
    re.IGNORECASE,
)


def findings(text: str, language: str) -> list[Finding]:
    """What in this text we would not say to anybody. `language`: "ja", "easy" or "en"."""
    text = _PLACEHOLDER.sub("○○", text)
    found = list(_words(text, _ENGLISH if language == EN else _JAPANESE))
    requests = (_REQUEST_EN if language == EN else _REQUEST_JA).findall(text)
    if len(requests) > MOST_REQUESTS:
        found.append(
            Finding("・".join(requests), "〜できます、〜もあります (not a chain of requests)")
        )
    if language == EASY:
        found += _plain(text)
    return found


def telling(text: str) -> list[Finding]:
    """Words that must not stand in an address or a title: both are seen over a shoulder and kept in a history."""
    return [Finding(m.group(), "a neutral word: memo, read, now") for m in _TELLING.finditer(text)]


def _words(text: str, rules: tuple[_Rule, ...]) -> Iterator[Finding]:
    for rule in rules:
        allowed = [m.span() for m in rule.unless.finditer(text)] if rule.unless else []
        for match in rule.pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in allowed):
                yield Finding(match.group(), rule.advice)


def _plain(text: str) -> Iterator[Finding]:
    """Where a plain Japanese text is not plain."""
    for match in _DOUBLE_NEGATIVE.finditer(re.sub(r"\s", "", text)):
        yield Finding(match.group(), "one negative at most")
    for sentence in _sentences(text):
        letters = re.sub(r"[\s　]", "", sentence)
        if len(letters) > LONGEST_SENTENCE:
            yield Finding(sentence, f"{len(letters)} characters; {LONGEST_SENTENCE} at most")
        if (kanji := len(_KANJI.findall(letters))) > MOST_KANJI:
            yield Finding(sentence, f"{kanji} kanji; {MOST_KANJI} at most")
        if letters.count("、") > MOST_PAUSES:
            yield Finding(sentence, "one thing in one sentence")
    # A sentence ends politely; a label, without 。, is none.
    for sentence in _SENTENCE_END.split(_QUOTED.sub("", text))[:-1]:
        if sentence.strip() and not _POLITE_END.search(sentence.strip()):
            yield Finding(sentence.strip(), "です・ます")


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]
