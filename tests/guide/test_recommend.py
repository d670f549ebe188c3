"""Paths through the guide, each with the row of the mission table it stands on."""

from typing import Any

import pytest

from madobe.guide.rules.answer import Answer
from madobe.guide.rules.tables import TABLES

from .properties import answer_to, kinds


def told(**raw: Any) -> Answer:
    return answer_to({"who": "self", "municipality": None, **raw})


def warned(found: Answer) -> set[str]:
    return {warning.id for warning in found.warnings}


def left_out(found: Answer) -> dict[str, Any]:
    return {row.service.id: row for row in found.excluded}


WORKING = {"signs": ["routine_ok"], "wants": ["work_confidence"]}


@pytest.mark.parametrize(("age", "expected"), [(14, False), (15, True), (49, True), (50, False)])
def test_saposute_is_for_15_to_49_s1_17(age: int, expected: bool) -> None:
    found = told(age=age, **WORKING)
    assert ("saposute" in kinds(found)) is expected
    if not expected:
        assert left_out(found)["saposute"].asked_for
        assert left_out(found)["saposute"].instead


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, True),
        ({"age": 15, "months": 6}, True),
        ({"age": 14}, False),
        ({"months": 5}, False),
        ({"municipality": "千葉県松戸市"}, False),
        ({"age": None}, True),
        ({"months": None}, True),
        ({"municipality": None}, True),
        ({"constraints": ["no_visit"]}, False),
        ({"signs": ["visits_used_person_4"]}, True),
        ({"signs": ["visits_used_person_5"]}, False),
        ({"signs": ["visits_used_family_5"]}, True),
    ],
)
def test_visits_by_tokyo_keep_their_conditions_s4_17_s4_18(
    change: dict[str, Any], expected: bool
) -> None:
    asked = {
        "municipality": "昭島市",
        "age": 30,
        "months": 24,
        "wants": ["visit_at_home"],
        **change,
    }
    assert ("pref_visit" in kinds(told(**asked))) is expected


@pytest.mark.parametrize(
    ("signs", "person", "expected"),
    [
        (["visits_used_family_5"], [], False),
        (["visits_used_person_5"], [], True),
        (["visits_used_family_5"], ["visit_at_home"], True),
        (["visits_used_person_5"], ["visit_at_home"], False),
        (["visits_used_person_5", "visits_used_family_5"], [], False),
    ],
)
def test_visits_of_family_and_person_are_counted_apart_s4_17(
    signs: list[str], person: list[str], expected: bool
) -> None:
    found = told(
        who="family",
        municipality="昭島市",
        age=30,
        months=24,
        signs=signs,
        wants=["visit_at_home"],
        person_wants=person,
    )
    assert ("pref_visit" in kinds(found)) is expected
    assert "W_QUOTA_USED" in warned(found)
    assert "outreach_visit" in kinds(found)


def test_a_friend_in_tokyo_meets_the_tokyo_desk_among_the_first_four_s4_14() -> None:
    signs = [
        "sleep_trouble",
        "financial_trouble",
        "parent_elderly",
        "developmental_trait",
        "room_withdrawn",
    ]
    assert "pref_phone_mail" in kinds(told(who="friend", municipality="東京都", signs=signs))[:4]


def test_skipping_everything_shows_the_three_open_doors_s0_08() -> None:
    assert set(kinds(told(who=""))) == {
        "text_consultation",
        "hikikomori_center",
        "municipal_window",
    }


def test_only_a_leaflet_brings_no_window_s0_38() -> None:
    found = kinds(told(who="family", municipality="昭島市", wants=["leaflet"]))
    assert found[0] == "info_material"
    assert not {"hikikomori_center", "municipal_window", "family_association"} & set(found)
    assert "text_consultation" in found


def test_a_neighbour_who_wants_to_learn_meets_a_seminar_first_s2_11() -> None:
    assert kinds(told(who="friend", wants=["learn_publicly"]))[0] == "seminar"


def test_work_wished_in_exhaustion_waits_and_stays_in_sight_s1_06() -> None:
    found = told(signs=["exhausted", "part_time_experience"], wants=["work_confidence", "job_find"])
    assert found.stage == "1-3"
    assert left_out(found)["saposute"].shown_later
    assert left_out(found)["hello_work"].shown_later
    message = next(w.message.ja for w in found.warnings if w.id == "W_MISMATCH_STAGE1_WORK")
    assert "ここに置いておきます" in message


def test_school_too_waits_at_stage_1_trust_e1() -> None:
    found = told(age=17, signs=["exhausted", "no_talk"], wants=["high_school_diploma"])
    assert found.stage == "1"
    assert "correspondence_school" not in kinds(found)
    assert left_out(found)["correspondence_school"].shown_later


def test_rhythm_waits_until_rest_trust_e5() -> None:
    found = told(signs=["exhausted", "no_talk"], wants=["rhythm"])
    assert "daily_rhythm" not in kinds(found)
    assert left_out(found)["daily_rhythm"].shown_later


def test_just_listening_makes_no_plan_s0_16() -> None:
    found = told(signs=["low_mood", "day_night_reversal"], wants=["just_listen"])
    assert found.is_listening_only
    assert found.plans == ()


@pytest.mark.parametrize("sign", ["violence", "violence_to_me", "violence_to_elder"])
@pytest.mark.parametrize("who", ["self", "family", "friend", "worker", ""])
def test_violence_in_every_direction_brings_the_lines_first(sign: str, who: str) -> None:
    found = told(who=who, signs=[sign, "exhausted"], wants=["talk"])
    assert kinds(found)[0] == "crisis_line"
    assert "W_VIOLENCE_SAFETY" in warned(found)


def test_violence_toward_an_elder_brings_the_community_centre() -> None:
    assert "community_comprehensive" in kinds(told(who="family", signs=["violence_to_elder"]))[:3]


def test_days_without_food_put_the_body_first() -> None:
    found = told(who="family", signs=["not_eating", "room_withdrawn"])
    assert kinds(found)[0] == "mental_health_public"
    assert "medical_clinic" in kinds(found)[:4]
    assert "W_BODY_FIRST" in warned(found)


def test_without_a_voice_text_stands_first_inside_the_lines() -> None:
    found = told(signs=["crisis"], constraints=["no_phone"])
    assert found.suggestions[0].service.id == "crisis_line"
    assert found.suggestions[0].text_first


def test_in_danger_the_reply_delay_is_folded_into_one_card() -> None:
    assert warned(told(signs=["self_harm_talk"], constraints=["no_phone"])) & {
        "W_CRISIS",
        "W_REPLY_DELAY",
    } == {"W_CRISIS"}


def test_a_son_who_cannot_phone_does_not_close_the_telephone_for_his_mother() -> None:
    found = told(
        who="family",
        municipality="昭島市",
        wants=["talk"],
        constraints=["weekend_only"],
        person_constraints=["no_phone"],
    )
    assert {"pref_phone_mail", "text_consultation"} <= set(kinds(found))


def test_a_refused_visit_is_never_suggested_whoever_asks_trust_e11() -> None:
    found = told(
        who="family", municipality="昭島市", age=30, months=24, signs=["room_withdrawn"], wants=["visit_at_home"],
        person_constraints=["no_visit"],
    )  # fmt: skip
    assert not {"pref_visit", "outreach_visit"} & set(kinds(found))
    assert left_out(found)["pref_visit"].rule == "N3b"


def test_a_removal_contract_brings_the_consumer_centre_and_no_visit_s1_14() -> None:
    found = told(
        who="family",
        signs=["contract_offer", "room_withdrawn"],
        wants=["force_out", "visit_at_home"],
    )
    assert "consumer_center" in kinds(found)[:2]
    assert "outreach_visit" not in kinds(found)


def test_someone_to_be_taken_away_is_told_they_may_say_no() -> None:
    found = told(signs=["contract_offer"])
    assert "「行かない」" in next(
        w.message.ja for w in found.warnings if w.id == "W_FORCED_REMOVAL"
    )


@pytest.mark.parametrize(("doctor", "expected"), [([], False), (["has_doctor"], True)])
def test_day_care_needs_a_doctor_already_s1_15(doctor: list[str], expected: bool) -> None:
    found = told(signs=["talks_to_family", *doctor], wants=["rhythm", "place_to_be"])
    assert ("day_care" in kinds(found)) is expected


@pytest.mark.parametrize(
    ("paper", "first"), [("techo", "life_training"), ("diagnosis", "life_training")]
)
def test_practice_for_living_with_papers_s1_16(paper: str, first: str) -> None:
    assert kinds(told(signs=[paper, "talks_to_family"], wants=["life_skills"]))[0] == first


def test_practice_for_living_without_papers_starts_with_a_talk_s1_16() -> None:
    found = told(signs=["talks_to_family"], wants=["life_skills"])
    assert kinds(found).index("hikikomori_center") < kinds(found).index("life_training")
    assert "W_ELIG_UNKNOWN" in warned(found)


def test_an_elderly_parent_adds_the_community_centre_at_any_age_s0_36() -> None:
    for age in (20, 45, 53, None):
        assert (
            "community_comprehensive"
            in kinds(told(who="family", age=age, signs=["parent_elderly"]))[:4]
        )
    assert "community_comprehensive" in kinds(told(age=66))[:4]


def test_a_worker_gets_the_centre_and_no_family_group_s4_11() -> None:
    found = kinds(
        told(who="worker", signs=["room_withdrawn", "financial_trouble"], wants=["conference"])
    )
    assert {"support_conference", "hikikomori_center", "livelihood_support"} <= set(found[:4])
    assert not {"family_association", "family_class"} & set(found)


def test_somebody_with_past_experience_meets_the_centre_again_s2_04() -> None:
    assert "hikikomori_center" in kinds(told(signs=["experienced", "routine_ok", "lonely"]))[:4]


def test_after_a_setback_the_same_door_is_open_s3_25() -> None:
    assert kinds(told(signs=["setback"]))[0] == "hikikomori_center"


def test_not_having_told_the_person_is_fine_s0_17() -> None:
    found = told(who="family", signs=["not_told"])
    assert "W_NOT_TOLD" in warned(found)


def test_a_family_at_stage_1_has_one_sentence_for_tomorrow() -> None:
    assert told(who="family", signs=["room_withdrawn"]).tomorrow == TABLES.phrases["tomorrow"]
    assert told(signs=["room_withdrawn"]).tomorrow is None


def test_steps_are_three_now_three_also_then_further_on_s1_02() -> None:
    found = told(
        who="family", municipality="昭島市", age=53, months=300,
        signs=["parent_elderly", "financial_trouble", "no_talk", "family_exhausted", "lonely", "developmental_trait"],
        wants=["talk", "family_skills"],
    )  # fmt: skip
    horizons = [s.horizon for s in found.suggestions]
    assert horizons[:6] == ["now"] * 3 + ["also"] * 3
    assert horizons == sorted(horizons, key=["now", "also", "next", "later"].index)
    assert "next" in horizons


def test_a_stage_chosen_by_hand_overrules_the_estimate() -> None:
    from madobe.guide.rules.answer import answer
    from madobe.guide.rules.situation import Facts

    found = answer(Facts(who="self", signs=frozenset({"exhausted"})), stage="2")
    assert found.stage == "2"
    with pytest.raises(ValueError, match="stage is one of"):
        answer(Facts(), stage="4")


@pytest.mark.parametrize(
    ("raw", "plan"),
    [
        ({"who": "family", "signs": ["room_withdrawn"]}, "A"),
        ({"signs": ["low_mood", "day_night_reversal"]}, "B"),
        ({"signs": ["routine_ok", "part_time_experience"], "wants": ["work_confidence"]}, "C"),
        ({"signs": ["lonely"], "constraints": ["no_phone"]}, "D"),
    ],
)
def test_a_fitting_template_is_offered_s1_22_to_s1_24_s3_26(raw: dict[str, Any], plan: str) -> None:
    assert plan in [offered.id for offered in told(**raw).plans]


def test_who_asks_only_for_a_visitor_meets_the_visitor_first_s1_13() -> None:
    assert kinds(told(wants=["visit_at_home"], municipality="名古屋市"))[0] == "outreach_visit"


def test_a_place_waits_for_someone_who_cannot_go_out() -> None:
    found = told(signs=["lonely"], constraints=["cannot_go_out"])
    assert [s.horizon for s in found.suggestions if s.service.id == "ibasho"] == ["next"]


def test_ages_20_45_and_70_meet_different_first_screens_s0_36() -> None:
    assert len({tuple(kinds(told(age=age))[:6]) for age in (20, 45, 70)}) == 3
