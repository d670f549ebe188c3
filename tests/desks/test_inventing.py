"""The invented desk of a demo."""

import pytest

from madobe.desks.actions.inventing import invent_desk
from madobe.desks.actions.set_up import leave_set_up_mode
from madobe.desks.queries import on_duty, receiving_desk
from tests.desks.calendars import jst
from tests.factories.staff import ADA, BEN

pytestmark = pytest.mark.django_db
AT = jst("2026-11-24 12:00")


def test_it_is_marked_and_takes_no_letters_yet():
    desk = invent_desk(by="demo", at=AT)
    assert (desk.is_invented, desk.is_open, desk.name) == (True, False, "窓辺の相談窓口（見本）")
    assert receiving_desk(at=AT) is None


def test_two_people_are_on_duty():
    desk = invent_desk(by="demo", at=AT, members=[ADA, BEN])
    assert sorted(on_duty(desk.pk, AT)) == sorted([ADA, BEN])


def test_with_two_keys_and_the_drill_it_can_take_letters():
    desk = invent_desk(by="demo", at=AT)
    leave_set_up_mode(desk_id=desk.pk, key_holders=2, drill_passed=True, by="demo", at=AT)
    seen = receiving_desk(at=AT)
    assert seen is not None
    assert seen.is_invented
    assert seen.reply_by == jst("2026-11-27 17:00")
