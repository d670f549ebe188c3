"""The number on a 受付票 leads back to its thread, however it is typed."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.consult.rules.slips import cases_with, slip_number

CASE = UUID("1a2b3c4d-0000-4000-8000-000000000001")


def test_a_number_is_eight_signs():
    assert slip_number(CASE) == "1A2B3C4D"


@pytest.mark.parametrize(
    "typed", ["1A2B3C4D", "1a2b3c4d", " 1A2B 3C4D ", "1A2B-3C4D", "１Ａ２Ｂ３Ｃ４Ｄ", "1A2Bー3C4D"]
)
def test_a_number_is_read_however_it_is_typed(typed: str):
    assert cases_with(typed) == (
        UUID("1a2b3c4d-0000-0000-0000-000000000000"),
        UUID("1a2b3c4d-ffff-ffff-ffff-ffffffffffff"),
    )


@pytest.mark.parametrize("typed", ["", "1A2B3C4", "1A2B3C4D5", "1A2B3C4G", "受付", "%", "\x00" * 8])
def test_what_is_no_number_finds_nothing(typed: str):
    assert cases_with(typed) is None


@given(st.uuids())
def test_the_number_of_a_thread_holds_that_thread(case: UUID):
    between = cases_with(slip_number(case))
    assert between is not None
    assert between[0] <= case <= between[1]


@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered(typed: str):
    between = cases_with(typed)
    assert between is None or between[0] < between[1]
