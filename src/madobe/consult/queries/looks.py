"""Who opened a thread, for the person it belongs to (trust.md G24)."""

from datetime import date, datetime

from madobe.audit.queries import events_of
from madobe.consult.choices import Author, State
from madobe.consult.door_choices import NOTED
from madobe.consult.models import Consultation
from madobe.consult.rules.looks import Look, LookDay, look_days

BY_ITSELF = "said"  # what an open page asks for by itself shows nobody before it


def looks_at(thread: Consultation, *, at: datetime) -> tuple[LookDay, ...]:
    """This will give the days on which a thread was opened, as far as its person is shown them. Opens nothing."""
    record_id = str(thread.pk)
    looks = [
        Look(one.at, one.by, str(one.detail.get("part", "")))
        for one in events_of(action="talk.read", record_id=record_id)
        if one.detail.get("what") != BY_ITSELF
    ]
    # Of the trail, not of the lines of the thread: a time that is offered or called off, 「まだ考えています」 and what came
    # in with another thread are no answer to what waits here.
    answers = events_of(action="talk.answered", record_id=record_id)
    answered_at = answers[-1].at if answers else None
    waits_since = _waits_since(thread, answered_at)
    return look_days(looks, answered_at=answered_at, waits_since=waits_since, at=at)


def _waits_since(thread: Consultation, answered_at: datetime | None) -> date | None:
    """The day of the first letter since the last answer, while one is owed."""
    if thread.state != State.WAITING_STAFF:
        return None
    lines = thread.messages.exclude(door__in=NOTED)
    answered = (
        lines.filter(author=Author.STAFF, written_at__lte=answered_at) if answered_at else None
    )
    last = answered.order_by("-number").first() if answered is not None else None
    letters = lines.filter(author=Author.PERSON, number__gt=last.number if last else 0)
    return letters.order_by("written_date").values_list("written_date", flat=True).first()
