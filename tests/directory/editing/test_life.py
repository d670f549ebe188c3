"""Published, checked, withdrawn; past its day and back again."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from madobe.audit.models import AuditEvent
from madobe.directory import queries
from madobe.directory.actions.editing import (
    LacksBeforePublishing,
    Marked,
    create_service,
    mark_stale,
    publish_service,
    verify_service,
    withdraw_service,
)
from madobe.directory.models import Card, FieldChange, FieldSource
from tests.factories.directory import make_service
from tests.factories.staff import ADA

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
WHOLE = {
    "name": "居場所",
    "when_to_use": "休みたいとき",
    "kinds": ["ibasho"],
    "areas": ["132071"],
    "source_name": "電話",
}


@pytest.mark.parametrize("lacking", ["when_to_use", "kinds", "areas", "source_name"])
def test_s1_27_an_entry_that_lacks_something_is_not_published(lacking: str):
    values = {**WHOLE, lacking: [] if lacking in ("kinds", "areas") else ""}
    service = create_service(
        values=values, organization_name="会", by=ADA, at=AT, source_name="電話"
    )
    verify_service(service_id=service.pk, by=ADA, at=AT, source_name="電話")
    with pytest.raises(LacksBeforePublishing) as refusal:
        publish_service(service_id=service.pk, by=ADA, at=AT)
    assert refusal.value.facts == (lacking,)


def test_an_entry_nobody_checked_is_not_published():
    service = create_service(
        values=WHOLE, organization_name="会", by=ADA, at=AT, source_name="電話"
    )
    with pytest.raises(LacksBeforePublishing) as refusal:
        publish_service(service_id=service.pk, by=ADA, at=AT)
    assert refusal.value.facts == ("last_verified_date",)


def test_published_and_still_unseen_while_its_operator_is_unvetted():
    service = create_service(
        values=WHOLE, organization_name="会", by=ADA, at=AT, source_name="電話"
    )
    verify_service(service_id=service.pk, by=ADA, at=AT, source_name="電話")
    publish_service(service_id=service.pk, by=ADA, at=AT)
    service.refresh_from_db()
    assert service.status == "published"
    assert queries.place(service.pk, at=AT) is None


def test_published_is_seen_when_its_operator_is_trusted():
    service = make_service(status="draft", listed=False)
    publish_service(service_id=service.pk, by=ADA, at=AT)
    assert queries.place(service.pk, at=AT) is not None


def test_withdrawn_is_gone_at_once_and_can_come_back():
    service = make_service()
    withdraw_service(service_id=service.pk, by=ADA, at=AT, reason="窓口が休み")
    assert queries.place(service.pk, at=AT) is None
    publish_service(service_id=service.pk, by=ADA, at=AT)
    assert queries.place(service.pk, at=AT) is not None
    assert {one.action for one in AuditEvent.objects.all()} == {
        "service.withdraw",
        "service.publish",
    }


def test_checked_today_by_whom_and_how():
    service = make_service(last_verified_date=date(2026, 1, 1))
    verify_service(service_id=service.pk, by=ADA, at=AT, source_name="電話で聞いた")
    service.refresh_from_db()
    assert service.last_verified_date == date(2026, 11, 26)
    change = FieldChange.objects.get()
    assert (change.field, change.old, change.new, change.source_name) == (
        "last_verified_date",
        "2026-01-01",
        "2026-11-26",
        "電話で聞いた",
    )


def test_late_in_the_evening_the_day_is_japans():
    service = make_service()
    verify_service(service_id=service.pk, by=ADA, at=datetime(2026, 11, 26, 16, 0, tzinfo=UTC))
    service.refresh_from_db()
    assert service.last_verified_date == date(2026, 11, 27)


def test_one_fact_can_be_checked_alone():
    service = make_service(last_verified_date=date(2026, 1, 1))
    verify_service(service_id=service.pk, by=ADA, at=AT, fields=["phones", "no such fact"])
    service.refresh_from_db()
    assert service.last_verified_date == date(2026, 1, 1)
    source = FieldSource.objects.get()
    assert (source.field, source.checked_date) == ("phones", date(2026, 11, 26))


def test_past_its_day_it_is_marked_and_still_shown():
    service = make_service(last_verified_date=date(2026, 5, 25))
    assert mark_stale(by="recheck", at=AT) == Marked(stale=1)
    service.refresh_from_db()
    assert service.status == "stale"
    place = queries.place(service.pk, at=AT)
    assert place is not None
    assert (place.stale, place.verified_date) == (True, date(2026, 5, 25))


@pytest.mark.parametrize(
    ("months", "verified"),
    [(1, date(2026, 10, 26)), (3, date(2026, 8, 26)), (6, date(2026, 5, 26)), (12, date(2025, 11, 26))],
)  # fmt: skip
def test_each_rhythm_turns_the_day_after_its_own(months: int, verified: date):
    make_service(recheck_months=months, last_verified_date=verified)
    assert mark_stale(by="recheck", at=AT) == Marked()
    assert mark_stale(by="recheck", at=AT + timedelta(days=1)) == Marked(stale=1)


def test_drafts_and_withdrawn_entries_are_left_alone():
    for status in ("draft", "suspended", "checked", "archived"):
        make_service(status=status, last_verified_date=date(2020, 1, 1))
    assert mark_stale(by="recheck", at=AT) == Marked()


def test_checked_since_it_stands_among_the_others_again():
    service = make_service(status="stale", last_verified_date=date(2026, 11, 20))
    assert mark_stale(by="recheck", at=AT) == Marked(fresh=1)
    service.refresh_from_db()
    assert service.status == "published"


def test_a_second_run_changes_nothing():
    service = make_service(last_verified_date=date(2020, 1, 1))
    mark_stale(by="recheck", at=AT)
    body = Card.objects.get(pk=service.pk).body
    assert mark_stale(by="recheck", at=AT) == Marked()
    assert Card.objects.get(pk=service.pk).body == body
    assert AuditEvent.objects.count() == 1


def test_the_command_says_how_many(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)
    make_service(last_verified_date=date(2020, 1, 1))
    said = StringIO()
    call_command("recheck", "--json", stdout=said)
    assert said.getvalue() == '{"stale": 1, "fresh": 0, "lapsed": 0}\n'
