"""A thread that came by e-mail, with LINE linked to it, a call noted in it, and times offered."""

import json
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from madobe.accounts.models import User
from madobe.accounts.queries.seats import actor_of
from madobe.channels.rules.incoming import Incoming, Kind
from madobe.consult.actions.doors import appointments, incoming, linking, talks, wishes, writer
from madobe.consult.actions.seeker.letters import Letter, receive_letter
from madobe.consult.choices import Who
from madobe.consult.door_choices import Meeting
from madobe.consult.models import Consultation
from madobe.consult.reach import Hand, hand_of, lay_in_what_waits
from madobe.consult.rules.doors.talks import MeetingWords, Span, Talk
from madobe.consult.rules.doors.wishes import CallBack, DoorsWished
from madobe.consult.times import day_of
from madobe.desks.models import Desk
from madobe.desks.queries import receiving_desk
from madobe.directory.rules.hours import JAPAN
from madobe.vault.rules.receipts import new_receipt
from tests.factories.keys import keyring_of

DESK = "まどべの手紙の窓口"  # of talk_world


def by_mail(made: Desk, hand: Hand) -> Any:
    """Give the id of a thread in which everything the pages of the other ways show is there."""
    at = timezone.now()
    Desk.objects.filter(pk=made.pk).update(
        is_open=True, opened_at=at, channels=["web", "phone_log", "letter", "calendar", "email"],
        revision=uuid4().hex,
    )  # fmt: skip
    for channel, text in (
        ("email", "窓をあけてみました"),
        ("line", "こっちもわたしです"),
        ("email", "つづきです"),
    ):
        took = incoming.take(incoming=_letter(channel, text, at), desk=str(made.pk), at=at)
        assert took, channel
    Desk.objects.filter(pk=made.pk).update(is_open=False, opened_at=None, revision=uuid4().hex)
    lay_in_what_waits(hand, at=at)
    mail, line = (Consultation.objects.get(desk=made, door=one).pk for one in ("email", "line"))
    day = day_of(at)
    for one in (mail, line):
        writer.note_writer(hand=hand, thread_id=one, who=Who.SELF, at=at)
    linking.link(
        hand=hand, thread_id=mail, other_id=line, wish="電話で望まれた", wished_on=day, at=at
    )
    talk = Talk("少し話せてよかった、と", "phone", "self", 10)
    back = CallBack("午後2時より後", message_ok=False, withheld_ok=True)
    talks.note_talk(hand=hand, talk=talk, message=uuid4(), thread_id=mail, call_back=back, at=at)
    said = DoorsWished(unsafe_ways=("letter",), unsafe_places=("042-000-1122",), call_back=back)
    wishes.set_wishes(hand=hand, thread_id=mail, wishes=said, at=at)
    for kind in (Meeting.VIDEO, Meeting.HOME):
        appointments.offer_times(
            hand=hand,
            thread_id=mail,
            kind=kind,
            spans=_spans(at),
            words=MeetingWords("二階の部屋"),
            telling=appointments.Telling(quietly=True),
            at=at,
        )
    return mail


def offered() -> None:
    """Print the words of a thread of one's own in which times were offered: to talk, and to come home."""
    made, hana = Desk.objects.get(name=DESK), User.objects.get(email="hana@demo.example")
    at, receipt, hand = timezone.now(), new_receipt(), hand_of(actor_of(hana), keyring_of(hana))
    desk = receiving_desk(at=at, desk_id=made.pk, even_in_set_up=True)
    assert desk is not None
    case = receive_letter(
        letter=Letter(text="話してみたいです"),
        secret=receipt.secret,
        message=uuid4(),
        desk=desk,
        at=at,
    ).case
    for kind in (Meeting.VIDEO, Meeting.HOME):
        appointments.offer_times(
            hand=hand,
            thread_id=case,
            kind=kind,
            spans=_spans(at),
            words=MeetingWords("こちらからつなぎます"),
            at=at,
        )
    print(json.dumps({"words": " ".join(receipt.words)}))  # noqa: T201


def _letter(channel: str, text: str, at: datetime) -> Incoming:
    return Incoming(
        channel=channel, kind=Kind.TEXT, at=at, foreign_id=uuid4().hex, text=text,
        sender="mizuiro@example.jp" if channel == "email" else "U1", sender_name="みずいろ",
    )  # fmt: skip


def _spans(at: datetime) -> list[Span]:
    first = datetime.combine(day_of(at) + timedelta(days=3), time(14), JAPAN)
    days = [first + timedelta(days=number) for number in range(3)]
    return [Span(one, one + timedelta(minutes=30)) for one in days]
