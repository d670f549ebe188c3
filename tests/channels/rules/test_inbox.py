"""The box of letters is one address; a wrong one is refused without being repeated."""

import pytest

from madobe.channels.rules.inbox import Inbox, NotAnInbox, read_inbox


@pytest.mark.parametrize(
    ("address", "inbox"),
    [
        ("imaps://desk:pw@mail.example.jp/INBOX", Inbox("mail.example.jp", 993, "desk", "pw", "INBOX", "tls", "")),
        ("imaps://desk%40example.jp:p%2Fw@mail.example.jp", Inbox("mail.example.jp", 993, "desk@example.jp", "p/w", "INBOX", "tls", "")),
        ("imaps://a:b@mail.example.jp:10993/%E7%AA%93?desk=akishima", Inbox("mail.example.jp", 10993, "a", "b", "窓", "tls", "akishima")),
        ("imap://a:b@mail.example.jp/INBOX", Inbox("mail.example.jp", 143, "a", "b", "INBOX", "starttls", "")),
        ("imap://a:b@127.0.0.1:1143/INBOX", Inbox("127.0.0.1", 1143, "a", "b", "INBOX", "", "")),
    ],
)  # fmt: skip
def test_an_address_is_read(address: str, inbox: Inbox):
    assert read_inbox(address) == inbox


@pytest.mark.parametrize(
    "address",
    ["mail.example.jp", "pop3://a:geheim@h/", "imaps://h/INBOX", "imaps://a@h/", "imaps://:geheim@h", "imaps://a:geheim@h:x/"],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_not_repeated(address: str):
    with pytest.raises(NotAnInbox) as refusal:
        read_inbox(address)
    assert "imaps://user:password@host" in str(refusal.value)
    assert "geheim" not in str(refusal.value)


def test_it_does_not_show_its_password():
    assert "geheim" not in repr(read_inbox("imaps://desk:geheim@mail.example.jp/INBOX"))
