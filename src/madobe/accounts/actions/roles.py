"""Who may do what: given and taken by those who administer the place, and by nobody else."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from madobe.accounts.actions.keys.lives import leave_groups
from madobe.accounts.choices import Role
from madobe.accounts.models import Membership, User
from madobe.audit.actions import record
from madobe.lib.actor import EVERYWHERE, Actor


class NotYoursToGive(Exception):
    """Somebody wanted to give or take what lies outside the places they administer."""


class NobodyWouldBeLeft(Exception):
    """Without this person nobody would administer the installation any more."""


def may_give(actor: Actor, organization: str) -> bool:
    """This will tell whether somebody administers a place ("" = the whole installation)."""
    return actor.has(Role.ADMIN, organization=organization or EVERYWHERE)


def looks_after_all_of(actor: Actor, user: User) -> bool:
    """This will tell whether somebody holds no role outside of the places the actor administers."""
    mine = actor.organizations(Role.ADMIN)
    return actor.has(Role.ADMIN) or (
        user.memberships.exists()
        and not user.memberships.exclude(Q(organization__in=mine)).exists()
    )


@transaction.atomic
def set_roles(
    *, user: User, organization: str, roles: Collection[str], by: Actor, at: datetime
) -> None:
    """This will make `roles` the roles of somebody in one place; an empty list takes them all.

    Who counsels or coordinates there no more no longer holds the keys of its desks.

    Raises NotYoursToGive; NobodyWouldBeLeft.
    """
    if not may_give(by, organization):
        raise NotYoursToGive(organization)
    keep_an_admin_lock()
    place = UUID(organization) if organization else None
    held = user.memberships.filter(Q(organization=place))
    before = set(held.values_list("role", flat=True))
    after = set(roles)
    held.exclude(role__in=after).delete()
    for role in sorted(after - before):
        Membership.objects.create(
            user=user, organization_id=place, role=role, granted_by=by.id, granted_at=at
        )
    if place is None and Role.ADMIN in before - after:
        ensure_an_admin_is_left()
    leave_groups(user=user, organization=place, by=by.id, at=at)
    if before != after:
        record(
            by=by.id,
            action="roles.set",
            at=at,
            table="user",
            record_id=user.pk,
            detail={"organization": organization, "before": sorted(before), "after": sorted(after)},
        )


def keep_an_admin_lock() -> None:
    """This will let two admins who remove each other at one moment do so one after the other."""
    list(
        Membership.objects.select_for_update()
        .filter(role=Role.ADMIN, organization=None)
        .values_list("pk", flat=True)
    )


def ensure_an_admin_is_left() -> None:
    """Raises NobodyWouldBeLeft."""
    left = Membership.objects.filter(
        role=Role.ADMIN, organization=None, user__is_active=True
    ).exists()
    if not left:
        raise NobodyWouldBeLeft
