"""The packaged table of municipalities: as many as there are, and codes that check."""

import subprocess
import sys
from collections import Counter

import pytest

from madobe.directory import municipalities as m

EVERY_CODE_OF_HAMAMATSU = {"221384": "中央区", "221392": "浜名区", "221406": "天竜区"}


def last_digit_by_the_published_rule(code5: str) -> int:
    """The rule as the ministry words it: subtract the weighted sum from the next multiple of 11; keep the ones."""
    total = (
        6 * int(code5[0])
        + 5 * int(code5[1])
        + 4 * int(code5[2])
        + 3 * int(code5[3])
        + 2 * int(code5[4])
    )
    if total < 11:
        return 11 - total
    return (11 - total % 11) % 10


def test_there_are_1741_municipalities_in_47_prefectures():
    everyone = m.all_municipalities()
    assert len(everyone) == 1741
    assert len({one.code for one in everyone}) == 1741
    assert {one.prefecture for one in everyone} == {f"{number:02}" for number in range(1, 48)}
    assert len(m.prefectures()) == 47


def test_the_kinds_are_counted_as_the_country_counts_them():
    kinds = Counter(one.kind for one in m.all_municipalities())
    assert kinds == {
        "city": 772,
        "designated_city": 20,
        "special_ward": 23,
        "town": 743,
        "village": 183,
    }


def test_67_slots_of_prefectures_and_designated_cities():
    designated = [one for one in m.all_municipalities() if one.kind == "designated_city"]
    assert len(m.prefectures()) + len(designated) == 67
    assert sum(len(m.wards_of(city.code)) for city in designated) == 171


def test_every_check_digit_is_right():
    codes = [one.code for one in m.all_municipalities()]
    codes += [ward.code for one in m.all_municipalities() for ward in m.wards_of(one.code)]
    assert [
        code for code in codes if int(code[5]) != last_digit_by_the_published_rule(code[:5])
    ] == []


def test_25_names_are_shared_by_57_municipalities():
    shared = {
        name: n for name, n in Counter(one.name for one in m.all_municipalities()).items() if n > 1
    }
    assert len(shared) == 25
    assert sum(shared.values()) == 57
    assert {"府中市", "伊達市", "池田町"} <= set(shared)


def test_full_names_are_shared_by_nobody():
    names = [one.full_name for one in m.all_municipalities()]
    names += [ward.full_name for one in m.all_municipalities() for ward in m.wards_of(one.code)]
    assert len(set(names)) == len(names) == 1741 + 171


def test_the_wards_of_hamamatsu_are_those_since_2024():
    wards = m.wards_of("221309")
    assert {ward.code: ward.name for ward in wards} == EVERY_CODE_OF_HAMAMATSU
    assert {str(ward.valid_from) for ward in wards} == {"2024-01-01"}


def test_a_former_ward_is_still_found_by_its_code():
    ward = m.by_code("221368")
    assert ward is not None
    assert (ward.name, str(ward.valid_to)) == ("浜北区", "2023-12-31")


def test_by_code_takes_five_or_six_digits():
    assert m.by_code("13207") == m.by_code("132071")
    assert m.by_code("132071").full_name == "東京都昭島市"


@pytest.mark.parametrize(
    "code", ["", "13", "132070", "999999", "abcde", "１３２０７", "１３２０７１", "1320711"]
)
def test_a_code_nobody_has_gives_none(code):
    assert m.by_code(code) is None


def test_every_hall_stands_in_japan():
    for one in m.all_municipalities():
        assert 24 < one.lat < 46, one
        assert 122 < one.lng < 154, one


def test_no_django_is_needed():
    code = (
        "import sys; from madobe.directory.municipalities import resolve; resolve('昭島市');"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_former_municipality_is_part_of_one_of_today_in_its_prefecture():
    from madobe.directory.municipalities.table import former_municipalities

    for former in former_municipalities():
        now = m.by_code(former.now)
        assert now in m.all_municipalities(), former
        assert now.prefecture == former.prefecture, former
