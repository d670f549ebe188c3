"""A key for whoever is on duty: what comes in is sealed to it, and each of them can use it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from nacl.public import PublicKey, SealedBox

from madobe.vault.choices import Holder
from madobe.vault.holders import holder
from madobe.vault.keyring import Keyring
from madobe.vault.models import Grant, GroupSeal, HolderKey
from madobe.vault.rules.members import new_pair


class NobodyInTheGroup(Exception):
    """A group without members would read nothing, for ever; nothing was changed."""


@transaction.atomic
def make_group(*, owner: str, members: Sequence[HolderKey], at: datetime) -> HolderKey:
    """This will make the key of a duty group. Raises NobodyInTheGroup."""
    if not members:
        raise NobodyInTheGroup
    pair = new_pair()
    group = HolderKey.objects.create(kind=Holder.DUTY, owner=owner, public=pair.public, made_at=at)
    for member in members:
        _seal(group, pair.private, member)
    return group


def admit(*, group: HolderKey, member: HolderKey, by: Keyring) -> None:
    """This will let one more person use the key of a group; only somebody who can use it may. Raises NotYours."""
    _seal(group, by.private_of(group.pk), member)


@transaction.atomic
def renew_group(
    *, owner: str, members: Sequence[HolderKey], at: datetime
) -> tuple[HolderKey, list[UUID]]:
    """This will give a duty group a new key for these members: after somebody has left it.

    Gives the new group and the cases still held by the old key; each wants `cases.renew_case`. The old key stays usable
    for that until it is `buried`. Raises NobodyInTheGroup.
    """
    if not members:
        raise NobodyInTheGroup
    old = holder(Holder.DUTY, owner)
    cases: list[UUID] = []
    if old is not None:
        cases = list(Grant.objects.filter(holder=old).values_list("case", flat=True))
        HolderKey.objects.filter(pk=old.pk).update(retired_at=at)
    return make_group(owner=owner, members=members, at=at), cases


def _seal(group: HolderKey, private: bytes, member: HolderKey) -> None:
    blob = SealedBox(PublicKey(bytes(member.public))).encrypt(private)
    GroupSeal.objects.get_or_create(group=group, member=member, defaults={"blob": blob})


def bury(group: HolderKey) -> None:
    """This will end the use of a retired group key once no case hangs on it."""
    if not Grant.objects.filter(holder=group).exists():
        GroupSeal.objects.filter(group=group).delete()
