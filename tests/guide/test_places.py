"""Named places behind the kinds: never the very programme that is used up."""

from datetime import UTC, datetime
from typing import Any

import pytest

from madobe.directory.rules.place import Place
from madobe.guide.queries import places
from madobe.guide.rules.answer import answer, facts_of, parse_situation
from madobe.guide.rules.situation import Area

AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
TOKYO_VISIT = Place("1", "pref_visit", ("pref_visit", "outreach_visit"), "都の訪問相談")
OTHER_VISIT = Place("2", "outreach_visit", ("outreach_visit",), "NPOの訪問")


@pytest.fixture(autouse=True)
def _two_visits(monkeypatch: pytest.MonkeyPatch) -> None:
    def places_for(kinds: list[str], *, limit: int, **_: Any) -> dict[str, list[Place]]:
        known = [TOKYO_VISIT, OTHER_VISIT]
        return {kind: [p for p in known if kind in p.kinds][:limit] for kind in kinds}

    monkeypatch.setattr(places.directory, "places_for", places_for)


def visits(*signs: str) -> list[str]:
    situation = parse_situation(
        {
            "who": "self",
            "age": 30,
            "months": 40,
            "signs": [*signs, "goes_convenience"],
            "wants": ["visit_at_home"],
            "constraints": ["cannot_go_out"],
            "use": "codes",
        }
    )
    found = answer(facts_of(situation, area=Area("13", "132021", "立川市")))
    return [place.name for place in places.places_of(found, at=AT, limit=1)["outreach_visit"]]


def test_one_whose_five_visits_are_used_is_not_sent_to_the_same_desk_again() -> None:
    assert visits("visits_used_person_5") == ["NPOの訪問"]


def test_one_whose_visits_remain_sees_it_under_both_kinds() -> None:
    assert visits() == ["都の訪問相談"]
