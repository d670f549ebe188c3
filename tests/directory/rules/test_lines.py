"""Lines to call and desks to write to: from the packaged data, at one minute."""

import json
import re
from datetime import datetime, timedelta

import pytest
from django.conf import settings

from madobe.directory.data import crisis_lines_data, text_desks_data
from madobe.directory.rules.hours import JAPAN, is_readable
from madobe.directory.rules.lines import (
    at_this_minute,
    desks_from,
    in_order,
    lines_from,
    settled,
    wanted,
)

LINES = lines_from(crisis_lines_data())
DESKS = desks_from(text_desks_data())


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


def ordered(when: str, *, voice_free_first: bool = False, **person) -> list[str]:
    lines = at_this_minute([*LINES, *DESKS], at(when))
    first = wanted(**person)
    return [
        one.id
        for one in in_order(
            lines, first, age=person.get("age", -1), voice_free_first=voice_free_first
        )
    ]


@pytest.mark.open_data
def test_every_published_emergency_contact_has_the_same_number_here():
    path = settings.OPEN_DATA_DIR / "municipal_windows" / "emergency-contacts.json"
    theirs = {item["id"]: item for item in json.loads(path.read_text(encoding="utf-8"))}
    ours = {line.id: line for line in LINES}
    assert len(theirs) == 9
    for key, item in theirs.items():
        assert ours[key].number == item["number"]
        assert ours[key].toll_free is (item["cost"] == "無料")
        assert (ours[key].hours_rule == "24/7") is ("24時間" in item["availability"])


@pytest.mark.open_data
def test_what_we_say_others_print_is_what_they_print():
    path = settings.OPEN_DATA_DIR / "municipal_windows" / "emergency-contacts.json"
    theirs = {item["id"]: item for item in json.loads(path.read_text(encoding="utf-8"))}
    for item in crisis_lines_data()["lines"]:
        for witness in item["witnesses"]:
            if witness["source"] == "くらし支援ナビ":
                assert witness["number"] == theirs[item["id"]]["number"]
                assert witness["date"].isoformat() == theirs[item["id"]]["lastVerifiedAt"]


def test_a_line_two_sources_print_differently_is_not_shown():
    line = {
        "number": "0570-064-556",
        "witnesses": [{"number": "0570-064-556"}, {"number": "0570-046-556"}],
    }
    assert not settled(line)
    assert settled({**line, "witnesses": [{"number": "0570-064-556"}, {"number": "0570064556"}]})
    assert not settled({**line, "witnesses": []})
    assert not settled({**line, "witnesses": line["witnesses"][:1], "shown": False})


def test_the_number_with_swapped_digits_is_nowhere():
    assert all("046" not in re.sub(r"\D", "", line.number) for line in LINES)


def test_every_line_says_where_it_is_known_from_and_its_hours_can_be_read():
    for line in (*LINES, *DESKS):
        assert line.source_name
        assert line.checked_date or line.needs_check
        assert not line.hours_rule or is_readable(line.hours_rule)
        assert line.hours_text


@pytest.mark.open_data
def test_text_desks_are_those_of_the_collected_facts_with_hours_only_where_certain():
    import csv

    path = settings.OPEN_DATA_DIR / "text_desks" / "text_desks.csv"
    with path.open(encoding="utf-8") as file:
        facts = {row["name"]: row for row in csv.DictReader(file)}
    ours = {desk.name: desk for desk in DESKS}
    assert set(facts) <= set(ours)
    for name, row in facts.items():
        assert ours[name].needs_check
        assert bool(ours[name].hours_rule) is ("24時間" in row["hours"])
        if row["page"]:
            assert ours[name].url == row["page"]


def test_all_day_lines_are_open_at_every_minute_of_a_year():
    """A year of minutes by its transitions: a rule that never changes and is open once is open throughout."""
    for line in (*LINES, *DESKS):
        if line.hours_rule == "24/7":
            for month in range(1, 13):
                answer = at_this_minute([line], at(f"2027-{month:02d}-01T03:07"))[0]
                assert answer.open_now is True
                assert answer.closes_at is None


@pytest.mark.parametrize("voice_free", [False, True])
def test_at_every_minute_of_a_year_somebody_can_be_reached(voice_free):
    lines = [x for x in (*LINES, *DESKS) if not x.immediate and x.voice_free is voice_free]
    moment, end = at("2027-01-01T00:00"), at("2028-01-01T00:00")
    while moment < end:
        open_lines = [
            x for x in at_this_minute(lines, moment) if x.open_now and "general" in x.audience
        ]
        assert open_lines, moment
        closes = [x.closes_at for x in open_lines]
        if None in closes:
            return  # one of them never closes
        moment = max(x for x in closes if x is not None)


def test_without_the_all_day_lines_there_would_be_gaps():
    """Negative control of the test above."""
    rest = [x for x in LINES if not x.immediate and x.hours_rule != "24/7"]
    assert not any(x.open_now for x in at_this_minute(rest, at("2027-01-01T03:00")))


def test_119_and_110_stand_apart_at_the_end():
    assert ordered("2026-11-21T03:00")[-2:] == ["fire-ambulance-emergency", "police-emergency"]


def test_somebody_in_danger_of_their_life_sees_an_open_line_for_everyone_first():
    assert ordered("2026-11-21T03:00", signs=frozenset({"crisis"}))[0] == "yorisoi-hotline"


def test_a_hurt_child_sees_189_first_and_childline_in_its_hours():
    signs = frozenset({"violence_to_me"})
    night = ordered("2026-11-21T03:00", who="self", age=13, signs=signs)
    assert night[0] == "child-abuse"
    evening = ordered("2026-11-21T17:00", who="self", age=13, signs=signs)
    assert evening[:2] == ["child-abuse", "childline"]


def test_somebody_hurt_by_a_partner_sees_the_line_for_it_first():
    order = ordered(
        "2026-11-21T03:00", who="self", relation="partner", signs=frozenset({"violence_to_me"})
    )
    assert order[0] == "dv-consultation-plus"


def test_a_grown_person_does_not_meet_the_childrens_lines_among_the_open_ones():
    order = ordered("2026-11-21T17:00", who="self", age=45)
    assert order.index("childline") > order.index("yorisoi-hotline")
    assert order.index("childline") > order.index("anata-no-ibasho")


def test_somebody_who_cannot_speak_meets_an_open_desk_to_write_to_first():
    for hour in ("03:00", "11:00", "17:00", "23:30"):
        assert ordered(f"2026-11-21T{hour}", voice_free_first=True)[0] == "anata-no-ibasho"


def test_open_lines_come_before_closed_ones():
    lines = at_this_minute([*LINES, *DESKS], at("2026-11-21T23:00"))
    states = [
        one.open_now for one in in_order(lines, ("general",)) if not one.immediate and one.reachable
    ]
    firsts = {state: states.index(state) for state in set(states)}
    assert firsts[True] < firsts[None] < firsts[False]
    assert states == sorted(states, key=[True, None, False].index)


def test_a_closed_line_says_when_it_opens():
    childline = next(
        x for x in at_this_minute(LINES, at("2026-12-28T21:00")) if x.id == "childline"
    )
    assert childline.open_now is False
    assert childline.next_open == at("2027-01-04T16:00")
    assert childline.next_open - timedelta(minutes=1) > at("2027-01-03T00:00")


def test_a_hash_number_can_be_called():
    assert next(x for x in LINES if x.id == "dv-consultation").href == "tel:%238008"


def test_somebody_hurt_by_a_partner_who_cannot_speak_writes_to_the_desk_for_it():
    order = ordered(
        "2026-11-21T03:00",
        voice_free_first=True,
        who="self",
        relation="partner",
        signs=frozenset({"violence_to_me"}),
    )
    assert order[0] == "dv-plus-mail"


def test_a_parent_hurt_by_a_child_meets_a_line_for_everyone_not_the_one_for_partners():
    order = ordered("2026-11-21T03:00", who="family", age=30, signs=frozenset({"violence_to_me"}))
    assert order[0] == "yorisoi-hotline"
