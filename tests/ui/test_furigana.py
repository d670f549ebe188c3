"""Furigana: the right kana above the kanji, and nothing else of the page changed."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from tools.texts import SOURCE, messages, po_path, read_catalogue

from madobe.directory.municipalities import all_municipalities
from madobe.ui import furigana
from madobe.ui.furigana import readings, with_furigana

RUBY = re.compile(r"<ruby>([^<]*)<rp>（</rp><rt>([^<]*)</rt><rp>）</rp></ruby>")


def spoken(text: str) -> str:
    """The text with each reading in brackets behind its kanji, as a browser without ruby shows it."""
    return RUBY.sub(r"\1（\2）", with_furigana(text))


def without(html: str) -> str:
    return RUBY.sub(r"\1", html)


# Written by hand, not by the analyser.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("窓辺", "窓辺（まどべ）"),
        ("聞いてもらう", "聞（き）いてもらう"),
        ("言いかえの例です", "言（い）いかえの例（れい）です"),
        ("本人と言う", "本人（ほんにん）と言（い）う"),
        ("経験した方へ", "経験（けいけん）した方（かた）へ"),
        ("話し方と方法", "話（はな）し方（かた）と方法（ほうほう）"),
        ("使える人の決まり", "使（つか）える人（ひと）の決（き）まり"),
        ("今日は家にいる", "今日（きょう）は家（いえ）にいる"),
        ("明日のこと", "明日（あした）のこと"),
        ("一日の予定", "一日（いちにち）の予定（よてい）"),
        ("居場所を見る", "居場所（いばしょ）を見（み）る"),
        ("人気がない所", "人気（にんき）がない所（ところ）"),
        ("何も決めない", "何（なに）も決（き）めない"),
        ("何か困っていること", "何（なに）か困（こま）っていること"),
        ("何か月も", "何（なん）か月（げつ）も"),
        ("一度だけ", "一度（いちど）だけ"),
        ("一行ずつ", "一行（いちぎょう）ずつ"),
        ("日本のどこでも", "日本（にほん）のどこでも"),
        ("お金がかかる", "お金（かね）がかかる"),
        ("いま開いています", "いま開（あ）いています"),
        ("ページを開いた", "ページを開（ひら）いた"),
        ("時期の間のこと", "時期（じき）の間（あいだ）のこと"),
        ("土曜日", "土曜日（どようび）"),
        ("（火）", "（火（か））"),
        ("土日・祝日", "土日（どにち）・祝日（しゅくじつ）"),
        ("町村役場", "町村役場（ちょうそんやくば）"),
        ("昭島市福島町1", "昭島市（あきしまし）福島町1"),
        ("北海道福島町", "北海道福島町（ほっかいどうふくしまちょう）"),
        ("つぎに開くのは", "つぎに開（あ）くのは"),
        ("月によって変わる", "月（つき）によって変（か）わる"),
        ("12人と1人", "12人（にん）と1人（り）"),
        ("8月26日と3日", "8月（がつ）26日（にち）と3日（か）"),
        ("6か月", "6か月（げつ）"),
        ("10時30分から", "10時（じ）30分（ぷん）から"),
        ("24時間", "24時間（じかん）"),
        ("約146万人", "約（やく）146万（まん）人（にん）"),
        ("昭島市", "昭島市（あきしまし）"),
        ("東京都昭島市の窓口", "東京都昭島市（とうきょうとあきしまし）の窓口（まどぐち）"),
        ("外ヶ浜町", "外ヶ浜町（そとがはままち）"),
        ("いすみ市", "いすみ市（し）"),
        ("ひらがなとカタカナ ABC 123", "ひらがなとカタカナ ABC 123"),
    ],
)
def test_a_text_is_read_as_people_read_it(text: str, expected: str):
    assert spoken(text) == expected


def test_every_name_of_a_municipality_is_read_by_its_official_kana():
    kana: dict[str, set[str]] = {}
    for one in all_municipalities():
        kana.setdefault(one.name, set()).add(one.kana)
    wrong = {}
    for name, official in kana.items():
        spans = readings(f"「{name}」の窓口")
        read, at = "", 1
        for start, end, reading in spans:
            if end <= len(name) + 1:
                read += f"「{name}」"[at:start] + reading
                at = end
        read += name[at - 1 :]
        if len(official) == 1 and katakana_as_hiragana(read) not in official:
            wrong[name] = read
    assert wrong == {}


def katakana_as_hiragana(text: str) -> str:
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def test_a_name_read_in_two_ways_gets_no_ruby_but_where_the_prefecture_is_said():
    assert spoken("池田町") == "池田町"
    assert spoken("北海道池田町") == "北海道池田町（ほっかいどういけだちょう）"
    assert spoken("長野県池田町") == "長野県池田町（ながのけんいけだまち）"


@pytest.mark.parametrize(
    "html",
    [
        "<title>窓辺</title>",
        "<textarea rows=2>本人 <b>の</b> 言葉</textarea>",
        "<select><option>東京都</option></select>",
        "<script>const 窓 = '<p>辺';</script>",
        "<style>.a::before { content: '窓' }</style>",
        "<svg><text>窓辺</text></svg>",
        "<ruby>窓辺<rt>まどべ</rt></ruby>",
        '<p lang="en">窓辺 <b>本人</b></p>',
        '<input value="窓辺" placeholder="本人 > 家族"><img alt="窓辺">',
        "<!-- 窓辺 --><!doctype html>",
        "<p>a < b、c > d</p>",
    ],
)
def test_what_is_no_japanese_text_stays_as_it_is(html: str):
    assert with_furigana(html) == html


def test_japanese_inside_an_english_page_is_read():
    html = '<html lang="en"><p>窓 <b lang="ja">窓</b> 窓</p></html>'
    assert RUBY.findall(with_furigana(html)) == [("窓", "まど")]


def test_text_goes_on_after_a_void_element_and_an_end_tag_left_out():
    html = '<ul><li>窓<br>窓<li>家<wbr>家</ul><p lang="en">one</p>窓'
    assert [word for word, _ in RUBY.findall(with_furigana(html))] == ["窓", "窓", "家", "家", "窓"]


def test_a_written_entity_stays_an_entity():
    assert without(with_furigana("<p>&lt;窓&gt;&amp;&#x27;窓&#x27;</p>")) == (
        "<p>&lt;窓&gt;&amp;&#x27;窓&#x27;</p>"
    )


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<p>", "</p>", "<b lang='en'>", "</b>", "<br>", '<a title="窓 > 辺">', "</a>", "&amp;", "<li>",
                "<title>窓</title>", "<script>if (a<b) '本人'</script>", "<!-- 窓 -->", "<wbr>",
            ]
        ),
        st.text(alphabet="窓辺本人方一日今日家居場所聞話行食べいきたのは、。（）0123々ヶケアABC\n ", max_size=30),
    ),
    max_size=20,
)  # fmt: skip


@given(PIECES)
def test_taking_the_readings_out_gives_the_same_page(pieces: list[str]):
    html = "".join(pieces)
    assert without(with_furigana(html)) == html


@given(PIECES)
def test_only_kanji_carry_ruby_and_only_kana_stand_above(pieces: list[str]):
    for written, above in RUBY.findall(with_furigana("".join(pieces))):
        assert re.fullmatch(rf"{furigana.KANJI}[{furigana.KANJI[1:-1]}ヶケ]*", written)
        assert re.fullmatch(r"[ぁ-ゖー]+", above)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["", "read/state/", "safety/", "privacy/", "areas/", "guide/", "accessibility/"]
)
@pytest.mark.parametrize("language", ["ja", "yasashii", "en"])
def test_a_whole_page_stays_the_same_but_for_the_readings(client, address: str, language: str):
    plain = client.get(f"/{language}/{address}", follow=True).content.decode()
    with_ruby = client.get(f"/{language}-f/{address}", follow=True).content.decode()
    assert ("<ruby>" in with_ruby) or language == "en"
    assert "<ruby>" not in plain
    # The switch and the links of a page name its display; the text itself must be alike.
    assert BeautifulSoup(without(with_ruby), "html.parser").main.get_text() == (
        BeautifulSoup(plain, "html.parser").main.get_text()
    )


@pytest.mark.django_db
def test_the_length_told_to_the_browser_is_that_of_the_page_with_readings(client):
    answer = client.get("/ja-f/read/state/")
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_a_very_long_text_is_read_to_its_end():
    assert readings("窓" * 30_000 + "、本人")[-1][2] == "ほんにん"


def test_every_kanji_of_our_own_texts_has_a_reading():
    own = {message.text for found in messages().values() for message in found.values()}
    own |= {
        text
        for app in messages()
        for message in read_catalogue(po_path(app, "ja_Easy"))
        if message.id
        for text in ([message.string] if isinstance(message.string, str) else message.string)
    }
    own |= set(tables())
    assert len(own) > 1_000
    bare = {
        text: left
        for text in own
        if (left := set(re.findall(furigana.KANJI, RUBY.sub("", with_furigana(text)))))
    }
    assert bare == {}


def tables() -> Iterator[str]:
    def walk(node: object) -> Iterator[str]:
        if isinstance(node, dict):
            yield from (node[key] for key in ("ja", "easy") if isinstance(node.get(key), str))
        children = (
            node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        )
        for child in children:
            yield from walk(child)

    for path in (SOURCE / "guide" / "tables").glob("*.yaml"):
        yield from walk(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_many_threads_read_at_the_same_time():
    texts = [f"{n}人の本人と家族の窓口" for n in range(2, 400)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(readings, texts)) == [readings(text) for text in texts]


@pytest.mark.django_db
def test_a_page_that_repeats_what_somebody_said_leaves_nothing_in_memory(client):
    client.post(
        "/ja-f/guide/", {"step": "words", "go": "result", "text": "秘密の湖畔で妹が疲れました"}
    )
    client.get("/ja-f/areas/", {"q": "湖畔町"})
    assert not any("湖畔" in text for text in furigana._known)


def test_what_somebody_wrote_does_not_stay_in_memory():
    with_furigana("<p>秘密の手紙をここに</p>", keep=False)
    assert not any("秘密" in text for text in furigana._known)
    with_furigana("<p>公開の手紙をここに</p>")
    assert any("公開の手紙" in text for text in furigana._known)
