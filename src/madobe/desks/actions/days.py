"""Days that differ from a desk's week."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from madobe.desks.actions.errors import DeskRefusal, locked, note
from madobe.desks.choices import DayKind
from madobe.desks.models import SpecialDays

MOST_DAYS = 366


class DaysTooMany(DeskRefusal):
    """The last day lies before the first, or more than a year after it."""


class TimesMissing(DeskRefusal):
    """A day that is open besides needs a beginning and a later end, both of that day."""


@transaction.atomic
def close_days(
    *, desk_id: UUID, first: date, last: date, reason: str = "", by: str, at: datetime
) -> SpecialDays:
    """This will close a desk from one day to another, both included. Promises made before stay as they are.

    Raises NoSuchDesk, DaysTooMany.
    """
    return _keep(desk_id, DayKind.CLOSED, first, last, None, None, reason, by, at)


@transaction.atomic
def open_besides(
    *, desk_id: UUID, day: date, opens_at: time, closes_at: time, reason: str = "", by: str, at: datetime
) -> SpecialDays:  # fmt: skip
    """This will open a desk on a day besides its week, even one that is closed. Raises NoSuchDesk, TimesMissing."""
    if opens_at >= closes_at:
        raise TimesMissing
    return _keep(desk_id, DayKind.OPEN, day, day, opens_at, closes_at, reason, by, at)


@transaction.atomic
def remove_days(*, desk_id: UUID, days_id: UUID, by: str, at: datetime) -> bool:
    """This will take special days out again; False where they were gone already. Raises NoSuchDesk."""
    desk = locked(desk_id)
    found = desk.special_days.filter(pk=days_id).first()
    if found is None:
        return False
    first, last, kind = found.first_on, found.last_on, found.kind
    found.delete()
    note("desk.days_removed", desk, by, at, kind=kind, first=first.isoformat(), last=last.isoformat())  # fmt: skip
    return True


def _keep(
    desk_id: UUID,
    kind: DayKind,
    first: date,
    last: date,
    opens_at: time | None,
    closes_at: time | None,
    reason: str,
    by: str,
    at: datetime,
) -> SpecialDays:
    if not 0 <= (last - first).days < MOST_DAYS:
        raise DaysTooMany
    desk = locked(desk_id)
    days = SpecialDays.objects.create(
        desk=desk, kind=kind, first_on=first, last_on=last, opens_at=opens_at, closes_at=closes_at,
        reason=reason[:100],
    )  # fmt: skip
    action = "desk.days_closed" if kind == DayKind.CLOSED else "desk.day_opened"
    note(action, desk, by, at, first=first.isoformat(), last=last.isoformat())
    return days
