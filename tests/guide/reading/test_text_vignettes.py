"""The public vignettes by their words alone: the right doors stand in front, no wrong one appears."""

from pathlib import Path
from typing import Any

import yaml

from madobe.directory.municipalities import resolve
from madobe.guide.rules.answer import answer, facts_of, parse_situation
from madobe.guide.rules.reading import read

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


def test_a_relatives_own_danger_reaches_the_crisis_line() -> None:
    situation = parse_situation({"who": "family", "free_text": "息子の世話に疲れて、私が死にたい"})
    readings = read(situation.free_text, who=situation.who)
    assert answer(facts_of(situation, readings)).suggestions[0].service.id == "crisis_line"
