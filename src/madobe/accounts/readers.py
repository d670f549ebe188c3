"""Who has a key, who may hold the key of a desk, and who decides that."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from madobe.accounts.choices import READING, Role
from madobe.accounts.models import KeyWish, User
from madobe.desks.models import Desk
from madobe.desks.registry import Readiness
from madobe.lib.actor import EVERYWHERE, Actor
from madobe.vault.choices import Holder
from madobe.vault.holders import HOUSE, holder, holders, members_of
from madobe.vault.models import HolderKey, Installation


@dataclass(frozen=True)
class Reader:
    """Somebody who may read what arrives at a desk.

    - key: what they can be given something by; None while they have none, or while they wait.
    - is_near: they work for its organization, or everywhere.
    - waits: they have made a new key in place of a forgotten one, and it is not yet confirmed and given again.
    """

    user: User
    key: HolderKey | None
    is_near: bool
    waits: bool = False


def has_key(user: User) -> bool:
    """This will tell whether somebody has made a key that is theirs now."""
    return holder(Holder.MEMBER, user.actor_id) is not None


def readers_for(organization: UUID | None) -> list[Reader]:
    """This will give everybody who may hold the key of a desk of this organization (None: of none), near ones first.

    Somebody of another organization may, too: the second holder of a small desk sits at the desk it is paired with.
    """
    reading = User.objects.filter(is_active=True, memberships__role__in=READING).distinct()
    near = set(reading.filter(_near(organization)).values_list("pk", flat=True))
    users = sorted(reading, key=lambda user: (user.pk not in near, user.name, user.pk))
    keys = keys_of(users)
    waiting = set(KeyWish.objects.values_list("user", flat=True))
    return [
        Reader(
            user,
            key=None if user.pk in waiting else keys.get(user.actor_id),
            is_near=user.pk in near,
            waits=user.pk in waiting,
        )
        for user in users
    ]


def reads_anywhere(actor_id: str) -> bool:
    """This will tell whether whoever goes by this id still works here and may hold the key of some desk."""
    found = User.objects.filter(pk=UUID(actor_id.removeprefix("staff:"))).first()
    return found is not None and may_read(found)


def may_read(user: User) -> bool:
    """This will tell whether somebody may hold the key of a desk at all."""
    return user.is_active and user.memberships.filter(role__in=READING).exists()


def is_near(user: User, organization: UUID | None) -> bool:
    """This will tell whether somebody reads for this organization, or everywhere."""
    return User.objects.filter(_near(organization), pk=user.pk, is_active=True).exists()


def keys_of(users: Iterable[User]) -> dict[str, HolderKey]:
    """This will give the living keys of these people, by their actor id."""
    found = holders(Holder.MEMBER, [user.actor_id for user in users])
    return {key.owner: key for key in found}


def users_of(keys: Iterable[HolderKey]) -> list[User]:
    """This will give whose these keys of members are, by name."""
    ids = [UUID(key.owner.removeprefix("staff:")) for key in keys if key.kind == Holder.MEMBER]
    return list(User.objects.filter(pk__in=ids).order_by("name", "pk"))


def _near(organization: UUID | None) -> Q:
    # One condition on one membership: the role and the place belong together.
    place = Q(memberships__organization__isnull=True)
    if organization is not None:
        place |= Q(memberships__organization=organization)
    return Q(memberships__role__in=READING) & place


def place_of(desk: Desk) -> str:
    """This will give the organization of a desk as grants name it."""
    return str(desk.organization_id or EVERYWHERE)


def may_arrange(actor: Actor, desk: Desk) -> bool:
    """This will tell whether somebody decides who is in the duty group of a desk."""
    return actor.has(Role.ADMIN, organization=place_of(desk))


def desk_owner(desk_id: UUID) -> str:
    """This will give the owner of a desk's key."""
    return f"desk:{desk_id}"


def desk_of(group: HolderKey) -> UUID:
    """This will give the id of the desk whose key this is."""
    return UUID(group.owner.removeprefix("desk:"))


def readiness(desk_id: UUID) -> Readiness:
    """This will give how the keys of a desk stand (desks.registry)."""
    group, installed = holder(Holder.DUTY, desk_owner(desk_id)), Installation.objects.first()
    drilled = holder(Holder.RECOVERY, HOUSE) is not None and installed is not None
    return Readiness(
        key_holders=len(members_of(group)) if group else 0,
        drill_passed=bool(drilled and installed and installed.drilled_at),
    )
