"""Opening, to the minute, in Japan."""

import csv
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from madobe.directory.rules.hours import JAPAN, hours_of_rows, hours_of_rule, is_readable
from madobe.directory.rules.hours_compose import (
    DateException,
    NotCertainError,
    ScheduleRow,
    compose,
    dump_rows,
    load_rows,
)
from madobe.directory.rules.hours_events import event_dates, month_of
from madobe.directory.rules.hours_holidays import holidays_of, with_holidays

DESK = ScheduleRow(
    byday="MO,TU,WE,TH,FR",
    opens_at="10:00",
    closes_at="17:00",
    closed_on_holidays=True,
    year_end_start="12-29",
    year_end_end="01-03",
)
SALON = ScheduleRow(
    kind="event_series", freq="MONTHLY", byday="-1SA", opens_at="13:30", closes_at="16:30"
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


def now(rows: list[ScheduleRow], text: str):
    return hours_of_rows(dump_rows(rows), at(text))


@pytest.mark.open_data
def test_holidays_equal_the_cross_checked_list_of_197_days():
    path = settings.OPEN_DATA_DIR / "holidays" / "jp_holidays_2020_2030_crosscheck.csv"
    with path.open(encoding="utf-8") as file:
        listed = {date.fromisoformat(row["date"]) for row in csv.DictReader(file)}
    ours = {day for year in range(2020, 2031) for day in holidays_of(year)}
    assert len(listed) == 197
    assert ours == listed


@pytest.mark.open_data
def test_a_desk_closed_on_holidays_is_closed_on_every_one_of_the_197_days_and_open_the_weekday_after_new_year():
    path = settings.OPEN_DATA_DIR / "holidays" / "jp_holidays_2020_2030_crosscheck.csv"
    every_day = ScheduleRow(
        byday="MO,TU,WE,TH,FR,SA,SU", opens_at="10:00", closes_at="17:00", closed_on_holidays=True
    )
    with path.open(encoding="utf-8") as file:
        listed = {row["date"] for row in csv.DictReader(file)}
    open_days, day = set(), date(2020, 1, 1)
    while day.year < 2031:
        if now([every_day], f"{day}T11:00").open_now:
            open_days.add(day.isoformat())
        day += timedelta(days=1)
    assert len(open_days) == 4018 - 197
    assert not open_days & listed


def test_the_calendar_inside_the_hours_library_would_miss_a_day_between_holidays():
    """Negative control: why holidays are written out from jpholiday."""
    from opening_hours import OpeningHours

    rule = "Mo-Fr 10:00-17:00; PH off"
    moment = datetime(2026, 9, 22, 11)  # noqa: DTZ001
    assert OpeningHours(rule, country="JP").is_open(moment)
    assert not OpeningHours(with_holidays(rule, 2026)).is_open(moment)


@pytest.mark.parametrize("day", ["2026-01-12", "2026-05-06", "2026-09-22"])
def test_a_weekday_desk_is_closed_on_holidays_substitutes_and_days_between(day):
    answer = now([DESK], f"{day}T11:00")
    assert answer.open_now is False
    assert answer.today == ""


def test_open_at_16_59_and_closed_at_17_00():
    last_minute = now([DESK], "2026-11-20T16:59")
    assert last_minute.open_now is True
    assert last_minute.closes_at == at("2026-11-20T17:00")
    assert last_minute.today == "10:00–17:00"
    closed = now([DESK], "2026-11-20T17:00")
    assert closed.open_now is False
    assert closed.next_open == at("2026-11-24T10:00")  # Saturday, Sunday, 勤労感謝の日


def test_opens_on_the_minute():
    assert now([DESK], "2026-11-20T09:59").open_now is False
    assert now([DESK], "2026-11-20T09:59").next_open == at("2026-11-20T10:00")
    assert now([DESK], "2026-11-20T10:00").open_now is True


def test_closed_over_the_year_end_on_both_ends_and_open_around_it():
    assert now([DESK], "2026-12-28T11:00").open_now is True
    for day in ("2026-12-29", "2026-12-31", "2027-01-01", "2027-01-03"):
        assert now([DESK], f"{day}T11:00").open_now is False
    assert now([DESK], "2026-12-29T11:00").next_open == at("2027-01-04T10:00")


def test_a_clock_elsewhere_in_the_world_is_read_in_japan():
    moment = datetime(2026, 11, 20, 7, 59, tzinfo=ZoneInfo("UTC"))  # 16:59 in Japan
    assert hours_of_rows(dump_rows([DESK]), moment).open_now is True
    assert hours_of_rows(dump_rows([DESK]), moment + timedelta(minutes=1)).open_now is False


def test_a_split_day_shows_both_spans_and_closes_at_noon():
    rows = [
        ScheduleRow(byday="MO", opens_at="09:00", closes_at="12:00"),
        ScheduleRow(byday="MO", opens_at="13:00", closes_at="17:00"),
    ]
    answer = now(rows, "2026-11-16T12:30")
    assert answer.open_now is False
    assert answer.today == "09:00–12:00, 13:00–17:00"
    assert answer.next_open == at("2026-11-16T13:00")


def test_a_line_open_day_and_night_never_closes():
    answer = hours_of_rule("24/7", at("2026-11-21T03:00"))
    assert (answer.open_now, answer.closes_at, answer.next_open) == (True, None, None)


def test_a_night_line_is_open_past_midnight():
    night = ScheduleRow(byday="FR", opens_at="22:00", closes_at="05:00")
    assert now([night], "2026-11-21T04:59").open_now is True
    assert now([night], "2026-11-21T04:59").closes_at == at("2026-11-21T05:00")
    assert now([night], "2026-11-21T05:00").open_now is False


def test_the_morning_after_a_closed_holiday_is_closed_and_the_one_before_is_not():
    nights = ScheduleRow(
        byday="SU,MO,TU,WE,TH,FR,SA", opens_at="22:00", closes_at="05:00", closed_on_holidays=True
    )  # 2026-11-23, a Monday, is 勤労感謝の日
    opened = {
        moment: now([nights], moment).open_now
        for moment in ("2026-11-22T23:00", "2026-11-23T04:59", "2026-11-23T22:00", "2026-11-24T04:59", "2026-11-24T22:00")
    }  # fmt: skip
    assert list(opened.values()) == [True, True, False, False, True]
    assert now([nights], "2026-11-23T22:00").next_open == at("2026-11-24T22:00")


@pytest.mark.parametrize(
    ("exception", "expected"),
    [
        (DateException(date="2026-11-24", kind="cancelled"), [True, False, False, True]),
        (DateException(date="2026-11-24", kind="special", opens_at="23:00", closes_at="02:00"), [True, True, False, True]),
        (DateException(date="2026-11-24", kind="special", opens_at="09:00", closes_at="10:00"), [True, False, False, True]),
    ],
)  # fmt: skip
def test_a_date_of_its_own_takes_or_gives_a_night_with_its_morning(exception, expected):
    nights = ScheduleRow(byday="MO,TU,WE", opens_at="22:00", closes_at="05:00", exceptions=(exception,))  # fmt: skip
    moments = ("2026-11-24T04:00", "2026-11-24T23:30", "2026-11-25T04:00", "2026-11-25T23:00")
    assert [now([nights], moment).open_now for moment in moments] == expected


def test_first_and_third_wednesday():
    row = ScheduleRow(freq="MONTHLY", byday="1WE,3WE", opens_at="13:30", closes_at="16:00")
    days = [d for d in range(1, 32) if now([row], f"2026-12-{d:02d}T14:00").open_now]
    assert days == [2, 16]


def test_a_day_of_the_month():
    row = ScheduleRow(freq="MONTHLY", bymonthday="15,-1", opens_at="10:00", closes_at="12:00")
    days = [d for d in range(1, 29) if now([row], f"2027-02-{d:02d}T10:00").open_now]
    assert days == [15, 28]


def test_every_other_week_counts_from_its_first_date():
    row = ScheduleRow(
        byday="TU", interval=2, dtstart="2026-11-03", opens_at="10:00", closes_at="12:00"
    )
    days = [d for d in range(1, 31) if now([row], f"2026-11-{d:02d}T10:00").open_now]
    assert days == [3, 17]


def test_seasons_change_the_hours():
    rows = [
        ScheduleRow(
            byday="MO",
            opens_at="09:00",
            closes_at="18:00",
            season_start="04-01",
            season_end="09-30",
        ),
        ScheduleRow(
            byday="MO",
            opens_at="09:00",
            closes_at="17:00",
            season_start="10-01",
            season_end="03-31",
        ),
    ]
    assert now(rows, "2026-09-28T17:30").open_now is True
    assert now(rows, "2026-10-05T17:30").open_now is False


def test_a_row_outside_its_dates_says_nothing():
    row = ScheduleRow(
        byday="MO",
        opens_at="09:00",
        closes_at="17:00",
        valid_from="2026-04-01",
        valid_to="2027-03-31",
    )
    assert now([row], "2026-03-30T10:00").open_now is False
    assert now([row], "2026-04-06T10:00").open_now is True
    assert now([row], "2027-04-05T10:00").open_now is False


def test_an_exception_wins_over_the_closure_and_the_rule():
    special = DateException("2026-12-29", "special", opens_at="10:00", closes_at="12:00")
    cancelled = DateException("2026-12-25", "cancelled", note="研修のため")
    row = ScheduleRow(**{**vars(DESK), "exceptions": (special, cancelled)})
    assert now([row], "2026-12-29T11:00").open_now is True
    assert now([row], "2026-12-29T12:00").open_now is False
    assert now([row], "2026-12-25T11:00").open_now is False


def test_an_explicit_date_wins_over_the_closure():
    extra = ScheduleRow(freq="", dtstart="2027-01-02", opens_at="13:00", closes_at="15:00")
    assert now([DESK, extra], "2027-01-02T13:00").open_now is True
    assert now([DESK, extra], "2027-01-04T10:00").open_now is True


def test_an_exception_wins_over_an_explicit_date():
    cancelled = DateException("2027-01-02", "cancelled")
    extra = ScheduleRow(
        freq="", dtstart="2027-01-02", opens_at="13:00", closes_at="15:00", exceptions=(cancelled,)
    )
    assert now([extra], "2027-01-02T13:30").open_now is False


def test_each_row_keeps_its_own_closures():
    saturday = ScheduleRow(byday="MO,SA", opens_at="18:00", closes_at="20:00")
    assert (
        now([DESK, saturday], "2026-01-12T18:30").open_now is True
    )  # 成人の日: only the evening row
    assert now([DESK, saturday], "2026-01-12T11:00").open_now is False
    assert now([DESK, saturday], "2026-01-13T11:00").open_now is True


def test_a_cancelled_row_leaves_the_other_rows_of_that_day():
    evening = ScheduleRow(
        byday="FR",
        opens_at="18:00",
        closes_at="20:00",
        exceptions=(DateException("2026-11-20", "cancelled"),),
    )
    assert now([DESK, evening], "2026-11-20T11:00").open_now is True
    assert now([DESK, evening], "2026-11-20T18:30").open_now is False
    assert now([DESK, evening], "2026-11-27T18:30").open_now is True


def test_the_last_saturday_of_each_month():
    dates = event_dates([SALON], date(2025, 12, 1), date(2026, 3, 1))
    assert [d.isoformat() for d in dates] == ["2025-12-27", "2026-01-31", "2026-02-28"]


def test_moving_one_month_moves_that_month_only():
    moved = DateException("2026-01-31", "moved", moved_to="2026-01-24", note="会場の都合")
    row = ScheduleRow(**{**vars(SALON), "exceptions": (moved,)})
    dates = event_dates([row], date(2025, 12, 1), date(2026, 3, 1))
    assert [d.isoformat() for d in dates] == ["2025-12-27", "2026-01-24", "2026-02-28"]
    assert now([row], "2026-01-31T14:00").open_now is False
    assert now([row], "2026-01-24T14:00").open_now is True
    assert now([row], "2026-02-28T14:00").open_now is True


def test_an_irregular_gathering_without_dates_is_undated_and_never_guessed():
    row = ScheduleRow(
        kind="event_series", freq="", is_irregular=True, opens_at="13:30", closes_at="16:30"
    )
    answer = now([row], "2026-11-21T14:00")
    assert answer.undated is True
    assert answer.next_dates == ()
    assert answer.open_now is None
    assert answer.usual == "13:30–16:30"


def test_an_irregular_gathering_shows_known_dates_and_leaves_other_months_undated():
    row = ScheduleRow(
        kind="event_series", freq="", is_irregular=True, opens_at="13:30", closes_at="16:30"
    )
    known = ScheduleRow(
        kind="event_series", freq="", dtstart="2026-12-09", opens_at="13:30", closes_at="16:30"
    )
    rows = [row, known]
    assert now(rows, "2026-11-21T14:00").next_dates == (date(2026, 12, 9),)
    assert now(rows, "2026-12-09T16:29").open_now is True
    assert month_of(rows, 2026, 12).dates == (date(2026, 12, 9),)
    assert month_of(rows, 2026, 12).undated is False
    assert month_of(rows, 2027, 1).undated is True
    assert now(rows, "2026-12-10T10:00").undated is True


def test_a_rule_without_times_is_not_certain():
    with pytest.raises(NotCertainError):
        compose([ScheduleRow(byday="MO")], 2026)
    assert now([ScheduleRow(byday="MO")], "2026-11-16T10:00").open_now is None


def test_nothing_known_keeps_the_words_of_the_source():
    answer = hours_of_rows("", at("2026-11-21T10:00"), prose="平日（要確認）")
    assert (answer.open_now, answer.prose) == (None, "平日（要確認）")


def test_rules_that_cannot_be_read_are_told_apart():
    assert is_readable("Mo-Fr 10:00-17:00; PH off")
    assert not is_readable("平日10時から")
    assert not is_readable("Mo-Fr,PH 10:00-17:00")


def test_rows_survive_writing_and_reading():
    row = ScheduleRow(
        **{**vars(SALON), "exceptions": (DateException("2026-01-31", "cancelled", note="雪"),)}
    )
    assert load_rows(dump_rows([row, DESK])) == (row, DESK)


def _time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@st.composite
def rows_of_a_desk(draw) -> list[ScheduleRow]:
    rows = []
    for _ in range(draw(st.integers(1, 3))):
        opens = draw(st.integers(0, 22 * 60))
        closes = draw(st.integers(opens + 30, 24 * 60 - 1))
        monthly = draw(st.booleans())
        days = draw(
            st.lists(
                st.sampled_from(("MO", "TU", "WE", "TH", "FR", "SA", "SU")),
                min_size=1,
                max_size=4,
                unique=True,
            )
        )
        byday = ",".join(
            f"{draw(st.sampled_from((1, 2, 3, 4, -1)))}{d}" if monthly else d for d in days
        )
        year_end = draw(st.booleans())
        exceptions = tuple(
            DateException(f"2026-12-{day:02d}", "cancelled")
            if cancelled
            else DateException(f"2026-12-{day:02d}", "special", opens_at="08:00", closes_at="09:15")
            for day, cancelled in draw(
                st.dictionaries(st.integers(1, 31), st.booleans(), max_size=3)
            ).items()
        )
        rows.append(
            ScheduleRow(
                freq="MONTHLY" if monthly else "WEEKLY",
                byday=byday,
                opens_at=_time(opens),
                closes_at=_time(closes),
                closed_on_holidays=draw(st.booleans()),
                year_end_start="12-29" if year_end else "",
                year_end_end="01-03" if year_end else "",
                exceptions=exceptions,
            )
        )
    return rows


def _open_by_hand(rows: list[ScheduleRow], moment: datetime) -> bool:
    """The precedence spelled out without the libraries' rules: one day, one row, one minute."""
    day, clock = moment.date(), f"{moment:%H:%M}"
    weekday = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day.weekday()]
    nth = (day.day - 1) // 7 + 1
    is_last = (day + timedelta(days=7)).month != day.month
    for row in rows:
        own = [e for e in row.exceptions if e.date == day.isoformat()]
        if own:
            if own[0].kind == "special" and own[0].opens_at <= clock < own[0].closes_at:
                return True
            continue
        named = row.byday.split(",")
        meets = (
            weekday in named or f"{nth}{weekday}" in named or (is_last and f"-1{weekday}" in named)
        )
        away = (row.closed_on_holidays and day in holidays_of(day.year)) or (
            row.year_end_start
            and (day.strftime("%m-%d") >= "12-29" or day.strftime("%m-%d") <= "01-03")
        )
        if meets and not away and row.opens_at <= clock < row.closes_at:
            return True
    return False


MOMENTS = st.datetimes(datetime(2026, 11, 20), datetime(2027, 1, 20)).map(  # noqa: DTZ001
    lambda d: d.replace(second=0, microsecond=0, tzinfo=JAPAN)
)


@hypothesis_settings(max_examples=150, deadline=None)
@given(rows_of_a_desk(), MOMENTS)
def test_any_timetable_is_open_exactly_when_its_rows_say_so(rows, moment):
    assert bool(hours_of_rows(dump_rows(rows), moment).open_now) is _open_by_hand(rows, moment)


@hypothesis_settings(max_examples=100, deadline=None)
@given(rows_of_a_desk(), MOMENTS)
def test_next_open_is_open_then_and_nothing_is_open_before(rows, moment):
    answer = hours_of_rows(dump_rows(rows), moment)
    start = answer.closes_at if answer.open_now else moment
    if answer.next_open is None or start is None:
        return
    assert _open_by_hand(rows, answer.next_open)
    step = start
    while step < answer.next_open and step < start + timedelta(days=3):
        assert not _open_by_hand(rows, step)
        step += timedelta(minutes=7)
    assert not _open_by_hand(rows, answer.next_open - timedelta(minutes=1))
