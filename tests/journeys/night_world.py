"""A desk open on weekdays from ten to five, はな who counsels, そら who coordinates. Run inside the product."""

from django.utils import timezone

from madobe.accounts.models import User
from tests.factories.accounts import give_app
from tests.factories.desk import make_world
from tests.journeys import staff_world

EVERY_WAY = ["web", "phone_log", "letter", "calendar", "email", "line"]


def make() -> None:
    """A desk that promises an answer by 17:00 of the third day it is open."""
    world = make_world(timezone.now(), channels=EVERY_WAY)
    for user in world.users:
        give_app(user)


def seat(who: str) -> None:
    """Print the cookie of somebody who has come in by both steps."""
    staff_world.seat(User.objects.get(email=f"{who}@example.jp").email)
