"""Who is on duty, and whom somebody calls who is alone."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from madobe.desks.choices import Lane
from madobe.desks.models import Desk, DutyTurn
from madobe.ui.staff import name_of


@dataclass(frozen=True)
class NightCall:
    """Whom a lone worker calls, and the day somebody last looked whether it is still right. "" = nobody named."""

    text: str
    checked_on: date | None


@dataclass(frozen=True)
class Turn:
    """One turn as a page shows it; `name` is "" where the account is not known."""

    id: UUID
    member: str
    name: str
    starts_at: datetime
    ends_at: datetime
    lane: str
    note: str


def on_duty(desk_id: UUID, at: datetime, *, lane: str = "") -> list[str]:
    """This will give the ids of the members on duty at a minute, each once; of one lane only where it is named."""
    turns = DutyTurn.objects.filter(desk=desk_id, starts_at__lte=at, ends_at__gt=at)
    if lane:
        turns = turns.filter(lane=Lane(lane))
    return list(dict.fromkeys(turns.values_list("member", flat=True)))


def alone_on_duty(desk_id: UUID, at: datetime, *, member: str) -> bool:
    """This will tell whether nobody but this member is on duty, whether or not they are themselves (E16)."""
    return not set(on_duty(desk_id, at)) - {member}


def when_alone(desk_id: UUID) -> NightCall:
    """This will give whom to call when alone at this desk."""
    found = Desk.objects.filter(pk=desk_id).values_list("night_call", "night_call_checked_on")
    return NightCall(*(found.first() or ("", None)))


def turns_between(desk_id: UUID, first: datetime, last: datetime) -> list[Turn]:
    """This will give the turns that touch a stretch of time (`last` not included), in order."""
    rows = DutyTurn.objects.filter(desk=desk_id, starts_at__lt=last, ends_at__gt=first)
    names = {one.member: "" for one in rows}
    names = {member: name_of(member) for member in names}
    return [
        Turn(one.pk, one.member, names[one.member], one.starts_at, one.ends_at, one.lane, one.note)
        for one in rows
    ]
