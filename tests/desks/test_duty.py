"""Who is on duty, who is alone, whom they call."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from madobe.audit.models import AuditEvent
from madobe.desks.actions import (
    OnDutyAlready,
    TurnOutOfOrder,
    TurnTooLong,
    plan_turn,
    remove_turn,
)
from madobe.desks.models import Desk, DutyTurn
from madobe.desks.queries import (
    NightCall,
    alone_on_duty,
    duty_week,
    monday_of,
    on_duty,
    turns_between,
    when_alone,
)
from tests.desks.calendars import jst, make_desk
from tests.factories.staff import ADA, BEN

pytestmark = pytest.mark.django_db
AT = jst("2026-11-24 12:00")


def plan(desk: Desk, starts: str, ends: str, *, member: str = ADA, lane: str = "general"):
    return plan_turn(
        desk_id=desk.pk, member=member, lane=lane, starts_at=jst(starts), ends_at=jst(ends), by=ADA, at=AT
    )  # fmt: skip


def test_a_turn_holds_from_its_first_minute_until_before_its_last():
    desk = make_desk()
    plan(desk, "2026-11-24 10:00", "2026-11-24 17:00")
    seen = [on_duty(desk.pk, jst(f"2026-11-24 {at}")) for at in ("09:59", "10:00", "16:59", "17:00")]  # fmt: skip
    assert seen == [[], [ADA], [ADA], []]


def test_who_has_two_turns_at_once_is_one_person():
    desk = make_desk()
    plan(desk, "2026-11-24 10:00", "2026-11-24 17:00")
    plan(desk, "2026-11-24 11:00", "2026-11-24 13:00", lane="crisis")
    assert on_duty(desk.pk, AT) == [ADA]
    assert on_duty(desk.pk, AT, lane="crisis") == [ADA]
    assert on_duty(desk.pk, jst("2026-11-24 14:00"), lane="crisis") == []


def test_the_duty_of_another_desk_does_not_count():
    other, desk = make_desk(), make_desk()
    plan(other, "2026-11-24 10:00", "2026-11-24 17:00")
    assert on_duty(desk.pk, AT) == []


def test_one_person_on_duty_is_alone_and_two_are_not():
    desk = make_desk()
    plan(desk, "2026-11-24 10:00", "2026-11-24 17:00")
    assert alone_on_duty(desk.pk, AT, member=ADA)
    plan(desk, "2026-11-24 10:00", "2026-11-24 12:30", member=BEN)
    assert not alone_on_duty(desk.pk, AT, member=ADA)
    assert alone_on_duty(desk.pk, jst("2026-11-24 12:30"), member=ADA)


def test_who_looks_in_at_night_with_nobody_on_duty_is_alone():
    assert alone_on_duty(make_desk().pk, jst("2026-11-24 03:00"), member=BEN)


def test_who_is_alone_learns_whom_to_call_and_how_old_that_is():
    desk = make_desk(night_call="当番長（内線 000）", night_call_checked_on=date(2026, 11, 1))
    assert when_alone(desk.pk) == NightCall("当番長（内線 000）", date(2026, 11, 1))
    assert when_alone(make_desk().pk) == NightCall("", None)
    assert when_alone(uuid4()) == NightCall("", None)


def test_nobody_has_overlapping_turns_in_one_lane():
    desk = make_desk()
    plan(desk, "2026-11-24 10:00", "2026-11-24 17:00")
    with pytest.raises(OnDutyAlready):
        plan(desk, "2026-11-24 16:00", "2026-11-24 20:00")
    plan(desk, "2026-11-24 17:00", "2026-11-24 20:00")
    assert DutyTurn.objects.count() == 2


@pytest.mark.parametrize(
    ("ends", "refusal"),
    [("2026-11-24 10:00", TurnOutOfOrder), ("2026-11-25 22:01", TurnTooLong)],
)
def test_a_slip_of_the_pen_is_no_turn(ends: str, refusal: type[Exception]):
    with pytest.raises(refusal):
        plan(make_desk(), "2026-11-24 10:00", ends)


def test_planning_and_taking_out_are_in_the_trail():
    desk = make_desk()
    turn = plan(desk, "2026-11-24 10:00", "2026-11-24 17:00")
    assert remove_turn(desk_id=desk.pk, turn_id=turn.pk, by=BEN, at=AT)
    assert not remove_turn(desk_id=desk.pk, turn_id=turn.pk, by=BEN, at=AT)
    events = AuditEvent.objects.order_by("number").values_list("action", "by")
    assert list(events) == [("desk.turn_planned", ADA), ("desk.turn_removed", BEN)]


def test_a_turn_of_another_desk_is_not_taken_out():
    desk = make_desk()
    turn = plan(desk, "2026-11-24 10:00", "2026-11-24 17:00")
    assert not remove_turn(desk_id=make_desk().pk, turn_id=turn.pk, by=ADA, at=AT)
    assert DutyTurn.objects.filter(pk=turn.pk).exists()


def test_a_week_shows_each_turn_on_the_day_it_begins_and_a_running_one_on_its_monday():
    desk = make_desk()
    plan(desk, "2026-11-22 22:00", "2026-11-23 08:00", lane="crisis")
    plan(desk, "2026-11-24 10:00", "2026-11-24 17:00")
    plan(desk, "2026-11-30 10:00", "2026-11-30 17:00")
    week = duty_week(desk, date(2026, 11, 23), at=AT)
    assert [len(one.general) for one in week] == [0, 1, 0, 0, 0, 0, 0]
    assert [len(one.crisis) for one in week] == [1, 0, 0, 0, 0, 0, 0]
    assert [one.is_today for one in week] == [False, True, False, False, False, False, False]


def test_an_open_day_without_a_turn_is_named_and_a_closed_one_is_not():
    desk = make_desk()
    plan(desk, "2026-11-24 10:00", "2026-11-24 17:00")
    week = duty_week(desk, date(2026, 11, 23), at=AT)  # Monday is a holiday
    assert [one.lacks_somebody for one in week] == [False, False, True, True, True, False, False]


def test_nobody_is_wished_for_on_days_that_are_over():
    week = duty_week(make_desk(), date(2026, 11, 23), at=jst("2026-11-26 18:00"))
    assert [one.lacks_somebody for one in week] == [False, False, False, True, True, False, False]


def test_a_stretch_of_time_holds_the_turns_that_touch_it():
    desk = make_desk()
    plan(desk, "2026-11-24 10:00", "2026-11-24 17:00")
    found = [turns_between(desk.pk, start, start + timedelta(hours=1)) for start in hours("09:00", "16:00", "17:00")]  # fmt: skip
    assert [len(one) for one in found] == [0, 1, 0]


def hours(*clocks: str) -> list[datetime]:
    return [jst(f"2026-11-24 {clock}") for clock in clocks]


@pytest.mark.parametrize(
    ("asked", "monday"),
    [
        ("2026-12-02", date(2026, 11, 30)), ("", date(2026, 11, 23)), ("next", date(2026, 11, 23)),
        ("0001-01-01", date(2026, 11, 23)), ("2026-11-23", date(2026, 11, 23)),
    ],
)  # fmt: skip
def test_a_week_is_asked_for_by_any_of_its_days(asked: str, monday: date):
    assert monday_of(asked, at=AT) == monday


def test_this_week_is_the_one_it_is_in_japan():
    assert monday_of("", at=jst("2026-11-30 00:30")) == date(2026, 11, 30)
