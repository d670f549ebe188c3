"""Rows of one window become one service; two windows behind one switchboard stay two."""

import pytest

from madobe.directory.rules.windows.grouping import clean_name, group
from madobe.directory.rules.windows.source import read_release

from .rows import release, row


def keys(*rows: dict[str, str]) -> list[list[str]]:
    return [[window.key for window in one] for one in group(release(*rows).windows)]


def test_one_desk_under_two_categories():
    assert keys(
        row(id="a"),
        row(id="b", categoryId="rent", name="まどべ相談室（住居確保給付金）", department=""),
    ) == [["a", "b"]]


def test_the_same_section_and_number_under_other_names():
    assert keys(
        row(id="a", name="生活福祉課保護係", department="生活福祉課"),
        row(id="b", name="福祉事務所", department="生活福祉課"),
    ) == [["a", "b"]]


def test_two_desks_with_one_switchboard_stay_two():
    assert keys(
        row(id="a", name="子ども相談", department=""), row(id="b", name="女性相談", department="")
    ) == [["a"], ["b"]]


def test_one_name_with_two_numbers_stays_two():
    assert keys(row(id="a"), row(id="b", phone="042-000-0002")) == [["a"], ["b"]]


def test_one_name_in_two_municipalities_stays_two():
    assert keys(
        row(id="a", name="社会福祉課"), row(id="b", name="社会福祉課", municipalityId="jp-13208")
    ) == [["a"], ["b"]]


def test_a_row_without_a_number_joins_the_only_window_of_its_name():
    assert keys(row(id="a"), row(id="b", phone="", address="")) == [["a", "b"]]


def test_a_row_without_a_number_joins_none_of_two():
    assert keys(
        row(id="a"), row(id="b", phone="042-000-0002"), row(id="c", phone="", address="")
    ) == [["a"], ["b"], ["c"]]


def test_a_row_that_only_gives_the_switchboard_joins_the_city_hall():
    hall = row(
        id="a",
        categoryId="unknown",
        contactType="representative",
        name="昭島市役所",
        department="昭島市",
        phone="042-000-0009",
    )
    asks = row(
        id="b",
        name="昭島市 生活困窮者自立相談の公式一覧・代表電話案内",
        department="昭島市",
        phone="042-000-0009",
        contactType="representative",
    )
    assert keys(asks, hall) == [["b", "a"]]


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("まどべ相談室（住居確保給付金）", "まどべ相談室"),
        (
            "アスポート相談支援センター埼玉東部（PDF：2,035KB）",
            "アスポート相談支援センター埼玉東部",
        ),
        ("昭島市役所・役場", "昭島市役所"),
        ("檜原村役所・役場", "檜原村役場"),
        ("つながり（南区）", "つながり(南区)"),
    ],
)
def test_names_without_what_only_says_which_row_it_is(written, clean):
    assert clean_name(written) == clean


@pytest.mark.open_data
def test_known_windows_of_the_real_data(open_data):
    """Found by reading the file by hand."""
    folder = open_data / "municipal_windows"
    real = read_release(
        (folder / "offices.csv.gz").read_bytes(),
        name="offices.csv.gz",
        municipalities=(folder / "municipalities.csv").read_bytes(),
        sources=(folder / "sources.csv").read_bytes(),
    )
    groups = group(real.windows)
    assert sum(len(one) for one in groups) == 6333
    home = {window.key: {w.key for w in one} for one in groups for window in one}
    assert home["mito-self-reliance"] == {"mito-self-reliance", "mito-housing-benefit"}
    assert home["mito-public-assistance"] == {"mito-public-assistance", "mito-welfare-office"}
    assert home["mito-child-abuse"] == {"mito-child-abuse"}
    assert home["mito-dv"] == {"mito-dv"}
    assert home["tokyo-13207-self-reliance"] == {
        "tokyo-13207-self-reliance",
        "tokyo-13207-housing-benefit",
    }
    assert home["tsukuba-self-reliance"] == {
        "tsukuba-self-reliance",
        "tsukuba-housing-benefit",
        "tsukuba-public-assistance",
    }
    assert home["jp-27219-self-reliance-05"] == {"jp-27219-self-reliance-05", "jp-27219-housing-05"}
    assert home["jp-27219-city-general"] == {
        "jp-27219-city-general",
        "jp-27219-housing-benefit-fallback",
        "jp-27219-self-reliance-fallback",
    }
