"""Days of the week, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.directory.rules.weekday_words import DaysNotRead, read_days, write_days

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@pytest.mark.parametrize(
    ("written", "byday"),
    [
        ("月・水", "MO,WE"),
        ("月、水、金", "MO,WE,FR"),
        ("月曜日", "MO"),
        ("月〜金", "MO,TU,WE,TH,FR"),
        ("月から木", "MO,TU,WE,TH"),
        ("平日", "MO,TU,WE,TH,FR"),
        ("土日", "SA,SU"),
        ("月水金", "MO,WE,FR"),
        ("第1水・第3水", "1WE,3WE"),
        ("第1・第3水曜", "1WE,3WE"),
        ("第２土曜日", "2SA"),
        ("最終土", "-1SA"),
        ("最後の土曜", "-1SA"),
        ("", ""),
    ],
)
def test_days_are_read(written: str, byday: str):
    assert read_days(written) == byday


@pytest.mark.parametrize("written", ["いつか", "金〜月", "第1・第3", "第6水", "・", "月曜の夜"])
def test_what_names_no_days_is_not_guessed(written: str):
    with pytest.raises(DaysNotRead):
        read_days(written)


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "1", "2", "3", "4", "5", "-1"]), st.sampled_from(CODES)),
        min_size=1,
        max_size=7,
        unique=True,
    )
)
def test_what_is_written_is_read_back(days: list[tuple[str, str]]):
    byday = ",".join(f"{number}{day}" for number, day in days)
    assert read_days(write_days(byday)) == byday


@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text: str):
    try:
        found = read_days(text)
    except DaysNotRead:
        return
    assert all(one[-2:] in CODES for one in found.split(",") if one)
