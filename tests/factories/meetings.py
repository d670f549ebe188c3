"""Times that are offered to somebody."""

from datetime import datetime, timedelta

from madobe.consult.actions.doors.appointments import offer_times
from madobe.consult.door_choices import Meeting
from madobe.consult.models import Appointment
from madobe.consult.rules.doors.talks import MeetingWords, Span
from tests.factories.answering import MORNING, Person, Sent

TUESDAY = datetime.fromisoformat("2026-12-01T14:00:00+09:00")
HALF_HOUR = timedelta(minutes=30)
SPANS = [
    Span(TUESDAY + timedelta(days=n), TUESDAY + timedelta(days=n) + HALF_HOUR) for n in range(3)
]
WHERE = "こちらからお電話します"


def offer(
    person: Person, sent: Sent, kind: Meeting = Meeting.PHONE, *, spans=SPANS, telling=None, **more
):
    words = MeetingWords(where=WHERE, **more)
    return offer_times(
        hand=person.hand,
        thread_id=sent.id,
        kind=kind,
        spans=spans,
        words=words,
        telling=telling,
        at=MORNING,
    )


def meeting() -> Appointment:
    return Appointment.objects.get()
