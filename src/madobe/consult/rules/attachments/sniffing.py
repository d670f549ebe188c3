"""What a file is, by its first bytes; its name is not believed."""

import re
from typing import Final

from madobe.consult.rules.attachments.kinds import NotTaken, Reason

_FIRST: Final = (
    (re.compile(rb"\xff\xd8\xff"), "JPEG"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "PNG"),
    (re.compile(rb"GIF8[79]a"), "GIF"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "WEBP"),
)
_REFUSED: Final = (
    (re.compile(rb"....ftyp(?:hei|hev|mif1|msf1|avi[fs])", re.DOTALL), Reason.HEIC),
    (re.compile(rb"....ftypM4[AB]|ID3|OggS|fLaC|#!AMR|RIFF....WAVE|\xff[\xf1-\xf3\xf9-\xfb]", re.DOTALL), Reason.SOUND),
    (re.compile(rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI |\x00\x00\x01[\xb3\xba]", re.DOTALL), Reason.FILM),
    (re.compile(rb"PK\x03\x04|PK\x05\x06|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|\{\\rtf"), Reason.OFFICE),
)  # fmt: skip
_PDF: Final = re.compile(rb"%PDF-\d")
_PDF_WITHIN = 1024  # bytes that may stand before it (some scanners write a line of their own)


def form_of(data: bytes) -> str:
    """This will give "JPEG", "PNG", "GIF", "WEBP", "PDF", or "" where it may be plain text.

    Raises NotTaken for what is known and not taken.
    """
    for pattern, form in _FIRST:
        if pattern.match(data):
            return form
    for pattern, reason in _REFUSED:
        if pattern.match(data):
            raise NotTaken(reason)
    return "PDF" if _PDF.search(data, 0, _PDF_WITHIN) else ""
