"""The twenty-five situations everybody may know, answered from their codes."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from madobe.directory.municipalities import resolve
from madobe.guide.rules.answer import Answer, answer, facts_of, parse_situation
from madobe.guide.rules.situation import Area

VIGNETTES = yaml.safe_load(
    (Path(__file__).parent / "data" / "vignettes.yaml").read_text(encoding="utf-8")
)


def answered(vignette: dict[str, Any]) -> Answer:
    found = resolve(vignette["municipality"]).area if vignette["municipality"] else None
    area = Area(found.prefecture, found.code, found.name) if found else None
    situation = parse_situation({**vignette, "use": "codes"})
    return answer(facts_of(situation, area=area))


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda v: v["id"])
def test_the_answer_is_what_practice_expects(vignette: dict[str, Any]) -> None:
    found = answered(vignette)
    listed = [suggestion.service.id for suggestion in found.suggestions]
    warned = {warning.id for warning in found.warnings}
    first = listed[: vignette["expect_top_k"]]

    assert found.stage == vignette["expect_stage"]
    assert set(vignette["expect_top"]) <= set(first)
    if vignette["expect_top_mode"] == "ordered":
        assert [kind for kind in first if kind in vignette["expect_top"]] == vignette["expect_top"]
    assert not set(vignette["expect_not"]) & set(listed)
    assert set(vignette["expect_warnings"]) <= warned
    assert not set(vignette.get("expect_no_warnings", ())) & warned


def test_there_are_twenty_five() -> None:
    assert len(VIGNETTES) == 25
