"""The key of the house on paper: three sheets, of which two open what nobody's key opens any more."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from madobe.accounts.actions.roles import NotYoursToGive
from madobe.accounts.choices import Role
from madobe.audit.actions import record
from madobe.lib.actor import Actor
from madobe.vault.actions import recovery


@transaction.atomic
def make_sheets(*, by: Actor, at: datetime) -> tuple[str, ...]:
    """This will make the three sheets, shown once and kept nowhere; sheets made before are old from now on.

    Cases held by the old key want a new one (key_tasks). Raises NotYoursToGive.
    """
    if not by.has(Role.ADMIN):
        raise NotYoursToGive
    sheets = recovery.make_recovery(at=at)
    record(by=by.id, action="recovery.make", at=at, detail={"sheets": len(sheets)})
    return sheets


@transaction.atomic
def read_back(*, sheets: Sequence[str], by: Actor, at: datetime) -> None:
    """This will note that two sheets were typed back and are the ones of now.

    Raises NotYoursToGive, SharesDoNotFitError, SharesAreOfAnotherHouse, SharesAreOld, NoRecoveryKey.
    """
    if not by.has(Role.ADMIN):
        raise NotYoursToGive
    recovery.drill(sheets, at=at)
    record(by=by.id, action="recovery.drill", at=at)
