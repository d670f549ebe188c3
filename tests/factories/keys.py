"""Keys of people, for tests: made at the lowest cost there is, opened as a browser opens them."""

import re
from typing import Any, Final
from uuid import UUID, uuid4

from django.test import Client

from madobe.accounts.models import User
from madobe.accounts.readers import keys_of
from madobe.desks.models import Desk
from madobe.vault.actions.cases import begin_case
from madobe.vault.actions.members import make_member_key, unlock_member_key
from madobe.vault.choices import Holder
from madobe.vault.holders import holder
from madobe.vault.keyring import Keyring
from madobe.vault.models import HolderKey
from madobe.vault.rules.members import Cost
from tests.factories.accounts import AT, give_app, make_user, sign_in

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


def make_reader(email: str, *, roles: tuple[str, ...] = ("counsellor",), **more: Any) -> User:
    """Somebody who reads at a desk, with a second step and a key."""
    user = make_user(email, roles=roles, **more)
    give_app(user)
    give_key(user)
    return user


def keyring_of(user: User, words: str = WORDS) -> Keyring:
    """The open key of somebody."""
    return unlock_member_key(owner=user.actor_id, passphrase=words)


def make_case(*readers: User | HolderKey) -> UUID:
    """A case these people, or groups, can open."""
    case = uuid4()
    keys = [keys_of([one])[one.actor_id] if isinstance(one, User) else one for one in readers]
    begin_case(case=case, readers=keys, on=AT.date())
    return case


def opens(keyring: Keyring, case: UUID) -> bool:
    """Whether somebody can open a case now."""
    return case in keyring.open_all([case])


def desk_group(desk: Desk) -> HolderKey:
    """The key of a desk as it is now."""
    found = holder(Holder.DUTY, f"desk:{desk.pk}")
    assert found is not None
    return found


def told_of(sheet: str, text: str) -> list[str]:
    """What a text tells of a sheet of paper: every three of its words that stand together there.

    One word proves nothing: the words of sheets are everyday English ("object", "recover").
    """
    return sorted(_threes(sheet) & _threes(text))


def _threes(text: str) -> set[str]:
    words = re.findall("[a-z]+", text.lower())
    return {" ".join(words[at : at + 3]) for at in range(len(words) - 2)}
