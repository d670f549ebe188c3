"""Finding places in a running sentence: the longest name wins, and a word is not taken for a town.

つがる, 大人, 朝日 and 津 are words as well as places, and 中村 and 大村 are people: a name without 市・区・町・村
counts only where the sentence says that somebody lives there, or after its prefecture.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from . import table
from .spelling import fold
from .table import Area, Municipality
from .writing import biggest, names

# All patterns read folded text: katakana is already hiragana there.
_LIVES = re.compile(
    r"(?:市内|町内|村内|区内|周辺|近く|近郊|の(?:はず|外)れ|の実家|の自宅|の家|のあぱーと|の団地|の田舎|の山奥|の方|のほう)?"
    r"(?:在住|ざいじゅう|住まい|住み|住んで|に(?:住|すん|すみ|すま|暮ら|くら|居ま|居る|います|おります|いる(?!の)|在住|実家|自宅|家が)"
    r"|で(?:暮ら|くら|生活|一人暮|ひとり暮|ひとりぐらし)|(?:に|へ)(?:越|引っ?越|ひっこ|戻っ|もどっ|帰っ|転居|移住|転入)"
    r"|市民|区民|町民|村民|の(?:市民|区民|町民|村民))"
)
_NEAR = re.compile(
    r"(?:で|の|に|へ)(?:ある|通える|行ける|いける|使える|受けられる|相談|そうだん|支援|窓口|居場所|いばしょ|家族会|親の会|保健所|"
    r"保健せんたー|福祉|社協|役所|市役所|区役所|役場|ひきこもり|引きこもり|引き籠|母|父|親|両親|実家|家|自宅|息子|娘|者|人間)"
    r"|から(?:です|書い|送|相談|めーる|失礼)|市内|区内|町内|村内|近郊|周辺"
)
_IS = re.compile(r"(?:なん)?(?:です|だ(?:けど|が|よ|$|。)|でございます)|(?:\s|[。、,.）」)]|$)")
_OPENS = re.compile(
    r"(?:^|[\s。、,.!?！？「『（(・:：]|住まいは|住所は|場所は|地域は|自宅は|実家は|今は|いまは|現在は|家は)$"
)
_PERSON = re.compile("さん|くん|君|ちゃん|氏|様|先生|せんせい|家の|と(?:言い|いい|申し)")
_LINK = re.compile(r"[\s、,]*の?[\s、,]*")
_MAY_STAND_BEFORE = frozenset("在今現元内私僕俺娘子親母父夫妻甥姪弟妹兄姉者住")

# Prefectures and cities that are also common family names: 「石川です。」 is a person introducing themselves.
_FAMILY_NAMES = frozenset(
    ["石川", "山口", "福島", "千葉", "宮崎", "長野", "福井", "山形", "秋田", "富山", "岡山", "大分", "香川", "徳島", "高知", "三重", "滋賀", "佐賀", "奈良", "長崎", "広島", "川口", "村上", "三島", "福山", "大村", "中野", "大田", "足立", "荒川", "品川", "渋谷", "板橋", "石岡", "水戸", "太田", "前橋", "高崎", "藤岡", "富岡", "熊谷", "川越", "所沢", "飯塚", "加藤", "本庄", "戸田", "三郷", "吉川", "小川", "吉田", "上田", "岡谷", "飯田", "小松", "羽村", "青梅", "町田", "小平", "日野", "府中", "立川", "多摩", "藤沢", "平塚", "秦野", "厚木", "大和", "座間", "長岡", "三条", "柏崎", "新発田", "加茂", "見附", "村田", "白石", "角田", "石巻", "登米", "栗原", "大崎", "岩沼", "花巻", "北上", "久慈", "遠野", "大館", "横手", "湯沢", "鹿角", "米沢", "酒田", "新庄", "上山", "長井", "東根", "二本松", "田村", "相馬", "白河", "須賀川", "喜多方", "古河", "下妻", "笠間", "鹿島", "守谷", "坂東", "神栖", "桜川", "足利", "栃木", "佐野", "鹿沼", "小山", "真岡", "大田原", "矢板", "沼田", "渋川", "安中", "茂原", "成田", "佐倉", "東金", "旭", "勝浦", "市原", "富津", "香取", "甲府", "山梨", "甲斐", "松本", "大町", "塩尻", "佐久", "高山", "関", "中津川", "羽島", "土岐", "飛騨", "本巣", "郡上", "沼津", "熱海", "伊東", "島田", "磐田", "掛川", "藤枝", "袋井", "菊川", "豊橋", "岡崎", "半田", "豊川", "津島", "刈谷", "豊田", "安城", "西尾", "常滑", "江南", "小牧", "稲沢", "大府", "高浜", "岩倉", "豊明", "田原", "津", "松阪", "桑名", "鈴鹿", "名張", "亀山", "鳥羽", "熊野", "彦根", "長浜", "草津", "守山", "野洲", "米原", "福知山", "綾部", "宇治", "宮津", "亀岡", "堺", "池田", "吹田", "高槻", "守口", "枚方", "八尾", "松原", "柏原", "門真", "高石", "阪南", "姫路", "尼崎", "明石", "西宮", "洲本", "芦屋", "伊丹", "豊岡", "三木", "高砂", "川西", "小野", "三田", "加西", "橿原", "桜井", "生駒", "葛城", "宇陀", "海南", "橋本", "有田", "田辺", "新宮", "倉吉", "境", "松江", "浜田", "出雲", "益田", "安来", "倉敷", "津山", "玉野", "笠岡", "井原", "総社", "高梁", "新見", "備前", "真庭", "浅口", "呉", "竹原", "三原", "尾道", "庄原", "宇部", "萩", "防府", "下松", "岩国", "光", "長門", "柳井", "美祢", "鳴門", "小松島", "阿南", "丸亀", "坂出", "今治", "西条", "大洲", "室戸", "安芸", "南国", "土佐", "須崎", "宿毛", "久留米", "直方", "田川", "柳川", "八女", "筑後", "大川", "行橋", "豊前", "中間", "小郡", "春日", "宗像", "古賀", "福津", "朝倉", "唐津", "鳥栖", "多久", "伊万里", "武雄", "島原", "諫早", "平戸", "松浦", "人吉", "荒尾", "水俣", "玉名", "菊池", "宇土", "別府", "中津", "日田", "佐伯", "臼杵", "津久見", "竹田", "宇佐", "都城", "延岡", "日南", "小林", "日向", "串間", "西都", "鹿屋", "枕崎", "出水", "指宿", "垂水", "日置", "曽於", "石垣", "糸満", "森", "原", "東", "北", "栄", "境", "錦", "坂", "綾", "泊", "赤", "岬", "塙", "港", "柏", "燕", "蕨", "北島", "池田", "松田", "山北", "大井", "中井", "二宮", "清川", "葉山", "寒川", "大島", "三宅", "石井", "神山", "藤崎", "大野", "中島", "中山", "野田", "平田", "平川", "今金", "吉野", "吉岡", "吉見", "川島", "小野", "美浜", "長島", "高原", "高森", "高野", "高取", "黒滝", "中川", "清水", "岡垣", "水巻", "桂川", "川崎", "川上", "川北", "川本", "北川", "本山", "松本"]
)


# Three characters and more, and still words, rivers, lakes or people.
_ALSO_WORDS = frozenset(
    ["明日香", "日の出", "日の影", "永平寺", "国分寺", "小笠原", "大河原", "宇都宮", "海老名", "八千代", "千代田", "富士見", "富士川", "江戸川", "木津川", "吉野川", "那珂川", "仁淀川", "有田川", "日高川", "揖斐川", "神流川", "寝屋川", "洞爺湖", "山中湖", "上野原", "小金井", "山の内", "阿久根", "瀬戸内", "九十九里", "田布施", "軽井沢"]
)


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text. `area` is None where several places share the name; then `candidates` are those.

    For a prefecture alone `candidates` is (). `lives` says that the sentence itself tells that somebody
    lives there (or that it is where help is looked for); otherwise the place is only mentioned.
    """

    start: int
    end: int
    candidates: tuple[Municipality, ...]
    area: Area | None
    lives: bool


@dataclass(frozen=True, slots=True)
class _Name:
    codes: tuple[str, ...]  # six-digit codes, or two digits of one prefecture
    sure: bool  # with 市・区・町・村・都・府・県
    kana: bool


@cache
def _dictionary() -> tuple[Mapping[str, _Name], Mapping[str, tuple[int, ...]]]:
    """All folded names, and for every first character the lengths worth trying, longest first."""
    entries: dict[str, _Name] = {}
    known = names()
    for sure, forms in ((False, known.bare), (True, known.full)):
        for form, codes in forms.items():
            kana = _all_kana(form) and not any(
                fold(table.every_row()[c].name) == form for c in codes
            )
            if kana and len(form) < 3:
                continue
            if not sure and any(_half_a_ward(form, code, kana) for code in codes):
                continue
            before = entries.get(form)
            if before is None or sure:
                entries[form] = _Name(biggest(codes, is_bare=not sure), sure, kana)
    for prefecture in table.prefectures().values():
        for form, sure in (
            (prefecture.short_kana, False),
            (prefecture.kana, True),
            (prefecture.short, False),
            (prefecture.name, True),
        ):
            entries[fold(form)] = _Name((prefecture.code,), sure, _all_kana(form))
    lengths: dict[str, set[int]] = {}
    for form in entries:
        lengths.setdefault(form[0], set()).add(len(form))
    return entries, {first: tuple(sorted(of, reverse=True)) for first, of in lengths.items()}


def _half_a_ward(form: str, code: str, kana: bool) -> bool:
    """名古屋市中 stands in 名古屋市中心部, 大阪港 is a port: a ward without 区 only as 横浜青葉."""
    row = table.every_row()[code]
    return row.kind == "ward" and (kana or len(row.name) == 2 or "市" in form[:-1])


def _all_kana(form: str) -> bool:
    return all("ぁ" <= char <= "ゖ" or char == "ー" for char in form)


def find_in_text(text: str) -> list[Found]:
    """This will find the places named in a text, in order, without overlaps; offsets are those of `text`."""
    folded, offsets = _folded(text)
    entries, lengths = _dictionary()
    found: list[Found] = []
    before: tuple[int, int, str] | None = None  # a prefecture: start, end in folded, code
    position, size = 0, len(folded)
    while position < size:
        name, end = None, position
        for length in lengths.get(folded[position], ()):
            candidate = (
                entries.get(folded[position : position + length])
                if position + length <= size
                else None
            )
            if candidate is not None and _may_be_named(
                folded, position, position + length, candidate, before, found, offsets
            ):
                name, end = candidate, position + length
                break
        if name is None:
            position += 1
            continue
        start, codes = position, name.codes
        if len(codes[0]) == 2:
            if not _follows_name_of(codes[0], folded, end) and _counts(folded, start, end, name):
                _add(
                    found,
                    Found(
                        offsets[start], offsets[end], (), _prefecture(codes[0]), _lives(folded, end)
                    ),
                )
            before = (start, end, codes[0])
        else:
            if before is not None and _linked(folded, before[1], start):
                within = tuple(
                    code
                    for code in _every_code(folded[start:end], name)
                    if code.startswith(before[2])
                )
                if within:
                    start, codes = before[0], within
                    if found and found[-1].start == offsets[start]:
                        found.pop()
            _add(found, _municipality(folded, offsets, start, end, codes, text))
            before = None
        position = end
    return found


def _may_be_named(
    folded: str,
    start: int,
    end: int,
    name: _Name,
    before: tuple[int, int, str] | None,
    found: list[Found],
    offsets: list[int],
) -> bool:
    """Whether these characters are meant as a place here."""
    if len(name.codes[0]) == 2:
        return name.sure or not name.kana or _LIVES.match(folded, end) is not None
    if before is not None and _linked(folded, before[1], start):
        if any(code.startswith(before[2]) for code in _every_code(folded[start:end], name)):
            return not (name.kana and not name.sure)
        if before[1] == start and not name.sure:
            return False
    # 朝日町 right after 昭島市 is a street of that city, not a town.
    if found and found[-1].end == offsets[start] and folded[end - 1] in "町村":
        return False
    return _counts(folded, start, end, name)


def _counts(folded: str, start: int, end: int, name: _Name) -> bool:
    previous = folded[start - 1] if start else ""
    glued = "一" <= previous <= "鿿" and previous not in _MAY_STAND_BEFORE
    lives = _LIVES.match(folded, end) is not None
    if name.kana:
        return lives or (
            name.sure
            and _IS.match(folded, end) is not None
            and _OPENS.search(folded, 0, start) is not None
        )
    if _PERSON.match(folded, end):
        return False
    words = folded[start:end]
    if name.sure:
        if len(name.codes[0]) == 2 or len(words) > 3:
            return True
        if len(words) == 3:
            return not (glued and words[-1] in "町村")
        return not glued and (words[-1] in "市区" or lives or _NEAR.match(folded, end) is not None)
    if glued or (
        end < len(folded) and folded[end] in "線駅駐港橋川山湾沖弁産駒県府都" and not lives
    ):
        return False
    if lives:
        return True
    if len(words) == 1:
        return False
    if _NEAR.match(folded, end):
        return True
    if len(words) >= 3 and not _all_kana(words) and words not in _ALSO_WORDS:
        return True
    opens = _OPENS.search(folded, max(0, start - 12), start) is not None or start == 0
    return (
        opens
        and words not in _FAMILY_NAMES | _ALSO_WORDS
        and not _all_kana(words)
        and _IS.match(folded, end) is not None
    )


def _follows_name_of(prefecture: str, folded: str, end: int) -> bool:
    """Whether a municipality of this prefecture is named right after it (東京の府中): then that one is meant."""
    entries, lengths = _dictionary()
    link = _LINK.match(folded, end)
    start = link.end() if link else end
    if start >= len(folded):
        return False
    for length in lengths.get(folded[start], ()):
        name = entries.get(folded[start : start + length])
        if name is not None and not name.kana and len(name.codes[0]) == 6:
            return any(
                code.startswith(prefecture)
                for code in _every_code(folded[start : start + length], name)
            )
    return False


def _every_code(words: str, name: _Name) -> tuple[str, ...]:
    """青森の横浜 is the town: after a prefecture the small ones count, too."""
    return name.codes if name.sure else names().bare.get(words, name.codes)


def _linked(folded: str, end: int, start: int) -> bool:
    return start - end <= 4 and _LINK.fullmatch(folded, end, start) is not None


def _lives(folded: str, end: int) -> bool:
    return _LIVES.match(folded, end) is not None or _NEAR.match(folded, end) is not None


def _prefecture(code: str) -> Area:
    return Area(prefecture=code, name=table.prefecture_name(code))


def _municipality(
    folded: str, offsets: list[int], start: int, end: int, codes: tuple[str, ...], text: str
) -> Found:
    found = tuple(table.every_row()[code] for code in codes)
    found = tuple(row for row in found if row.valid_to is None) or found
    words = text[offsets[start] : offsets[end]]
    exact = tuple(row for row in found if words.endswith(row.name))
    found = exact or found
    area = table.area_of(found[0]) if len(found) == 1 else None
    return Found(offsets[start], offsets[end], found, area, _lives(folded, end))


def _add(found: list[Found], new: Found) -> None:
    """Put a ward together with the designated city named just before it (横浜市 青葉区)."""
    if found and new.start - found[-1].end <= 2:
        cities = {row.code for row in found[-1].candidates}
        wards = tuple(row for row in new.candidates if row.parent in cities)
        if wards:
            area = table.area_of(wards[0]) if len(wards) == 1 else None
            found[-1] = Found(found[-1].start, new.end, wards, area, new.lives)
            return
    found.append(new)


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text, and for every position in it (and its end) the offset in `text`."""
    if unicodedata.is_normalized("NFKC", text):
        return fold(text), list(range(len(text) + 1))
    pieces: list[str] = []
    offsets: list[int] = []
    position = 0
    while position < len(text):
        end = position + 1
        while end < len(text) and text[end] in "ﾞﾟ\u3099\u309a":
            end += 1
        piece = unicodedata.normalize("NFKC", text[position:end])
        pieces.append(piece)
        offsets.extend([position] * len(piece))
        position = end
    offsets.append(len(text))
    return fold("".join(pieces)), offsets
