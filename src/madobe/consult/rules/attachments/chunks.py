"""PNG, WebP and GIF by their chunks: what they carry beside the picture. A broken file is read as far as it goes."""

import re
from collections.abc import Iterator
from typing import Final

from madobe.consult.rules.attachments.kinds import Removed
from madobe.consult.rules.attachments.records import of_exif, of_xmp

PNG: Final = b"\x89PNG\r\n\x1a\n"

_PNG_PICTURE: Final = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"bKGD", b"sBIT", b"hIST",
    b"cICP", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
_PNG_WORDS: Final = {
    b"author": Removed.AUTHOR,
    b"copyright": Removed.AUTHOR,
    b"creation time": Removed.TIME,
    b"date:create": Removed.TIME,
    b"date:modify": Removed.TIME,
    b"software": Removed.SOFTWARE,
    b"source": Removed.CAMERA,
}
_WEBP_PICTURE: Final = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}


def told_by_png(data: bytes) -> set[Removed]:
    """This will name what a PNG carries beside the picture."""
    found: set[Removed] = set()
    place = len(PNG)
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        name, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        place += length + 12
        if name == b"IEND":
            return found | ({Removed.HIDDEN} if data[place:].strip(b"\0") else set())
        found |= _told_by_png_chunk(name, body)
    return found


def _told_by_png_chunk(name: bytes, body: bytes) -> set[Removed]:
    if name in _PNG_PICTURE:
        return set()
    if name == b"eXIf":
        return of_exif(body)
    if name == b"iCCP":
        return {Removed.COLOUR}
    if name == b"tIME":
        return {Removed.TIME}
    if name in (b"tEXt", b"zTXt", b"iTXt"):
        keyword = body.split(b"\0", 1)[0].lower()
        if keyword == b"xml:com.adobe.xmp":
            return of_xmp(body)
        return {_PNG_WORDS.get(keyword, Removed.COMMENT)}
    return {Removed.RECORDS}


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    end = min(len(data), int.from_bytes(data[4:8], "little") + 8)
    place = 12
    while place + 8 <= end:
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        yield data[place : place + 4], data[place + 8 : place + 8 + length]
        place += 8 + length + length % 2


def told_by_webp(data: bytes) -> set[Removed]:
    """This will name what a WebP carries beside the picture."""
    found: set[Removed] = set()
    for name, body in _webp_chunks(data):
        if name == b"EXIF":
            found |= of_exif(body)
        elif name == b"XMP ":
            found |= of_xmp(body)
        elif name == b"ICCP":
            found.add(Removed.COLOUR)
        elif name not in _WEBP_PICTURE:
            found.add(Removed.RECORDS)
    end = int.from_bytes(data[4:8], "little") + 8
    return found | ({Removed.HIDDEN} if data[end + end % 2 :].strip(b"\0") else set())


def webp_size(data: bytes) -> tuple[int, int]:
    """Width and height as written, (0, 0) where none is: asked before the decoder makes room for them."""
    for name, body in _webp_chunks(data):
        if name == b"VP8X" and len(body) >= 10:
            return (
                int.from_bytes(body[4:7], "little") + 1,
                int.from_bytes(body[7:10], "little") + 1,
            )
        if name == b"VP8 " and len(body) >= 10:
            width, height = (int.from_bytes(body[at : at + 2], "little") & 0x3FFF for at in (6, 8))
            return width, height
        if name == b"VP8L" and len(body) >= 5:
            bits = int.from_bytes(body[1:5], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return 0, 0


def told_by_gif(data: bytes) -> set[Removed]:
    """This will name what a GIF carries beside the picture."""
    found: set[Removed] = set()
    place = 13 + _table(data[10:11])
    while place < len(data):
        sort = data[place]
        if sort == 0x3B:
            return found | ({Removed.HIDDEN} if data[place + 1 :].strip(b"\0") else set())
        if sort == 0x21:
            label = data[place + 1 : place + 2]
            end = _after_blocks(data, place + 2)
            body = data[place + 2 : end]
            if label in (b"\xfe", b"\x01"):
                found.add(Removed.COMMENT)
            elif label == b"\xff" and body[1:9] == b"XMP Data":
                found |= of_xmp(body)
            elif label == b"\xff" and not re.match(rb"(NETSCAPE|ANIMEXTS)", body[1:9]):
                found.add(Removed.COLOUR if body[1:9] == b"ICCRGBG1" else Removed.RECORDS)
            place = end
        elif sort == 0x2C:
            place = _after_blocks(data, place + 11 + _table(data[place + 9 : place + 10]))
        else:
            return found | {Removed.HIDDEN}
    return found


def _table(flags: bytes) -> int:
    """Bytes of the colour table these flags announce."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _after_blocks(data: bytes, place: int) -> int:
    while place < len(data) and data[place]:
        place += data[place] + 1
    return place + 1
