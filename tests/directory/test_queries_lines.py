"""Lines and desks as pages ask for them."""

from datetime import datetime

from madobe.directory import queries
from madobe.directory.municipalities import Area
from madobe.directory.rules.hours import JAPAN

NIGHT = datetime(2026, 11, 21, 3, 0, tzinfo=JAPAN)


def test_no_database_is_asked_for_lines_and_desks():
    """Without the `db` mark any query would fail this test."""
    assert queries.crisis_lines(at=NIGHT)
    assert queries.text_desks(at=NIGHT)


def test_every_line_of_an_urgent_page_can_be_reached():
    assert all(line.reachable for line in queries.crisis_lines(at=NIGHT))


def test_119_and_110_are_told_apart():
    lines = queries.crisis_lines(at=NIGHT)
    assert {line.number for line in lines if line.immediate} == {"119", "110"}


def test_an_open_desk_to_write_to_comes_first_for_somebody_without_a_voice():
    assert queries.crisis_lines(at=NIGHT, voice_free_first=True)[0].voice_free
    assert not queries.crisis_lines(at=NIGHT)[0].voice_free


def test_tokyo_adds_its_own_desk_to_write_to():
    here = Area(prefecture="13", code="132071", name="昭島市")
    assert "tokyo-net-mail" in {desk.id for desk in queries.text_desks(at=NIGHT, area=here)}
    assert "tokyo-net-mail" not in {desk.id for desk in queries.text_desks(at=NIGHT)}


def test_every_desk_to_write_to_carries_its_mark_until_somebody_has_checked_it():
    for desk in queries.text_desks(at=NIGHT):
        assert desk.needs_check or desk.checked_date
        assert desk.voice_free
