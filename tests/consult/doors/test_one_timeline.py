"""A LINE sticker, an e-mail with a photograph and a call in one timeline, over real servers (issue 4, done-when 11)."""

from collections.abc import Iterator
from email.message import EmailMessage
from uuid import uuid4

import pytest
from django.test import Client

from madobe.channels.actions.taking import Outcome, take_in
from madobe.channels.email.fetching import fetch_letters
from madobe.channels.rules.inbox import read_inbox
from madobe.consult.actions.doors.linking import link
from madobe.consult.actions.doors.talks import note_talk
from madobe.consult.actions.doors.writer import note_writer
from madobe.consult.choices import Who
from madobe.consult.models import Attachment, Consultation
from madobe.consult.queries.staff.thread import messages_of, staff_file
from madobe.consult.reach import lay_in_what_waits, open_thread
from madobe.consult.rules.doors.talks import Talk
from madobe.consult.times import day_of
from tests.factories.answering import MORNING, Person
from tests.factories.files import MARKED, found_in
from tests.factories.line_server import SECRET, TOKEN, Line, line_server, message, signed
from tests.factories.mail_servers import Box, dovecot

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(settings) -> Iterator[Line]:
    with line_server() as server:
        settings.LINE_API, settings.LINE_SECRET, settings.LINE_TOKEN = server.url, SECRET, TOKEN
        settings.LINE_DESK = ""
        yield server


@pytest.fixture
def box() -> Iterator[Box]:
    with dovecot() as host:
        yield Box(host, f"desk-{uuid4().hex[:12]}")


def knock(*events) -> int:
    """LINE calls."""
    body, headers = signed(list(events))
    return (
        Client()
        .post("/channels/line/", body, content_type="application/json", headers=headers)
        .status_code
    )


def fetch(box: Box) -> int:
    """The box of letters is emptied."""

    def take(incoming, desk: str) -> bool:
        return take_in(incoming=incoming, desk=desk, at=MORNING) is not Outcome.LEFT

    return fetch_letters(read_inbox(box.url), take).taken


def test_they_land_in_one_timeline_and_the_place_is_gone(hana: Person, line: Line, box: Box):
    marked = MARKED["jpeg"]()
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "mizu@example.jp", "写真"
    mail["Message-ID"] = "<photo@example.jp>"
    mail.set_content("窓から見えた木です")
    mail.add_attachment(marked.data, maintype="image", subtype="jpeg", filename=marked.name)
    box.put(mail)
    assert knock(message("sticker", keywords=["おやすみ"])) == 200
    assert fetch(box) == 1
    assert box.count() == 0
    by_line, by_mail = (Consultation.objects.get(door=door).pk for door in ("line", "email"))
    talk = Talk("LINEもメールもわたし、と話してくださった", "phone", "self", 5)
    note_talk(hand=hana.hand, talk=talk, message=uuid4(), thread_id=by_mail, at=MORNING)
    for one in (by_line, by_mail):
        note_writer(hand=hana.hand, thread_id=one, who=Who.SELF, at=MORNING)
    link(
        hand=hana.hand,
        thread_id=by_mail,
        other_id=by_line,
        wish="電話で、いっしょに見てほしいと",
        wished_on=day_of(MORNING),
        at=MORNING,
    )
    assert knock(message("text", text="つながった？")) == 200

    lay_in_what_waits(hana.hand, at=MORNING)
    found = open_thread(hana.hand, by_mail, at=MORNING)
    said = messages_of(found)
    assert [one.door for one in said] == ["メール", "電話", "LINE", "LINE"]
    assert "窓から見えた木です" in said[0].text
    assert "LINEもメールもわたし" in said[1].text
    assert "おやすみ" in said[2].text
    assert said[3].text == "つながった？"
    kept = staff_file(found, Attachment.objects.get().pk)
    assert kept is not None
    assert found_in(marked.data, marked.markers) == set(marked.markers)
    assert found_in(kept.data, marked.markers) == set()
    # The first answer, that 既読 comes by itself, went out for the first sign alone.
    assert len([one for one in line.asked if one.endswith("/reply")]) == 1
