"""What an editor is asked to look at twice."""

from typing import Any

import pytest

from madobe.directory.rules.doubts import Doubt, doubts, is_odd, two_spellings


def entry(**facts: Any) -> dict[str, Any]:
    return {"name": "見本の窓口", "alternate_name": "", "aliases": [], "phones": [], **facts}


@pytest.mark.parametrize(
    "number",
    ["042-544-5111", "0120-279-338", "#8008", "110", "189", "03-1234-5678", "090-1234-5678", "0570-064-556", "050-1234-5678", "0800-123-4567", "(042)544-5111", "０４２−５４４−５１１１"],
)  # fmt: skip
def test_a_number_that_can_be_called_is_not_odd(number: str):
    assert not is_odd(number.replace("−", "-"))


@pytest.mark.parametrize(
    "number",
    ["042-544-511", "42-544-5111", "042-544-51111", "0120-279-3388", "#80", "00-1234-5678", "12345"],
)  # fmt: skip
def test_a_number_with_a_digit_too_few_or_too_many_is_odd(number: str):
    assert is_odd(number)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("くらし・しごとサポートセンター", "くらししごとサポートセンター"),
        ("くらし・しごとサポートセンター", "くらしごとサポートセンター"),
        ("引きこもり支援センター", "ひきこもり支援センター"),
        ("サポートステーションたちかわ", "サポートステーション　たちかわ"),
        ("KHJ家族会", "ＫＨＪ家族会"),
    ],
)
def test_one_name_in_two_spellings_is_seen(one: str, other: str):
    assert two_spellings(one, other)
    assert two_spellings(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("昭島市役所", "昭島市役所"),
        ("第一相談センター本館", "第二相談センター本館"),
        ("東部保健福祉センター", "西部保健福祉センター"),
        ("家族会", "家庭会"),
        ("福祉総務課", "障害福祉課"),
    ],
)
def test_two_places_are_not_taken_for_one(one: str, other: str):
    assert not two_spellings(one, other)


def test_two_forms_of_one_extension_are_seen_s4_26():
    facts = entry(
        phones=[{"number": "042-544-5111", "extension": 2853, "extension_last": 2856}],
        content_text="代表から、内線2855へおつなぎします。",
    )
    assert doubts(facts) == [Doubt("extension", "2853-2856", "2855")]
    elsewhere = doubts(
        entry(phones=[{"number": "042-544-5111", "extension": 2855}]),
        other_phones=[("042-544-5111", "2853-2856"), ("042-000-0000", "11")],
    )
    assert elsewhere == [Doubt("extension", "2855", "2853-2856")]


def test_the_same_extension_written_otherwise_is_no_doubt():
    facts = entry(
        phones=[{"number": "042-544-5111", "extension": 2853, "extension_last": 2856}],
        content_text="（内線２８５３〜２８５６）",
    )
    assert doubts(facts) == []


def test_a_spelling_that_is_known_already_is_no_doubt():
    facts = entry(name="くらし・しごとセンター", aliases=["くらししごとセンター"])
    assert doubts(facts, own_names=["くらししごとセンター"]) == []
    assert doubts(entry(name="くらし・しごとセンター"), own_names=["くらししごとセンター"]) == [
        Doubt("spelling", "くらし・しごとセンター", "くらししごとセンター")
    ]


def test_an_alias_that_is_somebody_elses_name_is_seen():
    facts = entry(aliases=["まどべ", "夜明けの会"])
    assert doubts(facts, other_names=["夜明けの会"]) == [Doubt("alias", "夜明けの会")]


def test_hours_nobody_can_put_together_are_seen():
    assert doubts(entry(), hours_readable=False) == [Doubt("hours", "")]
