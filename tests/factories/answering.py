"""People who answer at a desk, with their keys in hand, and letters that wait for them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.test import Client

from madobe.accounts.models import User
from madobe.accounts.queries.seats import actor_of
from madobe.consult.actions.seeker.letters import Letter, add_letter, receive_letter
from madobe.consult.actions.seeker.threads import ask_for_another
from madobe.consult.models import Consultation
from madobe.consult.reach import Hand, hand_of
from madobe.consult.rules.contact import Contact
from madobe.consult.rules.crisis import read_danger
from madobe.desks.queries import receiving_desk
from madobe.vault.actions.groups import admit
from madobe.vault.actions.members import make_member_key
from madobe.vault.keyring import Keyring
from madobe.vault.rules.receipts import new_receipt
from tests.factories.accounts import make_user, sign_in
from tests.factories.desk import AT, CHEAP, PASSPHRASE, World

MORNING = datetime.fromisoformat("2026-11-27T10:20:00+09:00")  # the Friday after the letter's night
LETTER = (
    "もう力が出ないけど、早く働かないといけないと思っています。\n夜になると、そればかり考えます。"
)


@dataclass(frozen=True)
class Person:
    """Somebody who works here."""

    user: User
    keyring: Keyring

    @property
    def id(self) -> str:
        return self.user.actor_id

    @property
    def hand(self) -> Hand:
        return hand_of(actor_of(self.user), self.keyring)

    def client(self) -> Client:
        """A browser in which they are signed in and their key is open."""
        client = Client()
        sign_in(client, self.user)
        answer = client.post("/accounts/keys/open/", {"keyring_passphrase": PASSPHRASE})
        assert answer.status_code == 302, answer.status_code
        return client


@dataclass(frozen=True)
class Sent:
    """A thread, by whoever wrote it."""

    id: UUID
    secret: bytes

    @property
    def row(self) -> Consultation:
        return Consultation.objects.get(pk=self.id)

    def write(self, text: str, at: datetime = MORNING) -> None:
        """Another letter in it."""
        desk = receiving_desk(at=at)
        assert desk is not None
        letter = Letter(text=text, danger=read_danger(text))
        add_letter(letter=letter, secret=self.secret, message=uuid4(), desk=desk, at=at)

    def ask_for_another(self, at: datetime = MORNING, kind: str = "person") -> None:
        ask_for_another(secret=self.secret, kind=kind, at=at)


def people(world: World) -> tuple[Person, Person]:
    """はな, who counsels, and そら, who coordinates too."""
    hana, sora = (Person(*pair) for pair in zip(world.users, world.keyrings, strict=True))
    return hana, sora


def make_colleague(
    world: World, email: str, name: str, *, in_group: bool = True, roles=("counsellor",), **more
) -> Person:
    """One more who answers; `in_group`: on duty like the others."""
    user = make_user(email, name=name, roles=roles, **more)
    keyring = make_member_key(owner=user.actor_id, passphrase=PASSPHRASE, at=AT, cost=CHEAP)
    if in_group:
        admit(group=world.group, member=keyring.holder, by=world.keyrings[0])
    return Person(user, keyring)


def send(
    text: str = LETTER,
    at: datetime = AT,
    *,
    urgent: bool = False,
    who: str = "self",
    **contact: object,
) -> Sent:
    """A first letter at the desk."""
    desk = receiving_desk(at=at)
    assert desk is not None
    secret = new_receipt().secret
    letter = Letter(text=text, who=who, wishes=("listen",), contact=Contact(**contact))  # type: ignore[arg-type]
    received = receive_letter(letter=letter, secret=secret, message=uuid4(), desk=desk, at=at)
    if urgent:
        Consultation.objects.filter(pk=received.case).update(is_urgent=True)
    return Sent(received.case, secret)
