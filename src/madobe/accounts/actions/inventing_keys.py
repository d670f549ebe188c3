"""Invented keys for a demo. Everybody may know their words, and its sheets of paper keep nothing from anybody."""

from datetime import datetime

from django.db import transaction

from madobe.accounts.actions.inventing import invented
from madobe.accounts.actions.keys.own import COST
from madobe.accounts.readers import desk_owner, may_read
from madobe.audit.actions import record
from madobe.desks.models import Desk
from madobe.vault.actions.groups import make_group
from madobe.vault.actions.members import make_member_key
from madobe.vault.actions.recovery import drill, make_recovery
from madobe.vault.choices import Holder
from madobe.vault.holders import HOUSE, holder
from madobe.vault.rules.recovery import NEEDED

WORDS = "mado no soba de matteimasu"


@transaction.atomic
def invent_keys(*, by: str, at: datetime) -> tuple[str, ...]:
    """This will give the invented people who read a key with the words everybody knows, and invented desks theirs.

    Gives the three sheets of the demo, already tried, where they were made now; () where they had been made before.
    Call it after `invent_people` and the desks; both may grow later, and it be called again.
    """
    keys = []
    for user in [one for one in invented() if may_read(one)]:
        key = holder(Holder.MEMBER, user.actor_id)
        if key is None:
            key = make_member_key(owner=user.actor_id, passphrase=WORDS, at=at, cost=COST).holder
        keys.append(key)
    for desk in Desk.objects.filter(is_invented=True):
        if keys and holder(Holder.DUTY, desk_owner(desk.pk)) is None:
            make_group(owner=desk_owner(desk.pk), members=keys, at=at)
    if holder(Holder.RECOVERY, HOUSE) is not None:
        return ()
    sheets = make_recovery(at=at)
    drill(sheets[:NEEDED], at=at)
    record(by=by, action="demo.keys", at=at, detail={"count": len(keys)})
    return sheets
