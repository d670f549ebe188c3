"""Out of set-up mode, and back into it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.desks.actions.errors import DeskRefusal, locked, note
from madobe.desks.models import Desk


class SetUpIsNotDone(DeskRefusal):
    """The desk lacks something; `items` are codes of `rules.set_up`, in the order to do them."""

    def __init__(self, items: list[str]) -> None:
        super().__init__(", ".join(items))
        self.items = items


@transaction.atomic
def leave_set_up_mode(
    *, desk_id: UUID, key_holders: int, drill_passed: bool, by: str, at: datetime
) -> Desk:
    """This will let letters arrive at a desk. `key_holders`: active staff keys that could open them.

    Keys and the recovery drill are the vault's to know; the caller says how they stand. Raises NoSuchDesk,
    SetUpIsNotDone. A desk that is open already stays as it is.
    """
    desk = locked(desk_id)
    if desk.is_open:
        return desk
    missing = desk.lacks(key_holders=key_holders, drill_passed=drill_passed, at=at)
    if missing:
        raise SetUpIsNotDone(missing)
    desk.is_open, desk.opened_at, desk.changed_at = True, at, at
    desk.save(update_fields=["is_open", "opened_at", "changed_at"])
    note("desk.left_set_up_mode", desk, by, at)
    return desk


@transaction.atomic
def return_to_set_up_mode(*, desk_id: UUID, by: str, at: datetime, reason: str = "") -> Desk:
    """This will let nothing new arrive at a desk; what is there stays. Raises NoSuchDesk."""
    desk = locked(desk_id)
    if desk.is_open:
        desk.is_open, desk.changed_at = False, at
        desk.save(update_fields=["is_open", "changed_at"])
        note("desk.returned_to_set_up_mode", desk, by, at, reason)
    return desk
