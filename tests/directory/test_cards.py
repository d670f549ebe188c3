"""The text of a card depends on what is written, never on the order in which the database gives its rows."""

from datetime import UTC, datetime

import pytest

from madobe.directory.actions.listing import refresh_listing
from madobe.directory.models import Card, Schedule
from tests.factories.directory import make_service

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)


def test_rows_alike_in_all_that_orders_them_stand_the_same_after_being_written_again():
    alike = [
        {"byday": "TU", "opens_at": "09:00", "closes_at": closes}
        for closes in ("10:30", "17:00", "09:30", "12:00", "16:00")
    ]
    service = make_service(schedules=alike)
    before = Card.objects.get(service=service).body
    rows = list(Schedule.objects.filter(service=service))
    for row in rows:
        row.delete()
    for place in (3, 0, 4, 1, 2):
        Schedule(
            **{f.attname: getattr(rows[place], f.attname) for f in Schedule._meta.concrete_fields}
        ).save(force_insert=True)
    refresh_listing(services=[service.pk], at=AT)
    assert Card.objects.get(service=service).body == before
