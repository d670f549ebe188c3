"""Conditions of use: met, not met, or simply not known."""

from datetime import date

import pytest

from madobe.directory.rules.eligibility import (
    ConditionRow,
    ConditionSet,
    Person,
    eligibility,
    judge,
    person_of,
)

DAY = date(2026, 11, 21)
SAPOSUTE = ConditionSet((ConditionRow("age_min", 15), ConditionRow("age_max", 49)))
VISIT = ConditionSet(
    (
        ConditionRow("residence_in", values=("13",)),
        ConditionRow("months_withdrawn_min", 6),
        ConditionRow("after_compulsory_education", 15),
    )
)


def overall(conditions: ConditionSet, on: date = DAY, **person) -> str:
    return eligibility([conditions], person_of(**person), on).overall


@pytest.mark.parametrize(
    ("age", "expected"), [(14, "unlikely"), (15, "likely"), (49, "likely"), (50, "unlikely")]
)
def test_ages_at_both_ends_are_included(age, expected):
    assert overall(SAPOSUTE, age=age) == expected


@pytest.mark.parametrize(
    ("age", "expected"),
    [(13, "unlikely"), (14, "unlikely"), (15, "ask"), (16, "likely"), (70, "likely")],
)
def test_s4_18_at_fifteen_compulsory_education_may_not_be_over_yet(age, expected):
    assert overall(VISIT, age=age, months=12, prefecture="13", municipality="132071") == expected


@pytest.mark.parametrize(("months", "expected"), [(5, "unlikely"), (6, "likely"), (-1, "ask")])
def test_s4_18_six_months_are_enough_and_unknown_asks(months, expected):
    assert overall(VISIT, age=20, months=months, prefecture="13") == expected


def test_s4_18_the_person_lives_in_tokyo():
    assert overall(VISIT, age=20, months=6, prefecture="13", municipality="132071") == "likely"
    assert overall(VISIT, age=20, months=6, prefecture="14", municipality="141003") == "unlikely"
    assert overall(VISIT, age=20, months=6) == "ask"


def test_a_prefecture_alone_does_not_say_which_town():
    town = ConditionRow("residence_in", values=("132071",))
    assert judge(town, person_of(prefecture="13"))[0] == "unknown"
    assert judge(town, person_of(prefecture="13", municipality="132012"))[0] == "not_met"
    assert judge(town, person_of(prefecture="13", municipality="132071"))[0] == "met"


def test_a_range_across_a_limit_asks_and_within_it_is_likely():
    assert eligibility([SAPOSUTE], Person(age=(35, 49)), DAY).overall == "likely"
    assert eligibility([SAPOSUTE], Person(age=(45, 55)), DAY).overall == "ask"
    assert eligibility([SAPOSUTE], Person(age=(50, 64)), DAY).overall == "unlikely"
    assert (
        eligibility([VISIT], Person(age=(20, 20), months=(0, 6), prefecture="13"), DAY).overall
        == "ask"
    )


def test_a_proof_nobody_mentioned_is_asked_about_and_never_refused():
    proof = ConditionSet(
        (ConditionRow("requires_any", values=("diagnosis", "techo", "opinion_letter")),)
    )
    assert overall(proof) == "ask"
    assert overall(proof, signs={"diagnosis"}) == "likely"


def test_somebody_else_than_the_listed_people_is_told_so():
    family = ConditionSet((ConditionRow("relation_in", values=("family",)),))
    assert overall(family, who="family") == "likely"
    assert overall(family, who="self") == "unlikely"
    assert overall(family) == "ask"


def test_no_conditions_at_all_are_likely():
    assert eligibility([], person_of(), DAY).overall == "likely"


def test_the_conditions_of_the_day_count():
    before = ConditionSet((ConditionRow("age_max", 34),), valid_to="2019-06-02")
    after = ConditionSet((ConditionRow("age_min", 15),), valid_from="2019-06-03")
    person = person_of(age=40)
    assert eligibility([before, after], person, date(2019, 6, 2)).overall == "unlikely"
    assert eligibility([before, after], person, date(2019, 6, 3)).overall == "likely"


def test_conditions_that_are_not_in_force_yet_ask():
    later = ConditionSet((ConditionRow("age_max", 34),), valid_from="2027-04-01")
    assert overall(later, age=20) == "ask"


def test_conditions_still_to_be_checked_ask():
    unsure = ConditionSet((ConditionRow("age_max", 49),), needs_check=True)
    assert overall(unsure, age=20) == "ask"


def test_every_condition_has_one_sentence_the_unmet_one_first():
    notes = eligibility([VISIT], person_of(age=13, months=12, prefecture="13"), DAY).notes
    assert notes[0] == "中学校を卒業したあとの方が使えます。"
    assert len(notes) == 3
    assert all(note.endswith("。") for note in notes)


def test_a_condition_in_words_is_left_to_the_desk():
    words = ConditionRow("free_text_to_confirm", note="実施する日を窓口で確かめられます。")
    assert judge(words, person_of()) == ("unknown", "実施する日を窓口で確かめられます。")
