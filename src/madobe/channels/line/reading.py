"""One webhook event of LINE -> what came in. Unknown kinds and missing parts leave a visible line, never a gap.

Read by hand, not by the SDK's models: those refuse an event that lacks one field or has a type of tomorrow, and a
message would be lost. Shapes: webhook.yml of line/line-openapi (Apache-2.0).
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from madobe.channels import lines
from madobe.channels.rules.incoming import Incoming, Kind

CODE = "line"
_CONTENT = {
    "image": Kind.PICTURE,
    "video": Kind.VIDEO,
    "audio": Kind.SOUND,
    "file": Kind.FILE,
}
_MOST_WORDS = 3  # of the keywords of a sticker


@dataclass(frozen=True)
class Content:
    """Something that lies at LINE and is fetched by the message's id. `size`: bytes, 0 when LINE does not say."""

    message_id: str
    name: str
    size: int
    is_prepared_first: bool  # sound and video are made ready at LINE before they can be fetched
    is_at_line: bool


@dataclass(frozen=True)
class Event:
    """An event, read: what came in, what is still to be fetched, and by which token one may answer at once."""

    incoming: Incoming
    content: Content | None
    reply_token: str


def read_event(event: object, *, at: datetime) -> Event:
    """This will read one event. `at`: now, for an event that carries no time of its own. Raises nothing."""
    event = event if isinstance(event, dict) else {}
    source = _part(event, "source")
    base: dict[str, Any] = {
        "channel": CODE,
        "at": _moment(event.get("timestamp"), at),
        "foreign_id": _text(event, "webhookEventId") or _fingerprint(event),
        "sender": _text(source, "userId"),
    }
    token = _text(event, "replyToken") if event.get("mode") == "active" else ""
    if source.get("type") in ("group", "room"):
        # What others say in a group was not written to a desk.
        group = _text(source, "groupId") or _text(source, "roomId")
        base["sender"] = group
        return Event(
            Incoming(**base, kind=Kind.UNKNOWN, visible_line=lines.from_a_group()), None, ""
        )
    if event.get("type") == "message":
        return _message(_part(event, "message"), base, token)
    if event.get("type") == "unsend":
        which = _text(_part(event, "unsend"), "messageId")
        sign = Incoming(
            **base,
            kind=Kind.UNSENT,
            answers=(which,) if which else (),
            visible_line=lines.unsent(),
        )
        return Event(sign, None, "")
    if event.get("type") == "follow":
        return Event(Incoming(**base, kind=Kind.JOINED, visible_line=lines.joined()), None, token)
    if event.get("type") == "unfollow":
        return Event(Incoming(**base, kind=Kind.LEFT, visible_line=lines.left()), None, "")
    return Event(Incoming(**base, kind=Kind.UNKNOWN, visible_line=lines.unknown()), None, token)


def _message(message: dict[str, Any], base: dict[str, Any], token: str) -> Event:
    kind = message.get("type")
    quoted = _text(message, "quotedMessageId")
    base |= {"letter_id": _text(message, "id"), "answers": (quoted,) if quoted else ()}
    words = _text(message, "text")
    if kind == "text" and words.strip():
        return Event(Incoming(**base, kind=Kind.TEXT, text=words), None, token)
    if kind == "sticker":
        line = lines.sticker(words.strip() or _keywords(message), written=bool(words.strip()))
        return Event(Incoming(**base, kind=Kind.STICKER, visible_line=line), None, token)
    if kind == "location":
        return Event(Incoming(**base, kind=Kind.PLACE, visible_line=lines.place()), None, token)
    if isinstance(kind, str) and kind in _CONTENT:
        seen = _CONTENT[kind]
        content = Content(
            message_id=base["letter_id"],
            name=_text(message, "fileName"),
            size=_number(message, "fileSize"),
            is_prepared_first=seen in (Kind.VIDEO, Kind.SOUND),
            is_at_line=_part(message, "contentProvider").get("type", "line") == "line",
        )
        return Event(Incoming(**base, kind=seen, visible_line=lines.arrived(seen)), content, token)
    return Event(Incoming(**base, kind=Kind.UNKNOWN, visible_line=lines.unknown()), None, token)


def _keywords(message: dict[str, Any]) -> str:
    words = message.get("keywords")
    known = [word for word in words if isinstance(word, str)] if isinstance(words, list) else []
    return "・".join(known[:_MOST_WORDS])


def _part(whole: dict[str, Any], name: str) -> dict[str, Any]:
    part = whole.get(name)
    return part if isinstance(part, dict) else {}


def _text(whole: dict[str, Any], name: str) -> str:
    text = whole.get(name)
    return text if isinstance(text, str) else ""


def _number(whole: dict[str, Any], name: str) -> int:
    number = whole.get(name)
    return number if isinstance(number, int) else 0


def _moment(milliseconds: object, at: datetime) -> datetime:
    if not isinstance(milliseconds, int):
        return at
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return at


def _fingerprint(event: dict[str, Any]) -> str:
    return sha256(json.dumps(event, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()
