"""Making a desk, changing it, and the door between set-up mode and letters."""

from datetime import date, time
from uuid import uuid4

import pytest

from madobe.audit.models import AuditEvent
from madobe.desks.actions import (
    HoursNotReadable,
    NoSuchDesk,
    NotOffered,
    NotSettings,
    SetUpIsNotDone,
    StillNeeded,
    change_desk,
    close_days,
    leave_set_up_mode,
    open_desk_up,
    return_to_set_up_mode,
)
from madobe.desks.models import Desk
from tests.desks.calendars import HOURS, jst, make_desk
from tests.factories.staff import ADA

pytestmark = pytest.mark.django_db
AT = jst("2026-11-24 12:00")


def change(desk: Desk, **changes: object) -> Desk:
    return change_desk(desk_id=desk.pk, changes=changes, by=ADA, at=AT)


def trail() -> list[str]:
    return list(AuditEvent.objects.order_by("number").values_list("action", flat=True))


def test_a_new_desk_is_in_set_up_mode_with_the_usual_promises():
    desk = Desk.objects.get(pk=open_desk_up(name="まどの窓口", by=ADA, at=AT).pk)
    assert (desk.is_open, desk.hours, desk.reply_days, desk.reply_time) == (False, "", 3, time(17))
    assert (desk.quiet_from, desk.quiet_until, desk.keep_default, desk.max_open) == (time(21), time(9), "year", 25)  # fmt: skip
    assert desk.channels == ["web", "phone_log", "letter", "calendar"]
    assert trail() == ["desk.opened_up"]


def test_a_change_is_kept_and_its_fields_are_in_the_trail_without_their_words():
    desk = make_desk()
    change(desk, readers="相談員と、その上の人が読みます。", reply_days=5)
    desk.refresh_from_db()
    event = AuditEvent.objects.get(action="desk.changed")
    assert (desk.readers, desk.reply_days) == ("相談員と、その上の人が読みます。", 5)
    assert (event.by, event.record_id) == (ADA, str(desk.pk))
    assert event.detail == {"fields": ["readers", "reply_days"]}


def test_what_is_the_same_as_before_is_no_change():
    change(make_desk(), reply_days=3, hours=HOURS)
    assert trail() == []


def test_a_night_call_carries_the_day_it_was_written():
    desk = change(make_desk(), night_call="当番長（内線 000）")
    assert desk.night_call_checked_on == date(2026, 11, 24)


def test_a_night_call_taken_out_has_no_day():
    desk = change(make_desk(), night_call="当番長（内線 000）")
    assert change(desk, night_call="").night_call_checked_on is None


def test_whether_letters_arrive_is_no_setting():
    with pytest.raises(NotSettings):
        change(make_desk(is_open=False), is_open=True)


def test_hours_nobody_can_read_are_not_kept():
    desk = make_desk()
    with pytest.raises(HoursNotReadable):
        change(desk, hours="平日の昼ごろ")
    desk.refresh_from_db()
    assert desk.hours == HOURS


@pytest.mark.parametrize(
    "changes",
    [
        {"keep_choices": ["forever"]},
        {"keep_choices": ["year"], "keep_default": "three_months"},
        {"channels": ["web", "pigeon"]},
    ],
)
def test_what_is_not_offered_cannot_be_chosen(changes: dict[str, object]):
    with pytest.raises(NotOffered):
        change(make_desk(), **changes)


def test_an_open_desk_keeps_what_it_needs():
    desk = make_desk()
    with pytest.raises(StillNeeded) as refusal:
        change(desk, readers="", hours="")
    assert refusal.value.items == ["hours", "readers"]


def test_a_desk_nobody_knows_cannot_be_changed():
    with pytest.raises(NoSuchDesk):
        change_desk(desk_id=uuid4(), changes={"reply_days": 2}, by=ADA, at=AT)


def leave(desk: Desk, *, key_holders: int = 2, drill_passed: bool = True) -> Desk:
    return leave_set_up_mode(
        desk_id=desk.pk, key_holders=key_holders, drill_passed=drill_passed, by=ADA, at=AT
    )


def test_a_desk_with_everything_takes_letters_from_now_on():
    desk = leave(make_desk(is_open=False, opened_at=None))
    assert (desk.is_open, desk.opened_at, trail()) == (True, AT, ["desk.left_set_up_mode"])


def test_a_new_desk_is_told_everything_it_lacks_in_the_order_to_do_it():
    desk = open_desk_up(name="まどの窓口", settings={"has_night_duty": True}, by=ADA, at=AT)
    with pytest.raises(SetUpIsNotDone) as refusal:
        leave(desk, key_holders=1, drill_passed=False)
    assert refusal.value.items == ["hours", "readers", "night_call", "keys", "drill"]


@pytest.mark.parametrize(
    ("key_holders", "drill_passed", "lacking"),
    [(1, True, ["keys"]), (0, True, ["keys"]), (2, False, ["drill"])],
)
def test_no_letters_without_two_keys_and_the_drill(
    key_holders: int, drill_passed: bool, lacking: list[str]
):
    desk = make_desk(is_open=False)
    with pytest.raises(SetUpIsNotDone) as refusal:
        leave(desk, key_holders=key_holders, drill_passed=drill_passed)
    desk.refresh_from_db()
    assert (refusal.value.items, desk.is_open) == (lacking, False)


def test_a_desk_that_cannot_promise_an_answer_takes_no_letters():
    desk = make_desk(is_open=False)
    close_days(desk_id=desk.pk, first=AT.date(), last=date(2027, 3, 31), by=ADA, at=AT)
    with pytest.raises(SetUpIsNotDone) as refusal:
        leave(desk)
    assert refusal.value.items == ["promise"]


def test_going_back_to_set_up_mode_is_possible_and_in_the_trail():
    desk = make_desk()
    return_to_set_up_mode(desk_id=desk.pk, by=ADA, at=AT, reason="引っ越しのあいだ")
    desk.refresh_from_db()
    event = AuditEvent.objects.get()
    assert (desk.is_open, event.action, event.reason) == (False, "desk.returned_to_set_up_mode", "引っ越しのあいだ")  # fmt: skip
