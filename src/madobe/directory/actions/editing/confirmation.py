"""A link for the organization itself: one tap says that all is still right, or that something changed."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from madobe.audit.actions import record
from madobe.directory.actions.editing.life import verify_service
from madobe.directory.actions.editing.suggestions import receive_suggestion
from madobe.directory.models import ConfirmationLink, Service, Suggestion

LIVES = timedelta(days=30)
TOKEN_BYTES = 32


class LinkNotGood(Exception):
    """No such link, or its time is over, or it was used. `reason`: "unknown", "over" or "used"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class NewLink:
    """The token as it goes into the address: shown once, kept nowhere."""

    token: str
    expires_at: datetime


@transaction.atomic
def make_confirmation_link(*, service_id: UUID, by: str, at: datetime) -> NewLink:
    """This will make a link that works once, for thirty days."""
    token, ends = secrets.token_urlsafe(TOKEN_BYTES), at + LIVES
    service = Service.objects.get(pk=service_id)
    ConfirmationLink.objects.create(
        service=service,
        token_digest=ConfirmationLink.digest(token),
        made_by=by,
        made_at=at,
        expires_at=ends,
    )
    record(by=by, at=at, action="service.link", table="service", record_id=service.pk)
    return NewLink(token, ends)


@transaction.atomic
def confirm_by_link(*, token: str, at: datetime) -> Service:
    """This will note that the organization found its entry right today. Raises LinkNotGood; works once."""
    link = _use(token, at)
    return verify_service(
        service_id=link.service_id,
        by=author(link),
        at=at,
        source_name=link.service.organization.name[:200],
    )


@transaction.atomic
def report_by_link(
    *, token: str, kind: str, text: str, answer_to: str, language: str, at: datetime
) -> Suggestion:
    """This will take the organization's word on what changed, as a suggestion marked as its own."""
    link = _use(token, at)
    return receive_suggestion(
        service_id=link.service_id,
        kind=kind,
        text=text,
        answer_to=answer_to,
        language=language,
        at=at,
        from_organization=True,
    )


def author(link: ConfirmationLink) -> str:
    """This will give who acts by a link: the link, made by a person who is on record."""
    return f"link:{link.pk}"


def _use(token: str, at: datetime) -> ConfirmationLink:
    digest = ConfirmationLink.digest(token)
    link = ConfirmationLink.objects.filter(token_digest=digest).first()
    if link is None:
        raise LinkNotGood("unknown")
    if link.expires_at <= at:
        raise LinkNotGood("over")
    # one statement decides between two taps at the same moment
    taken = ConfirmationLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=at)
    if not taken:
        raise LinkNotGood("used")
    return link
