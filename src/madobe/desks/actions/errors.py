"""What the writes of the desks have in common: the refusal, the lock, the trail."""

from datetime import datetime
from uuid import UUID

from madobe.audit.actions import record
from madobe.desks.models import Desk


class DeskRefusal(Exception):
    """Something that cannot be done to a desk; the subclass says why."""


class NoSuchDesk(DeskRefusal):
    """There is no desk with this id."""


def locked(desk_id: UUID) -> Desk:
    """This will give a desk that nobody else changes until the transaction ends. Raises NoSuchDesk."""
    found = Desk.objects.select_for_update(no_key=True).filter(pk=desk_id).first()
    if found is None:
        raise NoSuchDesk(str(desk_id))
    return found


def note(
    action: str, desk: Desk, by: str, at: datetime, reason: str = "", **detail: object
) -> None:
    """This will write into the trail what was done to a desk: names of fields and dates, no texts."""
    record(
        by=by, action=action, at=at, table="desk", record_id=desk.pk, reason=reason[:300], detail=detail
    )  # fmt: skip
