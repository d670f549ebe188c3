"""Two people in the same second: nobody's words are lost, a link works once."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from madobe.audit.queries import broken_links
from madobe.directory.actions.editing import (
    ChangedMeanwhile,
    LinkNotGood,
    confirm_by_link,
    edit_service,
    make_confirmation_link,
    save_draft,
)
from madobe.directory.models import Draft, FieldChange, Service
from madobe.directory.models.facts import facts_of, fingerprint
from tests.factories.directory import make_service
from tests.factories.staff import ADA, BEN

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run acts at the same moment, each with a connection of its own; gives what each returned or raised.

    SQLite lets one writer in at a time, and the database of its tests lives in memory with one thread: there
    the acts follow one another.
    """
    if connection.vendor == "sqlite":
        return [outcome(act) for act in acts]
    gate = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        gate.wait(timeout=20)
        results[place] = outcome(act)
        connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    return results


def outcome(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except Exception as raised:
        return raised


def editing(service: Service, seen: dict[str, str], by: str, **values: Any) -> Callable[[], Any]:
    return lambda: edit_service(
        service_id=service.pk, values=values, seen=seen, by=by, at=AT, source_name="電話"
    )


def test_the_same_field_at_once_one_is_written_and_the_other_sees_both():
    service = make_service(first_visit="もと")
    seen = {name: fingerprint(value) for name, value in facts_of(service).items()}
    results = together(
        editing(service, seen, ADA, first_visit="朝から"),
        editing(service, seen, BEN, first_visit="昼から"),
    )
    (refusal,) = [one for one in results if isinstance(one, ChangedMeanwhile)]
    (conflict,) = refusal.conflicts
    service.refresh_from_db()
    assert {conflict.stored, conflict.wanted} == {"朝から", "昼から"}
    assert service.first_visit == conflict.stored
    assert FieldChange.objects.count() == 1
    assert list(broken_links()) == []


def test_different_fields_at_once_are_both_written():
    service = make_service()
    seen = {name: fingerprint(value) for name, value in facts_of(service).items()}
    both = facts_of(service)
    together(
        editing(service, seen, ADA, **{**both, "first_visit": "朝から"}),
        editing(service, seen, BEN, **{**both, "phones": [{"number": "042-000-0009"}]}),
    )
    stored = facts_of(Service.objects.get(pk=service.pk))
    assert (stored["first_visit"], stored["phones"]) == ("朝から", [{"number": "042-000-0009"}])


def test_control_without_what_was_seen_the_first_would_be_lost():
    """With each form believed to have seen what stands there now, the second writes over the first."""
    service = make_service()
    for by, text in ((ADA, "朝から"), (BEN, "昼から")):
        now = facts_of(Service.objects.get(pk=service.pk))
        editing(service, {k: fingerprint(v) for k, v in now.items()}, by, first_visit=text)()
    service.refresh_from_db()
    assert service.first_visit == "昼から"


def test_two_taps_on_one_link_check_once():
    service = make_service(last_verified_date="2026-01-01")
    link = make_confirmation_link(service_id=service.pk, by=ADA, at=AT)
    results = together(*[lambda: confirm_by_link(token=link.token, at=AT)] * 3)
    assert sum(isinstance(one, LinkNotGood) for one in results) == 2
    assert FieldChange.objects.filter(field="last_verified_date").count() == 1


def test_savings_of_one_page_at_once_end_with_the_latest():
    def saving(count: int) -> Callable[[], Any]:
        return lambda: save_draft(
            by=ADA, target="new", values={"name": [str(count)]}, page="a", count=count, at=AT
        )

    results = together(*(saving(count) for count in (3, 1, 2, 4)))
    assert not [one for one in results if isinstance(one, Exception)]
    assert Draft.objects.get().values == {"name": ["4"]}
