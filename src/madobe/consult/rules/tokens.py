"""What a form of the desk carries, sealed: no cookie, no session, nothing kept between two pages.

The token is the proof that a form is ours, names the thread it belongs to and makes sending twice harmless: the words
of a new letter and the id of the next message are drawn when the form is shown. That of a new letter also names the desk
whose readers and promise stood above it, so that no other one gets the letter.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Final
from uuid import UUID

from madobe.vault.rules.aead import opened, sealed
from madobe.vault.rules.algorithms import NotOpenedError
from madobe.vault.rules.receipt_keys import SECRET

NEW_FOR: Final = timedelta(days=2)  # a letter may take a night and a day
THREAD_FOR: Final = timedelta(minutes=30)
_NEW: Final = b"madobe talk: new letter, its desk"
_THREAD: Final = b"madobe talk: open thread"
_NOBODY: Final = UUID(int=0)
_SPARE: Final = bytes(
    7
)  # with these, token and dot are two whole blocks: half the work of rules.work for each try


class TokenIsStale(Exception):
    """The form was shown too long ago. What was typed is kept on the page, and the words are asked for again."""


class TokenIsNotOurs(Exception):
    """The form does not come from here, or no longer whole."""


@dataclass(frozen=True)
class Token:
    """`secret`: the receipt's own bytes; `message`: the id of what this form may send; `shown_at`: aware.

    `desk`: the one a new letter was begun for; in an open thread None.
    """

    secret: bytes
    message: UUID
    shown_at: datetime
    is_new: bool
    desk: UUID | None = None

    def __repr__(self) -> str:
        return f"Token({'new' if self.is_new else 'thread'})"


def message_id(token: Token, *content: bytes) -> UUID:
    """This will give the id of what a form sends: the same form with the same words is the same message.

    Sent again after going back and changing a word, it is another message: nothing written is taken for a repetition.
    """
    drawn = blake2b(key=token.message.bytes, digest_size=16, person=b"madobe message\0\0")
    for part in content:
        drawn.update(len(part).to_bytes(8, "big") + part)
    return UUID(bytes=drawn.digest(), version=4)


def written(token: Token, key: bytes) -> str:
    """This will give the token as text for a form."""
    plain = token.secret + token.message.bytes + int(token.shown_at.timestamp()).to_bytes(6, "big")
    if token.is_new:
        plain += (token.desk or _NOBODY).bytes + _SPARE
    blob = sealed(key, plain, _NEW if token.is_new else _THREAD)
    return urlsafe_b64encode(blob).rstrip(b"=").decode()


def read(text: str, key: bytes, *, is_new: bool, at: datetime) -> Token:
    """This will read a token of a form. Raises TokenIsStale, TokenIsNotOurs."""
    token = _opened(text, key, is_new=is_new)
    if at - token.shown_at > (NEW_FOR if is_new else THREAD_FOR):
        raise TokenIsStale
    return token


def desk_shown(text: str, key: bytes) -> UUID | None:
    """This will give the desk a form for a new letter was shown with, however long ago; None where it names none."""
    try:
        desk = _opened(text, key, is_new=True).desk
    except TokenIsNotOurs:
        return None
    return None if desk == _NOBODY else desk


def _opened(text: str, key: bytes, *, is_new: bool) -> Token:
    try:
        blob = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        plain = opened(key, blob, _NEW if is_new else _THREAD)
    except (NotOpenedError, binascii.Error, UnicodeEncodeError, ValueError):
        raise TokenIsNotOurs from None
    secret, message, rest = plain[:SECRET], plain[SECRET : SECRET + 16], plain[SECRET + 16 :]
    shown = datetime.fromtimestamp(int.from_bytes(rest[:6], "big"), tz=UTC)
    desk = UUID(bytes=rest[6:22]) if is_new else None
    return Token(secret, UUID(bytes=message), shown, is_new, desk)
