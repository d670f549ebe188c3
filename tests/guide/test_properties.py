"""Properties 1–7 of the guide on a thousand invented situations, and each of them seen to fail."""

from itertools import islice
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madobe.guide.rules.tables import TABLES

from .properties import AGES, AREAS, MONTHS, PROPERTIES, Control, controls, situations, violations

CONTROLS = controls()


def codes(kind: str, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(TABLES.codes_of(kind))), max_size=most, unique=True)


SITUATIONS = st.fixed_dictionaries(
    {
        "who": st.sampled_from(["self", "family", "friend", "worker", ""]),
        "municipality": st.sampled_from(list(AREAS)),
        "age": st.sampled_from(AGES) | st.integers(0, 120),
        "months": st.sampled_from(MONTHS) | st.integers(0, 1200),
        "signs": codes("sign", 8),
        "wants": codes("want", 5),
        "person_wants": codes("want", 4),
        "constraints": codes("constraint", 5),
        "person_constraints": codes("constraint", 3),
    }
)


@settings(
    max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(raw=SITUATIONS)
def test_every_property_holds_for_any_situation(raw: dict[str, Any]) -> None:
    assert violations(raw) == set()


@pytest.mark.parametrize("control", CONTROLS, ids=lambda c: f"{c.property}: {c.what}")
def test_a_guide_broken_on_purpose_is_noticed(control: Control) -> None:
    noticed = sum(
        control.property in violations(raw, control.answerer) for raw in islice(situations(7), 400)
    )
    assert noticed > 0


def test_every_property_has_a_control() -> None:
    assert {control.property for control in CONTROLS} == set(PROPERTIES)
