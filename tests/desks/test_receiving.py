"""The desk a letter goes to."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from madobe.desks.actions import close_days, remove_days
from madobe.desks.queries import desks_for, receiving_desk, renewed_reply
from tests.desks.calendars import jst, make_desk

pytestmark = pytest.mark.django_db
NOON = jst("2026-11-24 12:00")
DAY = date(2026, 11, 25)
AKISHIMA, TOKYO, OSAKA = "132071", "13", "27"
NAKA_WARD, YOKOHAMA = "141046", "141003"


def test_it_says_when_a_person_answers_and_that_somebody_is_there():
    desk = make_desk()
    seen = receiving_desk(at=NOON)
    assert seen is not None
    assert (seen.id, seen.is_staffed, seen.staffed_until) == (
        desk.pk,
        True,
        jst("2026-11-24 17:00"),
    )
    assert (seen.reply_by, seen.next_opening) == (jst("2026-11-27 17:00"), jst("2026-11-25 10:00"))


def test_at_night_it_says_when_it_opens():
    make_desk()
    seen = receiving_desk(at=jst("2026-11-24 02:10"))
    assert seen is not None
    assert (seen.is_staffed, seen.next_opening) == (False, jst("2026-11-24 10:00"))


def test_a_closure_is_heeded_at_once():
    desk = make_desk()
    before = receiving_desk(at=NOON)
    close_days(
        desk_id=desk.pk, first=date(2026, 11, 25), last=date(2026, 11, 25), by="tests", at=NOON
    )
    after = receiving_desk(at=NOON)
    assert before is not None
    assert after is not None
    assert (before.reply_by, after.reply_by) == (jst("2026-11-27 17:00"), jst("2026-11-30 17:00"))


def test_other_hours_are_heeded_at_once():
    desk = make_desk()
    receiving_desk(at=NOON)
    desk.reply_time = time(11)
    desk.save()
    seen = receiving_desk(at=NOON)
    assert seen is not None
    assert seen.reply_by == jst("2026-11-27 11:00")


def test_a_desk_in_set_up_mode_takes_nothing():
    desk = make_desk(is_open=False)
    assert receiving_desk(at=NOON) is None
    assert receiving_desk(at=NOON, desk_id=desk.pk) is None
    assert desks_for("") == []


def test_a_letter_begun_before_finds_its_desk_even_then():
    desk = make_desk(is_open=False)
    seen = receiving_desk(at=NOON, desk_id=desk.pk, even_in_set_up=True)
    assert seen is not None
    assert seen.id == desk.pk


def test_the_nearest_desk_takes_the_letter():
    everywhere = make_desk(name="どこでも", position=1)
    tokyo = make_desk(name="都", area=[TOKYO])
    city = make_desk(name="市", area=[AKISHIMA, "132021"])
    seen = [
        receiving_desk(at=NOON, place=place) for place in (AKISHIMA, "131016", TOKYO, OSAKA, "")
    ]
    assert [one.id for one in seen if one] == [city.pk, tokyo.pk, tokyo.pk, everywhere.pk, everywhere.pk]  # fmt: skip
    assert [one.pk for one in desks_for(AKISHIMA)] == [city.pk, tokyo.pk, everywhere.pk]


def test_a_city_takes_letters_of_its_wards():
    make_desk(name="県", area=["14"], position=1)
    city = make_desk(name="市", area=[YOKOHAMA])
    seen = receiving_desk(at=NOON, place=NAKA_WARD)
    assert seen is not None
    assert seen.id == city.pk


def test_a_desk_of_one_city_is_not_for_another():
    make_desk(area=[AKISHIMA])
    assert receiving_desk(at=NOON, place=OSAKA) is None
    assert desks_for(OSAKA) == []


def test_who_says_no_place_is_not_turned_away():
    desk = make_desk(area=[AKISHIMA])
    seen = receiving_desk(at=NOON)
    assert seen is not None
    assert seen.id == desk.pk


def test_a_desk_nobody_knows_takes_nothing():
    make_desk()
    assert receiving_desk(at=NOON, desk_id=uuid4()) is None


def test_texts_fall_back_to_japanese():
    make_desk(readers="相談員が読みます。", readers_en="Counsellors read it.")
    seen = receiving_desk(at=NOON)
    assert seen is not None
    assert seen.readers.said("en") == "Counsellors read it."
    assert seen.readers.said("ja-easy") == "相談員が読みます。"


def test_a_desk_that_cannot_promise_says_so():
    desk = make_desk()
    close_days(
        desk_id=desk.pk, first=date(2026, 11, 25), last=date(2027, 2, 28), by="tests", at=NOON
    )
    seen = receiving_desk(at=NOON)
    assert seen is not None
    assert seen.reply_by is None


def test_one_query_is_all_it_asks_once_the_desks_are_known():
    for i in range(5):
        make_desk(name=f"窓口 {i}", area=[AKISHIMA])
    receiving_desk(at=NOON, place=AKISHIMA)
    with CaptureQueriesContext(connection) as asked:
        receiving_desk(at=jst("2026-11-25 02:10"), place=AKISHIMA)
    assert len(asked) == 1


def test_what_was_undone_is_not_remembered():
    desk = make_desk()
    with transaction.atomic():
        close_days(desk_id=desk.pk, first=DAY, last=DAY, by="tests", at=NOON)
        receiving_desk(at=NOON)
        transaction.set_rollback(True)
    seen = receiving_desk(at=NOON)
    assert seen is not None
    assert seen.reply_by == jst("2026-11-27 17:00")


def test_a_day_taken_out_again_is_forgotten():
    desk = make_desk()
    days = close_days(
        desk_id=desk.pk, first=date(2026, 11, 25), last=date(2026, 11, 25), by="tests", at=NOON
    )
    receiving_desk(at=NOON)
    remove_days(desk_id=desk.pk, days_id=days.pk, by="tests", at=NOON)
    seen = receiving_desk(at=NOON)
    assert seen is not None
    assert seen.reply_by == jst("2026-11-27 17:00")


def test_a_missed_promise_is_renewed_by_the_desks_own_days():
    desk = make_desk()
    renewed = renewed_reply(
        desk_id=desk.pk, missed=jst("2026-11-27 17:00"), at=jst("2026-11-27 18:00")
    )
    assert renewed == jst("2026-11-30 12:00")
