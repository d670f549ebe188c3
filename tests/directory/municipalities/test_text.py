"""Places in running Japanese: found where somebody lives, not where a word happens to be a town."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.directory.municipalities import find_in_text


def seen(text: str) -> list[tuple[str, str]]:
    return [
        (text[f.start : f.end], f.area.code or f.area.name if f.area else "?")
        for f in find_in_text(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("昭島市に住んでいます", [("昭島市", "132071")]),
        ("昭島に住んでる三十歳です", [("昭島", "132071")]),
        ("東京の府中市です", [("東京の府中市", "132063")]),
        ("府中市在住です", [("府中市", "?")]),
        ("横浜 青葉区に住んでいます", [("横浜 青葉区", "141003")]),
        ("名古屋市中区の者です", [("名古屋市中区", "231002")]),
        ("浜松市浜北区の実家", [("浜松市浜北区", "221309")]),
        ("わたしはあきしましにすんでいます", [("あきしまし", "132071")]),
        ("ﾅｺﾞﾔ市在住", [("ﾅｺﾞﾔ市", "231002")]),
        ("昭島市朝日町の団地です", [("昭島市", "132071")]),
        ("現在埼玉県川口市にいます", [("埼玉県川口市", "112038")]),
        ("津に住んでいます", [("津", "242012")]),
        ("石川県に住んでいます", [("石川県", "石川県")]),
        ("高知で相談できるところ", [("高知", "高知県")]),
        ("名古屋市中心部に住んでいます", [("名古屋市", "231002")]),
        ("神戸在住", [("神戸", "281000")]),
        ("青森の横浜に住んでいます", [("青森の横浜", "024066")]),
        ("北海道の伊達市", [("北海道の伊達市", "012335")]),
        (
            "東京に住んでいますが、実家は長野県松本市です",
            [("東京", "東京都"), ("長野県松本市", "202029")],
        ),
    ],
)
def test_places_are_found(text, expected):
    assert seen(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "朝日が昇るころに寝ます", "津波がこわい", "大人になっても家にいる", "人との関係がつらい", "石川です。息子のことで相談です",
        "中村さんに相談した", "大村くんと話した", "さくらが咲いた", "光がまぶしい", "生活保護、森の中、原因、栄養、境界",
        "京都の大学をやめた", "地区の民生委員", "つらい、むつかしい、あまい", "東西南北", "川上先生", "みどりの窓口",
        "中央の席", "大会に出た", "日野先生に言われた", "昭和の生まれです", "平成の終わり", "明日香が来た", "初日の出を見た", "小笠原さん", "大阪港で",
    ],
)  # fmt: skip
def test_words_are_not_taken_for_towns(text):
    assert seen(text) == []


def test_where_somebody_lives_is_told_from_a_mere_mention():
    lived, mentioned = find_in_text("昭島市に住んでいます。福岡市は好きです")
    assert (lived.lives, mentioned.lives) == (True, False)


@given(
    st.text(
        alphabet=st.sampled_from("東京都昭島市府中区横浜の、に住んでﾅｺﾞﾔｶﾞ　 津あきしまし龍ヶ崎"),
        max_size=40,
    )
)
def test_finds_are_in_order_and_inside_the_text(text):
    end = 0
    for found in find_in_text(text):
        assert end <= found.start < found.end <= len(text)
        assert (found.area is None) == (len(found.candidates) > 1)
        end = found.end


@given(st.text(max_size=100))
def test_nothing_written_raises(text):
    find_in_text(text)


def test_a_find_unpacks_and_a_prefecture_is_its_own_candidate():
    ((start, end, candidates),) = find_in_text("東京に住んでいます")
    assert (start, end, [one.code for one in candidates]) == (0, 2, ["13"])


def test_a_former_city_is_found_as_what_it_is_today():
    assert seen("浦和市に住んでいます") == [("浦和市", "111007")]
