"""Many letters at once by mail: one row, and nobody else's letter waits behind it."""

import secrets

import pytest

from madobe.channels.rules.incoming import Kind
from madobe.consult import incoming
from madobe.consult.choices import State
from madobe.consult.models import Consultation
from madobe.consult.rules.flood import ALIKE_LONG, FROM_ONE, Counters
from tests.factories.answering import Person
from tests.factories.doors import came

pytestmark = pytest.mark.django_db
SPAM = "いますぐこちらのページをごらんください。とてもお得なお知らせです。"


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "_counters", Counters(secrets.token_bytes(32)))


def held() -> list[str]:
    return list(Consultation.objects.exclude(held="").values_list("held", flat=True))


def test_one_text_from_many_addresses_stands_behind_one_row(hana: Person):
    for number in range(ALIKE_LONG + 3):
        came(SPAM, sender=f"{number}@example.jp")
    assert (len(held()), len(set(held()))) == (3, 1)
    came("ねむれません", sender="hana@example.jp")
    assert len(held()) == 3
    page = hana.client().get("/staff/talk/").content.decode()
    assert "似たお便りが3通あります" in page
    assert "ねむれません" in page


def test_however_much_one_address_sends_it_is_one_thread(hana: Person):
    for _ in range(6):
        came(SPAM)
    assert (Consultation.objects.count(), held()) == (1, [])


def test_mail_nobody_can_tell_the_sender_of_stands_together(hana: Person):
    for number in range(FROM_ONE + 2):
        came(f"読めないお便り {number}", sender="", kind=Kind.UNKNOWN)
    assert (len(held()), len(set(held()))) == (2, 1)
    assert Consultation.objects.filter(state=State.WAITING_STAFF).count() == FROM_ONE + 2


def test_stickers_are_no_copies_of_each_other(hana: Person):
    for number in range(ALIKE_LONG + 3):
        came(channel="line", sender=f"U{number}", kind=Kind.STICKER, visible_line="（スタンプ）")
    assert held() == []
