"""From one row to what a page shows, and what is said about its dirt."""

import pytest

from madobe.directory.choices import ConditionKind, Kind
from madobe.directory.rules.wam import columns as c
from madobe.directory.rules.wam.kinds import kind_of, kinds
from madobe.lib.tone import JA, findings

from .rows import read


def test_an_office_is_shown_as_its_kind_with_source_and_day():
    one, doubts = read()
    assert doubts == {}
    assert one.parts["kinds"] == ["employment_transition"]
    assert one.fields["status"] == "published"
    assert (
        one.fields["source_name"]
        == "障害福祉サービス等情報公表システム（独立行政法人福祉医療機構）"
    )
    assert (one.fields["source_updated_date"], one.fields["last_verified_date"]) == ("2024-09-30",) * 2  # fmt: skip
    assert (one.fields["max_months"], one.fields["capacity"]) == (24, 20)
    assert (one.organization.standing, one.organization.sector) == ("register", "welfare")
    assert one.parts["areas"] == [["132071", "昭島市"]]


def test_who_may_use_it_is_dated_data_that_asks_and_never_refuses():
    (group,) = read()[0].parts["eligibilities"]
    assert group["valid_from"] == "2024-09-30"
    assert [one["kind"] for one in group["conditions"]] == [
        ConditionKind.REQUIRES_ANY,
        ConditionKind.TO_CONFIRM,
    ]
    assert set(group["conditions"][0]["values"]) >= {"diagnosis", "techo", "opinion_letter"}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("自立訓練（生活訓練）", ["life_training"]),
        ("就労移行支援", ["employment_transition"]),
        ("自立訓練（機能訓練）", ["physical_training"]),
        ("就労継続支援Ａ型", ["contract_work"]),
        ("就労継続支援Ｂ型", ["own_pace_work"]),
        ("地域相談支援（地域移行支援）", ["community_move"]),
        ("地域相談支援（地域定着支援）", ["community_settling"]),
        ("自立生活援助", ["living_alone_visit"]),
        ("就労定着支援", ["job_retention"]),
        ("新しいサービス", []),
    ],
)
def test_a_kind_nobody_has_read_yet_is_kept_and_not_shown(kind, expected):
    one, _ = read(KIND=kind)
    assert one.parts["kinds"] == expected
    assert one.fields["status"] == ("published" if expected else "checked")


def test_every_row_of_the_table_says_why_and_knows_our_kinds():
    assert {one.code for one in kinds().values()} == {"041", "042", "045", "046", "053", "054", "060", "061", "062"}  # fmt: skip
    for one in kinds().values():
        assert one.why
        assert set(one.kinds) <= set(Kind.values)
        assert all((one.kinds, one.when, one.role, one.content))


def test_what_people_read_is_in_the_tone_of_the_house():
    for one in kinds().values():
        for text in (one.when, one.role, one.content, one.fees, one.apply):
            assert not findings(text, JA), text
    assert kind_of("就労移行支援").when


def test_a_row_without_a_day_of_release_is_kept_and_not_shown():
    assert read(released="")[0].fields["status"] == "checked"


@pytest.mark.parametrize("number", ["050005009189 ", "0117600510   ", "7000012050003", "700001205000a"])  # fmt: skip
def test_a_malformed_corporate_number_is_told_and_the_organization_known_by_name_and_place(number):
    one, doubts = read(CORPORATE_NUMBER=number)
    assert one.organization.corporate_number == ""
    assert one.organization.identity[:2] == ("wam", "社会福祉法人まどべ会")
    assert c.CORPORATE_NUMBER in doubts


def test_no_corporate_number_is_no_doubt():
    assert read(CORPORATE_NUMBER="")[1] == {}


def test_one_corporate_number_is_one_organization_however_its_name_is_written():
    one, other = read()[0], read(COMPANY="（福）まどべ会")[0]
    assert one.organization.identity == other.organization.identity


@pytest.mark.parametrize(
    ("column", "written"),
    [("PHONE", "834-2006"), ("PHONE", "176-463-1301"), ("PHONE", "090275212129"), ("FAX", "044-742-71307")],
)  # fmt: skip
def test_a_number_nobody_can_dial_is_told_and_not_shown(column, written):
    one, doubts = read(**{column: written})
    assert getattr(c, column) in doubts
    assert written not in [entry["number"] for entry in one.parts["phones"]]


@pytest.mark.parametrize("written", ["", "-", "－"])
def test_a_placeholder_for_no_fax_is_no_doubt(written):
    one, doubts = read(FAX=written)
    assert doubts == {}
    assert [entry["number"] for entry in one.parts["phones"]] == ["042-000-0001"]


@pytest.mark.parametrize("written", ["0", "-5", "二十", "99999"])
def test_a_capacity_no_house_has_is_told_and_not_shown(written):
    one, doubts = read(CAPACITY=written)
    assert one.fields["capacity"] is None
    assert c.CAPACITY in doubts


def test_a_reading_that_lost_a_letter_is_left_out():
    one, doubts = read(NAME_KANA="しゅうろうしえんせんたーさ\ufffdぁ")
    assert one.fields["aliases"] == []
    assert c.NAME_KANA in doubts


def test_the_reading_helps_to_find_the_office():
    assert read()[0].fields["aliases"] == ["まどべわーくす"]


def test_names_lose_their_wide_letters_and_hidden_characters():
    assert (
        read(NAME="ＣｏｃｏｒｐｏｒｔＣｏｌｌｅｇｅ　横浜\t\t")[0].fields["name"]
        == "CocorportCollege 横浜"
    )
