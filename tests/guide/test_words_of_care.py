"""What is said fits the one who reads it: a person, a family, a neighbour, somebody in danger."""

from typing import Any

import pytest

from madobe.guide.rules.answer import Answer, answer, facts_of, parse_situation
from madobe.guide.rules.situation import Area


def told(**situation: Any) -> Answer:
    return answer(facts_of(parse_situation({"use": "codes", **situation})))


def words(found: Answer, id: str) -> str:
    return next(warning.message.ja for warning in found.warnings if warning.id == id)


def why(found: Answer, kind: str) -> str:
    return next(s.why.ja for s in found.suggestions if s.service.id == kind)


def test_a_family_at_a_time_of_rest_gets_one_sentence_for_tomorrow() -> None:
    assert told(who="family", signs=["no_talk"]).tomorrow is not None


@pytest.mark.parametrize(
    "danger",
    ["crisis", "self_harm_talk", "violence", "violence_to_me", "violence_to_elder", "not_eating"],
)
def test_where_somebody_is_in_danger_no_morning_greeting_is_advised(danger: str) -> None:
    assert told(who="family", signs=["no_talk", danger]).tomorrow is None


def test_a_worker_who_sees_an_elder_hurt_is_not_told_of_her_own_safety() -> None:
    found = told(who="worker", signs=["violence_to_elder"])
    assert why(found, "crisis_line").startswith("高齢の方の安全")
    assert "ご家族" not in words(found, "W_VIOLENCE_SAFETY")


def test_one_who_is_hurt_herself_is_told_that_it_is_not_her_fault() -> None:
    found = told(who="family", signs=["violence_to_me", "violence_to_elder"])
    assert why(found, "crisis_line").startswith("あなたの安全")
    assert "あなたのせいではありません" in words(found, "W_VIOLENCE_SAFETY")


def test_one_who_hit_an_aged_parent_is_met_without_blame() -> None:
    found = told(who="self", signs=["violence", "violence_to_elder"])
    assert "手が出てしまうのも、つらい" in words(found, "W_VIOLENCE_SAFETY")


def test_one_who_may_be_taken_away_reads_whom_to_call_then() -> None:
    assert "110" in words(told(who="self", signs=["contract_offer"]), "W_FORCED_REMOVAL")


def test_a_family_reads_that_the_persons_own_wish_to_work_is_kept() -> None:
    found = told(who="family", signs=["exhausted"], person_wants=["job_find"])
    assert "働きたい気持ちがある" in words(found, "W_MISMATCH_STAGE1_WORK")


def test_when_all_visits_are_used_nobody_is_told_that_some_remain() -> None:
    found = told(
        who="family",
        signs=["visits_used_person_5", "visits_used_family_5"],
        wants=["visit_at_home"],
    )
    assert "残っている" not in words(found, "W_QUOTA_USED")


def test_a_child_who_asks_for_work_is_shown_the_schools_door() -> None:
    found = told(who="self", age=14, wants=["work_confidence"])
    row = next(row for row in found.excluded if row.service.id == "saposute")
    assert row.instead[0] == "school_support"
    assert "15歳" in row.reason.ja


def test_one_past_fifty_who_looks_for_vacancies_is_not_sent_away() -> None:
    found = told(who="self", age=55, signs=["routine_ok"], wants=["job_find"])
    assert "ハローワーク" in words(found, "W_ELIG_AGE")


def test_a_worker_told_of_a_removal_contract_may_pass_on_the_family_class() -> None:
    found = told(who="worker", signs=["contract_offer", "no_talk"])
    assert "family_class" in {s.service.id for s in found.suggestions}


def test_a_family_whose_son_wants_no_doctor_finds_a_desk_for_themselves() -> None:
    found = told(who="family", signs=["no_talk"], person_constraints=["no_medical"])
    assert "まわりの方だけで" in why(found, "mental_health_public")


def test_one_with_a_doctor_and_a_wish_for_a_place_may_ask_about_day_care() -> None:
    found = told(who="self", signs=["has_doctor", "goes_walk"], wants=["place_to_be"])
    assert "先生に聞いて" in why(found, "day_care")


def test_one_who_cannot_go_out_is_not_said_to_dislike_faces() -> None:
    found = told(
        who="self", signs=["online_friends"], wants=["hobby"], constraints=["cannot_go_out"]
    )
    row = next(row for row in found.excluded if row.service.id == "group_activity")
    assert "顔を合わせる" not in row.reason.ja


def test_ties_online_lead_to_a_safe_place_online_though_little_else_is_known() -> None:
    found = told(who="self", signs=["online_friends"])
    assert "online_peer_group" in [s.service.id for s in found.suggestions][:4]


def test_each_kind_has_a_reason_that_fits_it() -> None:
    friend = told(who="friend", signs=["no_talk"])
    assert "友人からの相談も受けている" not in why(friend, "seminar")
    hurting = told(who="self", signs=["self_harm_talk"])
    assert "すぐ話せる" not in why(hurting, "mental_health_public")


def test_the_first_three_of_a_family_do_not_repeat_one_sentence() -> None:
    found = told(who="family", signs=["room_withdrawn", "no_talk"])
    first = [suggestion.why.ja for suggestion in found.suggestions[:5]]
    assert len(set(first)) == len(first)


def test_one_who_is_spent_and_wants_a_diploma_meets_a_listener_first() -> None:
    found = told(
        who="self", signs=["exhausted", "talks_to_family"], wants=["high_school_diploma", "study"]
    )
    assert found.stage == "1-3"
    assert [s.service.id for s in found.suggestions][0] == "hikikomori_center"
    assert "correspondence_school" in {s.service.id for s in found.suggestions}


def test_one_of_seventy_is_not_told_of_an_elderly_family() -> None:
    found = told(who="self", age=70, signs=["lonely"])
    assert "ご家族" not in why(found, "community_comprehensive")


def test_a_friend_in_tokyo_who_only_wants_to_learn_is_shown_where_to_learn_first() -> None:
    situation = parse_situation({"who": "friend", "wants": ["learn_publicly"], "use": "codes"})
    found = answer(facts_of(situation, area=Area("13", "132187", "福生市")))
    assert found.suggestions[0].service.id == "seminar"
