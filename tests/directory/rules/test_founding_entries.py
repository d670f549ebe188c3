"""Lines as entries of the founding facts."""

import pytest

from madobe.directory.rules.founding import entries_of, schedules_of
from madobe.directory.rules.lines import Line


def test_simple_daily_hours_become_rows():
    assert schedules_of("24/7")[0]["opens_at"] == "00:00"
    assert schedules_of("12:00-22:00")[0]["closes_at"] == "22:00"
    assert schedules_of("16:00-21:00; Dec 29-Jan 03 off")[0]["year_end_end"] == "01-03"
    assert schedules_of("") == []


def test_hours_that_do_not_fit_a_row_stop_the_load():
    with pytest.raises(ValueError, match="24/7 or one span"):
        schedules_of("Mo-Fr 10:00-17:00; PH off")


def test_lines_without_an_address_and_lines_for_immediate_danger_are_no_entries():
    silent = Line(id="silent", name="x", kind="sns")
    ambulance = Line(id="ambulance", name="x", number="119", immediate=True)
    local = Line(id="local", name="x", kind="form", url="https://example.org", area="13")
    assert entries_of([silent, ambulance, local]) == []
