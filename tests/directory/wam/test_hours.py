"""Hours: certain or prose, never in between."""

import pytest

from madobe.directory.rules.wam import columns as c
from madobe.directory.rules.wam.hours import WamHours, read_hours

from .rows import row

WORKDAYS = "MO,TU,WE,TH,FR"
TURN = ("12-29", "01-03")


def hours(weekdays: str, saturday: str = "", sunday: str = "", holiday: str = "", closed: str = "", remarks: str = "") -> WamHours:  # fmt: skip
    return read_hours(
        row(WEEKDAYS=weekdays, SATURDAY=saturday, SUNDAY=sunday, HOLIDAY=holiday, CLOSED=closed, REMARKS=remarks)
    )  # fmt: skip


def rows(read: WamHours) -> list[tuple[str, str, str, bool, str, str]]:
    return [
        (one.byday, one.opens_at, one.closes_at, one.closed_on_holidays, one.year_end_start, one.year_end_end)
        for one in read.reading.rows
    ]  # fmt: skip


@pytest.mark.parametrize(
    "closed",
    [
        "", "土日祝日", "土日祝", "土・日・祝日", "土曜日、日曜日、国民の祝日", "土曜 日曜 祝日", "土曜日日曜日祝日", "土日祝祭日、年末年始",
        "土曜日及び日曜日と祝日", "土日祝日お休み", "毎週土曜日、毎週日曜日、祝日", "土日祝、12/29〜1/3", "土日祝日 12月29日から1月3日",
        "土日祝日・年末年始（１２月２９日〜１月３日）",
    ],
)  # fmt: skip
def test_weekdays_with_the_weekend_and_holidays_off(closed):
    read = hours("10:00-16:00", "", "00:00-00:00", "00:00-00:00", closed)
    assert rows(read) == [(WORKDAYS, "10:00", "16:00", True, *TURN)]
    assert read.prose == ""


def test_the_day_off_in_the_middle_of_the_week():
    read = hours("10:00-16:00", "10:00-16:00", "10:00-16:00", "", "水曜日、祝日")
    assert rows(read) == [("MO,TU,TH,FR,SA,SU", "10:00", "16:00", True, *TURN)]


def test_open_on_holidays_with_the_same_times():
    read = hours("09:30-15:30", holiday="09:30-15:30", closed="土日、12/30〜1/4")
    assert rows(read) == [(WORKDAYS, "09:30", "15:30", False, "12-30", "01-04")]


def test_saturday_has_times_of_its_own():
    read = hours("09:00-17:00", "09:00-12:00", closed="日曜日、祝日")
    assert rows(read) == [
        (WORKDAYS, "09:00", "17:00", True, *TURN),
        ("SA", "09:00", "12:00", True, *TURN),
    ]


def test_all_day_every_day():
    whole = "00:00-23:59"
    read = hours(whole, whole, whole, whole, "年中無休")
    assert rows(read) == [("MO,TU,WE,TH,FR,SA,SU", "00:00", "00:00", False, "", "")]


def test_a_turn_of_the_year_nobody_dated_is_noted_as_ours():
    assert "12月29日" in hours("10:00-16:00", closed="土日祝、年末年始").reading.notes
    assert hours("10:00-16:00", closed="土日祝、12/29〜1/3").reading.notes == ""


@pytest.mark.parametrize(
    ("read", "column"),
    [
        (hours("10:00-01:00"), c.WEEKDAYS),
        (hours("09:00-08:59"), c.WEEKDAYS),
        (hours("09:00-09:00"), c.WEEKDAYS),
        (hours("10時から"), c.WEEKDAYS),
        (hours("", "10:00-16:00"), c.WEEKDAYS),
        (hours("10:00-16:00", "10:00-16:00", closed="土日祝日"), c.SATURDAY),
        (hours("10:00-16:00", closed="日曜日、祝日"), c.SATURDAY),
        (hours("10:00-16:00", closed="土日"), c.HOLIDAY),
        (hours("10:00-16:00", closed="なし"), c.SATURDAY),
        (hours("10:00-16:00", holiday="10:00-12:00"), c.HOLIDAY),
        (hours("10:00-16:00", closed="会社カレンダーによる"), c.CLOSED),
        (hours("10:00-16:00", closed="土日祝日、お盆"), c.CLOSED),
        (hours("10:00-16:00", closed="第2土曜日、日曜日、祝日"), c.CLOSED),
        (hours("10:00-16:00", remarks="水曜日のみ10：00〜13：00"), c.REMARKS),
    ],
)  # fmt: skip
def test_what_is_not_certain_stays_prose_and_says_which_column_is_in_doubt(read, column):
    assert read.reading.rows == ()
    assert read.reading.doubt
    assert read.column == column
    assert read.prose


@pytest.mark.parametrize("remarks", ["なし", "特になし", "無し", "-", "特記事項なし", "　"])
def test_a_remark_that_there_is_no_remark_is_none(remarks):
    assert rows(hours("10:00-16:00", closed="土日祝日", remarks=remarks))


def test_the_prose_holds_the_words_of_the_source_without_what_says_nothing():
    read = hours(
        "10:00-16:00",
        "00:00-00:00",
        closed="土日祝日・年末年始",
        remarks="水曜日のみ10：00〜13：00",
    )
    assert read.prose == "平日 10:00〜16:00／休み: 土日祝日・年末年始／水曜日のみ10:00〜13:00"


def test_days_off_without_any_time_are_kept_and_are_no_doubt():
    read = hours("", closed="土日祝日")
    assert (read.prose, read.reading.doubt, read.reading.rows) == ("休み: 土日祝日", "", ())
