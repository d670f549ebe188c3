"""Who answers at a desk, and who of them holds the key of a thread besides the one who answers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q

from madobe.accounts.choices import Role
from madobe.accounts.models import Membership
from madobe.accounts.readers import readers_for
from madobe.consult.choices import State
from madobe.consult.models import ChangeRequest, Consultation, DeskTrainee
from madobe.desks.models import Desk
from madobe.desks.queries import on_duty
from madobe.vault.choices import Holder
from madobe.vault.holders import HOUSE, holder, holders, members_of
from madobe.vault.models import HolderKey

HELD: Final = (State.WAITING_STAFF, State.WAITING_PERSON)  # what counts as work in hand


@dataclass(frozen=True)
class Colleague:
    """Somebody who answers at a desk. `id` is an `Actor.id`; `held`: threads in hand there."""

    id: str
    name: str
    is_coordinator: bool
    has_key: bool
    held: int


def colleagues(desk: Desk) -> list[Colleague]:
    """This will give who answers at a desk, by name: a list of people is never a list by numbers.

    Those who work for its organization or everywhere, and whoever of a paired desk is in its duty group. A key that
    waits to be confirmed is none yet.
    """
    group = holder(Holder.DUTY, f"desk:{desk.pk}")
    paired = {one.owner for one in members_of(group)} if group else set()
    found = [
        one
        for one in readers_for(desk.organization_id)
        if one.is_near or one.user.actor_id in paired
    ]
    leading = _coordinating(desk)
    held = held_by(desk, [one.user.actor_id for one in found])
    return sorted(
        (
            Colleague(
                id=one.user.actor_id,
                name=one.user.name,
                is_coordinator=one.user.actor_id in leading,
                has_key=one.key is not None,
                held=held.get(one.user.actor_id, 0),
            )
            for one in found
        ),
        key=lambda one: (one.name, one.id),
    )


def answers_at(desk: Desk, member: str) -> bool:
    """This will tell whether somebody answers at a desk now."""
    return any(one.id == member for one in colleagues(desk))


def _coordinating(desk: Desk) -> set[str]:
    rows = Membership.objects.filter(
        Q(organization=desk.organization_id) | Q(organization__isnull=True), role=Role.COORDINATOR
    )
    return {one.user.actor_id for one in rows.select_related("user")}


def held_by(desk: Desk, members: Collection[str]) -> dict[str, int]:
    """This will give how many threads each of them has in hand at a desk; resting ones are no work."""
    rows = Consultation.objects.filter(
        desk=desk, owner__in=list(members), state__in=HELD, erasing=""
    )
    return dict(rows.order_by().values_list("owner").annotate(Count("pk")))


def is_learning(desk: Desk, member: str) -> bool:
    """This will tell whether a colleague looks at somebody's answers before they go out."""
    return DeskTrainee.objects.filter(desk=desk, member=member).exists()


def left_behind(thread: Consultation) -> set[str]:
    """This will give who answered here until the person wished for somebody else: they read nothing any more."""
    settled = ChangeRequest.objects.filter(consultation=thread, settled_date__isnull=False)
    return set(settled.exclude(owner_then="").values_list("owner_then", flat=True))


def duty_readers(thread: Consultation) -> list[HolderKey]:
    """This will give who reads what waits for whoever is on duty: the group, or those of it who are left."""
    group = holder(Holder.DUTY, f"desk:{thread.desk_id}")
    if group is None:
        return []
    members, gone = members_of(group), left_behind(thread)
    if not any(one.owner in gone for one in members):
        return [group]
    return [one for one in members if one.owner not in gone]


def house() -> list[HolderKey]:
    """This will give the key of the house on paper."""
    return holders(Holder.RECOVERY, [HOUSE])


def beside(thread: Consultation, *, owner: str, wished: str = "", at: datetime) -> str:
    """This will choose who holds a key besides the owner: the one wished for, else who coordinates, who is on duty,
    or anybody of the desk with a key. "": there is nobody.
    """
    gone = left_behind(thread) | {owner}
    fitting = [one for one in colleagues(thread.desk) if one.has_key and one.id not in gone]
    duty = on_duty(thread.desk_id, at)
    by_fitness = sorted(
        fitting, key=lambda one: (one.id != wished, not one.is_coordinator, one.id not in duty)
    )
    return by_fitness[0].id if by_fitness else ""


def readers_with(thread: Consultation, *, owner: str, other: str) -> Sequence[HolderKey]:
    """This will give everybody who is to hold the key of an assigned thread.

    Danger stays with whoever is on duty too; so does a thread nobody else could open.
    """
    found = holders(Holder.MEMBER, [one for one in (owner, other) if one])
    if thread.is_urgent or len(found) < 2:
        found += [one for one in duty_readers(thread) if one not in found]
    return [*found, *house()]
