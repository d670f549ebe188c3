"""Opening hours in prose: read where the words leave no doubt, and only there. Expected values written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.directory.rules.hours_reading import HoursReading
from madobe.directory.rules.windows.hours import read_hours

WEEK = "MO,TU,WE,TH,FR"


def times(reading: HoursReading) -> list[tuple[str, str, str]]:
    return [(row.byday, row.opens_at, row.closes_at) for row in reading.rows]


@pytest.mark.parametrize(
    ("hours", "closed", "expected"),
    [
        ("平日 9時から17時", "", [(WEEK, "09:00", "17:00")]),
        ("平日午前８時30分から午後５時15分", "土曜日・日曜日・祝日", [(WEEK, "08:30", "17:15")]),
        ("平日8:30-17:15", "", [(WEEK, "08:30", "17:15")]),
        ("平日 8：30～17：15", "", [(WEEK, "08:30", "17:15")]),
        ("8時30分〜17時15分", "土曜日・日曜日・祝日・年末年始", [(WEEK, "08:30", "17:15")]),
        ("月曜日から金曜日 午前8時30分から午後5時15分", "祝日・年末年始", [(WEEK, "08:30", "17:15")]),
        ("月～金曜日（祝日の場合は休み） 8時30分～17時15分", "", [(WEEK, "08:30", "17:15")]),
        ("午前8時30分～午後5時15分まで ※土日祝日を除く", "", [(WEEK, "08:30", "17:15")]),
        ("午前９時～午後５時（平日の月～金曜日）", "土曜日・日曜日・祝日", [(WEEK, "09:00", "17:00")]),
        ("土日祝日を除く平日の午前8時30分から午後5時まで", "土曜日・日曜日・祝日", [(WEEK, "08:30", "17:00")]),
        ("火曜日～土曜日の午前8時30分から午後5時15分まで(祝日及び年末年始期間を除く)", "", [("TU,WE,TH,FR,SA", "08:30", "17:15")]),
        ("午前8時30分から正午、午後1時から午後5時15分", "土曜日・日曜日・祝日", [(WEEK, "08:30", "12:00"), (WEEK, "13:00", "17:15")]),
        ("9時～12時・13時～16時", "土曜日・日曜日・祝日・年末年始", [(WEEK, "09:00", "12:00"), (WEEK, "13:00", "16:00")]),
        ("平日８時30分～17時15分（正午から午後１時までを除く。）", "土曜日・日曜日・祝日", [(WEEK, "08:30", "12:00"), (WEEK, "13:00", "17:15")]),
        ("8時45分～17時（12時～13時を除く）", "土曜日・日曜日・祝日・年末年始", [(WEEK, "08:45", "12:00"), (WEEK, "13:00", "17:00")]),
        ("平日9時～21時／土曜9時～17時", "日曜日・祝日", [(WEEK, "09:00", "21:00"), ("SA", "09:00", "17:00")]),
        ("月・水・金 8時45分から16時30分／火・木 8時45分から19時", "土曜日・日曜日・祝日", [("MO,WE,FR", "08:45", "16:30"), ("TU,TH", "08:45", "19:00")]),
        ("月曜日・火曜日・木曜日・金曜日 9:00～17:00、水曜日 9:00～20:00", "祝日・12月29日～1月3日", [("MO,TU,TH,FR", "09:00", "17:00"), ("WE", "09:00", "20:00")]),
        ("月・火・水・木・金・土・日曜 8:30～17:00", "祝日、年末年始は除く", [("MO,TU,WE,TH,FR,SA,SU", "08:30", "17:00")]),
        ("ﾍｲｼﾞﾂ".replace("ﾍｲｼﾞﾂ", "平日") + "　９：００～１７：００", "", [(WEEK, "09:00", "17:00")]),
    ],
)  # fmt: skip
def test_certain_hours(hours, closed, expected):
    reading = read_hours(hours, closed, is_office=False)
    assert times(reading) == expected
    assert all(row.closed_on_holidays for row in reading.rows)


def test_numbered_weekdays_of_an_office():
    (row,) = read_hours("第2・4土曜日 10時～12時", "祝日", is_office=True).rows
    assert (row.freq, row.byday, row.opens_at, row.closes_at) == (
        "MONTHLY",
        "2SA,4SA",
        "10:00",
        "12:00",
    )


def test_the_turn_of_the_year_is_as_written_or_the_usual_one_and_said_so():
    written = read_hours("平日 9時～17時", "祝日・12月28日～1月4日", is_office=True)
    assert {(row.year_end_start, row.year_end_end) for row in written.rows} == {("12-28", "01-04")}
    assert "年末年始" not in written.notes
    usual = read_hours("平日 9時～17時", "年末年始", is_office=True)
    assert {(row.year_end_start, row.year_end_end) for row in usual.rows} == {("12-29", "01-03")}
    assert "12月29日" in usual.notes


def test_an_office_keeps_the_legal_days_off_but_a_private_desk_may_not():
    words = ("月曜日から金曜日 9時から17時", "土曜日・日曜日")
    assert times(read_hours(*words, is_office=True)) == [(WEEK, "09:00", "17:00")]
    assert read_hours(*words, is_office=False).rows == ()
    assert "祝日" in read_hours(*words, is_office=False).doubt


@pytest.mark.parametrize(
    ("hours", "closed", "why"),
    [
        ("午前8時30分から午後5時15分", "", "曜日"),
        ("9時～17時", "祝日・年末年始", "曜日"),
        ("9時～16時", "日曜日・祝日・年末年始", "曜日"),
        ("毎日 9:00～20:00", "", "祝日"),
        ("平日・第３土曜日の午前８時30分から午後５時15分", "土曜日・日曜日・祝日", "曜日"),
        ("土曜日 9時～12時", "土曜日・日曜日・祝日", "食いちが"),
        ("9時から16時（水曜日は19時まで）", "土曜日・日曜日・祝日", "ただし書き"),
        ("月曜日～金曜日 8:30～17:15（緊急時は夜間・休日も対応）", "", "ただし書き"),
        ("電話9時～16時・面談9時30分～16時", "土曜日・日曜日・祝日", "読みとれ"),
        ("365日24時間", "", "読みとれ"),
        ("相談日程は公式ページで確認", "", "読みとれ"),
        ("平日 8:30～20:00、土曜日・日曜日・祝日 9:00～18:00", "", "読みとれ"),
        (
            "月・火・水・木・金曜 9:00～17:00／日曜 9:00～16:00",
            "日曜は電話相談のみ／祝日、年末年始は除く",
            "お休み",
        ),
        ("平日 17時から9時", "", "前です"),
        ("平日 9時から9時", "", "前です"),
        ("平日 9時から25時", "", "時計"),
        ("平日 9時70分から17時", "", "時計"),
        ("平日 午前13時から午後5時", "", "午前"),
        ("平日 9時～12時・11時～16時", "", "重な"),
        ("金曜日～月曜日 9時～17時", "祝日", "逆"),
        ("9時～17時", "土曜日・日曜日・祝日・慰霊の日", "お休み"),
    ],
)
def test_doubtful_hours_stay_prose_and_say_why(hours, closed, why):
    reading = read_hours(hours, closed, is_office=True)
    assert reading.rows == ()
    assert why in reading.doubt


def test_no_hours_are_no_doubt():
    assert read_hours("", "土曜日", is_office=True) == HoursReading()


@given(
    st.text(
        alphabet="平日月火水木金土～から・、（）()第1234567890時分半:：午前後正祝除く休みまで毎／ ",
        max_size=40,
    ),
    st.text(max_size=20),
)
def test_any_text_gives_rows_or_a_doubt_and_never_raises(hours, closed):
    reading = read_hours(hours, closed, is_office=True)
    assert not (reading.rows and reading.doubt)
    for row in reading.rows:
        assert row.opens_at < row.closes_at or row.closes_at == "00:00"
