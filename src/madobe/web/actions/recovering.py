"""The operator's last way: two of three sheets give one member everything that can still be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from madobe.accounts.models import User
from madobe.audit.actions import record
from madobe.vault.actions.recovering import Recovered, recover
from madobe.vault.actions.recovery import recovery_keyring
from madobe.vault.choices import Holder
from madobe.vault.holders import holder
from madobe.vault.models import HolderKey


class NobodyOfThatAddress(Exception):
    """Nobody with this e-mail address works here."""


class HasNoKeyYet(Exception):
    """They work here and have not made a key to give anything to."""


@dataclass(frozen=True)
class Receiver:
    """Who gets everything, and how many others have a living key, whose passphrase may not be lost at all."""

    name: str
    key: HolderKey
    others: int


def receiver(email: str) -> Receiver:
    """This will find the member who is to get everything. Raises NobodyOfThatAddress, HasNoKeyYet."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise NobodyOfThatAddress
    key = holder(Holder.MEMBER, user.actor_id)
    if key is None:
        raise HasNoKeyYet
    living = HolderKey.objects.filter(kind=Holder.MEMBER, retired_at__isnull=True)
    return Receiver(user.name, key, living.exclude(pk=key.pk).count())


@transaction.atomic
def recover_for(*, to: Receiver, sheets: Iterable[str], by: str, at: datetime) -> Recovered:
    """This will give a member every case and duty group, and write that into the trail.

    Raises SharesDoNotFitError, SharesAreOfAnotherHouse, NoRecoveryKey; nothing was changed then.
    """
    done = recover(by=recovery_keyring(sheets), to=to.key, at=at)
    record(
        by=by,
        action="keys.recover",
        at=at,
        table="holderkey",
        record_id=to.key.pk,
        detail={"cases": done.cases, "groups": done.groups},
    )
    return done
