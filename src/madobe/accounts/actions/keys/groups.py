"""The key of a desk: begun for two people who read there, given to a third, renewed without somebody."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.accounts.actions.roles import NotYoursToGive
from madobe.accounts.readers import Reader, desk_owner, may_arrange, readers_for, readiness
from madobe.audit.actions import record
from madobe.desks.actions import NoSuchDesk, leave_set_up_mode
from madobe.desks.models import Desk
from madobe.desks.queries import the_desk
from madobe.lib.actor import Actor
from madobe.vault.actions import groups
from madobe.vault.choices import Holder
from madobe.vault.holders import holder, members_of
from madobe.vault.keyring import Keyring
from madobe.vault.models import HolderKey

FEWEST = 2


class NotAReader(Exception):
    """Somebody who neither counsels nor coordinates, has no key, or waits for a new one to be confirmed: they get none."""


class TooFew(Exception):
    """Fewer than two people would hold the key, or nobody of the desk itself; nothing was changed."""


class NoGroupYet(Exception):
    """The desk has no key yet."""


@transaction.atomic
def begin_group(*, desk_id: UUID, users: Collection[UUID], by: Actor, at: datetime) -> None:
    """This will make the key of a desk for these people, by their public keys: whoever arranges it cannot use it.

    Raises NoSuchDesk, NotYoursToGive, NotAReader, TooFew, GroupHasAKey.
    """
    desk = _arranged(desk_id, by)
    chosen = [_reader(desk, user) for user in set(users)]
    if len(chosen) < FEWEST or not any(one.is_near for one in chosen):
        raise TooFew
    owner = desk_owner(desk.pk)
    group = groups.make_group(owner=owner, members=[key for _, key in _keyed(chosen)], at=at)
    _written("desk_key.begin", group, by=by, at=at, people=[one.user.actor_id for one in chosen])


@transaction.atomic
def admit(*, desk_id: UUID, user_id: UUID, keyring: Keyring, by: Actor, at: datetime) -> None:
    """This will give the key of a desk to one person more; only somebody who holds it can.

    Raises NoSuchDesk, NoGroupYet, NotAReader, NotYours, KeyIsRetired.
    """
    desk = _desk(desk_id)
    one = _reader(desk, user_id)
    group = _group(desk)
    for _, key in _keyed([one]):
        groups.admit(group=group, member=key, by=keyring)
    _written("desk_key.admit", group, by=by, at=at, people=[one.user.actor_id])


@transaction.atomic
def dismiss(*, desk_id: UUID, user_id: UUID, by: Actor, at: datetime) -> None:
    """This will give a desk a new key, without one of the people. Its cases want new keys then.

    Raises NoSuchDesk, NotYoursToGive, NoGroupYet, NobodyInTheGroup.
    """
    desk = _arranged(desk_id, by)
    group = _group(desk)
    gone = f"staff:{user_id}"
    stay = [key for key in members_of(group) if key.owner != gone]
    fresh, cases = groups.renew_group(owner=group.owner, members=stay, at=at)
    _written("desk_key.dismiss", fresh, by=by, at=at, people=[gone], cases=len(cases))


@transaction.atomic
def renew(*, desk_id: UUID, by: Actor, at: datetime) -> None:
    """This will give a desk a new key for the same people. Raises NoSuchDesk, NotYoursToGive, NoGroupYet, …"""
    group = _group(_arranged(desk_id, by))
    fresh, cases = groups.renew_group(owner=group.owner, members=members_of(group), at=at)
    _written("desk_key.renew", fresh, by=by, at=at, cases=len(cases))


@transaction.atomic
def open_desk(*, desk_id: UUID, by: Actor, at: datetime) -> None:
    """This will let letters arrive at a desk, once two people hold its key and the sheets were tried.

    Raises NoSuchDesk, NotYoursToGive; desks' SetUpIsNotDone.
    """
    desk, keys = _arranged(desk_id, by), readiness(desk_id)
    leave_set_up_mode(
        desk_id=desk.pk,
        key_holders=keys.key_holders,
        drill_passed=keys.drill_passed,
        by=by.id,
        at=at,
    )


def _desk(desk_id: UUID) -> Desk:
    desk = the_desk(desk_id)
    if desk is None:
        raise NoSuchDesk(str(desk_id))
    return desk


def _arranged(desk_id: UUID, by: Actor) -> Desk:
    desk = _desk(desk_id)
    if not may_arrange(by, desk):
        raise NotYoursToGive
    return desk


def _group(desk: Desk) -> HolderKey:
    group = holder(Holder.DUTY, desk_owner(desk.pk))
    if group is None:
        raise NoGroupYet
    return group


def _reader(desk: Desk, user_id: UUID) -> Reader:
    for one in readers_for(desk.organization_id):
        if one.user.pk == user_id and one.key is not None:
            return one
    raise NotAReader


def _keyed(readers: list[Reader]) -> list[tuple[Reader, HolderKey]]:
    return [(one, one.key) for one in readers if one.key is not None]


def _written(action: str, group: HolderKey, *, by: Actor, at: datetime, **detail: object) -> None:
    record(
        by=by.id,
        action=action,
        at=at,
        table="holderkey",
        record_id=group.pk,
        detail={"desk": group.owner, **detail},
    )
