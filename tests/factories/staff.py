"""People who work here, for tests of staff pages: who they are, and a browser in which they are signed in."""

from collections.abc import Callable
from uuid import UUID

from django.test import Client

from madobe.accounts.models import Membership, User
from madobe.lib.actor import EVERYWHERE, Actor
from tests.factories.accounts import AT, make_user, sign_in

ADA = "staff:00000000-0000-4000-8000-00000000000a"
BEN = "staff:00000000-0000-4000-8000-00000000000b"


def actor(
    *roles: str, organization: object = EVERYWHERE, id: str = ADA, name: str = "担当 あさひ"
) -> Actor:
    """This will make somebody who holds these roles, everywhere or for one organization."""
    return Actor(id, name, frozenset((role, str(organization)) for role in roles))


def staff_client(who: Actor | None) -> Client:
    """This will give a browser in which this person has come in by the staff door; None: nobody has."""
    client = Client()
    if who is None:
        return client
    key = UUID(who.id.removeprefix("staff:"))
    user = User.objects.filter(pk=key).first()
    if user is None:
        user = make_user(f"{key}@example.jp", id=key, name=who.name)
    for role, place in who.grants:
        Membership.objects.get_or_create(
            user=user, role=role, organization_id=place or None,
            defaults={"granted_by": "tests", "granted_at": AT},
        )  # fmt: skip
    sign_in(client, user)
    return client


Signed = Callable[[Actor | None], Client]
