"""The trail grows by one sealed row at a time, and nothing in the product can change one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from madobe.audit.actions import record
from madobe.audit.models import AuditEvent, RowsStayAsTheyAre
from madobe.audit.queries import PAGE, broken_links, events_page, latest_link

AT = datetime(2026, 11, 20, 1, 2, 3, 456789, tzinfo=UTC)


def some(count: int) -> None:
    for number in range(count):
        record(by="tests", action=f"act.{number % 3}", at=AT, record_id=number)


@pytest.mark.django_db
def test_rows_are_numbered_without_a_gap_and_each_names_the_one_before():
    some(3)
    rows = list(AuditEvent.objects.all())
    assert [row.number for row in rows] == [1, 2, 3]
    assert [row.previous for row in rows] == ["", rows[0].digest, rows[1].digest]
    assert latest_link() == (3, rows[2].digest)
    assert broken_links() == []


@pytest.mark.django_db
def test_the_seal_is_the_same_on_every_database():
    """A fixed value: a chain carried from SQLite to PostgreSQL must still hold."""
    event = record(
        by="tests",
        action="act",
        at=AT,
        table="t",
        record_id=7,
        reason="わけ",
        detail={"b": 1, "a": "あ"},
    )
    event.refresh_from_db()
    assert event.digest == "7ca4070dd6148ac13621fb44e4dc08557bb2980d4316ad423328f604373c26c0"


@pytest.mark.django_db
def test_an_act_that_is_rolled_back_leaves_no_row():
    with transaction.atomic():
        some(1)
        transaction.set_rollback(True)
    some(1)
    assert broken_links() == []
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "touch",
    [
        lambda: AuditEvent.objects.first().save(),
        lambda: AuditEvent.objects.first().delete(),
        lambda: AuditEvent.objects.update(by="nobody"),
        lambda: AuditEvent.objects.all().delete(),
        lambda: AuditEvent.objects.bulk_create([AuditEvent(number=9)]),
        lambda: AuditEvent.objects.bulk_update([AuditEvent(number=1)], ["by"]),
        lambda: AuditEvent(number=9, at=AT).save(),
    ],
)
def test_the_code_refuses_to_touch_a_row(touch):
    some(1)
    with pytest.raises(RowsStayAsTheyAre):
        touch()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_auditevent SET reason = 'nothing'",
        "DELETE FROM audit_auditevent",
        "DELETE FROM audit_auditevent WHERE number = 2",
    ],
)
def test_the_database_refuses_to_touch_a_row(sql: str):
    some(3)
    with pytest.raises(DatabaseError, match="stay as they are"), transaction.atomic():
        connection.cursor().execute(sql)
    assert broken_links() == []


# SQLite has one writer at a time and an in-memory database one connection: there the race cannot happen.
WRITERS = 20 if connection.vendor == "postgresql" else 1


@pytest.mark.django_db(transaction=True)
def test_twenty_at_one_moment_keep_the_chain_whole():
    def write(number: int) -> None:
        record(by=f"writer {number}", action="race", at=AT)
        if WRITERS > 1:
            connection.close()

    if WRITERS == 1:
        for number in range(20):
            write(number)
    else:
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(write, range(20)))
    assert broken_links() == []
    assert AuditEvent.objects.count() == 20


@pytest.mark.django_db
def test_the_trail_is_read_by_pages_without_gap_or_repeat():
    some(PAGE + 10)
    first = events_page()
    second = events_page(before_number=first.older)
    assert [event.number for event in [*first.events, *second.events]] == list(
        range(PAGE + 10, 0, -1)
    )
    assert second.older is None


@pytest.mark.django_db
def test_the_trail_is_filtered_by_action_and_record():
    some(6)
    assert [event.number for event in events_page(action="act.1").events] == [5, 2]
    assert [event.number for event in events_page(record_id="3").events] == [4]
