"""People who work here, for tests: made directly, signed in without walking through the door."""

from datetime import UTC, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import encrypt
from django.test import Client
from django.utils import timezone

from madobe.accounts.models import Membership, User

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
PASSWORD = "hiroi-sora no shita de"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_user(
    email: str = "hana@example.jp",
    *,
    roles: tuple[str, ...] = (),
    organization: Any = None,
    **more: Any,
) -> User:
    """A person with these roles for one organization, or for all of the installation."""
    user = User(email=email, **{"name": "見本 はな", "joined_at": AT} | more)
    user.set_password(PASSWORD)
    user.save()
    for role in roles:
        Membership.objects.create(
            user=user, organization=organization, role=role, granted_by="tests", granted_at=AT
        )
    return user


def give_app(user: User) -> Authenticator:
    """A second step whose codes `code_at` tells."""
    return Authenticator.objects.create(user=user, type="totp", data={"secret": encrypt(SECRET)})


def code_now(shift: int = 0) -> str:
    """What the app of `give_app` shows at this moment (RFC 6238), or `shift` half minutes later."""
    return format_hotp_value(hotp_value(SECRET, int(timezone.now().timestamp()) // 30 + shift))


def sign_in(
    client: Client, user: User, *, second_step: str = "totp", at: datetime | None = None
) -> None:
    """Seat somebody as if both steps had just been shown (second_step "": only the password)."""
    client.force_login(user)
    stamp = (at or timezone.now()).timestamp()
    session = client.session
    for name in ("signed_in_at", "seen_at", "proved_at"):
        session[name] = stamp
    session["second_step"] = second_step
    session.save()
