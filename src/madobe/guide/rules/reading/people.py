"""Who writes, and who a clause speaks about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

CHILD = "息子|娘|長男|次男|二男|三男|四男|長女|次女|二女|三女|末っ子|末の子|一人っ子|一人息子|一人娘|子供|子ども|こども|せがれ|倅|わが子|我が子|うちの子|うちのこ|あの子|この子|上の子|下の子|うちの坊主|むすこ|むすめ|娘婿"
GRAND = "孫|孫娘|甥|姪|甥っ子|姪っ子|おいっこ|めいっこ|従兄弟|従姉妹|従兄|従弟|いとこ|まご|叔父|叔母|伯父|伯母|おじ|おば|義弟|義兄|義妹|義姉"
SIBLING = "兄貴|姉貴|兄ちゃん|姉ちゃん|兄さん|姉さん|お兄さん|お姉さん|お兄ちゃん|お姉ちゃん|きょうだい|兄弟|姉妹|兄|弟|姉|妹|おとうと|いもうと|あに|あね"
SPOUSE = "主人|旦那|だんな|夫|妻|嫁さん|嫁|家内|女房|亭主|連れ合い|つれあい|かみさん|奥さん|ぱとな|おっと|だんな"
PARENT = "母親|父親|お母さん|お父さん|母さん|父さん|両親|おかん|おとん|おやじ|親父|おふくろ|お袋|まま|ぱぱ|親|母|父|おかあさん|おとうさん|はは|ちち|おかん|義母|義父"
GRANDPARENT = "祖母|祖父|おばあちゃん|おじいちゃん|ばあちゃん|じいちゃん|ばあさん|じいさん|おばあさん|おじいさん|ばあば|じいじ|婆|爺"
FRIEND = "住人|入居者|友達|友だち|ともだち|友人|親友|同級生|同僚|知人|知り合い|幼なじみ|幼馴染|後輩|先輩|彼氏|恋人|元同僚|婚約者|隣人|近所の人|近所の方|近所の子|近所の息子|隣の人|隣の家|お隣|ご近所|るむめいと|部下|教え子|店子|隣の部屋の人|近所の家|近所の男性|近所の女性|まま友"
CLIENT = "利用者|生徒|児童|学生|患者|相談者|くらいえんと|くらいあんと|対象者|受け持ちの子|教え子"
PERSON = "ご本人|本人|当人|彼女|彼|あの人|あいつ|その子"
FIRST = "私たち|わたしたち|私共|私ども|わたくし|わたし|私|あたし|僕|ぼく|俺|おれ|わし|自分|小生|当方|うちら|わたしゃ|こちら|おいら|わい|うち|うら|おら|あて"
THIRD = "ご家族|先生|医者|医師|上司|支援員|相談員|担任|カウンセラー|みんな|皆|周り|周囲|他人|同居人|大家|警察|業者|スタッフ|保健師"

GROUPS = {
    "child": CHILD,
    "grand": GRAND,
    "grandparent": GRANDPARENT,
    "sibling": SIBLING,
    "spouse": SPOUSE,
    "parent": PARENT,
    "friend": FRIEND,
    "client": CLIENT,
    "person": PERSON,
    "first": FIRST,
    "third": THIRD,
}
_GROUP_OF = {noun: group for group, nouns in GROUPS.items() for noun in nouns.split("|")}
_NOUN = "|".join(sorted(map(re.escape, _GROUP_OF), key=len, reverse=True))
_SUFFIX = "(?:さん|ちゃん|くん|君|様|さま|ら|たち|達|自身|本人|のほう|の方|一人|だけ|一家)*"
# A number with an age may stand between the noun and its particle: 息子(28)は, 息子28歳が.
_AGE_BETWEEN = "(?:[0-9〇一二三四五六七八九十]{1,3}(?:歳|才|さい)?)?"
_MENTION = re.compile(
    f"(?P<noun>{_NOUN})(?P<suffix>{_SUFFIX}){_AGE_BETWEEN}"
    "(?P<particle>からは|からも|には|にも|とは|とも|では|のことで|のことが|のこと|だって|なんて|でも|まで|だけ|なんです|です|だ(?=。|けど|が)|や(?=。|けど)|"
    "は|が|も|って|の|に|を|と|へ|から|で|なら|、|。|？|」|$)?"
)
_KANA_ONLY = re.compile("[ぁ-ん]+$")
_TOPIC = frozenset({"は", "が", "も", "って", "だって", "なんて", "でも", "まで", "だけ", "、", "なんです", "です", "なら"})  # fmt: skip
_NOT_A_MENTION = re.compile(
    "(?:子供|子ども|こども)(?:の声|の(?:頃|ころ|とき|時)|部屋|扱|っぽ|だまし)|親(?:切|子|指|身|友|戚|族|会|の会|亡|なき)|うち(?:に(?:帰|い|来|引|こも)|から|で(?!は私)|へ|の中|を|まで)|"
    "自分の|自分(?:で|に|を|から|だけ)|母(?:国|校|子)|父兄|主人公|兄弟姉妹|彼岸|市(?:役|販|民|内|の|町|販)|会社(?:員|を|に|で|の)|学校(?:に|へ|を|から|で|の)|夫婦|嫁姑|孫の手|友達(?:が|も|は)(?:い|でき)|友達(?:が|も|は)?(?:ほし|欲し|いな|い(?:ませ|ない)|作|でき|つく|一人|ひとり)|仲間|友人(?:が|も|は)(?:ほし|いな|いませ|でき)|"
    "こちら(?:の|に|で|を)|市から|先生に|学校が(?:こわ|怖|嫌|いや|始|休)|その子供|皆無|姉妹都市|家族会|親の会|母の日|父の日"
)
_SCOPE_END = re.compile(
    "くて|ので|(?:(?<=[いただるうすん])から(?!家|部屋)|(?:亡|死|見つけ|見|知っ|聞い|行っ|来|倒れ|怒鳴|殴|言)[^。]{0,4}てから)|んで|たら|のに|けど|ると"
)
_REASON_END = re.compile(
    "くて|ので|(?:(?<=[いただるうすん])から(?!家|部屋)|(?:亡|死|見つけ|見|知っ|聞い|行っ|来|倒れ|怒鳴|殴|言)[^。]{0,4}てから)|んで|たら|だら|(?<=[るいくう])と(?!言|思|い)"
)

WORKER = re.compile(
    "訪問先の|さんがいるお宅|支援の現場|包括だけで|うちの事業所|けす会議|支援会議を|(?:ケース|けす)検討|(?:職員|相談員|支援員|ケアマネ(?:ジャ|じゃ)?|けあまね(?:じゃ)?|民生委員|児童委員|保健師|看護師|訪問看護師|教員|教師|教諭|担任|養護教諭|スク(?:ール)?るそしゃるわか|すくるかうんせら|ヘルパ|へるぱ|ケースワーカ|けすわか|ワーカ|わか|社会福祉士|精神保健福祉士|"
    "psw|ssw|臨床心理士|心理士|医師|指導員|世話人|サビ管|施設長|管理者|コーディネーター|こでぃねた|担当者|生活支援員|就労支援員|塾講師|講師|大学の学生相談|介護福祉士|スタッフ|すたっふ|市の者|役所の者|社協の者|包括の者|生活保護の担当|市役所の\\w{0,6}課|相談支援専門員|非常勤講師|校長|教頭|主任|支援者|npoの者|人事)"
    "(?:の者)?(?:です|をして|をやって|をしており|をしとり|をしている|として|で(?:す|、)|を務め|を勤め|をつとめ|の立場|なのですが|なんですが|なのですけど|しております|してます|の仕事をし|業務)"
    "|利用者(?:さん|様|さま|の)|相談者(?:さん|の方|様)?(?:が|は|から|の)|(?:クラス|くらす|担任|受け持ち|学年|うちの学校|担当)(?:の|して(?:い)?る|している)(?:の)?(?:生徒|児童|子|学生|家庭|世帯|ケース|けす|方|お宅)"
    "|(?:支援|担当|訪問|関わ|かかわ)(?:し|っ|させてもらっ|させていただい)?て(?:い|お)?(?:る|ます|ります)(?:方|ご家庭|ご家族|お宅|世帯|ケース|けす|利用者|男性|女性|家庭|生徒)"
    "|(?:地域包括|ほうかつ|包括支援センタ|市役所|福祉課|社協|社会福祉協議会|保健所|保健センタ|学校|相談支援事業所|居宅|訪問看護|児童相談所|福祉事務所|サポステ|npo)(?:で|に)(?:勤務|勤め|働い)"
    "|(?:地域包括|社協|福祉課|市役所|保健所|包括)(?:の(?:者|職員|もの))"
)
_FAMILY_ROLE = re.compile(
    "(?:母親|父親|母|父|親|妻|夫|姉|妹|兄|弟|祖母|祖父|ばあば|おばあちゃん|おじいちゃん|きょうだい|叔母|叔父|おば|おじ|嫁)(?:の立場|として|しよります|をして|してます|しております)|"
    "(?:母|父|親|母親|父親|妻|夫|姉|妹|兄|弟|祖母|祖父)(?:の|である)(?:私|わたし|わたくし|自分|わし|あたし|僕|俺|うち)|"
    "(?:の|、|^|。|歳)(?:母|父|親|母親|父親|妻|夫|姉|妹|兄|弟|祖母|祖父|叔母|叔父)(?:です|でございます|になります|なんです|ですが|で(?:す|、))"
)
_CONCERNS = re.compile(
    f"(?P<noun>{SIBLING}|{SPOUSE}|{PARENT}|{GRANDPARENT}|{GRAND}|{FRIEND})(?:さん)?(?:のこと(?:で|です|なん|を相談|について)|について|の件で|の相談|を(?:引き取|迎え|むかえ|預け|預か|連れ|施設|寮|入院)|に[^。]{0, 8}(?:出て(?:行|い)って|働いて|元気になって|外に出て|自立して)(?:ほし|もらい)|(?<![母父親])が(?:とても|すごく)?(?:心配(?!し)|気がかり|気になって)|が(?:い(?:ます|て|る(?:。|のです|ん))|おり(?:ます|まして))(?<!友達がいます)|を(?:助けたい|支えたい|何とか|なんとか|救いたい))"
)
_WRITES_FOR = {"friend": "friend", "client": "worker"}
_FRIEND_ROLE = re.compile(
    "(?:大家|近所の者|隣の者|隣人|友人|友達|友だち|ともだち|同僚|上司|同級生|元同僚|店長)(?:です|をして|として|の立場)"
)
_FAMILY_CUE = re.compile(
    "(?<=[たるい])(?:兄|弟|姉|妹|夫|妻)です(?:。|が|$)|(?:彼女|彼|彼氏|恋人)(?:が|と|は|も)[^。]{0,6}?(?:同棲|いっしょに住|一緒に住|同居)|(?:お母さん|お父さん|親御さん|ご家族)(?:が|の)[^。」]{0,8}(?:甘やか|育て|せい|責任)[^。]{0,8}(?:と|って)(?:言われ|責められ)|(?:夫|妻|主人|旦那|兄|弟|姉|妹|孫|息子|娘|祖母|母|父)を(?:支え|看て|世話)|育て方|そだてかた|子育て(?:に|を|が)(?:失敗|後悔|間違)|親として|母として|父として|わが子|我が子|母親失格|父親失格|親失格|子を持つ|夫婦(?:で|とも|ともに|二人)|"
    "」(?:と|って)(?:つい)?(?:言って|怒鳴って|責めて|聞いて|叱って)しま|(?:親|家族)の会|家族会|家族教室|ご家族とつなが|同じ(?:立場|悩み|境遇)(?:の|を(?:持つ|抱える))(?:親|家族|ご家族|母|父)|残された(?:弟|兄|姉|妹)|(?:主人|夫|妻|息子|娘|兄|弟|姉|妹)に(?:は)?(?:まだ)?(?:内緒|黙って|言って(?:い)?(?:ない|ませ)|話して(?:い)?(?:ない|ませ))|(?:息子|娘|兄|弟|姉|妹|夫|妻|主人|孫)の(?:部屋|顔|姿|様子|机|かばん|鞄|引き出し|ベッド|枕|手首|腕|スマホ|日記|ノート|将来|世話|言動|接し方)|うちの人|家族(?:が|は|も|として)(?:疲|どう|限界|何が|できる)"
)
_AGED_KIN = re.compile(
    f"[0-9一二三四五六七八九十]{{1,3}}(?:歳|才|さい|になる|代|代後半|代前半|近い)の?(?:{SIBLING}|{SPOUSE}|{GRAND})"
)
_SELF_INTRODUCED = re.compile(
    "(?:^|。|、)(?:私は|僕は|俺は|わたしは|自分は|当方)?[0-9一二三四五六七八九十]{1,3}(?:歳|才|さい|代)(?:後半|前半|半ば)?(?:の|、)?(?:男|女|男性|女性|主婦|無職|学生|フリタ|会社員|独身|元会社員)?(?:です|でーす|。|、(?:男|女|無職|独身)|$|だ。|になりました|になった)"
)
# となりの家の息子さん: somebody else's child
_NEIGHBOUR = re.compile(
    "(?:となり|隣|お隣|近所|ご近所|向かい|お向かい|裏|同じ(?:階|アパート|団地|マンション|町内))の(?:家の|部屋の|お宅の|お家の|おうちの)?"
    f"[^。、]{{0,6}}?(?:お子さん|お子様|(?:{CHILD}|{GRAND}|{SIBLING}|{SPOUSE})(?:さん|ちゃん|くん|様)|方|人|奥さん|一家)"
)
_PROXY = "(?:の)?(?:友達|友人|知り合い|知人|同僚|まま友|近所の人|親友|隣)(?:の|さんの|のお)"
OWN_CHILD = re.compile(
    f"(?:うち|私|わたし|わし|自分|俺|僕|うちん|我が家|わが家)(?:の|ん)?(?:[0-9一二三四五六七八九十]{{1,3}}(?:歳|代|才)?の)?(?:引きこもりの|ひきこもりの|不登校の)?(?:{CHILD}|{GRAND})"
)


@dataclass(frozen=True)
class Mention:
    """A person named in the folded text. `topic`: marked as what the clause is about."""

    start: int
    end: int
    noun: str
    group: str
    particle: str
    polite: bool

    @property
    def topic(self) -> bool:
        """Whether the mention can be the subject of what follows."""
        return self.particle in _TOPIC


def group_of(noun: str) -> str:
    """The group of GROUPS a noun belongs to, "" for none."""
    return _GROUP_OF.get(noun, "")


def mentions(text: str) -> list[Mention]:
    """Everyone named in `text`, in order; of 友達の息子 only the last noun is the head."""
    found: list[Mention] = []
    for match in _MENTION.finditer(text):
        noun, start = match["noun"], match.start()
        if _NOT_A_MENTION.match(text, start) or not _stands_alone(text, match):
            continue
        if _GROUP_OF[noun] == "first" and text.rfind("「", 0, start) > text.rfind("」", 0, start):
            continue  # 「俺が死ねば」と言う: not the writer's own I
        particle = match["particle"] or ""
        found.append(
            Mention(start, match.end(), noun, _GROUP_OF[noun], particle, "さん" in match["suffix"])
        )
    return found


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """A short noun in kana, or one character, must not be part of another word."""
    noun, start = match["noun"], match.start()
    before = text[start - 1] if start else ""
    if noun in ("親", "母", "父", "兄", "弟", "姉", "妹", "夫", "妻", "彼", "市", "孫", "嫁"):
        after = text[match.start() + len(noun) : match.start() + len(noun) + 1]
        if "一" <= after <= "鿿" or (
            before and before in "祖義叔伯両肉老里養父母兄弟姉妹片毒実都内同"
        ):
            return bool(match["particle"]) and not (before and before in "祖義叔伯肉里毒片都内")
    if (
        _KANA_ONLY.match(noun)
        and len(noun) <= 4
        and noun not in ("わたし", "あたし", "むすこ", "むすめ")
    ):
        if not match["particle"]:
            return False
        return not before or before in "。、「」？のはがもにと" or "一" <= before <= "鿿"
    return not (
        noun == "自分" and match["particle"] not in ("は", "が", "も", "、", "です", "って")
    )


def subject_at(
    found: list[Mention], clause_start: int, position: int, text: str, *, end: int = 0
) -> Mention | None:
    """Who the words from `position` to `end` are about: the nearest topic before or in them, else None."""
    for mention in reversed(found):
        if mention.start >= max(position, end) or not mention.topic:
            continue
        between = text[mention.end : position].lstrip("、")
        if mention.particle in ("が", "も") and mention.end < clause_start:
            if _SCOPE_END.search(between):
                continue
        elif mention.particle == "が" and _REASON_END.search(between):
            continue
        if mention.particle == "、" and mention.group == "first":
            continue
        return mention
    return None


def infer_who(
    text: str,
    found: list[Mention],
    about_person: Iterable[Mention | None],
    has_own_words: bool,
    has_own_state: bool = False,
) -> tuple[str, int, int]:
    """Who writes, with the place of the words that show it; ("", 0, 0) when nothing shows it.

    `about_person`: the subjects of clauses which describe a withdrawn life (None = nobody named).
    `has_own_state`: some state is told of nobody else. `has_own_words`: a wish or state which, with nobody named, only the writer can own.
    """
    if match := WORKER.search(text):
        return "worker", match.start(), match.end()
    if (match := _NEIGHBOUR.search(text)) and not OWN_CHILD.search(text):
        alone = [m for m in found if m.group in ("child", "sibling", "spouse") and not m.polite]
        if not alone:
            return "friend", match.start(), match.end()
    subjects = list(about_person)
    groups = {subject.group for subject in subjects if subject}
    heads = [m for m in found if m.group in ("child", "grand")]
    own = OWN_CHILD.search(text)
    proxies = [m for m in found if m.group == "friend"]
    if (
        proxies
        and re.search(
            f"(?:{FRIEND})(?:さん)?の(?:家の)?(?:お)?(?:{CHILD}|{GRAND}|{SIBLING}|{SPOUSE})", text
        )
        and not own
    ):
        return "friend", proxies[0].start, proxies[0].end
    first_is_person = any(s and s.group == "first" for s in subjects)
    role = _FAMILY_ROLE.search(text)
    if role and (heads or not first_is_person or role[0][0] in "の、。歳"):
        return "family", role.start(), role.end()
    if own:
        return "family", own.start(), own.end()
    if heads and not (first_is_person and not groups & {"child", "grand"}):
        foreign = [m for m in heads if m.polite]
        if len(foreign) < len(heads) or not proxies:
            return "family", heads[0].start, heads[0].end
    if match := _FRIEND_ROLE.search(text):
        return "friend", match.start(), match.end()
    if match := _CONCERNS.search(text):
        group = _GROUP_OF[match["noun"]]
        if not first_is_person:
            return _WRITES_FOR.get(group, "family"), match.start(), match.end()
    if (match := _FAMILY_CUE.search(text)) and not first_is_person:
        return "family", match.start(), match.end()
    if heads and proxies and all(m.polite for m in heads):
        return "friend", proxies[0].start, proxies[0].end
    for group, who in (
        ("spouse", "family"),
        ("sibling", "family"),
        ("friend", "friend"),
        ("parent", "family"),
        ("grandparent", "family"),
        ("client", "worker"),
    ):
        for subject in subjects:
            if subject and subject.group == group and not first_is_person:
                return who, subject.start, subject.end
    if heads and not first_is_person:
        return "family", heads[0].start, heads[0].end
    for subject in subjects:
        if subject and subject.group == "first":
            return "self", subject.start, subject.end
    if any(m.group == "person" and m.topic for m in found):
        return "", 0, 0  # 本人が…: somebody else writes, nothing says who
    kin = {m.group for m in found if m.topic}
    lead = found[0] if found else None
    tells_of_self = has_own_words or has_own_state
    is_of_kin = lead and lead.topic and lead.start <= 3 and lead.group in ("sibling", "spouse")
    if lead and is_of_kin and not tells_of_self:  # 兄貴はもう十年…: the text is about him
        return "family", lead.start, lead.end
    first = next((m for m in found if m.group == "first"), None)
    if (
        first
        and "parent" in {m.group for m in found}
        and not kin & {"sibling", "spouse", "friend", "client"}
    ):
        return "self", first.start, first.end
    if (match := _AGED_KIN.search(text)) and not has_own_words:
        return "family", match.start(), match.end()
    if first and not kin - {"first", "third"} and has_own_state:
        return "self", first.start, first.end
    if (match := _SELF_INTRODUCED.search(text)) and not heads:
        return "self", match.start(), match.end()
    return ("self", 0, 0) if has_own_words else ("", 0, 0)


def focus_group(who: str, found: list[Mention], about_person: Iterable[Mention | None]) -> str:
    """Which group of `GROUPS` is the withdrawn person, as far as the text shows; "" if unknown."""
    if who == "self":
        return "first"
    weights: dict[str, float] = {}
    for subject in about_person:
        if subject and subject.group not in ("first", "third", "person"):
            weights[subject.group] = weights.get(subject.group, 0) + 2
    for mention in found:
        base = {
            "child": 1.6,
            "client": 1.0,
            "grand": 1.4,
            "sibling": 1.0,
            "spouse": 0.6,
            "friend": 0.8,
            "parent": 0.2,
            "grandparent": 0.1,
        }
        if mention.group in base:
            weights[mention.group] = max(weights.get(mention.group, 0), 0) + base[mention.group] / 4
    return max(weights, key=lambda group: weights[group]) if weights else ""
