from madobe.directory.rules.hours_compose import ScheduleRow, dump_rows
from madobe.directory.rules.hours_words import lines_of

WEEKDAYS = ScheduleRow(
    byday="MO,TU,WE,TH,FR",
    opens_at="10:00",
    closes_at="17:00",
    closed_on_holidays=True,
    year_end_start="12-29",
    year_end_end="01-03",
)


def words(row: ScheduleRow, language: str = "ja") -> tuple[str, ...]:
    return lines_of(dump_rows([row]), language)


def test_weekdays_read_as_a_range_with_their_closures():
    assert words(WEEKDAYS) == ("月〜金 10:00〜17:00（祝日、12月29日〜1月3日はお休み）",)


def test_weekdays_read_in_english():
    assert words(WEEKDAYS, "en") == ("Mon–Fri 10:00–17:00 (closed: national holidays, 12/29–1/3)",)


def test_the_last_saturday_of_the_month_is_named():
    row = ScheduleRow(freq="MONTHLY", byday="-1SA", opens_at="13:30", closes_at="16:30")
    assert words(row) == ("毎月 最後の土曜 13:30〜16:30",)


def test_second_and_fourth_saturday_stand_side_by_side():
    row = ScheduleRow(freq="MONTHLY", byday="2SA,4SA", opens_at="09:00", closes_at="12:00")
    assert words(row) == ("毎月 第2土曜・第4土曜 09:00〜12:00",)


def test_two_days_side_by_side_are_a_list_not_a_range():
    row = ScheduleRow(byday="SA,SU", opens_at="09:00", closes_at="12:00")
    assert words(row) == ("土・日 09:00〜12:00",)


def test_an_irregular_gathering_names_no_weekday():
    row = ScheduleRow(
        kind="event_series", freq="", is_irregular=True, opens_at="13:30", closes_at="16:30"
    )
    assert words(row) == ("月によって日が変わります、13:30〜16:30",)
