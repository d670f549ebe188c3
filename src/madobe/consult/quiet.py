"""Threads that wait in quiet: nobody is told of what comes there, and they stand apart in the list (S4-12).

For somebody who writes forty times a night, or in anger. Everything is still taken in and the promise stands: on the day
of the promise and after a missed one, in danger (read in a letter, or noted by somebody), when its person asks for
another counsellor and when they cancel a meeting, a thread is back among the others by itself. Its person sees nothing of it.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q

from madobe.consult.models import Appointment, Care, ChangeRequest, SafetyNote
from madobe.consult.times import day_of
from madobe.directory.rules.hours import JAPAN

DAYS: Final = 7  # then it ends by itself


def waits_in_quiet(*, at: datetime) -> Q:
    """This will give the condition on Consultation of those that wait in quiet at that moment."""
    today = day_of(at)
    midnight = datetime.combine(today + timedelta(days=1), time(), JAPAN)
    in_danger = SafetyNote.objects.filter(ended_at__isnull=True).values("consultation")
    asking = ChangeRequest.objects.filter(settled_date__isnull=True).values("consultation")
    off = Appointment.objects.filter(off_at__isnull=False).values("consultation")
    return (
        Q(care__quiet_until__gte=today, is_urgent=False, missed=0)
        & (Q(reply_by__isnull=True) | Q(reply_by__gte=midnight))
        & ~Q(pk__in=in_danger)
        & ~Q(pk__in=asking)
        & ~Q(pk__in=off)
    )


def quiet_day(care: Care, *, at: datetime) -> date | None:
    """This will give until when a thread was asked to wait in quiet; None where that is over or never was."""
    until = care.quiet_until
    return until if until is not None and until >= day_of(at) else None
