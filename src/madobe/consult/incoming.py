"""What channels hand over: the outermost place of taking in, which reads the clock."""

import secrets
import time
from threading import Lock
from typing import Final

from django.utils import timezone

from madobe.channels.rules.incoming import Incoming
from madobe.consult.actions.doors import incoming as taking
from madobe.consult.rules.flood import Counters

# The memory of this process about floods; nothing of it is written anywhere (rules.flood).
_counters: Final = Counters(secrets.token_bytes(32))
_lock: Final = Lock()


def take(incoming: Incoming, desk: str) -> bool:
    """This will keep what came in (channels.registry.on_incoming)."""
    return taking.take(incoming=incoming, desk=desk, at=timezone.now(), group_of=_group_of)


def knows(channel: str, sender: str, desk: str) -> bool:
    """This will tell whether anything came from there before (channels.registry.on_first_contact)."""
    return taking.is_known(channel=channel, sender=sender, desk=desk, at=timezone.now())


def _group_of(incoming: Incoming, is_urgent: bool) -> str:
    """Whoever is known has one thread however much comes. What opens many is one text from many addresses, and mail of
    which nobody can tell where it came from: that stands together as one source.
    """
    with _lock:
        return _counters.note(
            source=f"{incoming.channel}\0{incoming.sender}",
            text=incoming.text or incoming.foreign_id,  # a sticker or a picture is like no other
            urgent=is_urgent,
            now=time.monotonic(),
        ).group
