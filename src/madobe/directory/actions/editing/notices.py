"""Word of the moment: short notices that end by themselves, and whether there is room (S0-20)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from madobe.audit.actions import record
from madobe.directory.actions.editing.trail import Word, locked, remember
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.models import Service, ServiceAlert


@transaction.atomic
def set_alert(
    *,
    service_id: UUID,
    kind: str,
    text: str,
    starts_date: date,
    ends_date: date | None,
    by: str,
    at: datetime,
) -> ServiceAlert:
    """This will put a short notice beside an entry until its last day, or until somebody withdraws it."""
    service = locked(service_id)
    alert = ServiceAlert.objects.create(
        service=service, kind=kind, text=text, starts_date=starts_date, ends_date=ends_date, by=by, at=at
    )  # fmt: skip
    _finish(service, None, _said(alert), "service.alert", Word(by, at))
    return alert


@transaction.atomic
def withdraw_alert(*, alert_id: UUID, by: str, at: datetime) -> ServiceAlert:
    """This will take a notice away before its last day. A second time changes nothing."""
    alert = ServiceAlert.objects.select_for_update().get(pk=alert_id)
    if alert.withdrawn_at is None:
        service = locked(alert.service_id)
        alert.withdrawn_at, alert.withdrawn_by = at, by
        alert.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _finish(service, _said(alert), None, "service.alert_withdraw", Word(by, at))
    return alert


@transaction.atomic
def set_availability(
    *,
    service_id: UUID,
    availability: str,
    note: str,
    capacity: int | None,
    by: str,
    at: datetime,
) -> Service:
    """This will say whether there is room today, and how one waits or when the next place opens."""
    service, word = locked(service_id), Word(by, at)
    wanted = {
        "availability": availability,
        "availability_note": note,
        "availability_date": word.today if availability else None,
        "capacity": capacity,
    }
    changes = {
        name: (_plain(getattr(service, name)), _plain(value))
        for name, value in wanted.items()
        if getattr(service, name) != value
    }
    if not changes:
        return service
    for name, value in wanted.items():
        setattr(service, name, value)
    service.updated_at = at
    service.save(update_fields=[*wanted, "updated_at"])
    remember(service, changes, word)
    record(
        by=by, at=at, action="service.availability", table="service", record_id=service.pk,
        detail={"availability": availability},
    )  # fmt: skip
    refresh_listing(services=[service.pk], at=at)
    return service


def _finish(service: Service, old: object, new: object, action: str, word: Word) -> None:
    remember(service, {"alerts": (old, new)}, word, is_fact=False)
    record(by=word.by, at=word.at, action=action, table="service", record_id=service.pk)
    refresh_listing(services=[service.pk], at=word.at)


def _said(alert: ServiceAlert) -> dict[str, str]:
    said = {
        "kind": alert.kind,
        "text": alert.text,
        "starts_date": alert.starts_date.isoformat(),
        "ends_date": alert.ends_date.isoformat() if alert.ends_date else "",
    }
    return {name: value for name, value in said.items() if value}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
