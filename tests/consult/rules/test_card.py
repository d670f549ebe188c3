"""Which lines the card shows: every minute of a year, for those who speak and those who cannot."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madobe.consult.rules.card import choose_lines, minutes_uncovered
from madobe.directory.data import crisis_lines_data, text_desks_data
from madobe.directory.rules.hours import JAPAN
from madobe.directory.rules.lines import Line, at_this_minute, desks_from, in_order, lines_from

START, END = datetime(2027, 1, 1, tzinfo=JAPAN), datetime(2028, 1, 1, tzinfo=JAPAN)
MINUTES = 525_600
LINES = (
    *lines_from(crisis_lines_data()),
    *(desk for desk in desks_from(text_desks_data()) if desk.area == "JP"),
)
FOR_EVERYBODY = [line for line in LINES if "general" in line.audience]
WRITTEN = [line for line in FOR_EVERYBODY if line.voice_free]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


def line(name: str, hours: str, **fields: object) -> Line:
    fields = {"number": "0000", "audience": ("general",), "hours_text": hours, **fields}
    return Line(id=name, name=name, hours_rule=hours, **fields)  # type: ignore[arg-type]


def card(lines: list[Line], when: str, *, cannot_speak: bool = False):  # type: ignore[no-untyped-def]
    ordered = in_order(at_this_minute(lines, at(when)), ("general",), voice_free_first=cannot_speak)
    return choose_lines(ordered, ("general",), cannot_speak=cannot_speak)


def test_the_year_has_the_minutes_it_has() -> None:
    assert len(minutes_uncovered([], START, END)) == MINUTES


def test_at_every_minute_of_2027_a_line_for_everybody_is_open() -> None:
    assert minutes_uncovered(FOR_EVERYBODY, START, END) == []


def test_at_every_minute_of_2027_there_is_an_open_line_to_write_to() -> None:
    assert minutes_uncovered(WRITTEN, START, END) == []


def test_without_the_lines_of_all_hours_uncovered_minutes_are_found() -> None:
    """Negative control."""
    rest = [one for one in LINES if one.hours_rule != "24/7"]
    uncovered = minutes_uncovered(rest, START, END)
    assert at("2027-01-01T03:00") in uncovered
    assert at("2027-06-15T18:00") not in uncovered
    assert 100_000 < len(uncovered) < MINUTES


def test_119_and_110_and_lines_of_uncertain_hours_cover_nothing() -> None:
    for one in (
        line("urgent", "24/7", immediate=True),
        line("unsure", ""),
        line("unreachable", "24/7", number=""),
    ):
        assert len(minutes_uncovered([one], START, START + timedelta(days=1))) == 1_440


def test_a_gap_of_one_minute_is_found() -> None:
    lines = [line("early", "00:00-12:00"), line("late", "12:01-24:00")]
    uncovered = minutes_uncovered(lines, START, START + timedelta(days=1))
    assert uncovered == [at("2027-01-01T12:00")]


HOURS = [
    "24/7",
    "16:00-21:00",
    "12:00-22:00",
    "Mo-Fr 10:00-17:00",
    "22:00-06:00",
    "PH off; 09:30-15:15",
]


@given(
    st.lists(st.sampled_from(HOURS[1:]), min_size=1, max_size=3),
    st.lists(st.integers(0, 60 * 24 * 21 - 1), min_size=20, max_size=20),
)
@settings(max_examples=25, deadline=None)
def test_a_minute_is_uncovered_when_each_line_by_itself_says_it_is_closed(
    hours: list[str], minutes: list[int]
) -> None:
    """The counting by boundaries against asking the line at that very minute."""
    lines = [line(str(number), rule) for number, rule in enumerate(hours)]
    uncovered = set(minutes_uncovered(lines, START, START + timedelta(days=21)))
    for minute in minutes:
        moment = START + timedelta(minutes=minute)
        is_open = any(one.open_now for one in at_this_minute(lines, moment))
        assert (moment in uncovered) is not is_open


def test_somebody_who_cannot_speak_sees_an_open_line_to_write_to_first() -> None:
    lines = [
        line("voice", "24/7"),
        line("chat", "12:00-22:00", kind="chat", url="https://chat.test"),
    ]
    assert card(lines, "2027-03-02T13:00", cannot_speak=True).open_now[0].id == "chat"
    assert card(lines, "2027-03-02T13:00").open_now[0].id == "voice"


def test_where_nothing_to_write_to_is_open_the_card_says_until_when() -> None:
    lines = [
        line("voice", "24/7"),
        line("chat", "12:00-22:00", kind="chat", url="https://chat.test"),
    ]
    found = card(lines, "2027-03-02T03:00", cannot_speak=True)
    assert found.text_opens_at == at("2027-03-02T12:00")
    assert [one.id for one in found.open_now] == ["voice"]
    assert card(lines, "2027-03-02T13:00", cannot_speak=True).text_opens_at is None
    assert card(lines, "2027-03-02T03:00").text_opens_at is None


def test_lines_for_others_are_left_to_the_longer_page() -> None:
    lines = [line("all", "24/7"), line("children", "24/7", audience=("child",))]
    assert [one.id for one in card(lines, "2027-03-02T03:00").shown] == ["all"]


def test_a_closed_line_stands_with_what_opens_later_the_soonest_first() -> None:
    lines = [
        line("evening", "18:00-20:00"),
        line("morning", "09:00-12:00"),
        line("unsure", ""),
    ]
    found = card(lines, "2027-03-02T03:00")
    assert found.open_now == ()
    assert [one.id for one in found.later] == ["morning", "evening"]


def test_119_and_110_stand_apart() -> None:
    found = card([line("all", "24/7"), line("119", "24/7", immediate=True)], "2027-03-02T03:00")
    assert [one.id for one in found.immediate] == ["119"]
    assert "119" not in [one.id for one in found.open_now]


@pytest.mark.parametrize("cannot_speak", [False, True])
def test_a_line_that_cannot_be_reached_is_not_shown(cannot_speak: bool) -> None:
    lines = [replace(line("nowhere", "24/7"), number=""), line("all", "24/7")]
    assert [one.id for one in card(lines, "2027-03-02T03:00", cannot_speak=cannot_speak).shown] == [
        "all"
    ]
