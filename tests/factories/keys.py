"""Keys of people, for tests: made at the lowest cost there is, opened as a browser opens them."""

from typing import Final

from django.test import Client

from madobe.accounts.models import User
from madobe.vault.actions.members import make_member_key
from madobe.vault.keyring import Keyring
from madobe.vault.rules.members import Cost
from tests.factories.accounts import AT, sign_in

WORDS: Final = "yuuyake ni shizumu machi"
CHEAP: Final = Cost(rounds=2, mebibytes=19)
COOKIE: Final = "madobe-keys"


def give_key(user: User, words: str = WORDS) -> Keyring:
    """A key of somebody, unlocked."""
    return make_member_key(owner=user.actor_id, passphrase=words, at=AT, cost=CHEAP)


def open_key(client: Client, user: User, words: str = WORDS) -> None:
    """Seat somebody and open their key in this browser."""
    sign_in(client, user)
    client.post("/accounts/keys/open/", {"keyring_passphrase": words})
    assert COOKIE in client.cookies
