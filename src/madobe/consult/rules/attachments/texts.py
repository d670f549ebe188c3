"""Plain text: whatever a telephone or an old PC wrote it in, kept as UTF-8."""

import re
from typing import Final

from madobe.consult.rules.attachments.kinds import (
    TEXT_BYTES,
    Cleaned,
    Kind,
    NotTaken,
    Reason,
)

_NAMED: Final = re.compile(r"\.(?:txt|text|md)\s*\Z", re.IGNORECASE)
_NOT_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_ENCODINGS: Final = ("utf-8-sig", "cp932")


def clean_text(name: str, data: bytes, *, number: int) -> Cleaned:
    """This will read a .txt file in UTF-8, UTF-16 with its mark, or Shift_JIS. Raises NotTaken.

    Text has no mark of its own, so here alone the name is asked; bytes no text holds are not taken.
    """
    if not _NAMED.search(name):
        raise NotTaken(Reason.NOT_KNOWN)
    if len(data) > TEXT_BYTES:
        raise NotTaken(Reason.TOO_BIG)
    text = _read(data).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").rstrip("\x1a")
    if _NOT_TEXT.search(text):
        raise NotTaken(Reason.NOT_KNOWN)
    if not text.strip():
        raise NotTaken(Reason.EMPTY)
    return Cleaned(
        kind=Kind.TEXT,
        media_type="text/plain; charset=utf-8",
        data=text.encode(),
        name=f"文章{number}.txt",
        removed=(),
    )


def _read(data: bytes) -> str:
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _ENCODINGS
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotTaken(Reason.NOT_KNOWN)
