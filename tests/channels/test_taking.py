"""What comes in is taken once, and kept before anybody outside hears that it arrived."""

from datetime import UTC, datetime, timedelta

import pytest

from madobe.channels.actions.taking import Outcome, take_in
from madobe.channels.models import Arrival
from madobe.channels.rules.incoming import Incoming, Kind
from madobe.lib.privacy import Privacy
from tests.factories.threads import at_once, shared_database

AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


def letter(foreign_id: str = "one", channel: str = "email") -> Incoming:
    return Incoming(channel, Kind.TEXT, AT, foreign_id, text="はい")


@pytest.mark.django_db
class TestTaking:
    def test_the_floor_above_gets_it_with_the_desk(self, above):
        assert take_in(incoming=letter(), desk="akishima", at=AT) is Outcome.TAKEN
        assert [one.text for one in above.taken] == ["はい"]
        assert above.desks == ["akishima"]

    def test_the_same_again_is_known_and_not_handed_over(self, above):
        take_in(incoming=letter(), desk="", at=AT)
        assert take_in(incoming=letter(), desk="", at=AT) is Outcome.KNOWN
        assert len(above.taken) == 1

    def test_the_same_number_in_another_channel_is_something_else(self, above):
        take_in(incoming=letter(channel="email"), desk="", at=AT)
        assert take_in(incoming=letter(channel="line"), desk="", at=AT) is Outcome.TAKEN

    def test_what_is_not_taken_may_come_again(self, above):
        above.refuses = 1
        assert take_in(incoming=letter(), desk="", at=AT) is Outcome.LEFT
        assert take_in(incoming=letter(), desk="", at=AT) is Outcome.TAKEN

    def test_what_breaks_while_being_taken_may_come_again(self, above):
        above.raises = RuntimeError("the disk is full")
        with pytest.raises(RuntimeError):
            take_in(incoming=letter(), desk="", at=AT)
        above.raises = None
        assert take_in(incoming=letter(), desk="", at=AT) is Outcome.TAKEN

    def test_with_nobody_above_everything_is_left(self, nobody_above):
        assert take_in(incoming=letter(), desk="", at=AT) is Outcome.LEFT
        assert not Arrival.objects.exists()

    def test_an_arrival_is_forgotten_after_ninety_days(self, above):
        take_in(incoming=letter("old"), desk="", at=AT)
        take_in(incoming=letter("new"), desk="", at=AT + timedelta(days=90))
        assert Arrival.objects.count() == 2
        take_in(incoming=letter("newer"), desk="", at=AT + timedelta(days=91))
        assert Arrival.objects.count() == 2

    def test_what_still_comes_again_is_not_forgotten(self, above):
        for days in (0, 60, 120, 180):
            take_in(incoming=letter(), desk="", at=AT + timedelta(days=days))
        assert len(above.taken) == 1

    def test_its_row_tells_neither_who_nor_what(self, above):
        take_in(incoming=letter("<hana@example.jp>"), desk="akishima", at=AT)
        row = Arrival.objects.values().get()
        assert b"hana" not in bytes(row["digest"])
        assert set(row) == {"id", "channel", "digest", "day"}

    def test_another_installation_would_write_another_digest(self, above, settings):
        take_in(incoming=letter(), desk="", at=AT)
        settings.SECRET_KEY = "another key that is long enough to be taken for one of the product"
        assert take_in(incoming=letter(), desk="", at=AT) is Outcome.TAKEN


@pytest.mark.django_db(transaction=True)
def test_eight_processes_with_the_same_letter_take_it_once(above, tmp_path):
    with shared_database(tmp_path):
        outcomes = at_once([lambda: take_in(incoming=letter(), desk="", at=AT)] * 8)
    assert sorted(outcomes) == [Outcome.KNOWN] * 7 + [Outcome.TAKEN]
    assert len(above.taken) == 1


def test_its_table_says_what_it_keeps_and_for_how_long():
    assert isinstance(Arrival.privacy, Privacy)
    assert "90 days" in Arrival.privacy.keep
