"""From rows to the values a page shows: kinds, names, who runs it, numbers, doors."""

import pytest

from madobe.directory.choices import DoorKind, Kind, Method
from madobe.directory.rules.draft import ServiceDraft
from madobe.directory.rules.windows.grouping import group
from madobe.directory.rules.windows.kinds import rule_of, rules
from madobe.directory.rules.windows.service import draft
from madobe.lib.tone import JA, findings

from .rows import release, row


def made(*rows: dict[str, str]) -> ServiceDraft:
    (windows,) = group(release(*rows).windows)
    return draft(windows)


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        ({"plainName": "生活困窮者自立相談支援窓口"}, ["livelihood_support"]),
        ({"plainName": "生活や仕事の相談"}, ["livelihood_support"]),
        ({"plainName": "市役所・町村役場の代表窓口", "categoryId": "unknown"}, ["municipal_window"]),
        ({"plainName": "昭島市の代表窓口", "categoryId": "unknown"}, ["municipal_window"]),
        ({"name": "くらし・ひきこもり相談支援センター"}, ["municipal_window", "livelihood_support"]),
        ({"plainName": "こころの健康相談", "categoryId": "mental"}, ["mental_health_public"]),
        ({"plainName": "高齢者と介護の総合相談窓口", "categoryId": "care"}, ["community_comprehensive"]),
        ({"plainName": "障害福祉全般の相談窓口", "categoryId": "disability", "description": "発達障害のある方も"}, ["developmental_support"]),
        ({"plainName": "障害福祉の総合相談窓口", "categoryId": "medical"}, []),
        ({"plainName": "借金・多重債務の相談窓口", "categoryId": "debt", "name": "まどべ消費生活センター"}, ["consumer_center"]),
        ({"plainName": "借金を弁護士・司法書士に相談する", "categoryId": "debt"}, []),
        ({"plainName": "家賃・住居確保給付金の相談窓口", "categoryId": "rent", "name": "生活支援課"}, ["livelihood_support"]),
        ({"plainName": "家賃・住居確保給付金の相談窓口", "categoryId": "rent", "name": "住宅課"}, []),
        ({"plainName": "生活保護の相談・申請窓口", "name": "社会福祉課"}, ["municipal_window"]),
        ({"plainName": "生活保護の相談・申請窓口", "name": "昭島市福祉事務所"}, []),
        ({"plainName": "生活保護の相談・申請窓口", "name": "生活福祉課保護係"}, []),
        ({"plainName": "生活保護の相談・申請窓口", "name": "栃木県健康福祉課"}, []),
        ({"plainName": "DV相談窓口", "categoryId": "violence"}, []),
        ({"plainName": "子どもと家庭の相談窓口", "categoryId": "children"}, []),
        ({"plainName": "税の相談", "categoryId": "tax"}, []),
    ],
)  # fmt: skip
def test_the_kinds_of_a_row(cells, kinds):
    assert list(rule_of(row(**cells)).kinds) == kinds


def test_every_rule_of_the_table_says_why_and_from_where_and_names_known_kinds():
    for rule in rules():
        assert rule.why, rule.id
        assert rule.source, rule.id
        assert set(rule.kinds) <= set(Kind.values), rule.id
        assert bool(rule.kinds) == bool(rule.when and rule.role and rule.content), rule.id


def test_a_window_of_several_things_takes_the_most_important_first():
    one = made(row(id="a", plainName="生活保護の相談・申請窓口"), row(id="b"))
    assert one.parts["kinds"] == ["livelihood_support"]
    assert one.keys[0] == "b"


def test_a_desk_that_carries_the_word_stands_before_general_ones():
    assert made(row(name="ひきこもり相談室")).fields["is_hikikomori_desk"] is True
    assert made(row()).fields["is_hikikomori_desk"] is False


@pytest.mark.parametrize(
    ("cells", "name", "organization"),
    [
        ({"name": "福祉課", "department": "福祉課"}, "昭島市福祉課", "昭島市"),
        ({"name": "昭島市福祉課", "department": ""}, "昭島市福祉課", "昭島市"),
        ({"name": "まいさぽ窓辺", "department": ""}, "まいさぽ窓辺", "昭島市"),
        ({"name": "社会福祉法人昭島市社会福祉協議会", "department": ""}, "社会福祉法人昭島市社会福祉協議会", "昭島市社会福祉協議会"),
        ({"name": "東京都窓辺福祉事務所", "department": ""}, "東京都窓辺福祉事務所", "東京都"),
        ({"municipalityId": "jp-13305", "name": "西多摩福祉事務所", "department": "", "address": "青梅市東青梅1-1"}, "西多摩福祉事務所", "東京都"),
        ({"municipalityId": "jp-13305", "name": "日の出町福祉事務所", "department": "", "address": ""}, "日の出町福祉事務所", "日の出町"),
        ({"name": "ここから", "department": "NPO法人窓辺の会"}, "ここから", "NPO法人窓辺の会"),
    ],
)  # fmt: skip
def test_names_say_where_and_organizations_are_those_who_run_it(cells, name, organization):
    one = made(row(**cells))
    assert (one.fields["name"], one.organization.name) == (name, organization)


def test_numbers_extensions_and_toll_free_lines():
    one = made(
        row(
            description="電話の際は内線271を指定してください。",
            emergencyAlternative="フリーダイヤル 0800-000-2538",
            fax="042-000-0003",
        )
    )
    assert [
        (p["number"], p["kind"], p["is_toll_free"], p["extension"]) for p in one.parts["phones"]
    ] == [
        ("042-000-0001", "voice", False, 271),
        ("0800-000-2538", "voice", True, None),
        ("042-000-0003", "fax", False, None),
    ]


def test_doors_without_a_voice():
    one = made(
        row(email="a@example.jp", contactFormUrl="https://page.line.me/madobe", fax="042-000-0003")
    )
    assert [door["kind"] for door in one.parts["text_doors"]] == [
        "sns",
        "mail",
        "fax",
        "counter_memo",
    ]
    assert {door["kind"] for door in one.parts["text_doors"]} <= set(DoorKind.values)
    assert all(door["source_name"] for door in one.parts["text_doors"])


def test_methods_are_codes_and_a_way_that_cannot_be_walked_is_left_out():
    one = made(row(availableMethods="電話・来所・訪問・メール", phone=""))
    assert one.fields["methods"] == ["in_person", "mail", "home_visit"]
    assert set(one.fields["methods"]) <= set(Method.values)


@pytest.mark.parametrize(
    ("written", "code"), [("true", "required"), ("false", "none"), ("", ""), ("maybe", "")]
)
def test_reservation(written, code):
    assert made(row(reservationRequired=written)).fields["reservation"] == code


def test_an_area_within_the_town_is_said():
    assert (
        made(row(serviceArea="旧窓辺町域")).fields["eligibility_description"]
        == "受け持ちの地域: 旧窓辺町域"
    )
    assert made(row(serviceArea="昭島市")).fields["eligibility_description"] == ""


def test_a_date_that_is_none_keeps_a_window_from_being_shown():
    assert made(row(lastVerifiedAt="きのう")).fields["status"] == "checked"


def test_what_we_say_about_a_window_is_said_gently():
    """The table also holds other people's names of offices; here are the sentences of our own."""
    said = [text for rule in rules() for text in (rule.when, rule.role, rule.content)]
    assert [(text, found) for text in said if (found := findings(text, JA))] == []
