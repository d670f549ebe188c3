"""What was chosen and what was read, put together without mixing up whose it is."""

from madobe.guide.rules.facts import facts_of
from madobe.guide.rules.situation import Reading, Situation


def read(
    code: str, *, about: str = "person", kind: str = "sign", value: str = "", start: int = 0
) -> Reading:
    return Reading("words", code, about, start, start + 5, kind, value)


def codes(*names: str) -> frozenset[str]:
    return frozenset(names)


def test_chosen_and_read_are_both_heard() -> None:
    facts = facts_of(Situation(who="self", signs=codes("no_talk")), [read("exhausted")])
    assert facts.signs == {"no_talk", "exhausted"}


def test_codes_only_leaves_the_text_unread() -> None:
    facts = facts_of(
        Situation(who="self", signs=codes("no_talk"), use="codes"), [read("exhausted")]
    )
    assert facts.signs == {"no_talk"}


def test_text_only_leaves_the_lists_aside_but_keeps_who_age_and_months() -> None:
    told = Situation(
        who="family", age=30, months=12, signs=codes("no_talk"), wants=codes("talk"), use="text"
    )
    facts = facts_of(told, [read("exhausted")])
    assert (facts.signs, facts.wants, facts.who, facts.age, facts.months) == (
        {"exhausted"},
        set(),
        "family",
        30,
        12,
    )


def test_a_struck_reading_is_gone() -> None:
    facts = facts_of(
        Situation(), [read("exhausted", start=3), read("no_talk", start=9)], struck={"exhausted@3"}
    )
    assert facts.signs == {"no_talk"}


def test_who_age_and_months_can_be_read_and_never_overrule_what_was_chosen() -> None:
    readings = [
        read("who", kind="who", value="family"),
        read("age", kind="age", value="52"),
        read("months", kind="months", value="36"),
    ]
    assert (facts_of(Situation(), readings).who, facts_of(Situation(), readings).age) == (
        "family",
        52,
    )
    chosen = facts_of(Situation(who="self", age=20, months=3), readings)
    assert (chosen.who, chosen.age, chosen.months) == ("self", 20, 3)


def test_a_tired_mother_is_tired_herself_and_no_sign_of_her_son() -> None:
    facts = facts_of(Situation(who="family"), [read("exhausted", about="writer")])
    assert facts.signs == {"family_exhausted"}


def test_the_writers_own_danger_counts_whoever_writes() -> None:
    facts = facts_of(Situation(who="self"), [read("crisis", about="writer")])
    assert "crisis" in facts.signs


def test_a_mothers_own_danger_counts_too() -> None:
    facts = facts_of(Situation(who="family"), [read("self_harm_talk", about="writer")])
    assert facts.signs == {"self_harm_talk"}


def test_an_elderly_parent_counts_whoever_the_words_are_about() -> None:
    facts = facts_of(Situation(who="worker"), [read("parent_elderly", about="other")])
    assert facts.signs == {"parent_elderly"}


def test_somebody_elses_state_is_nobodys_sign() -> None:
    assert facts_of(Situation(who="family"), [read("exhausted", about="other")]).signs == set()


def test_own_wishes_are_the_persons() -> None:
    facts = facts_of(Situation(who="self", wants=codes("peers")))
    assert facts.person_wants == facts.wants == {"peers"}


def test_a_familys_wishes_and_the_persons_are_kept_apart() -> None:
    facts = facts_of(
        Situation(who="family", wants=codes("job_for_person"), person_wants=codes("peers")),
        [read("hobby", kind="want", about="person"), read("talk", kind="want", about="writer")],
    )
    assert facts.person_wants == {"peers", "hobby"}
    assert facts.wants == {"job_for_person", "talk", "peers", "hobby"}


def test_what_a_third_one_wishes_is_not_the_persons() -> None:
    facts = facts_of(Situation(who="self"), [read("force_out", kind="want", about="other")])
    assert (facts.wants, facts.person_wants) == ({"force_out"}, set())


def test_limits_without_an_owner_count_for_both() -> None:
    facts = facts_of(Situation(who="family", constraints=codes("no_phone")))
    assert facts.writer_constraints == facts.person_constraints == {"no_phone"}


def test_limits_with_an_owner_are_kept_apart() -> None:
    told = Situation(
        who="family", constraints=codes("weekend_only"), person_constraints=codes("no_visit")
    )
    facts = facts_of(told, [read("no_phone", kind="constraint", about="person")])
    assert facts.writer_constraints == {"weekend_only"}
    assert facts.person_constraints == {"no_visit", "no_phone"}
    assert facts.constraints == {"weekend_only", "no_visit", "no_phone"}
