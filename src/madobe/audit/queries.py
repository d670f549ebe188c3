"""Reading the trail, and finding where somebody touched it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from madobe.audit.models import AuditEvent, ChainHead
from madobe.audit.rules.chain import digest


def broken_links() -> list[int]:
    """This will give the numbers at which the chain does not hold; [] when it is whole.

    A row edited, deleted, put elsewhere or added by hand breaks it; so does an end cut off.
    """
    broken: list[int] = []
    previous, expected = "", 1
    for event in AuditEvent.objects.order_by("number").iterator():
        whole = (
            event.number == expected
            and event.previous == previous
            and event.digest == digest(previous, event.sealed_values())
        )
        if not whole:
            broken.append(event.number)
        previous, expected = event.digest, event.number + 1
    head = ChainHead.objects.filter(id=1).first()
    if (head.number, head.digest) != (expected - 1, previous) if head else expected != 1:
        broken.append(expected)
    return broken


PAGE = 50


@dataclass(frozen=True)
class EventsPage:
    """Events, latest first, and the number to ask for the older ones with (None: there are none)."""

    events: list[AuditEvent]
    older: int | None


def events_page(
    *,
    by: Collection[str] = (),
    action: str = "",
    record_id: str = "",
    since: datetime | None = None,
    before_number: int | None = None,
) -> EventsPage:
    """This will give one page of the trail. `action` may be the beginning of one: "sign_in"."""
    found = AuditEvent.objects.order_by("-number")
    if by:
        found = found.filter(by__in=by)
    if action:
        found = found.filter(action__startswith=action)
    if record_id:
        found = found.filter(record_id=record_id)
    if since:
        found = found.filter(at__gte=since)
    if before_number:
        found = found.filter(number__lt=before_number)
    rows = list(found[: PAGE + 1])
    return EventsPage(rows[:PAGE], rows[PAGE - 1].number if len(rows) > PAGE else None)


def events_of(*, action: str, record_id: str) -> list[AuditEvent]:
    """This will give every event of one act upon one record, oldest first."""
    return list(AuditEvent.objects.filter(action=action, record_id=record_id).order_by("number"))


def latest_link() -> tuple[int, str]:
    """This will give the number and seal of the latest row; (0, "") while there is none."""
    head = ChainHead.objects.filter(id=1).first()
    return (head.number, head.digest) if head else (0, "")
