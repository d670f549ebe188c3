"""Letters and notices that go out by mail.

An address is where an answer can be sent. It is NEVER the key of a person: families share them.
"""

from collections.abc import Sequence
from email.utils import formataddr, make_msgid, parseaddr
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

SENDER = "Madobe"


class MailIsNotSetUp(Exception):
    """No mail server is set (MADOBE_MAIL_URL): nothing was sent."""


class LetterDidNotGo(Exception):
    """The mail server did not take it. Nothing was sent; the same letter can be sent again."""


def send_letter(
    to: str,
    text: str,
    in_reply_to: str | None = None,
    *,
    alias: str = "",
    earlier: Sequence[str] = (),
) -> str:
    """This will send what a counsellor wrote, to somebody who chose to be answered by mail. Gives its Message-ID.

    Called in the counsellor's own request: nothing is kept on the way. `in_reply_to` and `earlier` are Message-IDs, so
    that the letters stay together in the mail program. `alias`: the sender's name the person wished for.
    Raises MailIsNotSetUp, LetterDidNotGo.
    """
    chain = [*earlier, *([in_reply_to] if in_reply_to else [])]
    headers = {"In-Reply-To": in_reply_to} if in_reply_to else {}
    if chain:
        headers["References"] = " ".join(dict.fromkeys(chain))
    return _send(to, pgettext("subject of an e-mail", "お便り"), text, alias, headers)


def send_notice(to: str, alias: str = "") -> str:
    """This will say that there is something to read, and nothing else: no words of it, no name, no link, no number.

    Gives its Message-ID. Whether now is the hour for it is asked before (quiet.may_send_now).
    Raises MailIsNotSetUp, LetterDidNotGo.
    """
    # No absence note shall come back on it (RFC 3834), and no delivery receipt.
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    body = _("お知らせがあります。ご都合のよいときに、ごらんいただけます。")
    return _send(to, _("お知らせがあります"), body, alias, headers)


def _send(to: str, subject: str, body: str, alias: str, headers: dict[str, str]) -> str:
    if not settings.MAIL:
        raise MailIsNotSetUp
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    # Django would name this computer in the id.
    name = make_msgid(domain=address.rpartition("@")[2])
    headers = {name_: _one_line(value) for name_, value in headers.items()}
    letter = EmailMessage(
        subject=subject,
        body=body,
        from_email=formataddr((_one_line(alias) or SENDER, address)),
        to=[_one_line(to)],
        headers={**headers, "Message-ID": name},
    )
    try:
        sent = letter.send()
    except (SMTPException, OSError, ValueError) as error:
        # The server's answer may repeat the address: only its kind goes on.
        raise LetterDidNotGo(type(error).__name__) from None
    if not sent:
        raise LetterDidNotGo("no address")
    return name


def _one_line(text: str) -> str:
    return " ".join(text.split())
