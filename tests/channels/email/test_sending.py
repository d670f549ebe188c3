"""What goes out by mail, through a real mail server."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from madobe.channels.email.sending import (
    LetterDidNotGo,
    MailIsNotSetUp,
    send_letter,
    send_notice,
)
from madobe.lib.tone import findings, telling
from tests.factories.mail_servers import Post, smtp_server


@pytest.fixture
def post(settings) -> Iterator[Post]:
    with smtp_server() as server:
        settings.MAIL = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.DEFAULT_FROM_EMAIL = "desk@example.jp"
        yield server


def test_a_letter_carries_the_words_under_a_neutral_subject(post: Post):
    name = send_letter("hana@example.jp", "読みました。\n木曜の午後はいかがですか。")
    (letter,) = post.letters
    assert post.recipients == ["hana@example.jp"]
    assert letter["Subject"] == "お便り"
    assert letter["From"] == "Madobe <desk@example.jp>"
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().split() == ["読みました。", "木曜の午後はいかがですか。"]
    assert letter["Message-ID"] == name


def test_it_stays_with_the_letter_it_answers(post: Post):
    send_letter("hana@example.jp", "はい", "<2@example.jp>", earlier=["<1@example.jp>"])
    assert post.letters[0]["In-Reply-To"] == "<2@example.jp>"
    assert post.letters[0]["References"] == "<1@example.jp> <2@example.jp>"


def test_the_sender_is_called_as_the_person_wished(post: Post):
    send_letter("hana@example.jp", "はい", alias="図書室の田中")
    send_notice("hana@example.jp", alias="図書室の田中")
    assert [letter["From"].addresses[0].display_name for letter in post.letters] == [
        "図書室の田中",
        "図書室の田中",
    ]


def test_a_name_cannot_bring_a_header_along(post: Post):
    send_letter(
        "hana@example.jp", "はい", "<a@b>\r\nBcc: x@example.jp", alias="a\r\nBcc: x@example.jp"
    )
    assert post.letters[0]["Bcc"] is None
    assert post.recipients == ["hana@example.jp"]


@pytest.mark.parametrize("language", ["ja", "ja-easy", "en"])
def test_a_notice_tells_nothing(post: Post, language: str):
    with translation.override(language):
        send_notice("hana@example.jp")
    (notice,) = post.letters
    seen = f"{notice['Subject']}\n{notice['From']}\n{notice.get_content()}"
    assert telling(seen) == []
    said = f"{notice['Subject']}\n{notice.get_content()}"
    assert findings(said, {"ja-easy": "easy"}.get(language, language)) == []
    assert "http" not in seen
    assert "合言葉" not in seen
    assert not any(sign.isdigit() for sign in notice.get_content())


def test_the_subject_of_a_notice_is_the_agreed_one(post: Post):
    send_notice("hana@example.jp")
    assert post.letters[0]["Subject"] == "お知らせがあります"


def test_a_notice_brings_no_absence_note_back_and_a_letter_is_a_persons(post: Post):
    send_notice("hana@example.jp")
    send_letter("hana@example.jp", "はい")
    assert [letter["Auto-Submitted"] for letter in post.letters] == ["auto-generated", None]


def test_no_letter_tells_which_computer_sent_it(post: Post):
    send_letter("hana@example.jp", "はい")
    assert str(post.letters[0]["Message-ID"]).endswith("@example.jp>")


@pytest.mark.parametrize("answer", ["451 busy", "550 nobody here: hana@example.jp"])
def test_what_did_not_go_is_said_without_the_address(post: Post, answer: str):
    post.refuses = [answer]
    with pytest.raises(LetterDidNotGo) as refusal:
        send_letter("hana@example.jp", "はい")
    assert "hana" not in str(refusal.value)
    assert refusal.value.__suppress_context__
    assert send_letter("hana@example.jp", "はい")  # and can be sent again
    assert len(post.letters) == 1


def test_nobody_listening_is_said(post: Post, settings):
    settings.EMAIL_PORT = 9
    with pytest.raises(LetterDidNotGo):
        send_letter("hana@example.jp", "はい")


def test_without_an_address_nothing_goes(post: Post):
    with pytest.raises(LetterDidNotGo):
        send_letter(" ", "はい")


def test_without_a_mail_server_nothing_is_pretended(settings):
    settings.MAIL = False
    with pytest.raises(MailIsNotSetUp):
        send_notice("hana@example.jp")
