"""What people change about themselves."""

from datetime import datetime

from django.db import transaction

from madobe.accounts.actions.signing import end_sessions
from madobe.accounts.models import User
from madobe.audit.actions import record


@transaction.atomic
def change_profile(*, user: User, name: str, language: str, at: datetime) -> None:
    """This will change how somebody is called and in which language pages speak to them."""
    user.name, user.language = name.strip(), language
    user.save(update_fields=["name", "language"])
    record(by=user.actor_id, action="profile.change", at=at, table="user", record_id=user.pk)


@transaction.atomic
def change_password(*, user: User, password: str, session: str, at: datetime) -> None:
    """This will set a new password and sign out everywhere but in `session`."""
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user, but=session)
    record(by=user.actor_id, action="password.change", at=at, table="user", record_id=user.pk)


@transaction.atomic
def end_other_sessions(*, user: User, session: str, at: datetime) -> int:
    """This will sign somebody out everywhere but in `session`; gives how many that were."""
    ended = end_sessions(user, but=session)
    record(
        by=user.actor_id,
        action="sessions.end",
        at=at,
        table="user",
        record_id=user.pk,
        detail={"ended": ended},
    )
    return ended
