"""Letters are fetched from a real IMAP server, kept once, and only then deleted there."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from imap_tools import MailBoxUnencrypted

from madobe.channels.email.fetching import Fetched, InboxDoesNotAnswer, fetch_letters
from madobe.channels.rules.inbox import Inbox, read_inbox
from madobe.channels.rules.incoming import Incoming, Kind
from tests.factories.mail_servers import Box


def letter(text: str, number: int = 1) -> EmailMessage:
    one = EmailMessage()
    one["From"] = "hana@example.jp"
    one["Subject"] = "お便り"
    one["Message-ID"] = f"<{number}@example.jp>"
    one.set_content(text)
    return one


class Taker:
    """Keeps letters by their number, as the floor above does. `refuses`: texts it does not take."""

    def __init__(self, refuses: str = "", breaks: str = "") -> None:
        self.kept: dict[str, Incoming] = {}
        self.calls = 0
        self.desks: set[str] = set()
        self.refuses, self.breaks = refuses, breaks

    def __call__(self, incoming: Incoming, desk: str) -> bool:
        self.calls += 1
        self.desks.add(desk)
        if self.breaks and self.breaks in incoming.text:
            raise RuntimeError(incoming.text)
        if self.refuses and self.refuses in incoming.text:
            return False
        self.kept.setdefault(incoming.foreign_id, incoming)
        return True


def test_every_letter_is_taken_and_gone_from_the_host(box: Box):
    for number in range(3):
        box.put(letter(f"手紙{number}", number))
    taker = Taker()
    assert fetch_letters(read_inbox(box.url), taker) == Fetched(taken=3, left=0)
    assert [one.text for one in taker.kept.values()] == ["手紙0", "手紙1", "手紙2"]
    assert box.count() == 0


def test_its_hour_is_when_the_host_received_it_not_what_the_sender_claims(box: Box):
    claimed = letter("はい")
    claimed["Date"] = "Mon, 1 Jan 1990 00:00:00 +0000"
    box.put(claimed, '"26-Nov-2026 02:10:00 +0900"')
    taker = Taker()
    fetch_letters(read_inbox(box.url), taker)
    (came,) = taker.kept.values()
    assert came.at == datetime(2026, 11, 25, 17, 10, tzinfo=UTC)


def test_the_desk_of_the_box_is_told(box: Box):
    box.put(letter("はい"))
    taker = Taker()
    fetch_letters(read_inbox(f"{box.url}?desk=akishima"), taker)
    assert taker.desks == {"akishima"}


def test_what_is_not_taken_stays_at_the_host_unread(box: Box):
    box.put(letter("はい", 1))
    box.put(letter("いいえ", 2))
    assert fetch_letters(read_inbox(box.url), Taker(refuses="いいえ")) == Fetched(taken=1, left=1)
    with box.opened() as client:
        client.select("INBOX", readonly=True)
        assert client.uid("SEARCH", "UNSEEN")[1] == [b"2"]


def test_a_letter_that_breaks_the_floor_above_holds_up_no_other(box: Box, caplog):
    box.put(letter("ひみつの話", 1))
    box.put(letter("はい", 2))
    taker = Taker(breaks="ひみつ")
    with caplog.at_level(logging.DEBUG):
        assert fetch_letters(read_inbox(box.url), taker) == Fetched(taken=1, left=1)
    assert [one.text for one in taker.kept.values()] == ["はい"]
    assert "RuntimeError" in caplog.text
    assert "ひみつ" not in caplog.text


def test_a_crash_between_keeping_and_deleting_doubles_nothing(box: Box, monkeypatch):
    box.put(letter("はい"))
    taker = Taker()
    with monkeypatch.context() as crash:
        crash.setattr(
            MailBoxUnencrypted, "delete", lambda *_: (_ for _ in ()).throw(OSError("cut"))
        )
        with pytest.raises(InboxDoesNotAnswer):
            fetch_letters(read_inbox(box.url), taker)
    assert box.count() == 1
    assert fetch_letters(read_inbox(box.url), taker) == Fetched(taken=1, left=0)
    assert taker.calls == 2
    assert len(taker.kept) == 1
    assert box.count() == 0


def test_a_letter_too_large_is_told_of_and_stays(box: Box):
    box.put(letter("あ" * 4_000))
    taker = Taker()
    assert fetch_letters(read_inbox(box.url), taker, largest=1_000) == Fetched(taken=0, left=1)
    (came,) = taker.kept.values()
    assert (came.kind, came.sender, came.text) == (Kind.UNKNOWN, "hana@example.jp", "")
    assert box.count() == 1
    fetch_letters(read_inbox(box.url), taker, largest=1_000)
    assert len(taker.kept) == 1


def test_an_empty_box_is_nothing(box: Box):
    assert fetch_letters(read_inbox(box.url), Taker()) == Fetched(taken=0, left=0)


def test_a_letter_of_broken_bytes_is_taken_too(box: Box):
    box.put(b"\xff\xfe: x\r\nContent-Type: multipart/mixed\r\n\r\n\x83\x7d\x83\x68\r\n")
    taker = Taker()
    assert fetch_letters(read_inbox(box.url), taker) == Fetched(taken=1, left=0)
    (came,) = taker.kept.values()
    assert "マド" in came.text


@pytest.mark.parametrize("wrong", ["password", "port", "folder"])
def test_a_host_that_does_not_answer_is_said_without_the_password(box: Box, wrong: str):
    box.put(letter("はい"))
    url = {
        "password": box.url.replace("mado-no-soba", "geheim"),
        "port": box.url.replace(f":{box.port}", ":9"),
        "folder": box.url.replace("INBOX", "Nowhere"),
    }[wrong]
    with pytest.raises(InboxDoesNotAnswer) as away:
        fetch_letters(read_inbox(url), Taker())
    assert "geheim" not in str(away.value)
    assert box.count() == 1


@pytest.fixture(params=["tls", "starttls"])
def secured(box: Box, request: pytest.FixtureRequest) -> Inbox:
    """The same box, reached by the name its certificate is for."""
    port = box.host.tls_port if request.param == "tls" else box.port
    return replace(read_inbox(box.url), host="localhost", port=port, secure=request.param)


def test_a_host_whose_certificate_is_trusted_is_talked_to(box: Box, secured: Inbox, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(box.host.certificate))
    box.put(letter("はい"))
    assert fetch_letters(secured, Taker()) == Fetched(taken=1, left=0)


def test_a_host_whose_certificate_nobody_trusts_gets_no_password(box: Box, secured: Inbox):
    box.put(letter("はい"))
    with pytest.raises(InboxDoesNotAnswer):
        fetch_letters(secured, Taker())
    assert box.count() == 1


def test_a_trusted_certificate_of_another_name_is_not_enough(box: Box, secured: Inbox, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(box.host.certificate))
    with pytest.raises(InboxDoesNotAnswer):
        fetch_letters(replace(secured, host="127.0.0.1"), Taker())
