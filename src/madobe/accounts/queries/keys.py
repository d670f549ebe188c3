"""How the keys of the house stand: what is done, what is not yet, and for whom."""

from dataclasses import dataclass, field
from datetime import datetime

from madobe.accounts.choices import READING, Role
from madobe.accounts.key_tasks import count_waiting, held_by_few
from madobe.accounts.models import KeyWish, User
from madobe.accounts.queries.people import names_of
from madobe.accounts.readers import Reader, desk_owner, may_arrange, readers_for, users_of
from madobe.desks.models import Desk
from madobe.desks.queries import desks_of
from madobe.lib.actor import EVERYWHERE, Actor
from madobe.vault.choices import Holder
from madobe.vault.holders import HOUSE, holder, members_of
from madobe.vault.models import HolderKey, Installation

SETS_UP, READS = (Role.ADMIN,), READING


@dataclass(frozen=True)
class DeskKeys:
    """One desk: who holds its key, and who could."""

    desk: Desk
    group: HolderKey | None
    members: list[Reader]
    ready: list[Reader]  # may hold it and have a key of their own
    without: list[Reader]  # may hold it and have none yet; near ones only
    may_arrange: bool
    is_inside: bool  # the one who looks

    @property
    def is_enough(self) -> bool:
        """At least two people, with keys of their own."""
        return len(self.members) >= 2


@dataclass(frozen=True)
class Wish:
    """Somebody whose new key waits to be given what the old one opened."""

    wish: KeyWish
    name: str
    approver: str  # "" while nobody has confirmed that it is them
    is_mine: bool
    approved_by_me: bool


@dataclass(frozen=True)
class HouseKeys:
    """All of it, as one person sees it."""

    people: list[User]  # who read and have a key
    made_at: datetime | None
    drilled_at: datetime | None
    desks: list[DeskKeys]
    waiting: int
    alone: list[tuple[str, int]] = field(
        default_factory=list
    )  # name, how many cases only they hold
    nobodys: int = 0
    few: int = 0
    wishes: list[Wish] = field(default_factory=list)


def house_keys(actor: Actor) -> HouseKeys:
    """This will give how everything stands that somebody may see."""
    recovery, installed = holder(Holder.RECOVERY, HOUSE), Installation.objects.first()
    few = held_by_few()
    names = {
        key.pk: user.name
        for key in HolderKey.objects.filter(pk__in=[pk for pk, _ in few.alone])
        for user in users_of([key])
    }
    return HouseKeys(
        people=[one.user for one in readers_for(None) if one.key is not None],
        made_at=recovery.made_at if recovery else None,
        drilled_at=installed.drilled_at if installed and recovery else None,
        desks=[desk_keys(actor, desk) for desk in desks_seen(actor)],
        waiting=count_waiting(),
        alone=[(names[pk], count) for pk, count in few.alone if pk in names],
        nobodys=few.nobodys,
        few=few.count,
        wishes=wishes(actor),
    )


def desks_seen(actor: Actor) -> list[Desk]:
    """This will give the desks whose keys somebody may look at."""
    places = list(actor.organizations(*SETS_UP, *READS))
    return desks_of(None if EVERYWHERE in places else places)


def desk_keys(actor: Actor, desk: Desk) -> DeskKeys:
    """This will give how the key of one desk stands."""
    group = holder(Holder.DUTY, desk_owner(desk.pk))
    inside = {key.pk for key in members_of(group)} if group else set()
    readers = readers_for(desk.organization_id)
    members = [one for one in readers if one.key and one.key.pk in inside]
    return DeskKeys(
        desk=desk,
        group=group,
        members=members,
        ready=[one for one in readers if one.key and one.key.pk not in inside],
        without=[one for one in readers if one.key is None and one.is_near and not one.waits],
        may_arrange=may_arrange(actor, desk),
        is_inside=any(one.user.actor_id == actor.id for one in members),
    )


def wishes(actor: Actor) -> list[Wish]:
    """This will give who waits to be given again what an old key opened, oldest first."""
    rows = list(KeyWish.objects.select_related("user").order_by("made_at", "pk"))
    names = names_of({one.approved_by for one in rows})
    return [
        Wish(
            wish=one,
            name=one.user.name,
            approver=names.get(one.approved_by, ""),
            is_mine=one.user.actor_id == actor.id,
            approved_by_me=one.approved_by == actor.id,
        )
        for one in rows
    ]
