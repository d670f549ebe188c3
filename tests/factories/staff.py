"""People who work here, for tests of staff pages: who they are, and a browser in which they are signed in."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.client import ClientHandler

from madobe.lib.actor import EVERYWHERE, Actor

ADA = "staff:00000000-0000-4000-8000-00000000000a"
BEN = "staff:00000000-0000-4000-8000-00000000000b"


def actor(
    *roles: str, organization: object = EVERYWHERE, id: str = ADA, name: str = "担当 あさひ"
) -> Actor:
    """This will make somebody who holds these roles, everywhere or for one organization."""
    return Actor(id, name, frozenset((role, str(organization)) for role in roles))


class _SignedIn(ClientHandler):
    """Puts the person on the request, as the door under /staff does."""

    def __init__(self, who: Actor | None, **options: Any) -> None:
        super().__init__(**options)
        self.who = who

    def get_response(self, request: HttpRequest) -> HttpResponse:
        request.staff = self.who
        return super().get_response(request)


def staff_client(who: Actor | None) -> Client:
    """This will give a browser in which this person is signed in; None: nobody is."""
    client = Client()
    client.handler = _SignedIn(who, enforce_csrf_checks=client.handler.enforce_csrf_checks)
    return client


Signed = Callable[[Actor | None], Client]
