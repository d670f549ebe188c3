"""A note to a colleague, and what helped: typed once, there again whatever became of the press."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from madobe.consult.actions.staff import drafts
from madobe.consult.models import Message, StaffDraft
from tests.factories.answering import MORNING, Person, Sent, send

pytestmark = pytest.mark.django_db
NOTE = "はじめの一文を、もう少し短くしてみては。"


def asked(hana: Person) -> Sent:
    """A letter whose answer waits for a second pair of eyes."""
    sent = send()
    drafts.ask_for_a_look(hand=hana.hand, thread_id=sent.id, text="下書き", at=MORNING)
    return sent


def press(person: Person, sent: Sent, go: str, text: str, **more: Any):
    draft = StaffDraft.objects.get()
    said = {"draft": str(draft.pk), "version": draft.version, "seen": sent.row.messages_count}
    path = reverse("consult_staff:look", args=[sent.id])
    return person.client().post(path, said | {"go": go, "text": text} | more)


def box(page: bytes) -> str:
    found = BeautifulSoup(page, "html.parser").select_one("[id^=look-]")
    return found.get_text().lstrip("\n") if found else ""


def test_a_note_that_is_too_long_stands_in_its_box_with_a_sentence(hana: Person, sora: Person):
    page = press(sora, asked(hana), "back", NOTE * 300)
    assert page.status_code == 422
    assert box(page.content) == NOTE * 300
    assert "書いたものは残っています" in page.content.decode()


def test_sending_as_it_is_takes_no_note_away_unsaid(hana: Person, sora: Person):
    sent = asked(hana)
    page = press(sora, sent, "send", NOTE)
    assert page.status_code == 409
    assert box(page.content) == NOTE
    assert "書いた人には届きません" in page.content.decode()
    assert not Message.objects.filter(author="staff").exists()
    assert press(sora, sent, "send", " ").status_code == 302
    assert Message.objects.filter(author="staff").count() == 1


def test_a_note_to_a_draft_that_is_gone_is_shown(hana: Person, sora: Person):
    sent = asked(hana)
    key = str(StaffDraft.objects.get().pk)
    press(sora, sent, "send", "")
    path = reverse("consult_staff:look", args=[sent.id])
    said = {"draft": key, "seen": 2, "go": "back", "text": NOTE}
    page = sora.client().post(path, said)
    assert page.status_code == 409
    text = page.content.decode()
    assert NOTE in text
    assert "もうほかの人が見ました" in text


def test_what_helped_stays_when_an_answer_is_promised_first(hana: Person):
    sent = send()
    path = reverse("consult_staff:close", args=[sent.id])
    page = hana.client().post(path, {"kind": "wish", "helped": "散歩の話"})
    assert page.status_code == 422
    assert "散歩の話" in page.content.decode()
    assert "お返事を約束しています" in page.content.decode()
