"""Days that differ from the week, kept and taken out."""

from datetime import date, time

import pytest

from madobe.audit.models import AuditEvent
from madobe.desks.actions import (
    DaysTooMany,
    TimesMissing,
    close_days,
    open_besides,
    remove_days,
)
from madobe.desks.models import SpecialDays
from tests.desks.calendars import jst, make_desk
from tests.factories.staff import ADA

pytestmark = pytest.mark.django_db
AT = jst("2026-11-24 12:00")
SATURDAY = date(2026, 11, 28)


def test_a_day_opened_besides_is_in_the_calendar():
    desk = make_desk()
    open_besides(
        desk_id=desk.pk, day=SATURDAY, opens_at=time(13), closes_at=time(15), by=ADA, at=AT
    )
    assert desk.calendar().spans(SATURDAY) == ((780, 900),)


def test_a_closed_day_is_not():
    desk = make_desk()
    close_days(desk_id=desk.pk, first=date(2026, 11, 25), last=date(2026, 11, 26), by=ADA, at=AT)
    assert [bool(desk.calendar().spans(date(2026, 11, day))) for day in (24, 25, 26, 27)] == [True, False, False, True]  # fmt: skip


@pytest.mark.parametrize("last", [date(2026, 11, 27), date(2027, 11, 29)])
def test_a_closure_ends_after_it_begins_and_within_a_year(last: date):
    with pytest.raises(DaysTooMany):
        close_days(desk_id=make_desk().pk, first=SATURDAY, last=last, by=ADA, at=AT)


def test_a_day_open_besides_closes_after_it_opens():
    with pytest.raises(TimesMissing):
        open_besides(
            desk_id=make_desk().pk, day=SATURDAY, opens_at=time(15), closes_at=time(15), by=ADA, at=AT
        )  # fmt: skip


def test_days_of_another_desk_are_not_taken_out():
    days = close_days(desk_id=make_desk().pk, first=SATURDAY, last=SATURDAY, by=ADA, at=AT)
    assert not remove_days(desk_id=make_desk().pk, days_id=days.pk, by=ADA, at=AT)
    assert SpecialDays.objects.count() == 1


def test_closing_and_taking_out_are_in_the_trail():
    desk = make_desk()
    days = close_days(desk_id=desk.pk, first=SATURDAY, last=SATURDAY, by=ADA, at=AT)
    assert remove_days(desk_id=desk.pk, days_id=days.pk, by=ADA, at=AT)
    assert list(AuditEvent.objects.order_by("number").values_list("action", flat=True)) == ["desk.days_closed", "desk.days_removed"]  # fmt: skip
