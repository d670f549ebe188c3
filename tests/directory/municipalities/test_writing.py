"""What people type for a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.directory.municipalities import all_municipalities, resolve
from madobe.lib.tone import JA, findings


@pytest.mark.parametrize(
    "text",
    [
        "昭島市", "昭島", "東京都昭島市", "東京 昭島市", "東京都　昭島市", "東京昭島", "あきしまし", "あきしま", "アキシマ市",
        "ｱｷｼﾏｼ", "132071", "13207", "１３２０７１", " 昭島市 ", "東京都昭島市田中町一丁目", "とうきょうとあきしまし",
    ],
)  # fmt: skip
def test_akishima_however_it_is_written(text):
    area = resolve(text).area
    assert area is not None
    assert (area.code, area.prefecture, area.name) == ("132071", "13", "昭島市")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("鎌ヶ谷市", "122246"), ("鎌ケ谷市", "122246"), ("鎌が谷市", "122246"), ("龍ヶ崎市", "082082"), ("竜が崎市", "082082"),
        ("塩釜市", "042030"), ("四条畷市", "272299"), ("須惠町", "403440"), ("鹿嶋市", "082228"), ("鹿島市", "412074"),
        ("北海道虻田郡倶知安町", "014001"), ("倶知安", "014001"), ("真狩村", "013960"), ("大阪狭山市", "272311"),
        ("京都市", "261009"), ("四日市", "242021"), ("1100", "011002"), ("横浜", "141003"), ("青森県横浜町", "024066"),
        ("広島県府中市", "342084"), ("東京 府中市", "132063"), ("福島県伊達市", "072133"), ("泊村", "014036"),
        ("南アルプス市", "192082"), ("ニセコ", "013951"), ("大島町", "133612"),
    ],
)  # fmt: skip
def test_names_with_one_meaning(text, code):
    assert resolve(text).area is not None
    assert resolve(text).area.code == code


@pytest.mark.parametrize(
    ("text", "prefecture", "name"),
    [
        ("東京", "13", "東京都"),
        ("東京都", "13", "東京都"),
        ("北海道", "01", "北海道"),
        ("おおさか", "27", "大阪府"),
        ("130001", "13", "東京都"),
        ("福島", "07", "福島県"),
    ],
)
def test_a_prefecture_alone_has_no_code(text, prefecture, name):
    area = resolve(text).area
    assert (area.prefecture, area.code, area.name) == (prefecture, "", name)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("府中市", ["132063", "342084"]), ("伊達市", ["012335", "072133"]),
        ("池田町", ["016446", "183822", "204811", "214043"]), ("府中", ["132063", "342084", "343021"]),
    ],
)  # fmt: skip
def test_a_shared_name_asks_which(text, codes):
    answer = resolve(text)
    assert answer.area is None
    assert [one.code for one in answer.candidates] == codes
    assert "どちら" in answer.note


def test_a_ward_name_of_many_cities_asks_which():
    answer = resolve("中区")
    assert answer.area is None
    assert {one.full_name for one in answer.candidates} == {
        "神奈川県横浜市中区", "愛知県名古屋市中区", "大阪府堺市中区", "岡山県岡山市中区", "広島県広島市中区",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["名古屋市中区", "名古屋中区", "愛知県名古屋市中区", "名古屋市 中区", "231061"]
)
def test_a_ward_of_a_designated_city_is_looked_up_by_its_city(text):
    answer = resolve(text)
    assert (answer.area.code, answer.area.name, answer.ward.name) == ("231002", "名古屋市", "中区")


@pytest.mark.parametrize("text", ["浜松市中区", "静岡県浜松市中区", "浜松 中区", "221317"])
def test_a_ward_that_ended_leads_to_its_city_and_says_so(text):
    answer = resolve(text)
    assert (answer.area.code, answer.ward.name) == ("221309", "中区")
    assert "2023年12月31日" in answer.note
    assert "浜名区" in answer.note


@pytest.mark.parametrize("text", ["", "   ", "999999", "😀", "まどべ市", "\x00", "国後郡留夜別村"])
def test_an_unknown_place_is_no_place(text):
    answer = resolve(text)
    assert answer.area is None
    assert answer.candidates == ()


def test_a_misspelling_is_shown_what_looks_like_it():
    assert (
        "東京都昭島市" in resolve("昭嶋町市").nearest
        or "東京都昭島市" in resolve("あきしまち").nearest
    )


def test_a_wrong_check_digit_is_not_taken_but_explained():
    answer = resolve("131040")
    assert answer.area is None
    assert answer.nearest == ("東京都新宿区",)


def test_every_municipality_is_found_by_its_full_name_its_code_and_prefecture_with_name():
    for one in all_municipalities():
        assert resolve(one.full_name).area.code == one.code
        assert resolve(one.code).area.code == one.code
        answer = resolve(one.prefecture_name + one.name)
        codes = [c.code for c in answer.candidates] or [answer.area.code]
        assert one.code in codes
        if one.district == "":
            assert codes == [one.code]


@given(st.text(max_size=60))
def test_nothing_typed_raises(text):
    answer = resolve(text)
    assert not (answer.area and answer.candidates)


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("浦和市", "111007"),
        ("埼玉県浦和市", "111007"),
        ("うらわし", "111007"),
        ("福岡県那珂川町", "402311"),
        ("篠山市", "282219"),
        ("滝沢村", "032166"),
    ],
)
def test_a_name_that_is_no_more_leads_to_what_it_is_today_and_says_so(text, now):
    answer = resolve(text)
    assert answer.area.code == now
    assert "いまの" in answer.note


def test_a_former_name_another_town_carries_is_that_town():
    answer = resolve("那珂川町")
    assert (answer.area.code, answer.note) == ("094111", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Akishima", "132071"), ("akishima-shi", "132071"), ("Akishima City", "132071"), ("AKISHIMA, Tokyo", "132071"),
        ("Fuchu, Tokyo", "132063"), ("Fuchu-shi, Hiroshima", "342084"), ("Osaka-shi", "271004"), ("Kyoto City", "261009"),
        ("Shinjuku", "131041"), ("Kobe", "281000"), ("Shin'onsen", "285862"), ("Kōchi-shi", "392014"), ("Maebashi, Gumma, Japan", "102016"),
    ],
)  # fmt: skip
def test_names_in_latin_letters(text, code):
    assert resolve(text).area.code == code


def test_prefectures_and_shared_names_in_latin_letters():
    assert (resolve("Tokyo").area.code, resolve("Tokyo").area.prefecture) == ("", "13")
    assert resolve("Ōsaka").area.prefecture == "27"
    assert len(resolve("Fuchu").candidates) == 3
    assert resolve("Nowhere").area is None


@pytest.mark.parametrize(
    "text", ["府中市", "中央区", "浜松市中区", "浦和市", "まどべ市", "131040", "999999"]
)
def test_every_note_is_said_gently(text):
    assert findings(resolve(text).note, JA) == []
