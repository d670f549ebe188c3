"""Who is at the door."""

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from madobe.accounts.models import User
from madobe.accounts.rules.door import Seat
from madobe.accounts.seat import SECOND_STEP, SEEN, SIGNED_IN, moment
from madobe.lib.actor import EVERYWHERE, Actor


def seat_of(request: HttpRequest) -> Seat | None:
    """This will give what the session remembers of the person in it, None when nobody is signed in."""
    if not request.user.is_authenticated:
        return None
    second_step = bool(request.session.get(SECOND_STEP))
    return Seat(
        signed_in_at=moment(request.session.get(SIGNED_IN)),
        seen_at=moment(request.session.get(SEEN)),
        second_step=second_step,
        has_factor=second_step or has_factor(request.user),
    )


def has_factor(user: User) -> bool:
    """This will tell whether an account has a second step of any kind."""
    return Authenticator.objects.filter(user_id=user.pk).exists()


def actor_of(user: User) -> Actor:
    """This will give somebody as the floors below know them, with what they may do at this moment."""
    grants = user.memberships.values_list("role", "organization_id")
    return Actor(
        id=user.actor_id,
        name=user.name,
        grants=frozenset((role, str(place) if place else EVERYWHERE) for role, place in grants),
    )
