"""Nothing leaves the house but past the gate: answers, notices, reminders, letters (trust.md T9, G25, E10, E19)."""

import ast
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core import mail

from madobe.consult.actions.doors.appointments import Preference, choose_time, offer_times, remind
from madobe.consult.actions.doors.outgoing import NotThatWay, send_by_door
from madobe.consult.actions.doors.talks import note_letter
from madobe.consult.actions.doors.wishes import set_wishes
from madobe.consult.actions.staff.answers import Draft, reply
from madobe.consult.actions.staff.notices import send_due_notices
from madobe.consult.door_choices import Meeting
from madobe.consult.models import Care, ChannelIdentity, Consultation
from madobe.consult.rules.doors import gate
from madobe.consult.rules.doors.gate import Refusal
from madobe.consult.rules.doors.talks import MeetingWords, Span
from madobe.consult.rules.doors.wishes import DoorsWished
from tests.factories.answering import MORNING, Person, Sent, send
from tests.factories.doors import came, texts
from tests.factories.line_server import HANA, SECRET, TOKEN, Line, line_server

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[3] / "src" / "madobe"
ADDRESS = "mizuiro@example.net"
TUESDAY = datetime.fromisoformat("2026-12-01T14:00:00+09:00")
# What lets something out to somebody who wrote, and the modules that ask the gate before they call it.
SENDERS = {"send_letter", "send_notice", "send_text"}
ASK_THE_GATE = {"consult/actions/doors/outgoing.py", "consult/actions/staff/notices.py"}


@pytest.fixture(autouse=True)
def _mail(settings) -> None:
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def line(settings) -> Iterator[Line]:
    with line_server() as server:
        settings.LINE_API, settings.LINE_SECRET, settings.LINE_TOKEN = server.url, SECRET, TOKEN
        settings.LINE_DESK = ""
        yield server


def answer(hana: Person, sent: Sent, at: datetime = MORNING) -> None:
    draft = Draft(uuid4(), sent.row.messages_count, "お返事です")
    reply(hand=hana.hand, thread_id=sent.id, draft=draft, at=at)


def wish(hana: Person, thread, **more) -> None:
    set_wishes(hand=hana.hand, thread_id=thread, wishes=DoorsWished(**more), at=MORNING)


def by_notice(hana: Person, line: Line) -> int:
    answer(hana, send(notice_to=ADDRESS))
    return len(mail.outbox)


def by_reminder(hana: Person, line: Line) -> int:
    sent = send(notice_to=ADDRESS)
    span = Span(TUESDAY, TUESDAY + timedelta(minutes=30))
    offer_times(
        hand=hana.hand, thread_id=sent.id, kind=Meeting.PHONE, spans=[span],
        words=MeetingWords("", ""), at=MORNING,
    )  # fmt: skip
    mail.outbox.clear()
    Care.objects.update(notice_due=False)
    wants = Preference(wants_notice=True)
    choose_time(secret=sent.secret, offer="1.1", at=MORNING, preference=wants)
    remind(TUESDAY - timedelta(hours=20))
    send_due_notices(hand=hana.hand, at=TUESDAY - timedelta(hours=4))
    return len(mail.outbox)


def by_door(hana: Person, channel: str, sender: str) -> None:
    came("はじめまして", channel=channel, sender=sender)
    thread = Consultation.objects.get(door=channel)
    texts(hana, thread.pk)
    draft = Draft(uuid4(), 1, "お返事です")
    identity = ChannelIdentity.objects.get()
    send_by_door(
        hand=hana.hand, thread_id=thread.pk, identity_id=identity.pk, draft=draft, at=MORNING
    )


def by_mail(hana: Person, line: Line) -> int:
    by_door(hana, "email", ADDRESS)
    return len(mail.outbox)


def by_line(hana: Person, line: Line) -> int:
    by_door(hana, "line", HANA)
    return len(line.texts())


def on_paper(hana: Person, line: Line) -> int:
    given = {"text": "お元気でしょうか", "address": "みほん町1-2", "is_wished": True}
    return note_letter(hand=hana.hand, thread_id=send().id, message=uuid4(), at=MORNING, **given)


WAYS: dict[str, Callable[[Person, Line], int]] = {
    "a notice": by_notice,
    "a reminder": by_reminder,
    "e-mail": by_mail,
    "LINE": by_line,
    "paper": on_paper,
}


@pytest.mark.parametrize("way", WAYS)
def test_by_every_way_something_leaves(hana: Person, line: Line, way: str):
    assert WAYS[way](hana, line) == 1


@pytest.mark.parametrize("way", WAYS)
def test_what_the_gate_refuses_leaves_by_no_way(
    hana: Person, line: Line, monkeypatch: pytest.MonkeyPatch, way: str
):
    monkeypatch.setattr(gate, "_by_wish", lambda *_: Refusal.UNSAFE_WAY)
    gone: int | None
    try:
        gone = WAYS[way](hana, line)
    except NotThatWay:
        gone = len(mail.outbox) + len(line.texts())
    assert gone == 0


def test_nothing_else_in_the_house_sends_to_somebody_who_wrote():
    callers = set()
    for path in SOURCE.rglob("*.py"):
        names = {
            getattr(node, "id", getattr(node, "attr", ""))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Name | ast.Attribute)
        }
        if names & SENDERS:
            callers.add(str(path.relative_to(SOURCE)))
    assert callers == ASK_THE_GATE


class TestANoticeOfAnAnswer:
    """An address somebody gave for 「お知らせがあります」 may be unsafe by now, or its hours quiet."""

    @pytest.mark.parametrize(
        "wishes",
        [{"unsafe_ways": ("email",)}, {"unsafe_places": ("ＭＩＺＵＩＲＯ＠example.net",)}],
    )
    def test_never_goes_to_what_is_not_safe(self, hana: Person, wishes):
        sent = send(notice_to=ADDRESS)
        wish(hana, sent.id, **wishes)
        answer(hana, sent)
        wish(hana, sent.id)
        send_due_notices(hand=hana.hand, at=MORNING + timedelta(days=3))
        assert mail.outbox == []  # and is not sent later either, once nobody thinks of it

    def test_waits_for_the_persons_own_loud_hour(self, hana: Person):
        sent = send(notice_to=ADDRESS)
        wish(hana, sent.id, quiet_from="06:00", quiet_until="14:00")
        answer(hana, sent)
        assert mail.outbox == []
        send_due_notices(hand=hana.hand, at=MORNING.replace(hour=22))
        assert [one.to for one in mail.outbox] == [[ADDRESS]]

    def test_those_in_quiet_do_not_keep_the_others_waiting(self, hana: Person):
        for _ in range(20):
            quiet = send(notice_to=ADDRESS)
            wish(hana, quiet.id, quiet_from="00:00", quiet_until="23:59")
            Care.objects.filter(pk=quiet.id).update(notice_due=True)
        sent = send(notice_to="hare@example.net")
        answer(hana, sent, at=MORNING.replace(hour=22))
        send_due_notices(hand=hana.hand, at=MORNING)
        assert [one.to for one in mail.outbox] == [["hare@example.net"]]

    def test_needs_no_answering_by_mail_at_the_desk(self, world, hana: Person):
        world.desk.channels = ["web"]
        world.desk.save()
        answer(hana, send(notice_to=ADDRESS))
        assert len(mail.outbox) == 1
