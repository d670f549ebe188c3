"""The answer has exactly the shape of docs/contract.md."""

from itertools import islice
from typing import Any

import jsonschema
import pytest

from madobe.guide.rules.answer import answer as answered
from madobe.guide.rules.answer import facts_of, to_contract
from madobe.guide.rules.situation import Reading, Situation
from madobe.guide.rules.tables import TABLES

from .properties import answer_to, situations

TEXT = {"type": "string", "minLength": 1}
KIND = {"enum": sorted(TABLES.services)}


def thing(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def many(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


SERVICE = thing(
    id=TEXT,
    name=TEXT,
    distance={"enum": ["city", "prefecture", "nation"]},
    open_now={"type": "boolean"},
    next_open={"type": ["string", "null"]},
    voice_free={"type": "boolean"},
    eligibility={"enum": ["likely", "ask", "unlikely"]},
    eligibility_notes=many(TEXT),
)
ANSWER = thing(
    id={},
    stage={"enum": ["1", "2", "3", "1-2", "2-3", "1-3", "unknown"]},
    stage_reasons=many(TEXT, minItems=1, maxItems=2),
    municipality_candidates=many({"type": "object"}),
    read_from_text=many(
        thing(words=TEXT, code=TEXT, about={"enum": ["writer", "person", "other"]})
    ),
    suggestions=many(
        thing(
            service_type=KIND,
            horizon={"enum": ["now", "also", "next", "later"]},
            why=TEXT,
            source=TEXT,
            services=many(SERVICE),
        ),
        minItems=1,
    ),
    warnings=many(thing(id={"enum": [w.id for w in TABLES.warnings]}, message=TEXT)),
    excluded=many(
        thing(
            service_type=KIND,
            asked_for={"type": "boolean"},
            shown_later={"type": "boolean"},
            reason=TEXT,
            instead=many(KIND, minItems=1),
        )
    ),
    plan_templates=many({"enum": ["A", "B", "C", "D"]}),
)


def test_three_hundred_answers_have_the_shape() -> None:
    validator = jsonschema.Draft202012Validator(ANSWER)
    for raw in islice(situations(3), 300):
        validator.validate(to_contract(answer_to(raw), id="P01"))


def test_no_kind_stands_twice_nor_on_both_sides() -> None:
    for raw in islice(situations(4), 300):
        document = to_contract(answer_to(raw))
        shown = [s["service_type"] for s in document["suggestions"]]
        aside = [e["service_type"] for e in document["excluded"]]
        assert len({*shown, *aside}) == len(shown) + len(aside)


def test_the_id_comes_back_as_it_was_given() -> None:
    assert to_contract(answer_to({"who": "self"}), id=7)["id"] == 7


def test_real_services_stand_under_their_kind() -> None:
    service = {"id": "1", "name": "窓口"}
    document = to_contract(answer_to({"who": ""}), services={"municipal_window": [service]})
    named = {s["service_type"]: s["services"] for s in document["suggestions"]}
    assert named["municipal_window"] == [service]
    assert named["text_consultation"] == []


def test_a_reason_read_from_words_quotes_them() -> None:
    reading = Reading("へやからでてきません", "room_withdrawn", "person", 0, 10)
    found = answered(facts_of(Situation(who="family"), [reading]))
    document = to_contract(found, [reading])
    assert document["stage_reasons"] == [
        "「へやからでてきません」から、部屋からほとんど出てこないと読みました"
    ]
    assert document["read_from_text"] == [
        {"words": "へやからでてきません", "code": "room_withdrawn", "about": "person"}
    ]


@pytest.mark.parametrize(
    ("language", "first"),
    [("ja", "「部屋からほとんど出ない」"), ("easy", "「へやから"), ("en", "because “I hardly")],
)
def test_the_texts_can_be_had_in_each_language(language: str, first: str) -> None:
    document = to_contract(
        answer_to({"who": "self", "signs": ["room_withdrawn"]}), language=language
    )
    assert document["stage_reasons"][0].startswith(first)
