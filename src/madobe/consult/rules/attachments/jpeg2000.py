"""JPEG 2000 inside a paper: the picture without the boxes and marks that only carry notes."""

from typing import Final

from madobe.consult.rules.attachments.kinds import Removed
from madobe.consult.rules.attachments.records import of_exif, of_xmp

_SIGNED: Final = b"\0\0\0\x0cjP  "
_PICTURE: Final = (b"jP  ", b"ftyp", b"jp2h")
_PACKED: Final = b"jp2c"
_TILE: Final = 0x90  # from here on pixels
_COMMENT: Final = 0x64


def bare_jpeg2000(data: bytes) -> tuple[bytes, set[Removed]]:
    """This will give the picture, not packed anew, and what was found beside it."""
    if not data.startswith(_SIGNED):
        return _bare_code(data)
    kept, found, place = bytearray(), set[Removed](), 0
    while place + 8 <= len(data):
        length, name, head = (
            int.from_bytes(data[place : place + 4], "big"),
            data[place + 4 : place + 8],
            8,
        )
        if length == 1:
            length, head = int.from_bytes(data[place + 8 : place + 16], "big"), 16
        elif length == 0:
            length = len(data) - place
        if length < head:
            break
        body, place = data[place + head : place + length], place + length
        if name == _PACKED:
            body, more = _bare_code(body)
            found |= more
        elif name not in _PICTURE:
            found |= (
                of_exif(body[16:]) if body[16:20] in (b"II*\0", b"MM\0*", b"Exif") else of_xmp(body)
            )
            continue
        kept += (len(body) + 8).to_bytes(4, "big") + name + body
    return bytes(kept), found


def _bare_code(data: bytes) -> tuple[bytes, set[Removed]]:
    """The code stream without the comments of its main header."""
    kept, place = bytearray(data[:2]), 2
    found: set[Removed] = set()
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != _TILE:
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if data[place + 1] == _COMMENT:
            found.add(Removed.COMMENT)
        else:
            kept += data[place:end]
        place = end
    return bytes(kept + data[place:]), found
