"""Letters as a channel hands them over, and what a desk has of them."""

from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

import time_machine

from madobe.channels.actions.taking import Outcome, take_in
from madobe.channels.rules.incoming import Incoming, Kind
from madobe.consult.models import Consultation
from madobe.consult.queries.staff.thread import messages_of
from madobe.consult.reach import lay_in_what_waits, open_thread
from tests.factories.answering import MORNING, Person

HOME = "kazoku@example.jp"  # one address, several people
_numbers = count(1)


def came(text: str = "", *, channel: str = "email", at: datetime = MORNING, **more: Any) -> Outcome:
    """Something comes in by a channel."""
    number = next(_numbers)
    said = {
        "channel": channel,
        "kind": Kind.TEXT,
        "at": at,
        "foreign_id": f"foreign-{number}",
        "sender": HOME,
        "letter_id": f"<{number}@example.jp>",
        "text": text,
    }
    with time_machine.travel(at, tick=False):
        return take_in(incoming=Incoming(**said | more), desk="", at=at)  # type: ignore[arg-type]


def texts(person: Person, thread: UUID, at: datetime = MORNING) -> list[str]:
    """What somebody who answers reads in a thread, in order."""
    lay_in_what_waits(person.hand, at=at)
    return [one.text for one in messages_of(open_thread(person.hand, thread, at=at))]


def threads() -> list[Consultation]:
    """All there are, the oldest first."""
    return sorted(Consultation.objects.all(), key=lambda one: (one.opened_date, one.pk.hex))
