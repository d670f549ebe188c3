"""Nothing goes to a way or an address that is not safe, nothing rings by night (trust.md T9, G25, E19)."""

import os
from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.consult.rules.contact import Contact
from madobe.consult.rules.doors.gate import Address, Reachable, Refusal, may_send, shows
from madobe.consult.rules.doors.wishes import CallBack, DoorsWished, dumped, loaded
from tests.consult.doors.outputs import PLACES, may_go, outputs

# 300 every day; `MADOBE_OUTPUTS=10000` is the size of the bench (trust.md G25).
COUNT = int(os.environ.get("MADOBE_OUTPUTS", "300"))
NOON = datetime.fromisoformat("2026-11-27T12:00:00+09:00")
NIGHT = datetime.fromisoformat("2026-11-27T23:30:00+09:00")
THERE = Address("hana@example.jp", wrote_by=True)


def test_of_many_outputs_exactly_those_go_that_the_wishes_allow():
    wrong, went = [], Counter()
    for one in outputs(COUNT):
        refusal = may_send(
            one.who, one.way, one.address, one.at, by_hand=one.by_hand, text=one.text
        )
        went[refusal is None] += 1
        if (refusal is None) != may_go(one):
            wrong.append((one, refusal))
    assert wrong == []
    assert went[True] > COUNT // 20
    assert went[False] > COUNT // 2


def test_by_day_somebody_who_wrote_is_answered():
    assert may_send(Reachable(), "email", THERE, NOON) is None


@pytest.mark.parametrize(
    ("who", "way", "address", "refusal"),
    [
        (Reachable(), "web", THERE, Refusal.NOT_THIS_WAY),
        (Reachable(ways_on=frozenset({"line"})), "email", THERE, Refusal.WAY_IS_OFF),
        (Reachable(), "email", Address("", wrote_by=True), Refusal.NO_ADDRESS),
        (Reachable(Contact(no_phone=True)), "phone", Address("1", wrote_by=True), Refusal.NO_PHONE),
        (Reachable(Contact(no_letter=True)), "letter", Address("1", wrote_by=True), Refusal.NO_LETTER),
        (Reachable(), "email", Address("hana@example.jp"), Refusal.NOT_CHOSEN),
        (Reachable(), "line", Address("U1", wrote_by=True, is_gone=True), Refusal.LEFT),
    ],
)  # fmt: skip
def test_each_reason_not_to(who: Reachable, way: str, address: Address, refusal: Refusal):
    assert may_send(who, way, address, NOON) is refusal


def test_by_night_only_whoever_wrote_within_the_hour_and_only_by_hand():
    wrote = Address("hana@example.jp", wrote_by=True, wrote_at=NIGHT - timedelta(minutes=59))
    long_ago = Address("hana@example.jp", wrote_by=True, wrote_at=NIGHT - timedelta(minutes=61))
    assert may_send(Reachable(), "email", wrote, NIGHT, by_hand=True) is None
    assert may_send(Reachable(), "email", wrote, NIGHT) is Refusal.QUIET
    assert may_send(Reachable(), "email", long_ago, NIGHT, by_hand=True) is Refusal.QUIET


def test_their_own_quiet_hours_stand_before_those_of_the_desk():
    night_owl = Reachable(wishes=DoorsWished(quiet_from="06:00", quiet_until="14:00"))
    assert may_send(night_owl, "email", THERE, NIGHT) is None
    assert may_send(night_owl, "email", THERE, NOON) is Refusal.QUIET


@pytest.mark.parametrize(
    ("place", "spelling"), [(place, one) for place, all_ in PLACES.items() for one in all_]
)
def test_an_address_is_found_however_it_is_spelt(place: str, spelling: str):
    assert shows(f"ごあんない\n{spelling}\nより", place)
    assert shows(place, spelling)


@pytest.mark.parametrize(
    "text", ["042-000-1123", "hana@example.jp", "みほん町3-4-6", "", "お元気ですか"]
)
def test_another_address_is_not(text: str):
    assert not any(shows(text, place) for place in PLACES)


@given(
    st.builds(
        DoorsWished,
        unsafe_ways=st.lists(st.text(max_size=5), max_size=3).map(tuple),
        unsafe_places=st.lists(st.text(max_size=20), max_size=3).map(tuple),
        chosen=st.lists(st.text(max_size=5), max_size=3).map(tuple),
        call_back=st.builds(CallBack, when=st.text(max_size=9), message_ok=st.booleans()),
    )
)
def test_wishes_come_back_as_they_were_sealed(wishes: DoorsWished):
    assert loaded(dumped(wishes)) == wishes


def test_what_a_later_release_wrote_is_left_aside():
    assert loaded(b'{"chosen": ["line"], "later": 1, "call_back": {"x": 2}}') == DoorsWished(
        chosen=("line",)
    )
