"""What must hold for every situation, told here without the code under test (domain.md §4.8).

`violations(raw, answerer)` names every property one situation breaks; `CONTROLS` are guides broken on purpose,
each of which must be caught. Shared by the everyday tests and `bench/guide_properties.py`.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

import yaml

from madobe.guide.rules.answer import Answer, answer, facts_of
from madobe.guide.rules.parse import parse_situation
from madobe.guide.rules.situation import Area, Facts
from madobe.guide.rules.tables import TABLES, Tables
from madobe.guide.rules.tables.load import FILES, tables_from

Raw = Mapping[str, Any]
Answerer = Callable[[Raw], Answer]

AREAS = {
    "昭島市": Area("13", "132071", "昭島市"),
    "東京都": Area("13", "", "東京都"),
    "千葉県松戸市": Area("12", "122076", "松戸市"),
    "名古屋市": Area("23", "231002", "名古屋市"),
    None: None,
}
VOICE_FREE = {"text_consultation", "online_peer_group", "info_material"}
WORK = {
    "saposute",
    "hello_work",
    "vocational_training",
    "employment_transition",
    "work_experience",
    "home_work",
}
STAGE_2_ONLY = {"ibasho", "peer_group", "group_activity", "day_care", "life_training"}
FAMILY = {"family_association", "family_class"}
NAMED = {  # what the person's own wish names
    "work_confidence": "saposute",
    "job_find": "hello_work",
    "qualification": "vocational_training",
    "work_with_understanding": "employment_transition",
    "small_income_home": "home_work",
    "high_school_diploma": "correspondence_school",
    "study": "study_support",
    "life_skills": "life_training",
    "visit_at_home": "outreach_visit",
    "volunteer": "volunteer",
    "hobby": "group_activity",
    "peer_supporter": "peer_training",
}
LISTS = ("signs", "wants", "person_wants", "constraints", "person_constraints")
AGES = (None, 6, 13, 14, 15, 16, 18, 24, 34, 49, 50, 64, 65, 80)
MONTHS = (None, 0, 3, 5, 6, 7, 30, 240)


def answer_to(
    raw: Raw, tables: Tables = TABLES, change: Callable[[Facts], Facts] = lambda f: f
) -> Answer:
    """The answer to a situation given by codes."""
    facts = facts_of(parse_situation(raw), area=AREAS[raw.get("municipality")])
    return answer(change(facts), tables=tables)


def situations(seed: int) -> Iterator[dict[str, Any]]:
    """Endless invented situations, the same for the same seed."""
    chance = random.Random(seed)
    known = {name: sorted(TABLES.codes_of(kind)) for name, kind in _KINDS.items()}
    while True:
        raw: dict[str, Any] = {
            "who": chance.choice(["self", "self", "family", "family", "friend", "worker", ""]),
            "municipality": chance.choice(list(AREAS)),
            "age": chance.choice(AGES),
            "months": chance.choice(MONTHS),
        }
        for name, most in _MOST.items():
            raw[name] = chance.sample(known[name], chance.randint(0, most))
        if chance.random() < 0.3:  # strength and a wish, so that later stages are met too
            raw["signs"] = [*raw["signs"][:1], "routine_ok", "attends_ibasho"]
            raw["wants"] = [*raw["wants"], chance.choice(list(NAMED))]
        if chance.random() < 0.08:
            raw["signs"] = [*raw["signs"], "crisis"]
        yield raw


_KINDS = {
    "signs": "sign",
    "wants": "want",
    "person_wants": "want",
    "constraints": "constraint",
    "person_constraints": "constraint",
}
_MOST = {"signs": 5, "wants": 3, "person_wants": 2, "constraints": 3, "person_constraints": 1}


def kinds(found: Answer) -> list[str]:
    """The suggested kinds in order."""
    return [suggestion.service.id for suggestion in found.suggestions]


def violations(raw: Raw, answerer: Answerer = answer_to) -> set[str]:
    """The properties ("1", "1b", "2", …) this situation breaks."""
    found = answerer(raw)
    return {name for name, holds in PROPERTIES.items() if not holds(raw, found, answerer)}


def never_empty_and_one_door_needs_no_voice(raw: Raw, found: Answer, answerer: Answerer) -> bool:
    listed = kinds(found)
    if not VOICE_FREE & set(listed):
        return False
    is_urgent = {"crisis", "self_harm_talk"} & set(raw["signs"])
    if is_urgent and "no_phone" in [*raw["constraints"], *raw["person_constraints"]]:
        return any(s.service.id == "crisis_line" and s.text_first for s in found.suggestions)
    return True


def rest_comes_before_places(raw: Raw, found: Answer, answerer: Answerer) -> bool:
    return found.stage != "1" or not STAGE_2_ONLY & set(kinds(found)[:3])


def limits_of_programmes_hold(raw: Raw, found: Answer, answerer: Answerer) -> bool:
    listed, age, months = set(kinds(found)), raw["age"], raw["months"]
    if "saposute" in listed and age is not None and not 15 <= age <= 49:
        return False
    if "pref_visit" not in listed:
        return True
    used = {"visits_used_person_5", "visits_used_family_5"} & set(raw["signs"])
    is_used_up = len(used) == 2 or (raw["who"] == "self" and "visits_used_person_5" in used)
    return (
        raw["municipality"] in (None, "昭島市", "東京都")
        and (age is None or age >= 15)
        and (months is None or months >= 6)
        and not is_used_up
    )


def work_only_when_its_time_has_come(raw: Raw, found: Answer, answerer: Answerer) -> bool:
    if WORK & set(kinds(found)) and found.stage not in ("2-3", "3"):
        return False
    if raw["who"] in ("family", "friend", "worker") and raw["wants"]:
        return answerer({**raw, "wants": []}).stage == found.stage
    return True


def danger_comes_first_and_hides_nothing(raw: Raw, found: Answer, answerer: Answerer) -> bool:
    if "crisis" not in raw["signs"]:
        return True
    calm = answerer({**raw, "signs": [sign for sign in raw["signs"] if sign != "crisis"]})
    return kinds(found)[0] == "crisis_line" and set(kinds(calm)) <= set(kinds(found))


def unknown_hides_nothing_and_self_meets_no_family_group(
    raw: Raw, found: Answer, answerer: Answerer
) -> bool:
    if raw["who"] == "self" and FAMILY & set(kinds(found)):
        return False
    for key, told in (("age", (24, 40)), ("months", (30,)), ("municipality", ("昭島市",))):
        if raw[key] is not None:
            continue
        left_out = {row.service.id for row in found.excluded}
        for value in told:
            if left_out & set(kinds(answerer({**raw, key: value}))):
                return False
    return True


def same_question_same_answer(raw: Raw, found: Answer, answerer: Answerer) -> bool:
    skipped = {key: value for key, value in raw.items() if value not in (None, "", [])}
    skipped.setdefault("municipality", None)
    turned = {key: list(reversed(value)) if key in LISTS else value for key, value in raw.items()}
    return all(answerer(again) == found for again in (raw, skipped, turned))


def everything_has_a_reason(raw: Raw, found: Answer, answerer: Answerer) -> bool:
    texts = [s.why for s in found.suggestions] + [row.reason for row in found.excluded]
    if not all(text.ja and text.easy and text.en for text in texts):
        return False
    listed = set(kinds(found))
    left_out = {row.service.id: row for row in found.excluded}
    if not all(row.instead and set(row.instead) <= listed for row in found.excluded):
        return False
    own = {*raw["person_wants"], *(raw["wants"] if raw["who"] == "self" else ())}
    asked = {NAMED[want] for want in own if want in NAMED}
    return all(kind in listed or (kind in left_out and left_out[kind].asked_for) for kind in asked)


PROPERTIES = {
    "1": never_empty_and_one_door_needs_no_voice,
    "1b": rest_comes_before_places,
    "2": limits_of_programmes_hold,
    "3": work_only_when_its_time_has_come,
    "4": danger_comes_first_and_hides_nothing,
    "5": unknown_hides_nothing_and_self_meets_no_family_group,
    "6": same_question_same_answer,
    "7": everything_has_a_reason,
}


@dataclass(frozen=True)
class Control:
    """A guide broken on purpose, and the property that must notice."""

    property: str
    what: str
    answerer: Answerer


def controls() -> tuple[Control, ...]:
    """Every broken guide; each property has at least one."""
    return (
        Control("1", "no text consultation for anyone", _only(lambda s: s.service.id not in VOICE_FREE)),
        Control("1", "the telephone first, even for someone without a voice", _voice_first),
        Control("1b", "a place to be as strong as a talk at stage 1", _with_tables(_places_at_stage_1)),
        Control("2", "no limit of age, area, months or visits", _with_tables(_no_limits)),
        Control("3", "work at any stage", _with_tables(_work_at_any_stage)),
        Control("3", "a family's wish counted as the person's", _family_wish_as_own),
        Control("4", "danger weighs no more than anything else", _with_tables(_calm_about_danger)),
        Control("4", "danger hides the rest", _danger_hides),
        Control("5", "families' groups for the person", _with_tables(_without("N7"))),
        Control("5", "an unknown age taken for a wrong one", _with_tables(_unknown_age_is_wrong)),
        Control("6", "another order each time", _shuffled()),
        Control("6", "an empty answer is not a skipped question", _skipped_differs),
        Control("7", "no alternative", _no_alternative),
    )  # fmt: skip


def _only(keep: Callable[[Any], bool]) -> Answerer:
    def answerer(raw: Raw) -> Answer:
        found = answer_to(raw)
        return replace(found, suggestions=tuple(s for s in found.suggestions if keep(s)))

    return answerer


def _voice_first(raw: Raw) -> Answer:
    found = answer_to(raw)
    return replace(
        found, suggestions=tuple(replace(s, text_first=False) for s in found.suggestions)
    )


def _danger_hides(raw: Raw) -> Answer:
    found = answer_to(raw)
    return (
        replace(found, suggestions=found.suggestions[:1])
        if "crisis" in raw.get("signs", ())
        else found
    )


def _family_wish_as_own(raw: Raw) -> Answer:
    return answer_to(raw, change=lambda facts: replace(facts, person_wants=facts.wants))


def _skipped_differs(raw: Raw) -> Answer:
    found = answer_to(raw)
    return found if "wants" in raw else replace(found, warnings=())


def _no_alternative(raw: Raw) -> Answer:
    found = answer_to(raw)
    return replace(found, excluded=tuple(replace(row, instead=()) for row in found.excluded))


def _shuffled() -> Answerer:
    chance = random.Random(1)

    def answerer(raw: Raw) -> Answer:
        found = answer_to(raw)
        mixed = list(found.suggestions)
        chance.shuffle(mixed)
        return replace(found, suggestions=tuple(mixed))

    return answerer


def raw_tables() -> dict[str, Any]:
    """The tables as plain values, to be changed and loaded again."""
    folder = files("madobe.guide").joinpath("tables")
    return {
        name: yaml.safe_load(folder.joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
        for name in FILES
    }


def _with_tables(spoil: Callable[[dict[str, Any]], None]) -> Answerer:
    raw = raw_tables()
    spoil(raw)
    tables = tables_from(raw)
    return lambda situation: answer_to(situation, tables)


def _row(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(row for row in rows if row["id"] == name)


def _places_at_stage_1(raw: dict[str, Any]) -> None:
    _row(raw["services"]["services"], "ibasho")["stages"] = [1, 2]
    _row(raw["rules"]["rules"], "B1").update(add={"ibasho": 9}, why_for={})


def _without(*names: str) -> Callable[[dict[str, Any]], None]:
    def spoil(raw: dict[str, Any]) -> None:
        rows = raw["exclusions"]["exclusions"]
        raw["exclusions"]["exclusions"] = [row for row in rows if row["id"] not in names]

    return spoil


def _no_limits(raw: dict[str, Any]) -> None:
    _without("N2", "N3q", "N3a", "N3", "N3m")(raw)
    _row(raw["rules"]["rules"], "R05t")["when"] = "W('visit_at_home')"


def _work_at_any_stage(raw: dict[str, Any]) -> None:
    _row(raw["terms"]["terms"], "stage3ok")["when"] = "stage!='2'"


def _calm_about_danger(raw: dict[str, Any]) -> None:
    _row(raw["rules"]["rules"], "R23")["add"] = {"crisis_line": 1}


def _unknown_age_is_wrong(raw: dict[str, Any]) -> None:
    _row(raw["exclusions"]["exclusions"], "N2")["when"] = "not (15<=age<=49)"
