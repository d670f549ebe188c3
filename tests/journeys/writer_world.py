"""An open desk with two people on duty, for journeys of somebody who writes. Run inside the product (`madobe shell`)."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from madobe.accounts.models import User
from madobe.accounts.queries.seats import actor_of
from madobe.consult.actions.doors.appointments import offer_times
from madobe.consult.actions.staff.answers import Draft, reply
from madobe.consult.actions.staff.holding import claim
from madobe.consult.actions.staff.reading import read_thread
from madobe.consult.door_choices import Meeting
from madobe.consult.models import Consultation
from madobe.consult.reach import hand_of
from madobe.consult.rules.doors.talks import MeetingWords, Span
from madobe.consult.rules.tokens import Token, written
from madobe.consult.thread import find_thread
from madobe.consult.times import day_of
from madobe.desks.queries import receiving_desk
from madobe.vault.actions.members import unlock_member_key
from madobe.vault.installed import form_key
from madobe.vault.rules.receipts import new_receipt, read_receipt
from tests.desks.calendars import make_desk
from tests.factories.desk import PASSPHRASE, make_world

UNREADY = "131016"  # a place whose own desk nobody holds the key of


def make() -> None:
    """An open desk for everywhere, and one for a place that stands open without anybody who could read."""
    make_world(timezone.now(), fact_years=5)
    make_desk(name="まだだれもいない窓口", area=[UNREADY], position=2)


def answer(words: str, text: str) -> None:
    """はな opens the thread of these words, takes it, opens it as hers and answers."""
    at = timezone.now()
    secret = read_receipt(words).secret
    thread = find_thread(secret=secret, on=day_of(at)).thread
    user = User.objects.get(email="hana@example.jp")
    hand = hand_of(actor_of(user), unlock_member_key(owner=user.actor_id, passphrase=PASSPHRASE))
    read_thread(hand=hand, thread_id=thread.pk, at=at)
    claim(hand=hand, thread_id=thread.pk, at=at)
    read_thread(hand=hand, thread_id=thread.pk, at=at)
    seen = Consultation.objects.get(pk=thread.pk).messages_count
    reply(hand=hand, thread_id=thread.pk, draft=Draft(uuid4(), seen, text), at=at)


def is_held(words: str) -> None:
    """Print "held" where the thread of these words stands behind the row of a flood, "seen" where it stands for itself."""
    found = find_thread(secret=read_receipt(words).secret, on=day_of(timezone.now()))
    print("held" if found.thread.held else "seen")  # noqa: T201


def old_token(words: str = "", hours: float = 2) -> None:
    """Print the token of a form that was shown so long ago: of the thread of these words, or for a new letter."""
    secret = read_receipt(words).secret if words else new_receipt().secret
    shown = timezone.now() - timedelta(hours=hours)
    desk = None if words else receiving_desk(at=timezone.now())
    token = Token(secret, uuid4(), shown, not words, desk.id if desk else None)
    print(written(token, form_key()))  # noqa: T201


def offer(words: str) -> None:
    """はな, who answers the thread of these words, offers two times to talk."""
    at = timezone.now()
    thread = find_thread(secret=read_receipt(words).secret, on=day_of(at)).thread
    user = User.objects.get(email="hana@example.jp")
    hand = hand_of(actor_of(user), unlock_member_key(owner=user.actor_id, passphrase=PASSPHRASE))
    days = [at + timedelta(days=n) for n in (2, 3)]
    offer_times(
        hand=hand,
        thread_id=thread.pk,
        kind=Meeting.PHONE,
        spans=[Span(one, one + timedelta(minutes=30)) for one in days],
        words=MeetingWords(),
        at=at,
    )
