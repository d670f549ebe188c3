"""Named places behind the kinds: never the very programme that is used up."""

from datetime import UTC, datetime
from typing import Any

import pytest

from madobe.directory import queries as directory
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


class TestLines:
    """Who may call or write, in the order of this age and this danger."""

    @pytest.fixture(autouse=True)
    def _every_line_has_a_place(self, monkeypatch: pytest.MonkeyPatch) -> None:
        lines = directory.crisis_lines(at=AT)
        known = [
            Place(
                line.place_id,
                kind := "text_consultation" if line.id == "anata-no-ibasho" else "crisis_line",
                (kind,),
                line.name,
            )
            for line in lines
            if line.place_id
        ]

        def places_for(kinds: list[str], *, limit: int, **_: Any) -> dict[str, list[Place]]:
            return {
                kind: sorted((p for p in known if kind in p.kinds), key=lambda p: p.id)[:limit]
                for kind in kinds
            }

        monkeypatch.setattr(places.directory, "places_for", places_for)

    def lines(self, **situation: Any) -> list[str]:
        found = answer(facts_of(parse_situation({"use": "codes", **situation})))
        services = places.services_for(found, found.facts, at=AT)
        return [service["name"] for service in services["crisis_line"]]

    def test_a_child_who_is_hurt_sees_the_childrens_line_first(self) -> None:
        assert "児童相談所" in self.lines(who="self", age=12, signs=["violence_to_me"])[0]

    def test_no_line_for_partners_stands_first_for_an_elder_who_is_hurt(self) -> None:
        assert not any(
            "DV" in name for name in self.lines(who="worker", signs=["violence_to_elder"])
        )

    def test_one_who_cannot_speak_sees_a_door_to_write_to_first(self) -> None:
        named = self.lines(who="self", age=30, signs=["crisis"], constraints=["no_phone"])
        assert "チャット" in named[0]
