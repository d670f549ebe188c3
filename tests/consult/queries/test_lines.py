"""The card's lines from the packaged data, for every stretch of 2027 in which nothing opens or closes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from madobe.consult.queries.lines import card_lines, contract_lines
from madobe.directory import queries as directory
from madobe.directory.rules.hours import JAPAN, hours_of_rule

START, END = datetime(2027, 1, 1, tzinfo=JAPAN), datetime(2028, 1, 1, tzinfo=JAPAN)
MINUTE = timedelta(minutes=1)
NIGHT = datetime(2027, 3, 2, 3, 0, tzinfo=JAPAN)


def stretches() -> list[tuple[datetime, datetime]]:
    """From each opening or closing of any line to the next one: between them the card stays as it is."""
    edges = {START, END}
    for line in directory.crisis_lines(at=START):
        moment: datetime | None = START
        while line.hours_rule and moment and moment < END:
            edges.add(moment)
            hours = hours_of_rule(line.hours_rule, moment)
            moment = hours.closes_at if hours.open_now else hours.next_open
    return list(pairwise(sorted(edges)))


def cards(**asked: object) -> Iterator[tuple[datetime, datetime, object]]:
    for first, last in stretches():
        for moment in {first, last - MINUTE}:
            yield first, last, card_lines(at=moment, **asked)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def speaking() -> list:  # type: ignore[type-arg]
    return list(cards())


@pytest.fixture(scope="module")
def silent() -> list:  # type: ignore[type-arg]
    return list(cards(cannot_speak=True))


def test_the_stretches_are_all_the_minutes_of_the_year() -> None:
    assert sum(int((last - first) / MINUTE) for first, last in stretches()) == 525_600
    assert len(stretches()) > 365


def test_at_every_minute_the_card_shows_a_line_that_is_open(speaking, silent) -> None:  # type: ignore[no-untyped-def]
    for first, _, card in speaking + silent:
        assert card.open_now, first
        assert all(line.open_now and line.reachable and line.hours_rule for line in card.open_now)


def test_who_cannot_speak_meets_an_open_line_to_write_to_or_hears_when_one_opens(silent) -> None:  # type: ignore[no-untyped-def]
    for first, _, card in silent:
        if card.open_now[0].voice_free:
            assert card.text_opens_at is None
        else:
            assert card.text_opens_at is not None, first


def test_every_line_shown_says_when_it_is_open_where_that_is_known_from_and_since_when(
    speaking, silent
) -> None:  # type: ignore[no-untyped-def]
    shown = {line.id: line for _, _, card in speaking + silent for line in card.shown}
    assert len(shown) >= 5
    for line in [*shown.values(), *contract_lines(at=NIGHT)]:
        assert line.hours_text
        assert line.source_name
        assert line.checked_date or (line.needs_check and line.listed_date)


def test_the_sign_read_decides_which_line_comes_first() -> None:
    assert "suicide" in card_lines(at=NIGHT, signs=frozenset({"crisis"})).open_now[0].audience
    assert "police" not in [a for x in card_lines(at=NIGHT).open_now for a in x.audience]


def test_a_child_who_is_hurt_meets_the_line_for_children() -> None:
    card = card_lines(at=NIGHT, who="self", age=13, signs=frozenset({"violence_to_me"}))
    assert "child" in card.open_now[0].audience


def test_who_writes_together_meets_the_lines_for_either() -> None:
    signs = frozenset({"violence_to_me"})
    card = card_lines(at=NIGHT, who="together", age=13, signs=signs)
    assert card == card_lines(at=NIGHT, age=13, signs=signs)
    assert card != card_lines(at=NIGHT, who="family", age=13, signs=signs)


def test_a_wish_for_a_contract_does_not_change_the_card_of_danger() -> None:
    both = frozenset({"crisis", "contract_offer"})
    assert card_lines(at=NIGHT, signs=both) == card_lines(at=NIGHT, signs=frozenset({"crisis"}))


def test_the_card_about_contracts_has_the_consumer_line_from_the_data() -> None:
    assert [line.id for line in contract_lines(at=NIGHT)] == ["consumer-hotline"]
