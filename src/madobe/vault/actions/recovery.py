"""The key of the house on paper: made once, tried before anything is opened with it, used when all else is lost."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from madobe.vault.choices import Holder
from madobe.vault.holders import HOUSE, holder
from madobe.vault.installed import installation
from madobe.vault.keyring import Keyring
from madobe.vault.models import HolderKey, Installation
from madobe.vault.rules.members import new_pair, pair_of
from madobe.vault.rules.recovery import joined, split


class SharesAreOfAnotherHouse(Exception):
    """The shares fit together, and not to the key of this installation."""


class NoRecoveryKey(Exception):
    """No recovery sheets were made yet."""


@transaction.atomic
def make_recovery(*, at: datetime) -> tuple[str, ...]:
    """This will make the recovery key and give its three shares: shown once, printed, kept nowhere here.

    Sheets made before are worth nothing for what is sealed from now on.
    """
    HolderKey.objects.filter(kind=Holder.RECOVERY, retired_at__isnull=True).update(retired_at=at)
    installation()
    Installation.objects.update(drilled_at=None)
    pair = new_pair()
    HolderKey.objects.create(kind=Holder.RECOVERY, owner=HOUSE, public=pair.public, made_at=at)
    return split(pair.private)


def recovery_keyring(shares: Iterable[str]) -> Keyring:
    """This will give the keyring of the house from two of its sheets.

    Raises SharesDoNotFitError, SharesAreOfAnotherHouse, NoRecoveryKey.
    """
    key = holder(Holder.RECOVERY, HOUSE)
    if key is None:
        raise NoRecoveryKey
    private = joined(shares)
    if pair_of(private).public != bytes(key.public):
        raise SharesAreOfAnotherHouse
    return Keyring(key, private)


def drill(shares: Iterable[str], *, at: datetime) -> None:
    """This will note that two sheets were read back and are the right ones. Raises as `recovery_keyring`."""
    recovery_keyring(shares)
    Installation.objects.update(drilled_at=at)
