"""What the words around a finding say about it: a story, a thing that is over. Over folded text."""

import re

from madobe.guide.rules.reading.hits import FINE_NOW, Hit
from madobe.guide.rules.reading.scene import VIOLENCE

# A story is told before the words (ドラマで主人公が…), unless its reader goes on about themselves.
STORY = re.compile(
    "(?:にゅす|ニュース|どらま|映画|小説|漫画|まんが|あにめ|歌詞|主人公|登場人物|番組|新聞|記事|舞台|芝居|物語|伝記|絵本|童話|俳優|芸能人|推し|きゃら|さすぺんす|みすてり|ほら|推理|朗読|授業で|講演|研修|親の会で|家族会で|集まりで|茶話会で|座談会で|よその|よそ様|ほかのお宅|他のお宅|ほかの家|他の家|歴史|武将|戦国|落語|お化け屋敷|怪談|例文|ちらし|さびの|さび|からおけ|同人|fps|味方|敵|ねたばれ|らすぼす|ぼす(?:に|が|戦)|すて[ー]?じくりあ|くりあ|もんすた|がちゃ|りすぽん|はめ技|対戦相手|ぎるど|演劇|犯人|名所|演劇|さいとの「|都市伝説|らいぶ|歌の|曲の|曲で|歌で|あらすじ|作者|作家)"
)
# A game, a film on the phone stands in every house: it is a story only where it is played, watched or told,
# none where it is taken away, paid for or heard through the wall (ゲームを注意したら殴られた, ゲームの音もしない).
HOUSEHOLD = re.compile(
    "(?:げむ|てれび|らじお|動画|配信)(?!(?:を|は)?(?:[^。、]{0,6}(?:注意|取り上げ|とりあげ|禁止|止め|やめ|消し|切っ|切る|壊|投げ|割|隠|売|捨て|解約|課金|没収|叱|制限))|(?:の|に)?(?:課金|音|機|代|時間|電源|こんとろ|のことで|ことで|せい)|(?:で|に)(?:負け|勝て|いらいら|怒|いら|腹を|夜|昼夜|熱中|うまくいか|きれ)|(?:も|が|や|と)[^。]{0,10}(?:割|壊|投げ|倒|禁止|ない))"
)
OWN_AGAIN = re.compile(
    "(?:私|俺|僕|自分|わたし|おれ|息子|娘|弟|兄|妹|姉|母|父|夫|妻)(?:も|と(?:同じ|重な|かぶ)|みたい)|うらやまし|羨まし|同じ(?:こと|ように|気持)|真似|まね(?:し|を)|他人事"
)
OVER = re.compile(
    "(?:今は|いまは|今では|いまでは|現在は|今となって|今思えば)[^。]{0,24}(?:笑|元気|違|ちが|楽し|感謝|働|結婚|普通|ふつう|幸せ|落ち着|穏やか|なくな|ない|ません|思い出|よかった|良かった|平気|大丈夫|仕事|通|支援|仲|治|回復|安定)|"
    "(?:昔|むかし|過去|遠い|もう[0-9一二三四五六七八九十]+年(?:も)?前)の(?:話|こと|出来事|思い出)|乗り越え(?:た|て(?:き|今))|克服し|笑い話|"
    "(?:もう|すっかり)(?:そんな|そういう)[^。]{0,10}(?:ない|ません|なくな)|(?:なくなり|なくなって|消え|おさまり|治り)(?:ました|て[^。]{0,4}(?:年|経|たち))"
)
LONG_AGO = re.compile(
    "(?:[0-9一二三四五六七八九十何数]+年(?:以上|ほど|くらい|も)?前(?!から|より)|(?:昔|むかし|以前|前年度|昨年度)(?!から|より)|かつて|当時|あの頃|あのころ|あのとき|あの時|(?:先月|先週|去年|昨年|おととし|春|夏|秋|冬)まで(?=は|の|[^、。]{0,12}(?:た|だ))|(?:戦時中|戦後|疎開)|"
    "(?:中学|高校|小学校|大学|学生|子ども|子供|若い|若かった|小さい|小さかった|幼い|思春期|独身|新人)(?:生)?(?:の)?(?:とき|時|頃|ころ|時代|時分|んとき)(?!から|より)|中学んとき|高校んとき|"
    "(?:十|二十|三十|[0-9]{2})(?:代|歳)の(?:とき|時|頃|ころ)(?!から)|(?:て|で|から)(?:、)?(?:もう)?[0-9一二三四五六七八九十]+年(?:に|たっ|経っ|です|が|。|、|ぶり)|[0-9一二三四五六七八九十]+年(?:たっ|経っ|過ぎ)|"
    "(?:て|た)(?:い)?(?:た|だ)?(?:時期|時代|頃|ころ)(?:が|も|を|は|の)|六年前まで|以前は)"
)
STILL = re.compile(
    "(?:今も|いまも|今でも|いまでも|まだ(?!若)|また(?!は|会)|このごろ|この頃|ゆうべ|昨夜|今夜|さっき|これから|再び|ふたたび|もう一度|つぎは|次は|今度こそ|同じことを|同じように)"
)
PAST_TENSE = re.compile(
    "(?:た|だ)(?=[。、？」のらけがことりしよねなもわ]|$|時|頃|って|そう|は|を|あと|後|晩|夜|人|方|件|私|者)(?!い|く)|(?:て|で)育"
)
GREW_UP = re.compile("[ぁ-ん]{0,6}?て(?:育|大きくな|大人にな)")
NOT_FOR_YEARS = re.compile(
    "(?:もう|この|ここ)[0-9一二三四五六七八九十]+(?:年|か月)(?:以上|ほど|も)?[^。、]{0,8}(?:ません|ない|いません)"
)
OVER_FOR_GOOD = re.compile(
    "縁(?:が|を|は)?(?:とっくに|もう)?切(?:れ|っ)て[^。]{0,8}年|離婚し?て[^。]{0,6}年|回復し(?:て|、|まし)[^。]{0,10}(?:結婚|働|復職|通|元気|過ご|暮ら)|(?:今|いま)は[^。]{0,10}(?:静か|しずか|穏やか|平穏|安心|のんびり|仲良く)[^。]{0,8}(?:暮ら|過ご|生活|話)|笑い話|乗り越え(?:た|て(?:き|今))|克服し|終結し|(?:思わ|考え|し|感じ)なくな(?:っ|り)(?:た|て|まし)|(?:いま|今)(?:は|では)(?:もう)?(?:一緒に|普通に|ふつうに|元気|笑)"
)
# 暴力は三年前におさまり、今は…
CEASED = re.compile(
    "[^。、]{0,12}(?:年前|か月前|すっかり|今は|やっと|ようやく|去年|昨年|のころ|の頃|先生のおかげ)[^。、]{0,10}(?:おさま|収ま|なくな|止み|やみ|止ま|とま|落ち着|消え|終わ)(?:り|っ|い|え)(?:まし|て|、|た)"
)
# 前に家出した娘が、今は…; 暴れていた頃に比べたら、今は…
SINCE_THEN = re.compile(
    "(?:[ぁ-ん]{0,6}た|(?<=た))(?:(?:息子|娘|兄|弟|姉|妹|夫|妻|子|孫|父|母|彼)(?:が|は|も)、?(?:今は|いまは|今では|いまでは)|(?:頃|ころ|時期|時代|とき)(?:に比べ|と比べ|が(?:嘘|うそ|懐かし|なつかし)|を思(?:うと|えば))[^。]{0,8}(?:今|いま|ずいぶん|だいぶ|落ち着))"
)
# 「死にたい」のボタン, 〜と本に書いて: the words are spoken of, nobody says them.
SPOKEN_OF = re.compile(
    "」?(?:と|って|という|の|なんて|とか|と思ったら)*」?(?:[^。]{0,24})(?:本に書|ボタン|ページ|項目|見出し|宿題|課題|訳(?!が|も|じ)|翻訳|例文|条例|文言|台詞|せりふ|つっこ|のりだけど|のりで|ねたで|ねたに|勉強会|研修|講座|えっせい|文集|手記|体験談|曲名|歌詞|題名|たいとる|感想文|絵本|文学|作品|人の(?:ぶろぐ|投稿|本|動画|体験|手記)|辞書|意味を|語源|役(?!に|所|立|場)|記事|ふぁいる|のところ、|練習中)"
)
WRITING = re.compile(
    "(?:怪談|小説|物語|脚本|台本|原稿|しなりお|漫画|まんが|童話|詩|短歌|俳句|曲|歌詞|げむ|みすてり|さすぺんす|ほら|推理もの|二次創作|らのべ|なろう|太宰|漱石|芥川|三島|文豪の[^。、]{1,4})(?:を|の筋|の続き|ばかり|ばっかり|ばっか|とか|なんか|の本を)[^。]{0,8}(?:書い|描い|執筆|考え|作っ|つくっ|読ん|見て|観て|やって|して|くりあ)[^。]{0,14}。?"
)
# 刺される話ばかり読んで, 死ぬ場面が好き: what somebody reads, watches or makes, told after the words.
IN_A_STORY = re.compile(
    "[ぁ-ん、」]{0,6}(?:事件もの|話|場面|しん|描写|展開|筋|回|ところ|くだり|箇所|章|結末|おち|らすと|とりっく|設定|すてじ|本|小説|映画|どらま|漫画|まんが|あにめ|曲|歌|げむ)(?:ばかり|ばっかり|ばっか|とか|など|を|が|の|も|は|に|で|より|です。)[^。]{0,12}(?:読|投稿|考える|印象|刺さ|感動|しんどか|見て|見た|観|視聴|描い|書い|出て|好き|苦手|泣け|泣い|流行|はや|おもしろ|面白|怖かった|おすすめ|名作|人気)"
)
# 家出をしたことは一度もなく: denied as a thing that ever happened, whatever stands in between.
NEVER_HAPPENED = re.compile(
    "(?:[ぁ-ん]|殴|蹴|叩|壊|物を){0,8}?(?:こと|経験|ためし|様子|気配|兆候|つもり|心配)(?:は|も|が|など|なんて|すら)(?:、|これまで|今まで|いままで|いちども|一度も|一度として|まだ|まったく|全く|特に|とくに|一切|とりたてて|、)*(?:な(?:い|く|か[っろ])|あり-?ません|ありませ|ございませ|見られま|見受けられま|見られな)"
)
# 暴れたり物を壊したりはしません: the denial comes at the end of the list. 虐待されてたわけじゃないし: not so.
LIST_DENIED = re.compile(
    "(?:[ぁ-ん]{0,6}?[ただ]り、?)?[^。、]{0,12}?[ただ]り(?:は|も|とか|なんて|など|する(?:こと|わけ)(?:は|も|では|など|なんて))*(?:しません|なく(?=、|て)|しない|ないです|ない[。、っ]|ありません|して(?:い)?(?:ない|ません))"
)
NOT_SO = re.compile(
    "(?:[ぁ-ん]|殴|蹴|叩|壊){0,6}?(?:わけ|とか|など|なんか|って(?:いう)?(?:こと|の|わけ)|という(?:こと|の|わけ|ほど))(?:では|じゃ|でも|は|も|、|そういうの(?:は|も|が))*(?:ない(?!か)|なく(?!は)|ありません(?!か)|なかっ|ございませ)"
)
WISH = re.compile("死|しに|しぬ|消|きえ|いな|終わ|おわ|生き|いき|逝|飛")
# 十代の頃のリスカの跡: what belongs to a time long ago.
OF_THAT_TIME = re.compile("(?:頃|ころ|時代|とき|昔)の$")
# 「死にたいと思うことはある？」と聞いてみたら「ないよ」: asked, and answered with no.
ASKED = re.compile(
    "[ぁ-ん思考]{0,12}？?」?(?:と|って|か)?、?[^。？]{0,20}(?:聞|尋ね|訊|たずね|問)[^。？]{0,16}(?:ないよ|ないと|ない」|ないって|いいえ|否定|笑われ|笑って|首を横|違うと|ちがうと|まさか)"
)
# すぐ切ってしまう of a call: the object stands further off.
BARE_CUT = re.compile("^(?:また|すぐ|、)*(?:切|きっ|きり)")
CALL = re.compile("電話|通話|着信|いんた|らいん|けいたい|携帯")
BODY = re.compile("手首|腕|足|体|血|刃|傷|指|腹|喉|首")
# 死にたいわけじゃないけど, 飽きたとかじゃなくて、もう…: a denial that goes on is half a word of it.
HALF_DENIED = re.compile(
    "[ぁ-ん]{0,3}(?:とか|わけ|って|という|ほど|とまで|つもり)[ぁ-ん]{0,4}(?:じゃ|では|でも)?な(?:くて|く、|い(?:です|の|ん)?(?:だ|です)?(?:けど|が、))"
)
# A last will in the papers of somebody who died is a matter of law.
LAST_WILL = re.compile("^(?:遺書|いしょ|遺言)")
LAW = re.compile("相続|手続|公正証書|司法書士|弁護士|遺産|登記|検認|遺品整理|名義|四十九日|法要")
# A game told of in the next sentence, or shouted into: 「殺せ」ばっかり叫んどる。
GAME_TALK = re.compile(
    "すてじ|らすぼす|ぼす戦|残機|くりあ|げむの(?:話|中|声|ちゃっと|なか)|ぷれい|難易度|こんて|りすぽ|操作むず|おんらいん(?:の|で|げ)|ぼいちゃ|fps|対戦|配信者"
)
SHOUTED = re.compile("^(?:死ね|しね|殺[せすし]|ころ[せす]|ぶっ殺|やれ|刺せ|撃て|消えろ)")
# A game told in the sentence before: 「ステージ3をクリア。最後は死にかけた。」 Never for a wish.
GAME = re.compile("くりあ|ぼす|残機|体力|すてじ|がちゃ|対戦|れべる上げ|げむ|ぷれいし|らんく|敵")
IN_A_GAME = re.compile(
    "^(?:死に(?:か|そう)|死んだ|死んで|死ぬ(?!し)|落ち|飛び降り|飛び込|殺さ|刺さ|やられ|倒さ|撃たれ)(?!.*(?:たい|たく|よう|しか|方法|つもり))"
)
BEFORE = 70  # characters after the word of a story in which it still tells it


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """From where to where the sentence goes that holds the words."""
    first = max(text.rfind("。", 0, start), text.rfind("？", 0, start)) + 1
    stops = [at for at in (text.find("。", end), text.find("？", end)) if at >= 0]
    return first, min(stops, default=len(text))


def is_told(text: str, start: int, end: int) -> bool:
    """Whether the words are told of a film, a book, the news, or only spoken of."""
    first, last = sentence(text, start, end)
    if OWN_AGAIN.search(text, first, last):
        return False
    near = max(first, start - 40)
    if STORY.search(text, near, start) or HOUSEHOLD.search(text, near, start):
        return True
    if WRITING.search(text, max(0, start - BEFORE), start):
        return True
    if IN_A_GAME.match(text[start:end]) and GAME.search(text, max(0, start - BEFORE), start):
        return True
    if IN_A_STORY.match(text, end, last):
        return True
    if _is_of_a_game(text, start, end) or ASKED.match(text, end):
        return True
    if (
        BARE_CUT.match(text[start:end])
        and CALL.search(text, first, start)
        and not BODY.search(text, first, last)
    ):
        return True
    if LAST_WILL.match(text[start:end]) and LAW.search(text):
        return True
    return bool(SPOKEN_OF.match(text, end, last))


def _is_of_a_game(text: str, start: int, end: int) -> bool:
    """Whether somebody plays: the words of a game stand around, and nobody wishes or means anything."""
    words = text[start:end]
    if SHOUTED.match(words):
        return bool(GAME_TALK.search(text, max(0, start - BEFORE), start))
    if IN_A_GAME.match(words):
        return bool(GAME_TALK.search(text, max(0, start - BEFORE), end + BEFORE))
    return False


def never_happened(text: str, end: int) -> bool:
    """Whether what follows says that such a thing has never happened."""
    return bool(NEVER_HAPPENED.match(text, end) or LIST_DENIED.match(text, end))


def is_not_so(text: str, hit: Hit) -> bool:
    """Whether a deed is denied (虐待されてたわけじゃない); a wish is never taken away so lightly."""
    wish = hit.row.code not in VIOLENCE and WISH.search(text, hit.start, hit.end)
    return not wish and bool(NOT_SO.match(text, hit.end))


def is_gone_by(text: str, start: int, end: int) -> bool:
    """Whether two things told together are of long ago, and the letter says how well it is now."""
    first, last = sentence(text, start, end)
    if STILL.search(text, first, last) or not LONG_AGO.search(text, first, last):
        return False
    return bool(OVER.search(text) or OVER_FOR_GOOD.search(text, start))


def is_half_denied(text: str, hit: Hit) -> bool:
    """Whether a wish to be gone is denied only to go on: nobody should lose the card by that."""
    return hit.negated and bool(HALF_DENIED.match(text, hit.end))


def is_long_over(text: str, start: int, end: int) -> bool:
    """Whether the two sentences before, or this one, say that it has not happened for years."""
    first, last = sentence(text, start, end)
    before = sentence(text, max(0, first - 2), max(0, first - 1))[0]
    earlier = sentence(text, max(0, before - 2), max(0, before - 1))[0]
    if STILL.search(text, earlier, last):
        return False
    return any(
        LONG_AGO.search(text, earlier, match.start())
        for match in NOT_FOR_YEARS.finditer(text, earlier, last)
    )


def is_over(text: str, hit: Hit) -> bool:
    """Whether the words tell of what was long ago and is over."""
    start, end = hit.segment
    if STILL.search(text, start, end):
        return False
    if GREW_UP.match(text, hit.end):
        return True
    past = PAST_TENSE.search(text, hit.start, end) is not None
    if LONG_AGO.search(text, start, end) and past:
        return True
    if hit.past and (OVER.search(text) or FINE_NOW.search(text)):
        return True
    if NOT_FOR_YEARS.search(text, hit.end, end) or CEASED.match(text, hit.end):
        return True
    if SINCE_THEN.match(text, hit.end):
        return True
    if LONG_AGO.search(text, start, hit.start) and OF_THAT_TIME.search(text, start, hit.start):
        return True
    long_ago = past or LONG_AGO.search(text, start, hit.start) is not None
    return long_ago and bool(OVER_FOR_GOOD.search(text, start))
