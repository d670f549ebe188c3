"""Making cases readable again when every passphrase is lost: by the key of the house, for one member."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from madobe.vault.actions.cases import give_case
from madobe.vault.actions.groups import bury, renew_group
from madobe.vault.actions.recovery import give_all
from madobe.vault.choices import Holder
from madobe.vault.granting import in_batches
from madobe.vault.holders import shred_keys
from madobe.vault.keyring import Keyring
from madobe.vault.models import Grant, HolderKey


@dataclass(frozen=True)
class Recovered:
    """What the member opens now (`cases`, `groups`), and what nobody could give them.

    `erased`: cases without a shred key. `not_given`: cases the house was never given.
    """

    cases: int
    groups: int
    erased: int
    not_given: int


@transaction.atomic
def recover(*, by: Keyring, to: HolderKey, at: datetime) -> Recovered:
    """This will give a member every case the key of the house opens, and every duty group, with a new key.

    Whoever else holds a case keeps it. The old key of a group ends once all of its cases have gone over to the new one;
    the member admits the others. Raises KeyIsRetired.
    """
    give_all(by, to)
    groups = list(HolderKey.objects.filter(kind=Holder.DUTY, retired_at__isnull=True))
    for group in groups:
        _renew(group, by=by, to=to, at=at)
    cases = set(Grant.objects.values_list("case", flat=True))
    alive = set(shred_keys(cases))
    given = alive & set(Grant.objects.filter(holder=to).values_list("case", flat=True))
    return Recovered(len(given), len(groups), len(cases - alive), len(alive - given))


def _renew(old: HolderKey, *, by: Keyring, to: HolderKey, at: datetime) -> None:
    """Only what the group had goes over to it: a case of one counsellor alone stays theirs."""
    fresh, cases = renew_group(owner=old.owner, members=[to], at=at)
    for batch in in_batches(cases):
        for opened in by.open_all(batch).values():
            give_case(opened, to=[fresh])
    given = Grant.objects.filter(holder=fresh).values("case")
    Grant.objects.filter(holder=old, case__in=given).delete()
    bury(old)
