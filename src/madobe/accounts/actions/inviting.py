"""Letting people in: a link for one person, once, for fourteen days."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import transaction
from django.db.models import Q

from madobe.accounts.actions.roles import NotYoursToGive, may_give
from madobe.accounts.choices import Language
from madobe.accounts.models import Invitation, Membership, User
from madobe.audit.actions import record
from madobe.lib.actor import Actor

LASTS = timedelta(days=14)
SALT = "madobe.invitation"


class LinkIsNoLongerOpen(Exception):
    """The link was used, withdrawn, replaced, has run out, or was never made here."""


class AddressIsSomebodyElses(Exception):
    """The link is for another address than that of the person signed in."""


@transaction.atomic
def invite(
    *,
    email: str,
    roles: Collection[str],
    by: Actor,
    at: datetime,
    organization: str = "",
    name: str = "",
    language: str = Language.JA,
) -> Invitation:
    """This will open the door to one person for roles in one organization ("" = the whole installation).

    An older open invitation of the same address and place is replaced. Raises NotYoursToGive.
    """
    if not may_give(by, organization):
        raise NotYoursToGive(organization)
    place = UUID(organization) if organization else None
    Invitation.objects.filter(
        Q(organization=place), email__iexact=email, accepted_at=None, withdrawn_at=None
    ).update(withdrawn_at=at)
    invitation = Invitation.objects.create(
        email=email.strip().lower(),
        name=name.strip(),
        language=language,
        organization_id=place,
        roles=sorted(set(roles)),
        invited_by=by.id,
        invited_at=at,
        expires_at=at + LASTS,
    )
    record(
        by=by.id,
        action="invitation.send",
        at=at,
        table="invitation",
        record_id=invitation.pk,
        detail={"roles": invitation.roles, "organization": organization},
    )
    return invitation


def token_of(invitation: Invitation) -> str:
    """This will give the signed word that stands in the link."""
    return signing.dumps(str(invitation.pk), salt=SALT)


def invitation_of(token: str, *, at: datetime, lock: bool = False) -> Invitation:
    """This will give the invitation behind a link. Raises LinkIsNoLongerOpen."""
    try:
        pk = UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError) as error:
        raise LinkIsNoLongerOpen from error
    rows = Invitation.objects.select_for_update() if lock else Invitation.objects
    invitation = rows.filter(pk=pk).first()
    if invitation is None or not invitation.is_open(at):
        raise LinkIsNoLongerOpen
    return invitation


@transaction.atomic
def accept(*, token: str, name: str, language: str, password: str, at: datetime) -> User:
    """This will make the account of an invited person. Raises LinkIsNoLongerOpen, also for an address with an account."""
    invitation = invitation_of(token, at=at, lock=True)
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise LinkIsNoLongerOpen
    user = User(email=invitation.email, name=name.strip(), language=language, joined_at=at)
    user.set_password(password)
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    _take_up(invitation, user, at=at)
    return user


@transaction.atomic
def accept_as(*, token: str, user: User, at: datetime) -> None:
    """This will add the roles of an invitation to somebody who works here already.

    Raises LinkIsNoLongerOpen; AddressIsSomebodyElses when the link is for another person.
    """
    invitation = invitation_of(token, at=at, lock=True)
    if invitation.email.lower() != user.email.lower():
        raise AddressIsSomebodyElses
    _take_up(invitation, user, at=at)


def _take_up(invitation: Invitation, user: User, *, at: datetime) -> None:
    for role in invitation.roles:
        Membership.objects.get_or_create(
            user=user,
            role=role,
            organization=invitation.organization,
            defaults={"granted_by": invitation.invited_by, "granted_at": at},
        )
    invitation.accepted_by, invitation.accepted_at = user, at
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    record(
        by=user.actor_id,
        action="invitation.accept",
        at=at,
        table="invitation",
        record_id=invitation.pk,
        detail={"roles": invitation.roles, "organization": str(invitation.organization_id or "")},
    )


def address_is_known(email: str) -> bool:
    """This will tell whether somebody with this address works here already."""
    return User.objects.filter(email__iexact=email).exists()


@transaction.atomic
def withdraw(*, invitation_id: UUID, by: Actor, at: datetime) -> None:
    """This will close an open link. Raises LinkIsNoLongerOpen; NotYoursToGive for another organization's."""
    invitation = Invitation.objects.select_for_update().filter(pk=invitation_id).first()
    if invitation is None or not invitation.is_open(at):
        raise LinkIsNoLongerOpen
    if not may_give(by, str(invitation.organization_id or "")):
        raise NotYoursToGive
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record(
        by=by.id, action="invitation.withdraw", at=at, table="invitation", record_id=invitation.pk
    )
