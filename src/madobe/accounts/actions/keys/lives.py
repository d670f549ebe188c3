"""What becomes of a key when somebody leaves, reads no more, or forgets its words."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.accounts.actions.keys.own import make_key
from madobe.accounts.models import KeyTask, KeyWish, User
from madobe.accounts.readers import desk_of, is_near, may_read
from madobe.audit.actions import record
from madobe.desks.actions import NoSuchDesk, return_to_set_up_mode
from madobe.desks.queries import the_desk
from madobe.lib.actor import Actor
from madobe.vault.actions import cases, groups, members
from madobe.vault.choices import Holder
from madobe.vault.granting import in_batches
from madobe.vault.holders import CaseIsGone, holder, members_of, shred_keys
from madobe.vault.keyring import Keyring
from madobe.vault.models import HolderKey


class NoWish(Exception):
    """Nobody waits for this any more."""


class TwoPeople(Exception):
    """Whoever asks, whoever confirms it is them and whoever gives are three people; nothing was changed."""


class ReadsNoMore(Exception):
    """They neither counsel nor coordinate now: nothing is given to them."""


class NotConfirmed(Exception):
    """Nobody has confirmed yet that it is them."""


@transaction.atomic
def end_key(*, user: User, by: str, at: datetime) -> None:
    """This will end the key of somebody who leaves: nothing of it opens anything from here on.

    Duty groups they were in get a new key at once; the cases they held want one (key_tasks).
    """
    key = holder(Holder.MEMBER, user.actor_id)
    KeyWish.objects.filter(user=user).delete()
    if key is None:
        return
    mine = _groups_of(key)
    held = members.retire_member_key(owner=user.actor_id, at=at)
    _note(held, at=at)
    desks = [_without(group, by=by, at=at) for group in mine]
    record(
        by=by,
        action="key.end",
        at=at,
        table="user",
        record_id=user.pk,
        detail={"cases": len(held), "desks": desks},
    )


@transaction.atomic
def leave_groups(*, user: User, organization: UUID | None, by: str, at: datetime) -> None:
    """This will take from somebody the keys of the desks they no longer work for, after a change of their roles there.

    `organization`: where the roles were changed (None: everywhere). Where nobody else holds the key it stays with them
    until somebody is admitted: what came in would be lost.
    """
    key = holder(Holder.MEMBER, user.actor_id)
    for group in [] if key is None else _groups_of(key):
        desk = the_desk(desk_of(group))
        place = desk.organization_id if desk else None
        stay = [one for one in members_of(group) if key is not None and one.pk != key.pk]
        if organization not in {None, place} or is_near(user, place) or not stay:
            continue
        fresh, held = groups.renew_group(owner=group.owner, members=stay, at=at)
        record(
            by=by,
            action="desk_key.dismiss",
            at=at,
            table="holderkey",
            record_id=fresh.pk,
            detail={"desk": group.owner, "people": [user.actor_id], "cases": len(held)},
        )


def make_key_anew(*, user: User, passphrase: str, at: datetime) -> Keyring:
    """This will make a new key for somebody who has forgotten the words of the old one, and end that.

    What the old one opened is noted: it is given again by two colleagues (`approve`, `give_again`), and by nothing else.
    """
    with transaction.atomic():
        key = holder(Holder.MEMBER, user.actor_id)
        if key is not None:
            owners = {group.owner for group in _groups_of(key)}
            held = members.retire_member_key(owner=user.actor_id, at=at)
            wish, _ = KeyWish.objects.get_or_create(user=user, defaults={"made_at": at})
            wish.cases = sorted({*wish.cases, *map(str, held)})
            wish.groups = sorted({*wish.groups, *owners})
            wish.made_at, wish.approved_by, wish.approved_at = at, "", None
            wish.save()
            record(
                by=user.actor_id,
                action="key.forgotten",
                at=at,
                table="user",
                record_id=user.pk,
                detail={"cases": len(held), "desks": sorted(owners)},
            )
        return make_key(user=user, passphrase=passphrase, at=at)


@transaction.atomic
def approve(*, wish_id: UUID, by: Actor, at: datetime) -> None:
    """This will note that somebody has made sure it is them. Raises NoWish; TwoPeople for oneself."""
    wish = _wish(wish_id)
    if wish.user.actor_id == by.id:
        raise TwoPeople
    wish.approved_by, wish.approved_at = by.id, at
    wish.save(update_fields=["approved_by", "approved_at"])
    record(by=by.id, action="key.confirmed", at=at, table="user", record_id=wish.user_id)


@transaction.atomic
def give_again(*, wish_id: UUID, keyring: Keyring, by: Actor, at: datetime) -> int:
    """This will give somebody's new key what the giver can open of what the old one opened. Gives how much is left.

    Raises NoWish, NotConfirmed, TwoPeople, ReadsNoMore, KeyIsRetired.
    """
    wish = _wish(wish_id)
    if not wish.approved_by:
        raise NotConfirmed
    if by.id in {wish.user.actor_id, wish.approved_by} or keyring.holder.owner != by.id:
        raise TwoPeople
    key = holder(Holder.MEMBER, wish.user.actor_id)
    if key is None or not may_read(wish.user):
        raise ReadsNoMore
    wanted = [UUID(case) for case in wish.cases]
    given = _give(keyring, wanted, key)
    admitted = _admit(keyring, wish.groups, key)
    there = _there(wanted)
    wish.cases = [str(case) for case in wanted if case in there and case not in given]
    wish.groups = [owner for owner in wish.groups if owner not in admitted]
    record(
        by=by.id,
        action="key.given_again",
        at=at,
        table="user",
        record_id=wish.user_id,
        detail={
            "cases": len(given),
            "desks": sorted(admitted),
            "confirmed_by": wish.approved_by,
        },
    )
    left = len(wish.cases) + len(wish.groups)
    if left:
        wish.save(update_fields=["cases", "groups"])
    else:
        wish.delete()
    return left


def _give(keyring: Keyring, wanted: list[UUID], key: HolderKey) -> set[UUID]:
    given = set()
    for batch in in_batches(wanted):
        for case, opened in keyring.open_all(batch).items():
            with suppress(CaseIsGone):
                cases.give_case(opened, to=[key])
                given.add(case)
    return given


def _there(wanted: list[UUID]) -> set[UUID]:
    return {case for batch in in_batches(wanted) for case in shred_keys(batch)}


def _admit(keyring: Keyring, owners: Iterable[str], key: HolderKey) -> set[str]:
    mine = keyring.private_keys()
    admitted = set()
    for owner in owners:
        group = holder(Holder.DUTY, owner)
        if group is not None and group.pk in mine:
            groups.admit(group=group, member=key, by=keyring)
            admitted.add(owner)
    return admitted


def _wish(wish_id: UUID) -> KeyWish:
    wish = KeyWish.objects.select_for_update().filter(pk=wish_id).first()
    if wish is None:
        raise NoWish
    return wish


def _groups_of(key: HolderKey) -> list[HolderKey]:
    return list(
        HolderKey.objects.filter(kind=Holder.DUTY, retired_at__isnull=True, seals__member=key)
    )


def _without(group: HolderKey, *, by: str, at: datetime) -> str:
    """A new key for those who stay. Where nobody does, nothing is sealed to it any more and the desk takes no letters."""
    stay = members_of(group)
    if stay:
        groups.renew_group(owner=group.owner, members=stay, at=at)
        return group.owner
    HolderKey.objects.filter(pk=group.pk).update(retired_at=at)
    with suppress(NoSuchDesk):
        return_to_set_up_mode(desk_id=desk_of(group), by=by, at=at, reason="nobody holds its key")
    return group.owner


def _note(held: Iterable[UUID], *, at: datetime) -> None:
    KeyTask.objects.bulk_create(
        [KeyTask(case=case, noted_at=at) for case in held], ignore_conflicts=True
    )
