"""Keys of people who work here: made, unlocked, locked anew, retired."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from madobe.vault.choices import Holder
from madobe.vault.holders import holder
from madobe.vault.keyring import Keyring
from madobe.vault.models import Grant, GroupSeal, HolderKey
from madobe.vault.rules.algorithms import NotOpenedError
from madobe.vault.rules.members import Cost, held, hold, lock, new_pair, pair_of, unlock


class HasAKeyAlready(Exception):
    """Somebody has a living key; a second one is made only after the first is retired."""


class NoKeyYet(Exception):
    """Somebody has not made a key."""


class PassphraseIsNotRight(Exception):
    """The passphrase does not open the key."""


def make_member_key(
    *, owner: str, passphrase: str, at: datetime, cost: Cost | None = None
) -> Keyring:
    """This will make the key of one person, locked with their passphrase. Raises HasAKeyAlready."""
    if holder(Holder.MEMBER, owner) is not None:
        raise HasAKeyAlready
    pair = new_pair()
    key = HolderKey(kind=Holder.MEMBER, owner=owner, public=pair.public, made_at=at)
    key.locked = lock(pair.private, passphrase, member=key.pk, cost=cost)  # slow: nobody waits
    try:
        with transaction.atomic():
            key.save(force_insert=True)
    except IntegrityError:
        raise HasAKeyAlready from None
    return Keyring(key, pair.private)


def unlock_member_key(*, owner: str, passphrase: str) -> Keyring:
    """This will open somebody's key. Raises NoKeyYet, PassphraseIsNotRight."""
    key = holder(Holder.MEMBER, owner)
    if key is None or key.locked is None:
        raise NoKeyYet
    try:
        return Keyring(key, unlock(bytes(key.locked), passphrase, member=key.pk))
    except NotOpenedError:
        raise PassphraseIsNotRight from None


def change_passphrase(*, owner: str, old: str, new: str, cost: Cost | None = None) -> None:
    """This will lock a key with another passphrase; what it opens stays. Raises NoKeyYet, PassphraseIsNotRight."""
    keyring = unlock_member_key(owner=owner, passphrase=old)
    key = keyring.holder
    locked = lock(keyring.private_of(key.pk), new, member=key.pk, cost=cost)
    # A key retired meanwhile gets no private half back, and of two changes at once the second is told.
    if not HolderKey.objects.filter(pk=key.pk, locked=key.locked).update(locked=locked):
        raise PassphraseIsNotRight


def hold_keyring(keyring: Keyring) -> tuple[bytes, bytes]:
    """This will give a token for the person's cookie and a blob for their session: neither is of use alone."""
    return hold(keyring.private_of(keyring.holder.pk))


def keyring_held(*, owner: str, token: bytes, blob: bytes) -> Keyring | None:
    """This will give back a keyring that is held; None when the two do not fit, or the key was retired meanwhile."""
    key = holder(Holder.MEMBER, owner)
    if key is None:
        return None
    try:
        private = held(token, blob)
    except NotOpenedError:
        return None
    return Keyring(key, private) if pair_of(private).public == bytes(key.public) else None


@transaction.atomic
def retire_member_key(*, owner: str, at: datetime) -> list[UUID]:
    """This will end somebody's key: its private half, its grants and its place in every group are gone.

    Gives the cases it could open directly; they want a new key (`cases.renew_case`), as do the groups it was in:
    ask for those before. Commit this first, then renew each in a transaction of its own.
    """
    living = HolderKey.objects.filter(kind=Holder.MEMBER, owner=owner, retired_at__isnull=True)
    key = living.select_for_update().first()
    if key is None:
        return []
    living.filter(pk=key.pk).update(
        locked=None, retired_at=at
    )  # nothing is given to it from here on
    cases = list(Grant.objects.filter(holder=key).values_list("case", flat=True))
    Grant.objects.filter(holder=key).delete()
    GroupSeal.objects.filter(member=key).delete()
    return cases
