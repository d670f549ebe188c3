"""Situations of a judge who had not seen the rules: all of what the codes say, and the heart of what words say."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from madobe.directory.municipalities import resolve
from madobe.guide.rules.answer import Answer, answer, facts_of, parse_situation
from madobe.guide.rules.reading import read
from madobe.guide.rules.situation import Area, Facts

JUDGED = yaml.safe_load(
    (Path(__file__).parent / "data" / "vignettes_judge.yaml").read_text(encoding="utf-8")
)
TOLD = [vignette for vignette in JUDGED if vignette["use"] != "text"]
WRITTEN = [vignette for vignette in JUDGED if vignette["use"] == "text"]
SAFETY = {"W_CRISIS", "W_VIOLENCE_SAFETY", "W_BODY_FIRST"}
ENOUGH = 0.85  # of the expected kinds, among the first six of a reader who has only words


def facts(vignette: dict[str, Any]) -> Facts:
    situation = parse_situation(vignette)
    readings = read(situation.free_text, who=situation.who) if situation.use != "codes" else ()
    named = situation.municipality or next(
        (r.value for r in readings if r.kind == "municipality"), ""
    )
    found = resolve(named).area if named else None
    area = Area(found.prefecture, found.code, found.name) if found else None
    return facts_of(situation, readings, area=area)


def listed(found: Answer) -> list[str]:
    return [suggestion.service.id for suggestion in found.suggestions]


def warned(found: Answer) -> set[str]:
    return {warning.id for warning in found.warnings}


@pytest.mark.parametrize("vignette", TOLD, ids=lambda v: v["id"])
def test_what_was_ticked_is_answered_as_practice_expects(vignette: dict[str, Any]) -> None:
    found = answer(facts(vignette))
    first = listed(found)[: vignette["expect_top_k"]]

    assert found.stage == vignette.get("expect_stage", found.stage)
    assert set(vignette["expect_top"]) <= set(first)
    if vignette["expect_top_mode"] == "ordered":
        assert [kind for kind in first if kind in vignette["expect_top"]] == vignette["expect_top"]
    assert not set(vignette["expect_not"]) & set(listed(found))
    assert set(vignette["expect_warnings"]) <= warned(found)
    assert not set(vignette.get("expect_no_warnings", ())) & warned(found)


@pytest.mark.parametrize("vignette", WRITTEN, ids=lambda v: v["id"])
def test_words_alone_say_who_is_in_danger_and_what_must_not_be_offered(
    vignette: dict[str, Any],
) -> None:
    known = facts(vignette)
    found = answer(known)
    first = listed(found)[: vignette["expect_top_k"]]

    assert known.who == vignette.get("expect_who", known.who)
    assert not set(vignette["expect_not"]) & set(listed(found))
    assert SAFETY & set(vignette["expect_warnings"]) <= warned(found)
    assert not SAFETY & set(vignette.get("expect_no_warnings", ())) & warned(found)
    if "crisis_line" in vignette["expect_top"]:
        assert "crisis_line" in first


def test_words_alone_bring_what_is_expected_among_the_first_six() -> None:
    wanted = [
        (vignette["id"], kind, kind in listed(answer(facts(vignette)))[:6])
        for vignette in WRITTEN
        for kind in vignette["expect_top"]
    ]
    missed = [(name, kind) for name, kind, is_there in wanted if not is_there]
    assert len(missed) <= (1 - ENOUGH) * len(wanted), missed


def test_an_ambiguous_city_is_asked_about() -> None:
    for vignette in (v for v in JUDGED if "expect_candidates" in v):
        found = resolve(vignette["municipality"])
        assert found.area is None
        assert [c.code for c in found.candidates] == vignette["expect_candidates"]


def test_the_judge_wrote_enough() -> None:
    assert len(JUDGED) >= 80
    assert sum(not vignette["who"] for vignette in WRITTEN) >= 30
