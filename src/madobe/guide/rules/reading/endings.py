"""Endings: not, wish, wish not, must, and what may turn a statement round after it was made.

Regular expressions over folded text, for the standard language and the dialects people write in:
Kansai へん/ひん/たない, Kyushu ん/たか/なか, eastern ねえ, and the old ぬ/ず.
"""

import re

# ん is a negative only after these; after る, た, い, な it explains (出るんです).
_N_NOT = "(?<=[あかがさざまらわばけげせべめれえできみこ出来見起着居寝])ん(?!な|だ(?:。|$)|です(?:。|$)か)"
NOT_END = (
    "(?:ない|なく|なかっ|なけりゃ|なけれ|なき|なさ|ねえ|ね(?=[。、よしぞか]|けど|んだ|$)|ません|ませぬ|まへん|まっせん|"
    "へん(?!じ)|ひん(?!と)|ず(?!っと|れ|つ|い)|ぬ(?=[。、ま]|$)|なか(?=[。、とばけ]|$|です|ん)|"
    + _N_NOT
    + ")"
)
# Conjugation between a stem and its ending: kana only, never across a joint of two clauses.
_JOINT = "けど|けれど|のに|から|ので|たら|ても|でも|ると|くと|うと(?!も|はし|し)|ながら|ました|たの|いて、|って、|くて|んで"
_CHAIN = f"(?:(?!{_JOINT})[ぁ-ん事出来]){{0,12}}?"
NOT = f"{_CHAIN}{NOT_END}"
NO_WISH = "(?<!ありが)(?<!冷)(?<!つめ)(?<!めで)(?<!重)"  # ありがたい and 冷たい wish for nothing
_WISH_END = (
    NO_WISH
    + "(?:たい|たく|たかっ|たがっ|たがる|たがり|たけりゃ|たさ(?=は|が|も)|とう(?=な|て|あり|ござ)|てえ(?=。|$|け|な|よ)|"
    "たか(?=[。、とばけ]|です|$)|た(?=ない|なか|あらへん|ねえ)|てみよう(?=か|と)|ようかな|ようか(?=と|迷)|おうか(?=な|と)|うと思|"
    "て(?:も)?いい(?=かな|と|です|って|。|$|よう|らし)|でもいい(?=かな|と|です|って|よう)|れたら(?:いい|と|なあ|な(?=。|$)|。|$)|れば(?:いい|なあ|と思))"
)
WISH = f"(?:(?!{_JOINT})[ぁ-ん]){{0,8}}?{_WISH_END}"
WISH_NOT = f"(?:(?!{_JOINT})[ぁ-ん]){{0,8}}?(?:たく|とう|た|とお)(?:は|も|ば)?{NOT_END}"
MUST = (
    f"(?:(?!{_JOINT})[ぁ-ん]){{0,5}}?"
    "(?:ないと(?:いけ|だめ|駄目|まず|あか|なら|。|、|$|と|って)|なければ|なきゃ|なくちゃ|んと(?:あか|いか|いけ|。|$|と思)|"
    "なあ?あかん|にゃ(?:いか|なら|あ)|ねば|なくては|べき|んば|ななら|んならん)"
)

_SOFT = "(?:は|も|が|を|に|なんか|なんて|など|とか|ば|って)?"
_ADVERB = "(?:まだ|特に|とくに|全然|まったく|全く|一度も|一切|何も|もう|今は|いまは|あまり|そんなに|そこまで|別に|ほとんど|ぜんぜん|決して|いっさい)?"
# A: the predicate itself is negated (疲れていない, こわくはない, 疲れへん, したことがない).
_DIRECT = re.compile(
    f"(?:た|だ|き|り|し|い|っ)?(?:て|で|く|く(?:て|は|も)|り|たり|し)?(?:じゃ|では|や|ちゃ)?{_SOFT}(?:い|し|せ|おら|や|す|さ|き|は|れ|られ|あり|ござい)?{_SOFT}(?:て)?(?:い)?{NOT_END}"
)
# B: a noun of content follows and is denied (わけではない, とは思わない, ことはない, とかじゃない).
_CONTENT = (
    "(?:思う|思った|感じる|考える|と|って|とか|なんて|なんか|など|という|っていう|とは|とも|ほど|程|まで|くらい|ぐらい|わけ|訳|こと|事|の|ん|つもり|気持ち|気|感じ|"
    "もん|もの|状態|様子|必要|予定|意味|まね|ところ|段階|レベル|話|ちゅう)"
)
_DENIED = re.compile(
    f"(?:(?:る|た|い|な|だ|です|である|ている|てる|ます|く|ら|れ|り|し|き|う|っ|てい|たい|ったり|する|した|しい)){{0,4}}{_CONTENT}{{1,4}}"
    f"(?:じゃ|では|で|や|ちゃ|は|が|も|に|を|、)*{_ADVERB}(?:本気で|本当に|いう)?(?:思(?:って|っ|わ|い|え)|おも(?:って|っ|わ|い|え)|感じて?|考えて?|言(?:って|え|わ|い)|いえ|至って|限ら|あり|あら|ござい|し|い|なって|なら)?(?:て)?(?:い|は|も|おり|おら)*{NOT_END}"
)
# C: a thing is denied (暴力はありません, 診断は受けていない, 借金もない).
_THING = re.compile(
    f"(?:とか|など|なんか|なんて|や)?(?:は|が|も|を|なんて|に|には|で)?、?{_ADVERB}(?:もら|受け|うけ|持|も|つ|し|され|出|あり|あ|ふる|振る|ふるわ|取|とっ|通|かか|行|い|飲|おり|おら|ございま|使|やら|やって|なって|さ)?(?:って|っ|て|た|で|ち|り|わ|れ|たこと(?:は|が|も)?)*(?:い|は|も|が|おら|おり|ま)*{NOT_END}"
)
# 働きたいわけでも、学校に戻りたいわけでもない: the denial comes at the end of the list
_NEITHER = re.compile("(?:という)?わけでも$")
_AGAIN = re.compile(
    f"(?:(?:という|って|と|の|い|た)*(?:わけ|訳|こと|事|ん|の|とき|日|ほど)?(?:は|も|でも|では|じゃ|とも|で)*(?:言(?:え|い切れ|わ)|いえ|いいきれ|限ら|あり|思わ|思って)?(?:い|は|も)*{NOT_END})"
)
# Looks like a negative and is none: asking back, only that, cannot bear it, must.
_NO_NEGATIVE = re.compile(
    "(?:ん|の)?(?:じゃ|では|や)(?:ない|ねえ)(?:か|です?か|でしょうか|かな|ん(?:です)?か|の(?:か|？))|"
    "(?:て|で|く)?(?:しか|仕方|しかた|しょう|しよう|どうしようも|たまら|なら|やりきれ|かなわ)(?:が)?(?:ない|なく|ありません|へん|ん)|"
    "か(?:も)?(?:しれ|わから)|"
    "(?:は|とか|って|なんか|など|なんて)?(?:ない|ありません|ねえ)(?:の|ん)?(?:です|でしょう|っす)?か"
)
# つかんで起こしたことはありません. What was never told to anybody is no denial of it.
_NEVER_DID = re.compile(
    "(?:(?!言|話|相談|打ち明|伝え|見せ|知られ)[^、。]){0,8}?[ただ](?:こと|覚え|ためし)(?:は|も|が|なんて)?"
    "(?:一度も|まだ|ほとんど)?(?:ない|ありません|ございません|あらへん|なか)"
)
_GONE = re.compile(
    "(?:は|が|も|の(?:は|が|も))?(?:だいぶ|もう|すっかり|今は|最近は|やっと|ほぼ|ほとんど)*(?:取れ|とれ|なくな|消え|治|なお|直|おさま|収ま|落ち着|減|解消|終わ|おわ|完治|克服|卒業|抜け)"
    "(?:り|っ|て|い|た|ま|し|き|出)(?!-ない)(?:(?!ない|ません)[ぁ-ん]){0,6}"
)


def is_negated(after: str, *, ends_in_wish: bool = False) -> bool:
    """Whether what follows an expression denies it. Two denials cancel out (なくもない).

    `after`: the folded text after the expression, to the end of its clause.
    """
    if _NO_NEGATIVE.match(after):
        return False
    if _NEITHER.match(after):
        return True
    if _NEVER_DID.match(after):
        return True
    match = _DIRECT.match(after) or _DENIED.match(after)
    if match is None and not ends_in_wish:
        match = _THING.match(after)
    if match is None:
        return bool(_GONE.match(after)) and not ends_in_wish
    negated = True
    rest = after[match.end() :]
    while again := _AGAIN.match(rest):
        negated = not negated
        rest = rest[again.end() :]
    return negated
