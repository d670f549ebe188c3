"""Invented people for a demo. They are marked as invented, and everybody may know their password."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from allauth.mfa.utils import decrypt
from django.db import transaction

from madobe.accounts.choices import Role
from madobe.accounts.models import Membership, User
from madobe.audit.actions import record
from madobe.directory.choices import Sector
from madobe.directory.models import Organization

PASSWORD = "hiroi sora to shiroi kumo"
NPO = "見本 NPO 窓の会"
HALF_MINUTE = 30
# the part of the address before @, name, role, whether for the invented NPO only
PEOPLE = (
    ("hana", "見本 はな", Role.ADMIN, False),
    ("kaoru", "見本 かおる", Role.EDITOR, False),
    ("jun", "見本 じゅん", Role.VERIFIER, False),
    ("makoto", "見本 まこと", Role.VERIFIER, False),
    ("nao", "見本 なお", Role.COORDINATOR, False),
    ("izumi", "見本 いずみ", Role.EDITOR, True),
    ("ao", "見本 あお", Role.COUNSELLOR, False),
    ("midori", "見本 みどり", Role.COUNSELLOR, False),
)


class NobodyOfThatName(Exception):
    """No invented person is called so; the message lists those there are."""


@transaction.atomic
def invent_people(*, by: str, at: datetime) -> list[User]:
    """This will make the invented people of a demo, each with an app whose codes `code_of` tells."""
    npo = Organization.objects.create(name=NPO, sector=Sector.NPO, is_invented=True)
    made = []
    for short, name, role, for_npo in PEOPLE:
        user = User(email=f"{short}@demo.example", name=name, joined_at=at, is_invented=True)
        user.set_password(PASSWORD)
        user.save(force_insert=True)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        Membership.objects.create(
            user=user,
            role=role,
            organization=npo if for_npo else None,
            granted_by=by,
            granted_at=at,
        )
        TOTP.activate(user, generate_totp_secret())
        made.append(user)
    record(by=by, action="demo.people", at=at, detail={"count": len(made)})
    return made


def invented() -> list[User]:
    """This will give the invented people, in the order they were made."""
    order = [f"{short}@demo.example" for short, *_ in PEOPLE]
    found = User.objects.filter(is_invented=True, is_active=True)
    return sorted(found, key=lambda user: order.index(user.email) if user.email in order else 99)


def code_of(name: str, *, at: datetime) -> str:
    """This will give the code the app of an invented person shows at this moment. Raises NobodyOfThatName.

    `name`: the address, the part before @, or the name with or without 見本.
    """
    people = invented()
    for user in people:
        known = {user.email, user.email.partition("@")[0], user.name, user.name.split()[-1]}
        if name in known:
            secret = decrypt(
                Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]
            )
            return format_hotp_value(hotp_value(secret, int(at.timestamp()) // HALF_MINUTE))
    raise NobodyOfThatName(", ".join(user.email.partition("@")[0] for user in people))
