"""Who opened a thread, for the person it belongs to (trust.md G24)."""

from datetime import datetime

from madobe.audit.queries import events_of
from madobe.consult.queries.threads import SeenThread
from madobe.consult.rules.looks import Look, LookDay, look_days
from madobe.consult.thread import LockedThread


def looks_at(found: LockedThread, thread: SeenThread, *, at: datetime) -> tuple[LookDay, ...]:
    """This will give the days on which a thread was opened, as far as its person is shown them."""
    events = events_of(action="talk.read", record_id=str(found.thread.pk))
    looks = (Look(one.at, one.by, str(one.detail.get("part", ""))) for one in events)
    answers = [one.at for one in thread.messages if one.at is not None and not one.is_mine]
    return look_days(looks, answered_at=max(answers, default=None), at=at)
