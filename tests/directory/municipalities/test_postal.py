"""A postal code names its municipality, however it is written; what is no code is left to others."""

import csv
import re

import pytest
from tools.make_postal import make

from madobe.directory.municipalities import resolve
from madobe.directory.municipalities.postal import area_code_of
from madobe.directory.municipalities.table import DATA


@pytest.mark.parametrize(
    "written",
    [
        "196-8511",
        "1968511",
        "〒196-8511",
        "１９６－８５１１",
        "196ー8511",
        " 〒 196-0014 ",
        "196 0014",
    ],
)
def test_a_code_is_found_however_it_is_written(written: str):
    assert area_code_of(written) == "132071"  # 昭島市


@pytest.mark.parametrize(
    ("written", "city"),
    [("163-8001", "東京都新宿区"), ("530-8201", "大阪府大阪市北区"), ("060-8611", "北海道札幌市中央区"), ("900-8585", "沖縄県那覇市")],
)  # fmt: skip
def test_a_city_hall_stands_in_its_own_city(written: str, city: str):
    """Postal codes of four city halls and the Tokyo government, from their own pages."""
    found = resolve(written)
    named = found.ward.full_name if found.ward else found.area.name
    assert city.endswith(named)


@pytest.mark.parametrize(
    "written", ["", "196", "196-85", "19685111", "000-0000", "相談", "042-544-5111", "1" * 5000]
)
def test_what_is_no_code_is_left_to_others(written: str):
    assert area_code_of(written) == ""


def test_a_code_without_a_place_gives_the_next_reading_a_chance():
    assert resolve("13207").area.code == "132071"


@pytest.mark.open_data
def test_the_packaged_file_is_what_the_maker_makes(open_data):
    with (DATA / "postal_beginnings.csv").open(encoding="utf-8", newline="") as lines:
        packed = list(csv.DictReader(lines))
    assert packed == make(open_data)
    assert all(re.fullmatch(r"\d{2,7}", row["beginning"]) for row in packed)
