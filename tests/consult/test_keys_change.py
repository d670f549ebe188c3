"""A desk gets a new key while somebody presses 送る: the letter is there, for whoever holds the new one."""

from uuid import UUID

import pytest
import time_machine
from django.test import Client

from madobe.consult.actions.seeker import letters
from madobe.consult.models import Message
from madobe.consult.sealed import BODY
from madobe.vault.actions.groups import renew_group
from madobe.vault.actions.recovery import make_recovery
from madobe.vault.models import Grant, HolderKey
from tests.factories.desk import AT, World, form_of, make_world, open_by, words_of, write
from tests.factories.renewing import renewed_just_before

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    with time_machine.travel(AT, tick=False):
        yield make_world()


def test_a_first_letter_is_read_with_the_new_key(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
):
    renewed_just_before(monkeypatch, world, letters, "begin_case")
    words = write(client, "鍵がかわる夜の手紙")
    message = Message.objects.get()
    opened = world.keyrings[0].open(message.consultation_id)
    assert opened.text(BODY, message.pk, message.body) == "鍵がかわる夜の手紙"
    assert "鍵がかわる夜の手紙" in open_by(client, words).content.decode()


def test_a_letter_that_was_set_aside_is_too(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
):
    fields = form_of(client.get("/ja/talk/").content)
    aside = client.post("/ja/talk/", fields | {"text": "書きかけ", "go": "aside_first"})
    words = words_of(aside.content)
    renewed_just_before(monkeypatch, world, letters, "give_case")
    fields = form_of(open_by(client, words).content)
    page = client.post("/ja/talk/", fields | {"text": "書きおわり", "go": "reply"})
    assert page.status_code == 200
    message = Message.objects.get()
    assert world.keyrings[1].open(message.consultation_id)


# --- a process remembers whose keys a desk's letters are for ------------------------------------------


def readers_of_the_next(client: Client) -> set[UUID]:
    """The keys the next letter is given to."""
    before = set(Message.objects.values_list("consultation", flat=True))
    write(client, "つぎの手紙")
    (message,) = Message.objects.exclude(consultation__in=before)
    return set(Grant.objects.filter(case=message.consultation_id).values_list("holder", flat=True))


def living() -> set[UUID]:
    found = HolderKey.objects.filter(kind__in=["duty", "recovery"], retired_at__isnull=True)
    return set(found.values_list("pk", flat=True))


def test_after_a_renewal_the_next_letter_is_for_the_new_key_alone(client: Client, world: World):
    first = readers_of_the_next(client)
    members = [one.holder for one in world.keyrings]
    renew_group(owner=f"desk:{world.desk.pk}", members=members, at=AT)
    assert readers_of_the_next(client) == living() != first


def test_after_new_sheets_the_next_letter_is_for_the_new_ones_alone(client: Client, world: World):
    first = readers_of_the_next(client)
    make_recovery(at=AT)
    assert readers_of_the_next(client) == living() != first


def test_sheets_made_after_the_first_letter_open_the_next(client: Client, world: World):
    HolderKey.objects.filter(kind="recovery").delete()
    assert readers_of_the_next(client) == {world.group.pk}
    make_recovery(at=AT)
    assert readers_of_the_next(client) == living()
    assert len(living()) == 2
