"""What a request is behind the staff door."""

from django.http import HttpRequest

from madobe.accounts.models import User
from madobe.accounts.rules.door import Standing
from madobe.lib.actor import Actor
from madobe.vault.keyring import Keyring


class StaffRequest(HttpRequest):
    """A request the door has let through to a page for people who work here."""

    user: User
    standing: Standing
    staff: Actor
    second_step: str  # the kind shown in this very request, if any


class KeysRequest(StaffRequest):
    """A request of somebody whose key is unlocked (views.with_keys)."""

    keyring: Keyring
