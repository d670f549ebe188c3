"""The stage estimate: points, uncertainty, whose wish it is, and rest first."""

import pytest

from madobe.guide.rules.situation import Facts
from madobe.guide.rules.stage import estimate


def stage(signs: str = "", *, own: str = "", family: str = "", limits: str = "") -> str:
    person = frozenset(own.split())
    return estimate(
        Facts(
            signs=frozenset(signs.split()),
            wants=person | frozenset(family.split()),
            person_wants=person,
            constraints=frozenset(limits.split()),
            person_constraints=frozenset(limits.split()),
        )
    ).stage


@pytest.mark.parametrize(
    ("signs", "own", "expected"),
    [
        ("", "", "unknown"),
        ("low_mood", "", "unknown"),  # 2 points are not enough
        ("low_mood sleep_trouble", "", "1"),
        ("goes_convenience", "", "unknown"),
        ("lonely", "", "2"),
        ("routine_ok", "work_confidence", "3"),
        ("", "work_confidence", "1-3"),  # one tick does not outweigh years
        ("talks_to_family", "high_school_diploma", "1-3"),
        ("lonely", "work_confidence", "2-3"),
        ("talks_to_family routine_ok", "high_school_diploma", "3"),
        ("exhausted", "place_to_be", "1-2"),  # even: rest leans first
        ("exhausted part_time_experience", "work_confidence job_find", "1-3"),
        (
            "exhausted routine_ok part_time_experience",
            "work_confidence job_find qualification study",
            "1-3",
        ),
        ("room_withdrawn no_talk", "place_to_be", "1"),
    ],
)
def test_what_is_told_speaks_for_a_stage(signs: str, own: str, expected: str) -> None:
    assert stage(signs, own=own) == expected


def test_sixty_two_hundredths_name_one_stage_and_less_names_two() -> None:
    # 5 of 8 points (62.5 %) and 3 of 5 points (60 %)
    assert stage("exhausted low_mood lonely") == "1"
    assert stage("exhausted online_friends") == "1-2"


def test_a_familys_wish_for_work_changes_nothing() -> None:
    assert (
        stage("exhausted", family="job_for_person work_confidence job_find")
        == stage("exhausted")
        == "1"
    )


def test_a_persons_limit_counts_and_the_writers_does_not() -> None:
    assert stage("low_mood", limits="cannot_go_out") == "1"
    writers_own = Facts(signs=frozenset({"low_mood"}), constraints=frozenset({"cannot_go_out"}))
    assert estimate(writers_own).stage == "unknown"


def test_exhaustion_halves_what_speaks_for_stage_three() -> None:
    # stage 3 would have 3 of 6 points; halved it has 1.5 of 4.5
    assert stage("exhausted", own="study") == "1"


def test_the_reasons_are_the_strongest_things_told() -> None:
    found = estimate(
        Facts(signs=frozenset({"sleep_trouble", "room_withdrawn", "fear_people", "lonely"}))
    )
    assert (found.stage, found.reasons) == ("1", ("room_withdrawn", "fear_people"))


def test_a_stage_between_two_has_a_reason_from_each() -> None:
    found = estimate(Facts(signs=frozenset({"exhausted", "lonely"})))
    assert (found.stage, found.reasons) == ("1-2", ("exhausted", "lonely"))
