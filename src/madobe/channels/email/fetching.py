"""Fetching letters over IMAP: read, handed over, and only then deleted at the host."""

import logging
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from imaplib import IMAP4, Internaldate2tuple
from time import mktime

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted

from madobe.channels.email.reading import read_envelope, read_letter
from madobe.channels.rules.inbox import Inbox
from madobe.channels.rules.incoming import Incoming

PATIENCE = 30.0  # seconds for the host to answer
LARGEST = 25 * 1024 * 1024  # bytes; what is larger stays at the host and is only told of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fetched:
    """How many letters were taken and deleted at the host, how many still lie there."""

    taken: int
    left: int


class InboxDoesNotAnswer(Exception):
    """The host is away, refuses the password or breaks off. What was not taken still lies there."""


def fetch_letters(
    inbox: Inbox, handler: Callable[[Incoming, str], bool], *, largest: int = LARGEST
) -> Fetched:
    """This will hand every letter of the box over, and delete at the host each one that was taken.

    `handler(incoming, desk)` gives True when the letter is kept for good, also when it was kept before: a letter that
    was taken but not deleted comes again (a crash in between), with the same `foreign_id`. A letter whose handling
    raises stays, and does not stand in the way of the next. The sender's address is NEVER the key of a person:
    families share one. Raises InboxDoesNotAnswer.
    """
    taken = left = 0
    with _answers(), _open(inbox) as box:
        for uid in box.uids():
            if (letter := _fetch(box, uid, largest)) is None:
                continue  # somebody else has just removed it
            incoming, is_whole = letter
            if _is_taken(handler, incoming, inbox.desk) and is_whole:
                box.delete(uid)
                taken += 1
            else:
                left += 1
    return Fetched(taken, left)


@contextmanager
def _answers() -> Iterator[None]:
    try:
        yield
    except (OSError, IMAP4.error, ImapToolsError) as error:
        raise InboxDoesNotAnswer(type(error).__name__) from None


def _open(inbox: Inbox) -> BaseMailBox:
    # imaplib alone would take any certificate.
    proof = ssl.create_default_context() if inbox.secure else None
    box: BaseMailBox
    if inbox.secure == "tls":
        box = MailBox(inbox.host, inbox.port, timeout=PATIENCE, ssl_context=proof)
    elif inbox.secure == "starttls":
        box = MailBoxStartTls(inbox.host, inbox.port, timeout=PATIENCE, ssl_context=proof)
    else:
        box = MailBoxUnencrypted(inbox.host, inbox.port, timeout=PATIENCE)
    return box.login(inbox.user, inbox.password, initial_folder=inbox.folder)


def _fetch(box: BaseMailBox, uid: str, largest: int) -> tuple[Incoming, bool] | None:
    """The letter and whether it is there whole."""
    facts, _body = _ask(box, uid, "(RFC822.SIZE INTERNALDATE)")
    if facts is None:
        return None
    at = _moment(facts)
    if _size(facts) > largest:
        facts, head = _ask(box, uid, "(BODY.PEEK[HEADER])")
        return (read_envelope(head, at=at), False) if facts is not None else None
    facts, raw = _ask(box, uid, "(BODY.PEEK[])")
    return (read_letter(raw, at=at), True) if facts is not None else None


def _ask(box: BaseMailBox, uid: str, parts: str) -> tuple[bytes | None, bytes]:
    """What the host says about a letter, and the bytes it sends along; None where it is gone."""
    status, answer = box.client.uid("FETCH", uid, parts)
    if status != "OK":
        raise IMAP4.error(status)
    facts, body = b"", b""
    for item in answer:
        if isinstance(item, tuple):
            facts, body = facts + item[0], item[1]
        elif isinstance(item, bytes):
            facts += item
    return (facts or None), body


def _moment(facts: bytes) -> datetime:
    local = Internaldate2tuple(facts)
    if local is None:
        raise IMAP4.error("INTERNALDATE")
    return datetime.fromtimestamp(mktime(local), UTC)


def _size(facts: bytes) -> int:
    words = facts.upper().replace(b"(", b" ").replace(b")", b" ").split()
    return int(words[words.index(b"RFC822.SIZE") + 1])


def _is_taken(handler: Callable[[Incoming, str], bool], incoming: Incoming, desk: str) -> bool:
    try:
        return handler(incoming, desk)
    except Exception as error:  # one letter must not hold up the others
        # Its text may quote the letter: only its kind is written down.
        log.error("A letter could not be taken in and stays at the host: %s", type(error).__name__)
        return False
