"""Where an office is: by its address; the authority's column is not a place."""

import gzip

import pytest

from madobe.directory.rules.csv_file import FileRefusedError
from madobe.directory.rules.postal import read_postal_codes
from madobe.directory.rules.wam import columns as c

from .rows import read

HEADER = "postal_code,prefecture,city,neighborhood,note,partial,n_alternates\n"
CODES = read_postal_codes(
    (
        HEADER
        + "1960015,東京都,昭島市,昭和町,,0,0\n"
        + "1960014,東京都,昭島市,田中町,,0,0\n"
        + "1960000,東京都,昭島市,,以下に掲載がない場合,0,0\n"
        + "0600001,北海道,札幌市中央区,北一条西,1〜19丁目,1,0\n"
        + "0640821,北海道,札幌市中央区,北一条西,20〜28丁目,1,0\n"
        + "1600023,東京都,新宿区,西新宿,次のビルを除く,0,0\n"
        + "1020075,東京都,千代田区,三番町,,0,0\n"
        + "1930001,東京都,昭島市,本町,,0,0\n"
    ).encode(),
    name="postal.csv",
)  # fmt: skip


def test_a_ward_of_a_city_belongs_to_its_city_and_the_address_keeps_the_ward():
    one, doubts = read(AUTHORITY_CODE="01100", CITY="北海道札幌市北区", STREET="北８条西３", LATITUDE="43.06", LONGITUDE="141.35")  # fmt: skip
    assert doubts == {}
    assert one.parts["areas"] == [["011002", "札幌市"]]
    assert one.parts["place"]["description"] == "北海道札幌市北区北8条西3"


def test_a_ward_that_ended_is_known_and_told():
    one, doubts = read(AUTHORITY_CODE="22130", CITY="静岡県浜松市中区", STREET="元城町1", LATITUDE="34.71", LONGITUDE="137.73")  # fmt: skip
    assert one.parts["areas"] == [["221309", "浜松市"]]
    assert "2023年12月31日までの区" in doubts[c.CITY]


def test_a_ward_of_today_is_nothing_to_tell():
    one, doubts = read(AUTHORITY_CODE="22130", CITY="静岡県浜松市中央区", STREET="元城町1", LATITUDE="34.71", LONGITUDE="137.73")  # fmt: skip
    assert (one.parts["areas"], doubts) == ([["221309", "浜松市"]], {})


def test_a_place_nobody_knows_is_kept_and_not_shown():
    one, doubts = read(CITY="東京都まぼろし市")
    assert (one.parts["areas"], one.fields["status"]) == ([], "checked")
    assert c.CITY in doubts


@pytest.mark.parametrize(
    ("code", "is_settled"),
    [("13000", True), ("13207", True), ("14000", False), ("13101", False), ("", False)],
)
def test_the_authority_must_be_the_one_of_this_place(code, is_settled):
    one, doubts = read(AUTHORITY_CODE=code)
    assert (c.AUTHORITY_CODE not in doubts) is is_settled
    assert one.fields["needs_check"] is not is_settled
    assert one.parts["areas"] == [["132071", "昭島市"]]


@pytest.mark.parametrize(
    ("street", "shown"),
    [
        ("東京都昭島市昭和町１−２", "昭和町1−2"),
        ("昭島市昭和町１−２", "昭和町1−2"),
        ("昭和町１−２", "昭和町1−2"),
    ],
)
def test_a_city_written_twice_is_shown_once(street, shown):
    assert read(STREET=street)[0].parts["place"]["description"] == f"東京都昭島市{shown}"


def test_an_address_that_names_another_city_is_told_and_to_be_checked():
    one, doubts = read(STREET="立川市泉町1156-9")
    assert "立川市" in doubts[c.STREET]
    assert one.fields["needs_check"]


@pytest.mark.parametrize("street", ["府中町1-2", "国府町3", "下市場4-5", "四日市5"])
def test_a_street_that_sounds_like_a_city_is_a_street(street):
    assert c.STREET not in read(STREET=street)[1]


@pytest.mark.parametrize(
    ("point", "kept", "words"),
    [
        (("35.7130", "139.3600"), (35.713, 139.36), ""),
        (("139.3600", "35.7130"), (35.713, 139.36), "逆"),
        (("0", "0"), (None, None), "外"),
        (("51.5", "-0.1"), (None, None), "外"),
        (("33.1783", "132.5512"), (None, None), "離れすぎ"),
        (("北緯35", "139"), (None, None), "数"),
        (("", ""), (None, None), ""),
    ],
)
def test_a_point_is_kept_only_in_japan_and_near_its_town(point, kept, words):
    one, doubts = read(LATITUDE=point[0], LONGITUDE=point[1])
    assert (one.parts["place"]["latitude"], one.parts["place"]["longitude"]) == kept
    assert words in doubts.get(c.LATITUDE, "")


@pytest.mark.parametrize(
    ("city", "street", "code"),
    [
        ("東京都昭島市", "昭和町１丁目２番", "196-0015"),
        ("東京都昭島市", "昭和町一丁目二番", "196-0015"),
        ("東京都昭島市", "大字田中町５", "196-0014"),
        ("東京都昭島市", "本町田1-2", ""),
        ("東京都昭島市", "昭和町", ""),
        ("東京都昭島市", "まぼろし町1", ""),
        ("北海道札幌市中央区", "北一条西5丁目", ""),
        ("東京都新宿区", "西新宿2-8-1", ""),
        ("東京都千代田区", "3番町6", "102-0075"),
        ("東京都立川市", "昭和町1", ""),
    ],
)  # fmt: skip
def test_a_postal_code_only_where_one_and_only_one_fits(city, street, code):
    assert CODES.of(city, street) == code


def test_with_a_certain_code_there_is_an_address_and_without_one_only_words():
    certain = read(postal=CODES)[0].parts["place"]
    assert (certain["postal_code"], certain["state_province"], certain["city"], certain["address_1"]) == (
        "196-0015", "東京都", "昭島市", "昭和町1丁目2番3号",
    )  # fmt: skip
    plain = read()[0].parts["place"]
    assert (plain["postal_code"], plain["address_1"]) == ("", "")
    assert plain["description"] == "東京都昭島市昭和町1丁目2番3号"


def test_a_postal_file_of_other_columns_is_refused():
    with pytest.raises(FileRefusedError, match="neighborhood"):
        read_postal_codes(gzip.compress(b"postal_code,city\n1,2\n"), name="x.csv.gz")
