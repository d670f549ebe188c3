"""Who is on duty when."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from madobe.desks.actions.errors import DeskRefusal, locked, note
from madobe.desks.choices import Lane
from madobe.desks.models import DutyTurn

LONGEST = timedelta(hours=36)  # a night between two days is 24 hours; longer is a slip of the pen


class TurnOutOfOrder(DeskRefusal):
    """A turn ends after it begins."""


class TurnTooLong(DeskRefusal):
    """Nobody is on duty for longer than a day and a half."""


class OnDutyAlready(DeskRefusal):
    """This person has this turn, or one that overlaps it, in the same lane."""


@transaction.atomic
def plan_turn(
    *,
    desk_id: UUID,
    member: str,
    starts_at: datetime,
    ends_at: datetime,
    lane: str = Lane.GENERAL,
    note_text: str = "",
    by: str,
    at: datetime,
) -> DutyTurn:
    """This will put somebody ("staff:<uuid>") on duty. Turns of different people may overlap, and should.

    Raises NoSuchDesk, TurnOutOfOrder, TurnTooLong, OnDutyAlready.
    """
    if ends_at <= starts_at:
        raise TurnOutOfOrder
    if ends_at - starts_at > LONGEST:
        raise TurnTooLong
    desk = locked(desk_id)
    if desk.turns.filter(
        member=member, lane=lane, starts_at__lt=ends_at, ends_at__gt=starts_at
    ).exists():
        raise OnDutyAlready
    turn = DutyTurn.objects.create(
        desk=desk, member=member, starts_at=starts_at, ends_at=ends_at, lane=Lane(lane), note=note_text[:100]
    )  # fmt: skip
    note("desk.turn_planned", desk, by, at, member=member, starts_at=starts_at.isoformat())
    return turn


@transaction.atomic
def remove_turn(*, desk_id: UUID, turn_id: UUID, by: str, at: datetime) -> bool:
    """This will take a turn out; False where it was gone already. Raises NoSuchDesk."""
    desk = locked(desk_id)
    found = desk.turns.filter(pk=turn_id).first()
    if found is None:
        return False
    member, starts_at = found.member, found.starts_at
    found.delete()
    note("desk.turn_removed", desk, by, at, member=member, starts_at=starts_at.isoformat())
    return True
