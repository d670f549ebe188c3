"""JPEG by its segments: what it carries beside the picture."""

import re
from dataclasses import dataclass
from typing import Final

from madobe.consult.rules.attachments.kinds import NotTaken, Reason, Removed
from madobe.consult.rules.attachments.records import of_exif, of_iptc, of_xmp

START: Final = b"\xff\xd8"
END: Final = b"\xff\xd9"
SCANS: Final = 40  # a progressive picture has about ten; each costs a pass over all pixels

_ALONE: Final = {0x01, *range(0xD0, 0xD8)}  # markers without a body
_PICTURE: Final = {*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD}  # frames, tables, scans
_NEXT = re.compile(rb"\xff+([^\x00\xff])", re.DOTALL)
_AFTER_SCAN = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)


@dataclass(frozen=True)
class Segment:
    """One marker with its body (without length) and, for a scan, the packed pixels behind it."""

    marker: int
    body: bytes
    packed: bytes = b""


def segments(data: bytes) -> tuple[list[Segment], bytes]:
    """This will give the segments and what lies behind the end. Broken places are passed over, as viewers do."""
    found: list[Segment] = []
    place = len(START)
    while match := _NEXT.search(data, place):
        marker, place = match[1][0], match.end()
        if marker == END[1]:
            return found, data[place:]
        if marker in _ALONE:
            continue
        length = int.from_bytes(data[place : place + 2], "big")
        body = data[place + 2 : place + length]
        place += max(length, 2)
        packed = b""
        if marker == 0xDA:
            ends = _AFTER_SCAN.search(data, place)
            end = ends.start() if ends else len(data)
            packed, place = data[place:end], end
            if sum(one.marker == 0xDA for one in found) >= SCANS:
                raise NotTaken(Reason.TOO_MUCH_INSIDE)
        found.append(Segment(marker, body, packed))
    return found, b""


def told_by(data: bytes) -> set[Removed]:
    """This will name what the file carries beside the picture."""
    parts, behind = segments(data)
    found = set().union(*(_told(one) for one in parts))
    return found | ({Removed.HIDDEN} if behind.strip(b"\0") else set())


def _told(one: Segment) -> set[Removed]:
    body = one.body
    if one.marker in _PICTURE:
        return set()
    if one.marker == 0xE0 and body.startswith(b"JFIF\0"):
        return {Removed.THUMBNAIL} if len(body) > 14 else set()
    if one.marker == 0xE0 and body.startswith(b"JFXX\0"):
        return {Removed.THUMBNAIL}
    if one.marker == 0xE1 and body.startswith(b"Exif\0"):
        return of_exif(body)
    if one.marker == 0xE1 and b"ns.adobe.com" in body[:40]:
        return of_xmp(body)
    if one.marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"):
        return {Removed.COLOUR}
    if one.marker == 0xED:
        return of_iptc(body)
    if one.marker == 0xEE and body.startswith(b"Adobe"):
        return set() if len(body) <= 12 else {Removed.RECORDS}
    return {Removed.COMMENT} if one.marker == 0xFE else {Removed.RECORDS}
