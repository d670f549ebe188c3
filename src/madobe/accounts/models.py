"""People who work here, what they may do and where."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from madobe.accounts.choices import Language, Role
from madobe.lib.privacy import Privacy


class UserManager(BaseUserManager["User"]):
    """Accounts are made by accepting an invitation; see actions.inviting."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """One natural person. There are no shared accounts: what is done here is done by somebody."""

    privacy = Privacy(
        holds="Name, e-mail address and language of a member of staff; the hash of a password.",
        keep="While they work here; afterwards the name stays beside what they did, see `left_at`.",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)  # in small letters
    name = models.CharField(max_length=60)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.JA)
    is_active = models.BooleanField(default=True)
    is_invented = models.BooleanField(default=False)  # of a demo
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.CharField(max_length=100, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_is_one_person"),
            models.CheckConstraint(condition=~Q(name=""), name="user_has_name"),
            models.CheckConstraint(
                condition=Q(is_active=True, left_at__isnull=True)
                | Q(is_active=False, left_at__isnull=False),
                name="user_is_here_or_has_left",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_id(self) -> str:
        """The id that stands beside what they do."""
        return f"staff:{self.pk}"


class Membership(models.Model):
    """One role of one person, for one organization or (None) for the whole installation."""

    privacy = Privacy(holds="Who may do what, and who said so.", keep="While it holds.")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(
        "directory.Organization",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
    )
    role = models.CharField(max_length=12, choices=Role.choices)
    granted_by = models.CharField(max_length=100)
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="membership_role_is_known"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organization"],
                name="membership_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(organization__isnull=True),
                name="membership_once_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"


class Invitation(models.Model):
    """A link that lets one person in, once."""

    privacy = Privacy(
        holds="E-mail address and name of somebody who was invited, and by whom.",
        keep="A year after it was used, withdrawn or ran out.",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.JA)
    organization = models.ForeignKey(
        "directory.Organization",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
    )
    roles = models.JSONField()  # list of Role
    invited_by = models.CharField(max_length=100)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True, accepted_at__isnull=True)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def is_open(self, at: datetime) -> bool:
        """This will tell whether the link still works."""
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at


class StaffSession(AbstractBaseSession):
    """One browser that is signed in. No address of a computer and no name of a browser is kept."""

    privacy = Privacy(
        holds="That an account is signed in somewhere, since when.",
        keep="Fourteen hours at most; gone on signing out and on leaving.",
    )

    user_id = models.UUIDField(null=True, db_index=True)  # None: before sign-in
    signed_in_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user_id or "")

    @classmethod
    def get_session_store_class(cls) -> Any:
        from madobe.accounts.sessions import SessionStore

        return SessionStore


class KeyTask(models.Model):
    """A case that wants a new key, because somebody whose key opened it is gone."""

    privacy = Privacy(holds="The id of a case.", keep="Until the case has its new key.")

    case = models.UUIDField(primary_key=True)
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.case)


class KeyWish(models.Model):
    """Somebody has made a new key; what the old one opened waits for two colleagues to give it again.

    - cases, groups: ids of cases and owners of duty groups ("desk:<uuid>") the old key opened.
    """

    privacy = Privacy(
        holds="Who made a new key, which cases the old one opened, and who confirmed that it is them.",
        keep="Until everything is given again, or they leave.",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="key_wish")
    cases = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    made_at = models.DateTimeField()
    approved_by = models.CharField(max_length=100, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by="", approved_at__isnull=True)
                | (~Q(approved_by="") & Q(approved_at__isnull=False)),
                name="key_wish_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class Passing(models.Model):
    """Counts of attempts, for minutes: the table of the cache, shared by all workers."""

    privacy = Privacy(
        holds="That some account, or some computer under a name that changes daily, tried to sign in.",
        keep="Minutes.",
    )

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
