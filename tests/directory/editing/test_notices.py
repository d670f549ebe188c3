"""Short notices end by themselves; whether there is room stands before anything else."""

from datetime import UTC, date, datetime, timedelta

import pytest

from madobe.directory import queries
from madobe.directory.actions.editing import set_alert, set_availability, withdraw_alert
from madobe.directory.models import FieldChange, Service
from madobe.directory.rules.place import Alert
from tests.factories.directory import make_service
from tests.factories.staff import ADA

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 26)


def alerts(service: Service, at: datetime = AT) -> tuple[Alert, ...]:
    place = queries.place(service.pk, at=at)
    assert place is not None
    return place.alerts


def resting(service: Service, ends: date | None):
    return set_alert(
        service_id=service.pk,
        kind="resting",
        text="年末はお休みです",
        starts_date=TODAY,
        ends_date=ends,
        by=ADA,
        at=AT,
    )


def test_a_notice_is_shown_until_its_last_day_and_not_after():
    service = make_service()
    resting(service, date(2026, 11, 28))
    assert alerts(service) == (Alert("resting", "年末はお休みです", TODAY, date(2026, 11, 28)),)
    last_minute = datetime(2026, 11, 28, 14, 59, tzinfo=UTC)  # 23:59 in Japan
    assert len(alerts(service, last_minute)) == 1
    assert alerts(service, last_minute + timedelta(minutes=1)) == ()


def test_without_a_last_day_it_stays_until_withdrawn():
    service = make_service()
    alert = resting(service, None)
    assert len(alerts(service, AT + timedelta(days=400))) == 1
    withdraw_alert(alert_id=alert.pk, by=ADA, at=AT)
    assert alerts(service) == ()
    withdraw_alert(alert_id=alert.pk, by=ADA, at=AT)
    assert [
        one.new and one.new["kind"] for one in FieldChange.objects.filter(field="alerts")
    ].count("resting") == 1


def test_s0_20_full_with_its_waiting_list_and_next_place():
    service = make_service()
    set_availability(
        service_id=service.pk,
        availability="full",
        note="順番待ち3人。つぎは1月",
        capacity=12,
        by=ADA,
        at=AT,
    )
    place = queries.place(service.pk, at=AT)
    assert place is not None
    assert (place.availability, place.availability_note, place.capacity) == (
        "full",
        "順番待ち3人。つぎは1月",
        12,
    )
    assert place.availability_date == TODAY
    assert {one.field for one in FieldChange.objects.all()} == {
        "availability",
        "availability_note",
        "availability_date",
        "capacity",
    }


def test_the_same_word_on_the_same_day_leaves_no_trace():
    service = make_service()
    for _time in range(2):
        set_availability(
            service_id=service.pk, availability="open", note="", capacity=None, by=ADA, at=AT
        )
    assert FieldChange.objects.filter(field="availability").count() == 1
