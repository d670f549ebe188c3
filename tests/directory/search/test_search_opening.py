"""Open at a minute: true to the quarter hour, on holidays, past midnight, before totals and facets are counted."""

from collections.abc import Callable
from datetime import date, datetime, time

import numpy as np
import pytest

from madobe.directory.queries import search
from madobe.directory.rules.hours import JAPAN, hours_of_rows, open_minutes
from madobe.directory.rules.hours_compose import DateException, ScheduleRow, dump_rows
from madobe.directory.search import opening
from madobe.directory.search.answer import SearchAnswer
from madobe.directory.search.question import SearchQuestion
from tests.directory.search.worlds import AT, Hours, Made, save

pytestmark = pytest.mark.django_db

WEEKDAYS = (0, 1, 2, 3, 4)
OFFICE = Hours(WEEKDAYS, time(8, 45), time(17, 15), closed_on_holidays=True)
NIGHT = Hours((4,), time(21, 0), time(2, 30))
HOLIDAY_TOO = Hours(WEEKDAYS, time(10, 0), time(16, 0))
SPECIAL = Hours((0,), time(9), time(12), special=(date(2026, 11, 23), time(10, 15), time(14, 45)))


def open_at(moment: str) -> SearchAnswer:
    at = datetime.fromisoformat(moment).replace(tzinfo=JAPAN)
    return search(SearchQuestion(kinds=("ibasho",), open_at=at), at=AT)


def fill() -> None:
    hours = (OFFICE, NIGHT, HOLIDAY_TOO, SPECIAL, None)
    save(Made(n, (), ("ibasho",), ("JP",), hours=one) for n, one in enumerate(hours))


def names(answer: SearchAnswer) -> set[int]:
    numbers = {Made(n, (), (), ()).id: n for n in range(5)}
    return set() if answer.relaxation else {numbers[hit.service] for hit in answer.hits}


@pytest.mark.parametrize("engine", ["snapshot", "sql"])
@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-24T08:44", set()),
        ("2026-11-24T08:45", {0}),
        ("2026-11-24T17:14", {0}),
        ("2026-11-24T17:15", set()),
        ("2026-11-23T10:14", {2}),  # Labour Thanksgiving Day, a Monday
        ("2026-11-23T10:15", {2, 3}),
        ("2026-11-23T14:45", {2}),
        ("2026-11-27T23:59", {1}),
        ("2026-11-28T00:00", {1}),
        ("2026-11-28T02:29", {1}),
        ("2026-11-28T02:30", set()),
        (
            "2027-03-22T11:00",
            {2, 3},
        ),  # a day no snapshot of November has worked out; a holiday in lieu
    ],
)
def test_open_at_a_minute(
    snapshot: Callable[[], str], engine: str, moment: str, expected: set[int]
) -> None:
    fill()
    if engine == "snapshot":
        snapshot()
    answer = open_at(moment)
    assert names(answer) == expected
    if expected:
        assert answer.total == answer.facets["kind"]["ibasho"] == len(expected)


def test_without_the_minute_the_count_would_be_wrong(
    snapshot: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: half hours alone would call an office open at 17:15 that closed at 17:15."""
    fill()
    snapshot()
    rightly = opening.open_in
    monkeypatch.setattr(opening, "open_in", lambda spans, minute: rightly(spans, minute // 30 * 30))
    assert names(open_at("2026-11-24T17:15")) == {0}


def test_spans_of_a_day_agree_with_the_page_at_every_quarter() -> None:
    night = (DateException("2026-11-25", "cancelled"),)
    rows = [
        ScheduleRow(byday="MO,TU", opens_at="08:45", closes_at="17:15", closed_on_holidays=True),
        ScheduleRow(byday="TU,WE,FR", opens_at="21:00", closes_at="05:15", exceptions=night),
        ScheduleRow(freq="MONTHLY", byday="-1SA", opens_at="10:00", closes_at="00:00"),
    ]
    text = dump_rows(rows)
    days = [date(2026, 11, day) for day in range(21, 31)]
    for day, spans in zip(days, open_minutes(text, days), strict=True):
        for minute in range(0, 24 * 60, 15):
            at = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=JAPAN)
            is_open = any(start <= minute < end for start, end in spans)
            assert is_open == hours_of_rows(text, at).open_now, at


def test_days_are_worked_out_once_and_only_for_timetables_asked_about() -> None:
    asked: list[int] = []

    def texts() -> list[str]:
        asked.append(1)
        row = ScheduleRow(byday="MO,TU,WE,TH,FR", opens_at="09:00", closes_at="17:00")
        return ["", dump_rows([row])]

    table = opening.OpenTable(2, texts)
    noon = datetime(2026, 11, 24, 12, 0, tzinfo=JAPAN)
    assert table.open_rows(noon, np.array([1, 1, 1])).tolist() == [True] * 3
    assert table.open_rows(noon, np.array([1])).tolist() == [True]
    assert len(asked) == 1
