"""Somebody stops working here: from that moment nothing of theirs opens anything."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from madobe.accounts.actions.keys.lives import end_key
from madobe.accounts.actions.roles import (
    NotYoursToGive,
    ensure_an_admin_is_left,
    keep_an_admin_lock,
    looks_after_all_of,
)
from madobe.accounts.actions.signing import end_sessions
from madobe.accounts.models import User
from madobe.audit.actions import record
from madobe.lib.actor import Actor


@transaction.atomic
def leave(*, user: User, by: Actor, at: datetime) -> None:
    """This will close an account: sessions, roles, password, second steps and key are gone, the name stays.

    Raises NotYoursToGive when they also work where `by` administers nothing; NobodyWouldBeLeft.
    """
    if not looks_after_all_of(by, user):
        raise NotYoursToGive
    keep_an_admin_lock()
    user.is_active, user.left_at, user.left_by = False, at, by.id
    user.set_unusable_password()
    user.save(update_fields=["is_active", "left_at", "left_by", "password"])
    roles = sorted(user.memberships.values_list("role", flat=True))
    user.memberships.all().delete()
    ensure_an_admin_is_left()
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    end_sessions(user)
    end_key(user=user, by=by.id, at=at)
    record(
        by=by.id, action="leave", at=at, table="user", record_id=user.pk, detail={"roles": roles}
    )
