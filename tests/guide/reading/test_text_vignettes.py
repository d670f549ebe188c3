"""The public vignettes by their words alone: the right doors stand in front, no wrong one appears."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from madobe.directory.municipalities import resolve
from madobe.guide.rules.answer import answer, facts_of, parse_situation
from madobe.guide.rules.reading import read

from .support import load

VIGNETTES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "vignettes.yaml").read_text(encoding="utf-8")
)
GIVEN = ("id", "who", "municipality", "age", "months", "free_text")


def _suggested(vignette: dict[str, Any]) -> list[str]:
    situation = parse_situation({key: vignette.get(key) for key in GIVEN} | {"use": "text"})
    readings = read(situation.free_text, who=situation.who)
    area = resolve(situation.municipality).area if situation.municipality else None
    tokyo = area is None or area.prefecture == "13"
    facts = facts_of(
        situation, readings, area=area, covered={"pref_visit": tokyo, "pref_phone_mail": tokyo}
    )
    return [suggestion.service.id for suggestion in answer(facts).suggestions]


def test_text_alone_puts_the_expected_doors_among_the_first_six() -> None:
    expected = [(v, door) for v in VIGNETTES for door in v["expect_top"]]
    found = [door for v, door in expected if door in _suggested(v)[:6]]
    assert len(found) / len(expected) >= 0.85


def test_text_alone_opens_no_wrong_door() -> None:
    wrong = {v["id"]: set(v["expect_not"]) & set(_suggested(v)) for v in VIGNETTES}
    assert {name: doors for name, doors in wrong.items() if doors} == {}


# Situations of ours: a door that must stand among the first six, and doors that must not appear.
DOORS = [
    ("T05", ["crisis_line", "text_consultation"], ["saposute", "hello_work"]),
    ("T07", ["crisis_line", "mental_health_public"], ["hello_work"]),
    ("T08", ["crisis_line"], ["hello_work"]),
    ("T09", ["hikikomori_center", "municipal_window"], ["hello_work", "saposute"]),
    ("T10", ["hikikomori_center"], ["outreach_visit", "pref_visit"]),
    ("T11", ["family_association"], ["hello_work"]),
    ("T12", ["hikikomori_center", "municipal_window"], ["ibasho", "saposute"]),
    ("T15", ["community_comprehensive"], ["saposute"]),
    ("T22", ["hikikomori_center"], ["hello_work", "saposute", "work_experience"]),
    ("T24", ["mental_health_public", "medical_clinic"], ["hello_work"]),
    ("T26", ["school_support"], ["hello_work"]),
    ("T27", ["mental_health_public", "crisis_line"], ["saposute"]),
    ("T28", ["crisis_line"], ["family_association"]),
    ("T29", ["community_comprehensive", "crisis_line"], ["hello_work"]),
    ("T31", ["consumer_center"], ["outreach_visit"]),
    ("T32", ["consumer_center"], ["outreach_visit"]),
    ("T33", ["hikikomori_center", "text_consultation"], ["hello_work"]),
    ("T34", ["mental_health_public", "medical_clinic"], ["saposute"]),
    ("T39", ["community_comprehensive", "livelihood_support"], ["saposute"]),
    ("T44", ["family_association"], ["hello_work"]),
    ("T51", ["study_support"], ["hello_work"]),
    ("T52", ["info_material"], ["saposute"]),
    ("T58", ["family_class"], ["hello_work"]),
    ("T59", ["text_consultation"], ["peer_group", "group_activity"]),
]


@pytest.mark.parametrize(("name", "top", "never"), DOORS)
def test_words_alone_lead_to_the_right_doors(name: str, top: list[str], never: list[str]) -> None:
    entry = next(entry for entry in load("situations") if entry["id"] == name)
    doors = _suggested({"who": entry["who"], "free_text": entry["text"]})
    assert set(top) <= set(doors[:6])
    assert not set(never) & set(doors)


def test_a_relatives_own_danger_reaches_the_crisis_line() -> None:
    situation = parse_situation({"who": "family", "free_text": "息子の世話に疲れて、私が死にたい"})
    readings = read(situation.free_text, who=situation.who)
    assert answer(facts_of(situation, readings)).suggestions[0].service.id == "crisis_line"
