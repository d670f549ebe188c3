"""Which entries may be the same: by what, and by how few comparisons."""

import random

import pytest

from madobe.directory.rules.duplicates import Entry, alike, find_pairs, folded_address, folded_name

TOWN = "132071"


def entry(key: str, name: str = "", **facts: object) -> Entry:
    return Entry(id=key, name=name or f"窓口{key}", **{"municipality": TOWN, **facts})


def reasons(one: Entry, other: Entry, **options: bool) -> tuple[str, ...]:
    pairs = find_pairs([one, other], **options).pairs
    return pairs[0].reasons if pairs else ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("特定非営利活動法人　まどべの会", "NPO法人まどべの会"),
        ("ｻﾎﾟｽﾃ昭島", "サポステ昭島"),
        ("サポステ昭島", "さぽすて昭島"),
        ("龍ケ崎市 相談窓口", "竜ヶ崎市・相談窓口"),
        ("ひろば「窓辺」", "ひろば窓辺"),
    ],
)
def test_names_in_two_spellings_are_one(first: str, second: str):
    assert folded_name(first) == folded_name(second)
    assert reasons(entry("a", first), entry("b", second)) == ("name",)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("昭島市田中町１丁目１７番１号", "昭島市田中町1-17-1"),
        ("〒196-8511 昭島市田中町一丁目17-1", "昭島市田中町1丁目17-1"),
        ("昭島市 田中町1‐17‐1", "昭島市田中町1-17-1"),
    ],
)
def test_addresses_in_two_spellings_are_one(first: str, second: str):
    assert folded_address(first) == folded_address(second)


def test_the_same_number_and_place_with_a_name_much_alike():
    one = entry("a", "くらし相談係", phones=("042-000-0001",), address="昭島市田中町1-17-1")
    other = entry("b", "くらし相談担当", phones=("0420000001",), address="昭島市田中町1丁目17-1")
    assert reasons(one, other) == ("alike", "phone", "address")


def test_a_number_alone_is_not_enough():
    assert reasons(entry("a", "福祉課", phones=("042-000-0001",)), entry("b", "教育委員会", phones=("042-000-0001",))) == ()  # fmt: skip


def test_two_sections_behind_a_switchboard_stay_two():
    town_hall = {"phones": ("042-000-0001",), "address": "昭島市田中町1-17-1", "website": "https://www.city.example.jp/"}  # fmt: skip
    sections = [entry(str(n), name, **town_hall) for n, name in enumerate(("福祉課", "教育委員会", "保健所", "税務課"))]  # fmt: skip
    assert find_pairs(sections).pairs == []


def test_a_first_and_a_second_house_are_two():
    facts = {"phones": ("042-000-0001",), "address": "昭島市田中町1-17-1"}
    assert alike("第1作業所ひかり", "第2作業所ひかり") == 0
    assert (
        reasons(entry("a", "第1作業所ひかり", **facts), entry("b", "第2作業所ひかり", **facts))
        == ()
    )


def test_services_of_different_kinds_are_two():
    facts = {"phones": ("042-000-0001",), "address": "昭島市田中町1-17-1"}
    one = entry("a", "ひかり", group=frozenset({"life_training"}), **facts)
    other = entry("b", "ひかり", group=frozenset({"employment_transition"}), **facts)
    assert reasons(one, other) == ()


def test_what_a_register_lists_apart_is_two():
    facts = {"phones": ("042-000-0001",), "address": "昭島市田中町1-17-1"}
    one = entry("a", "ひかり", programmes=frozenset({"060"}), **facts)
    other = entry("b", "ひかり", programmes=frozenset({"062"}), **facts)
    assert reasons(one, other) == ()
    assert reasons(one, entry("c", "ひかり", **facts)) == ("name", "phone", "address")


def test_the_same_name_in_two_towns_is_two():
    assert reasons(entry("a", "地域包括支援センター"), entry("b", "地域包括支援センター", municipality="132063")) == ()  # fmt: skip


def test_one_office_listed_for_two_towns_is_one():
    office = {"phones": ("0172-00-0001",), "address": "弘前市1-1"}
    one = entry("a", "中南福祉事務所", municipality="023621", **office)
    other = entry("b", "中南福祉事務所", municipality="023434", **office)
    assert reasons(one, other) == ("name", "phone", "address")


def test_the_same_name_with_another_number_and_another_place_is_two():
    one = entry("a", "ひろば", phones=("042-000-0001",), address="昭島市1-1")
    other = entry("b", "ひろば", phones=("042-000-0002",), address="昭島市2-2")
    assert reasons(one, other) == ()


def test_two_points_close_by_with_one_name():
    here = {"municipality": "", "latitude": 35.7056, "longitude": 139.3536}
    near = {"municipality": "", "latitude": 35.7062, "longitude": 139.3536}  # some 70 m
    far = {"municipality": "", "latitude": 35.7080, "longitude": 139.3536}  # some 270 m
    assert reasons(entry("a", "ひろば", **here), entry("b", "ひろば", **near)) == ("name", "near")
    assert reasons(entry("a", "ひろば", **here), entry("b", "ひろば", **far)) == ()


def test_a_corporate_number_is_one_operator_but_many_services():
    one, other = (entry(key, name, corporate_number="1234567890123") for key, name in (("a", "まどべ"), ("b", "灯台")))  # fmt: skip
    assert reasons(one, other, one_number_each=True) == ("number",)
    assert reasons(one, other) == ()


def test_two_legal_forms_are_two_operators():
    one, other = entry("a", "株式会社エース"), entry("b", "一般社団法人エース")
    assert reasons(one, other, one_number_each=True) == ()
    assert reasons(one, entry("b", "(株)エース"), one_number_each=True) == ("name",)


def test_another_spelling_counts_as_a_name():
    assert reasons(
        entry("a", "若者サポート"), entry("b", "さぽすて", other_names=("若者サポート",))
    ) == ("name",)


def test_many_that_are_all_alike_are_each_named_once():
    office = {"phones": ("0172-00-0001",), "address": "弘前市1-1"}
    pairs = find_pairs([entry(f"{n:02}", "中南福祉事務所", municipality="", **office) for n in range(20)]).pairs  # fmt: skip
    assert len(pairs) == 19


def test_a_decided_pair_is_not_asked_about_again_and_the_rest_is_compared_anew():
    three = [entry(key, "ひろば") for key in "abc"]
    assert [(p.first, p.second) for p in find_pairs(three).pairs] == [("a", "b"), ("a", "c")]
    again = find_pairs(three, decided=[("a", "b"), ("a", "c")]).pairs
    assert [(p.first, p.second) for p in again] == [("b", "c")]


def test_twenty_five_thousand_entries_need_few_comparisons():
    dice = random.Random(7)
    entries = []
    for number in range(25_000):
        town = dice.randrange(1741)
        entries.append(
            entry(
                f"{number:05}",
                f"{dice.choice('東西南北中')}{dice.choice('光丘空窓灯')}{number % 400}",
                municipality=f"{town:06}",
                phones=(f"0{dice.randrange(10**9):09}",),
                address=f"{town}町{dice.randrange(3000)}-{dice.randrange(30)}",
                website=f"https://www.city{town}.example.jp/{dice.randrange(40)}",
                latitude=dice.uniform(31, 43),
                longitude=dice.uniform(130, 145),
            )  # fmt: skip
        )
    found = find_pairs(entries)
    assert found.comparisons < 200_000  # all pairs would be 312 million
