"""What notes about a picture tell: EXIF, XMP, IPTC. Only which sort they are is read, to be able to say it."""

import re
from typing import Any, Final

from PIL import Image
from PIL.ExifTags import IFD

from madobe.consult.rules.attachments.kinds import Removed

# Tags of EXIF 2.32 and of Windows (XP…). Not listed: what only describes pixels.
_EXIF: Final = {
    Removed.TIME: {0x0132, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9290, 0x9291, 0x9292},
    Removed.CAMERA: {0x010F, 0x0110, 0x013C, 0x927C, 0xA431, 0xA432, 0xA433, 0xA434, 0xA435, 0xA420},
    Removed.SOFTWARE: {0x0131, 0x000B},
    Removed.AUTHOR: {0x013B, 0x8298, 0x9C9D, 0xA430},
    Removed.COMMENT: {0x010E, 0x010D, 0x9286, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F},
}  # fmt: skip
# Orientation, size, resolution, colour space, versions and pointers: say nothing about anybody.
_PLAIN: Final = {
    0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0112, 0x0115, 0x011A, 0x011B, 0x0128, 0x0213, 0x8769, 0x9000, 0x9101,
    0xA000, 0xA001, 0xA002, 0xA003,
}  # fmt: skip

_XMP: Final = {
    Removed.PLACE: rb"GPS|photoshop:City|photoshop:Country|photoshop:State|Iptc4xmp\w+:Location",
    Removed.TIME: rb"Date|Timestamp",
    Removed.CAMERA: rb"tiff:Make|tiff:Model|aux:|Lens|SerialNumber",
    Removed.AUTHOR: rb"dc:creator|dc:rights|pdf:Author|xmpRights:|photoshop:Author",
    Removed.COMMENT: rb"dc:title|dc:description|dc:subject|Keywords|Headline|UserComment",
    Removed.SOFTWARE: rb"CreatorTool|Producer|softwareAgent",
    Removed.THUMBNAIL: rb"xmp:Thumbnails|xmpGImg:image",
}

# Datasets of the second record of IPTC-IIM.
_IPTC: Final = {
    Removed.PLACE: {26, 27, 90, 92, 95, 100, 101},
    Removed.TIME: {30, 35, 47, 55, 60, 62, 63},
    Removed.AUTHOR: {80, 85, 110, 115, 116, 122},
    Removed.COMMENT: {5, 15, 20, 25, 40, 105, 120},
    Removed.SOFTWARE: {65, 70},
}


def of_exif(body: bytes) -> set[Removed]:
    """This will name what a block of EXIF tells; a broken block is "other records"."""
    exif = Image.Exif()
    try:
        exif.load(body)
    except Exception:  # it may be anything at all, and it goes away in any case
        return {Removed.RECORDS}
    inner = _folder(exif, IFD.Exif)
    tags = set(exif) | set(inner)
    found = {what for what, its in _EXIF.items() if tags & its}
    if _folder(exif, IFD.GPSInfo):
        found.add(Removed.PLACE)
    if 0x0201 in _folder(exif, IFD.IFD1):
        found.add(Removed.THUMBNAIL)
    if tags - _PLAIN - {0x8825} - set().union(*_EXIF.values()):
        found.add(Removed.RECORDS)
    return found


def _folder(exif: Image.Exif, which: IFD) -> dict[int, Any]:
    try:
        return dict(exif.get_ifd(which))
    except Exception:  # as above
        return {}


def of_xmp(body: bytes) -> set[Removed]:
    """This will name what a packet of XMP tells."""
    return {Removed.RECORDS} | {what for what, words in _XMP.items() if re.search(words, body)}


def of_iptc(body: bytes) -> set[Removed]:
    """This will name what a block of Photoshop's resources tells, IPTC among them."""
    sets = {match[1][0] for match in re.finditer(rb"\x1c\x02(.)", body, re.DOTALL)}
    found = {what for what, its in _IPTC.items() if sets & its}
    if re.search(rb"8BIM\x04[\x09\x0c]", body):
        found.add(Removed.THUMBNAIL)
    return found | {Removed.RECORDS}
