"""What must always hold, whatever code writes the rows."""

from datetime import date, time

import pytest
from django.db import IntegrityError

from madobe.desks.models import Desk, DutyTurn, SpecialDays
from tests.desks.calendars import jst, make_desk
from tests.factories.staff import ADA

pytestmark = pytest.mark.django_db
TEN, FIVE = jst("2026-11-24 10:00"), jst("2026-11-24 17:00")


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""}, {"reply_days": 0}, {"reply_days": 21}, {"keep_default": "forever"}, {"fact_years": 0},
        {"fact_years": 31}, {"max_open": 0}, {"night_call": "当番長"}, {"hours": ""}, {"readers": ""},
        {"opened_at": None},
    ],
)  # fmt: skip
def test_no_such_open_desk(values: dict[str, object]):
    with pytest.raises(IntegrityError):
        make_desk(**values)


def test_a_desk_in_set_up_mode_may_lack_hours_and_readers():
    make_desk(hours="", readers="", is_open=False, opened_at=None)
    assert Desk.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"first_on": date(2026, 12, 2), "last_on": date(2026, 12, 1)},
        {"kind": "open"},
        {"kind": "open", "opens_at": time(17), "closes_at": time(10)},
        {"opens_at": time(10), "closes_at": time(17)},
    ],
)
def test_no_such_special_days(values: dict[str, object]):
    day = date(2026, 12, 1)
    with pytest.raises(IntegrityError):
        SpecialDays.objects.create(desk=make_desk(), **{"first_on": day, "last_on": day} | values)


@pytest.mark.parametrize(
    "values", [{"ends_at": TEN}, {"lane": "slow"}, {"member": "見本 はな"}, {"member": ""}]
)
def test_no_such_turn(values: dict[str, object]):
    with pytest.raises(IntegrityError):
        DutyTurn.objects.create(
            **{"desk": make_desk(), "member": ADA, "starts_at": TEN, "ends_at": FIVE} | values
        )
