import pytest

from madobe.guide import choices
from madobe.guide.rules.tables import TABLES

CHIPS = {
    "sign": [
        name
        for name in vars(choices)
        if name.endswith("_CHIPS") and ("SIGN" in name or "HOME" in name)
    ]
    + ["FAMILY_FIRST_CHIPS", "PAPER_CHIPS"],
    "want": [name for name in vars(choices) if name.endswith("WANT_CHIPS")],
    "constraint": ["WAY_CHIPS"],
}


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in CHIPS.items() for name in names]
)
def test_every_chip_is_a_code_of_its_own_question(kind: str, name: str):
    assert set(getattr(choices, name)) <= set(TABLES.codes_of(kind))


def test_no_list_of_chips_is_forgotten_here():
    listed = {name for names in CHIPS.values() for name in names}
    assert listed == {name for name in vars(choices) if name.endswith("_CHIPS")}


def test_every_sign_of_the_family_list_can_be_chosen():
    """S3-06: outings avoided, rhythm disturbed, interest lost, less talk, school or work, body, expression."""
    offered = {*choices.SIGN_CHIPS, *choices.BODY_SIGN_CHIPS, *choices.LIFE_SIGN_CHIPS}
    assert {
        "room_withdrawn",
        "day_night_reversal",
        "lost_interest",
        "no_talk",
        "school_nonattendance",
        "physical_complaint",
        "low_mood",
    } <= offered


@pytest.mark.parametrize("band", [int(value) for value, _label in choices.AGE_BANDS if value])
def test_no_age_range_crosses_a_limit_of_a_programme(band: int):
    limits = (15, 18, 35, 50, 65)
    starts = [0, *limits]
    labels = {13: (0, 14), 16: (15, 17), 26: (18, 34), 42: (35, 49), 57: (50, 64), 70: (65, 120)}
    low, high = labels[band]
    assert low in starts
    assert low <= band <= high


def test_five_small_examples_lead_to_the_guide():
    """S4-12."""
    assert len(choices.EXAMPLES) == 5
