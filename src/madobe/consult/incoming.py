"""What channels hand over: the outermost place of taking in, which reads the clock."""

from django.utils import timezone

from madobe.channels.rules.incoming import Incoming
from madobe.consult.actions.doors import incoming as taking


def take(incoming: Incoming, desk: str) -> bool:
    """This will keep what came in (channels.registry.on_incoming)."""
    return taking.take(incoming=incoming, desk=desk, at=timezone.now())


def knows(channel: str, sender: str, desk: str) -> bool:
    """This will tell whether anything came from there before (channels.registry.on_first_contact)."""
    return taking.is_known(channel=channel, sender=sender, desk=desk, at=timezone.now())
