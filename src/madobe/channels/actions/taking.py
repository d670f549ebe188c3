"""Taking in what a channel brings, once."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.utils.crypto import salted_hmac

from madobe.channels import registry
from madobe.channels.models import Arrival
from madobe.channels.rules.incoming import Incoming

KEPT = timedelta(days=90)  # a host hands the same thing over again within hours, at worst days


class Outcome(StrEnum):
    """What became of it. Only LEFT means: keep it where it is and bring it again."""

    TAKEN = "taken"
    KNOWN = "known"  # taken before
    LEFT = "left"


def take_in(*, incoming: Incoming, desk: str, at: datetime) -> Outcome:
    """This will hand it to the floor above and note its arrival, both or neither.

    LEFT when nobody takes it. What the floor above raises goes through, and nothing is noted.
    """
    handler = registry.incoming_handler()
    if handler is None:
        return Outcome.LEFT
    day = at.date()
    with transaction.atomic():
        Arrival.objects.filter(day__lt=day - KEPT).delete()
        # A second process with the same letter waits here for the first one's transaction.
        arrival, is_new = Arrival.objects.get_or_create(
            channel=incoming.channel,
            digest=_digest(incoming.foreign_id),
            defaults={"day": day},
        )
        if not is_new:
            if arrival.day != day:  # still handed over: remembered 90 days from today
                Arrival.objects.filter(pk=arrival.pk).update(day=day)
            return Outcome.KNOWN
        if handler(incoming, desk):
            return Outcome.TAKEN
        transaction.set_rollback(True)
    return Outcome.LEFT


def _digest(foreign_id: str) -> bytes:
    # Keyed: whoever reads this table cannot try out a Message-ID they know from elsewhere.
    return salted_hmac("madobe.channels.arrival", foreign_id, algorithm="sha256").digest()
