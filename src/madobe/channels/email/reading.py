"""One letter as it lies at the host -> what came in. However broken it is, something of it stays visible."""

import mimetypes
import re
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from hashlib import sha256
from pathlib import PurePosixPath

from madobe.channels import lines
from madobe.channels.rules.incoming import File, Incoming, Kind
from madobe.channels.rules.mail.decoding import header_text, text_of
from madobe.channels.rules.mail.history import fold
from madobe.channels.rules.mail.machines import Machine, machine
from madobe.channels.rules.mail.page import page_text

CODE = "email"
_SAME = ("from", "date", "subject", "message-id")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_BY_MAIN_TYPE = {"image": Kind.PICTURE, "audio": Kind.SOUND, "video": Kind.VIDEO}


@dataclass
class _Parts:
    plain: str = ""
    page: str = ""
    files: list[File] = field(default_factory=list)
    came_back: tuple[str, ...] = ()  # Message-IDs of our letters inside a delivery report

    def text(self) -> str:
        return self.plain if self.plain.strip() else self.page


def read_letter(raw: bytes, *, at: datetime) -> Incoming:
    """This will read a letter of bytes. `at`: when the host received it. Raises nothing on account of what it holds.

    Its `foreign_id` is made of the letter itself, not of its Message-ID alone: programs exist that give one id to
    every letter, and none of those may be lost.
    """
    try:
        return _read(message_from_bytes(raw), raw, at)
    except Exception:  # what nobody foresaw is kept whole, for somebody to open by hand
        return Incoming(
            channel=CODE,
            kind=Kind.UNKNOWN,
            at=at,
            foreign_id=sha256(raw).hexdigest(),
            files=(File("letter.eml", raw, "message/rfc822"),),
            visible_line=lines.mail_unreadable(),
        )


def read_envelope(raw: bytes, *, at: datetime) -> Incoming:
    """This will read the headers of a letter too large to fetch: who wrote, and that it lies at the host."""
    letter = message_from_bytes(raw)
    name, address = _sender(letter)
    return Incoming(
        channel=CODE,
        kind=Kind.UNKNOWN,
        at=at,
        foreign_id=sha256(raw).hexdigest(),
        sender=address,
        sender_name=name,
        subject=_header(letter, "subject"),
        letter_id=_ids(_header(letter, "message-id"))[0],
        visible_line=lines.mail_too_large(),
    )


def _read(letter: Message, raw: bytes, at: datetime) -> Incoming:
    headers = {
        name.lower(): header_text(value) for name, value in reversed(list(letter.raw_items()))
    }
    name, address = _sender(letter)
    who = machine(headers, letter.get_content_type(), address)
    parts = _parts(letter)
    text, folded = fold(parts.text().strip("\n"))
    subject = headers.get("subject", "")
    files = tuple(parts.files)
    if not text.strip():
        text = subject  # somebody said it in the subject line
    kind = _kind(text, files) if who is Machine.NONE else Kind.AUTOMATIC
    return Incoming(
        channel=CODE,
        kind=kind,
        at=at,
        foreign_id=_same(letter, raw),
        sender=address,
        sender_name=name,
        subject=subject,
        text=text,
        folded=folded,
        files=files,
        letter_id=_ids(headers.get("message-id", ""))[0],
        answers=tuple(
            dict.fromkeys(
                one
                for one in (
                    *_ids(headers.get("in-reply-to", "")),
                    *_ids(headers.get("references", "")),
                    *parts.came_back,
                )
                if one
            )
        ),
        visible_line=_line(kind, who, text),
    )


def _sender(letter: Message) -> tuple[str, str]:
    """Name and address; the address is looked for as it stands, since a decoded name may hold commas and brackets."""
    raw = next((str(value) for one, value in letter.raw_items() if one.lower() == "from"), "")
    name, address = parseaddr(" ".join(raw.split()))
    if "@" in address and address.isascii():
        return header_text(name), address
    text = header_text(raw)
    if found := _ADDRESS.search(text):
        return text[: found.start()].strip(" \"'<"), found.group()
    return text, ""


def _header(letter: Message, name: str) -> str:
    """As it stands in the letter: `letter[name]` would have replaced what is not ASCII."""
    return next(
        (header_text(value) for one, value in letter.raw_items() if one.lower() == name), ""
    )


def _kind(text: str, files: tuple[File, ...]) -> Kind:
    if text.strip() or not files:
        return Kind.TEXT
    kinds = {_BY_MAIN_TYPE.get(one.media_type.partition("/")[0], Kind.FILE) for one in files}
    return kinds.pop() if len(kinds) == 1 else Kind.FILE


def _line(kind: Kind, who: Machine, text: str) -> str:
    if who is Machine.CAME_BACK:
        return lines.mail_came_back()
    if kind is Kind.AUTOMATIC:
        return lines.mail_automatic()
    return "" if text.strip() else lines.arrived(kind)


def _same(letter: Message, raw: bytes) -> str:
    """The same for one letter delivered twice: the host's own notes (Received, …) are left out."""
    parted = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    heads = "\n".join(f"{name}:{_header(letter, name)}" for name in _SAME)
    return sha256(heads.encode("utf-8", "replace") + b"\n\n" + parted[2]).hexdigest()


def _ids(value: str) -> list[str]:
    """The Message-IDs in a header; one empty text where there is none."""
    return [word for word in value.split() if word.startswith("<") and word.endswith(">")] or [""]


def _parts(part: Message) -> _Parts:
    kind = part.get_content_type()
    payload = part.get_payload()
    if kind.startswith("multipart/") and isinstance(payload, list):
        inner = [_parts(one) for one in payload if isinstance(one, Message)]
        return _joined(inner, one_of=kind == "multipart/alternative")
    if kind.startswith("message/") and isinstance(payload, list):
        return _letter_inside(part, [one for one in payload if isinstance(one, Message)])
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    name = _file_name(part)
    is_words = kind in ("text/plain", "text/html") or (kind.startswith("multipart/") and not name)
    if is_words and part.get_content_disposition() != "attachment" and not name:
        words = text_of(data, _charset(part))
        return _Parts(page=page_text(words)) if kind == "text/html" else _Parts(plain=words)
    if not data:
        return _Parts()
    return _Parts(files=[File(name or _name_for(kind), data, kind)])


def _joined(inner: list[_Parts], *, one_of: bool) -> _Parts:
    files = [one for part in inner for one in part.files]
    came_back = tuple(one for part in inner for one in part.came_back)
    if one_of:  # the same words several times: plain before page
        plain = next((part.plain for part in reversed(inner) if part.plain.strip()), "")
        page = next((part.page for part in reversed(inner) if part.page.strip()), "")
        return _Parts(plain, page, files, came_back)
    words = [part.text().strip("\n") for part in inner if part.text().strip()]
    return _Parts("\n\n".join(words), "", files, came_back)


def _letter_inside(part: Message, payload: list[Message]) -> _Parts:
    """A forwarded letter is a file of its own; a report about one of ours tells which it was."""
    if part.get_content_type() == "message/delivery-status":
        words = "\n\n".join(str(block).strip() for block in payload)
        return _Parts(files=[File("delivery.txt", words.encode("utf-8", "replace"), "text/plain")])
    inside = payload[0]
    data = inside.as_bytes(policy=inside.policy.clone(max_line_length=None))
    name = _file_name(part) or "letter.eml"
    came_back = tuple(one for one in _ids(_header(inside, "message-id")) if one)
    return _Parts(files=[File(name, data, "message/rfc822")], came_back=came_back)


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset() or ""
    except (LookupError, ValueError):
        return ""


def _file_name(part: Message) -> str:
    """The name the sender gave it, without any path and sign that a file system would mind."""
    try:
        name = header_text(part.get_filename() or "")
    except (LookupError, ValueError, TypeError):
        name = ""
    return PurePosixPath(name.replace("\\", "/")).name.lstrip(".")[:120]


def _name_for(kind: str) -> str:
    return f"file{mimetypes.guess_extension(kind) or ''}"
