"""A desk that can be written to, with two people on duty who hold its key."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from madobe.accounts.models import User
from madobe.desks.models import Desk
from madobe.vault.actions.groups import make_group
from madobe.vault.actions.members import make_member_key
from madobe.vault.actions.recovery import make_recovery
from madobe.vault.installed import _keep, pepper
from madobe.vault.keyring import Keyring
from madobe.vault.models import HolderKey
from madobe.vault.rules.members import Cost
from tests.desks.calendars import make_desk
from tests.factories.accounts import make_user

AT = datetime(2026, 11, 26, 17, 10, tzinfo=UTC)  # Friday 27 November, 2:10 in Japan
CHEAP = Cost(rounds=2, mebibytes=19)
PASSPHRASE = "mado no soba de matteimasu"


@dataclass(frozen=True)
class World:
    """A desk, its two counsellors and what each can open, and the sheets of the house."""

    desk: Desk
    users: tuple[User, User]
    keyrings: tuple[Keyring, Keyring]
    group: HolderKey
    sheets: tuple[str, ...]


def make_world(at: datetime = AT, **desk: Any) -> World:
    """A desk that two people answer at."""
    made = make_desk(**desk)
    users = (
        make_user("hana@example.jp", name="見本 はな", roles=("counsellor",)),
        make_user("sora@example.jp", name="見本 そら", roles=("counsellor", "coordinator")),
    )
    keyrings = tuple(
        make_member_key(owner=user.actor_id, passphrase=PASSPHRASE, at=at, cost=CHEAP)
        for user in users
    )
    _keep(pepper())  # a test is one transaction that never ends, and nothing is kept before its end
    group = make_group(owner=f"desk:{made.pk}", members=[one.holder for one in keyrings], at=at)
    return World(made, users, keyrings, group, make_recovery(at=at))  # type: ignore[arg-type]


def form_of(page: bytes) -> dict[str, str]:
    """The hidden fields of the writing form of a page."""
    from bs4 import BeautifulSoup

    form = BeautifulSoup(page, "html.parser").find("form", id="told")
    assert form is not None
    return {one["name"]: one.get("value", "") for one in form.find_all("input", type="hidden")}


def words_of(page: bytes) -> str:
    """The words a page shows."""
    from bs4 import BeautifulSoup

    shown = BeautifulSoup(page, "html.parser").find(id="words")
    assert shown is not None
    return shown.get_text(" ")


def write(client: Client, text: str, **more: Any) -> str:
    """Write a first letter through the door and give its words."""
    fields = form_of(client.get("/ja/talk/").content)
    answer = client.post("/ja/talk/", fields | {"text": text, "go": "send"} | more)
    assert answer.status_code == 200, answer.status_code
    return words_of(answer.content)


def open_by(client: Client, words: str) -> Any:
    """Open a thread by its words."""
    return client.post("/ja/talk/", {"go": "words", "words": words})


LATER = timedelta(hours=9)
