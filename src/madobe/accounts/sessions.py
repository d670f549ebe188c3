"""Sessions of staff, kept in the database with the person they belong to: leaving ends them all at once."""

from typing import Any, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

from madobe.accounts.models import StaffSession
from madobe.accounts.seat import SIGNED_IN, moment


class SessionStore(DatabaseSessions):
    """Django's database sessions over our own table. Keys have 32 signs of 36: 165 bits."""

    @classmethod
    def get_model_class(cls) -> type[StaffSession]:
        return StaffSession

    def create_model_instance(self, data: dict[str, Any]) -> StaffSession:
        session: Any = super().create_model_instance(data)
        session.user_id = UUID(data[SESSION_KEY]) if SESSION_KEY in data else None
        session.signed_in_at = moment(data.get(SIGNED_IN))
        session.used_at = timezone.now()
        return cast(StaffSession, session)
