"""The address of somebody's own calendar feed: shown once, kept as a hash, ended by making another."""

import secrets
from datetime import datetime
from hashlib import blake2b

from django.db import transaction

from madobe.audit.actions import record
from madobe.consult.models import CalendarLink


def digest_of(token: str) -> bytes:
    """This will give what is kept of a secret address."""
    return blake2b(token.encode(), digest_size=32, person=b"madobe-calendar").digest()


@transaction.atomic
def make_calendar_link(*, by: str, at: datetime) -> str:
    """This will give a new secret address; the one before leads nowhere from now on."""
    token = secrets.token_urlsafe(32)
    CalendarLink.objects.update_or_create(
        member=by, defaults={"digest": digest_of(token), "made_at": at}
    )
    record(by=by, action="talk.calendar_link_made", at=at)
    return token


@transaction.atomic
def end_calendar_link(*, by: str, at: datetime) -> None:
    """This will end it."""
    CalendarLink.objects.filter(member=by).delete()
    record(by=by, action="talk.calendar_link_ended", at=at)
