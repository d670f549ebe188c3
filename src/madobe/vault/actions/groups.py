"""A key for whoever is on duty: what comes in is sealed to it, and each of them can use it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from nacl.public import PublicKey, SealedBox

from madobe.vault.choices import Holder
from madobe.vault.granting import hold_living, once
from madobe.vault.keyring import Keyring, NotYours
from madobe.vault.models import Grant, GroupSeal, HolderKey
from madobe.vault.rules.members import new_pair


class NobodyInTheGroup(Exception):
    """A group without members would read nothing, for ever; nothing was changed."""


class GroupHasAKey(Exception):
    """The group has a living key, made before or in this very moment by somebody else; nothing was changed."""


@transaction.atomic
def make_group(*, owner: str, members: Sequence[HolderKey], at: datetime) -> HolderKey:
    """This will make the key of a duty group. Raises NobodyInTheGroup, GroupHasAKey, KeyIsRetired."""
    if not members:
        raise NobodyInTheGroup
    hold_living(members)
    pair = new_pair()
    group = HolderKey(kind=Holder.DUTY, owner=owner, public=pair.public, made_at=at)
    try:
        with transaction.atomic():
            group.save(force_insert=True)
    except IntegrityError:
        raise GroupHasAKey from None
    for member in once(members):
        _seal(group, pair.private, member)
    return group


@transaction.atomic
def admit(*, group: HolderKey, member: HolderKey, by: Keyring) -> None:
    """This will let one more person use the key of a group; only somebody who can use it may.

    Raises NotYours, KeyIsRetired.
    """
    if group.kind != Holder.DUTY:  # one's own key is nobody else's
        raise NotYours
    private = by.private_of(group.pk)
    hold_living([group, member])
    _seal(group, private, member)


@transaction.atomic
def renew_group(
    *, owner: str, members: Sequence[HolderKey], at: datetime
) -> tuple[HolderKey, list[UUID]]:
    """This will give a duty group a new key for these members: after somebody has left it.

    Gives the new group and the cases still held by the old key; each wants `cases.renew_case`. For that the old key
    stays usable until it is `buried`: by those who stay, or by all who had it when none of them does, because what came
    in would be lost. Raises NobodyInTheGroup, GroupHasAKey, KeyIsRetired.
    """
    if not members:
        raise NobodyInTheGroup
    living = HolderKey.objects.filter(kind=Holder.DUTY, owner=owner, retired_at__isnull=True)
    old = living.select_for_update().first()
    cases: list[UUID] = []
    if old is not None:
        living.filter(pk=old.pk).update(retired_at=at)  # nothing is given to it from here on
        cases = list(Grant.objects.filter(holder=old).values_list("case", flat=True))
        seals = GroupSeal.objects.filter(group=old)
        if seals.filter(member__in=members).exists():
            seals.exclude(member__in=members).delete()
    return make_group(owner=owner, members=members, at=at), cases


@transaction.atomic
def bury(group: HolderKey) -> bool:
    """This will end the use of a retired group key once no case hangs on it. Gives whether it has ended.

    The key of a living group stays: what comes in tomorrow is sealed to it.
    """
    retired = HolderKey.objects.filter(pk=group.pk, kind=Holder.DUTY, retired_at__isnull=False)
    if not retired.exists() or Grant.objects.filter(holder=group).exists():
        return False
    GroupSeal.objects.filter(group=group).delete()
    return True


def _seal(group: HolderKey, private: bytes, member: HolderKey) -> None:
    blob = SealedBox(PublicKey(bytes(member.public))).encrypt(private)
    GroupSeal.objects.update_or_create(group=group, member=member, defaults={"blob": blob})
