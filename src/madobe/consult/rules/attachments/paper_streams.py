"""The streams of a paper: pictures in it lose what they carry beside the picture, like any other picture."""

import base64
import zlib
from collections.abc import Iterator
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Stream

from madobe.consult.rules.attachments import jpeg
from madobe.consult.rules.attachments.kinds import NotTaken, Reason, Removed
from madobe.consult.rules.attachments.records import of_exif, of_xmp

PIXELS_IN_A_PAPER: Final = (
    200_000_000  # of one picture: a scan of A3 at 600 dots per inch is 70 million
)
STEP: Final = 1_000_000

_PACKING: Final = ("/Filter", "/DecodeParms", "/Length")
_PICTURE: Final = (
    "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Intent", "/ImageMask", "/Mask",
    "/Decode", "/Interpolate", "/SMask", "/SMaskInData", "/Matte", "/OC", *_PACKING,
)  # fmt: skip
_DRAWING: Final = (
    "/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Resources", "/Group", "/OC", *_PACKING,
)  # fmt: skip
_ELSEWHERE: Final = ("/F", "/FFilter", "/FDecodeParms")  # the stream is in another file: never read
_JPEG: Final = ("/DCTDecode", "/DCT")
_JPEG2000: Final = ("/JPXDecode",)
_ZIP: Final = ("/FlateDecode", "/Fl")


def clean_stream(one: Stream) -> set[Removed]:
    """This will drop what the stream carries beside what it draws, and name what was found."""
    found: set[Removed] = set()
    sort = one.get("/Subtype")
    for key in _ELSEWHERE:
        if key in one:
            del one[key]
            found.add(Removed.LINKS)
    if sort == Name.PS:  # PostScript: a program
        one.write(b"")
        one.Subtype = Name.Form
        one.BBox = Array([0, 0, 0, 0])
        found.add(Removed.ACTIVE)
    if sort == Name.Image:
        _only(one, _PICTURE)
        if int(one.get("/Width", 0)) * int(one.get("/Height", 0)) > PIXELS_IN_A_PAPER:
            raise NotTaken(Reason.TOO_MANY_PIXELS)
    elif one.get("/Subtype") == Name.Form:
        _only(one, _DRAWING)
    return found | _packed(one)


def unpacked_sizes(data: bytes) -> Iterator[int]:
    """This will unpack a zip stream step by step, keep nothing, and tell the size of each step."""
    unpacking = zlib.decompressobj()
    for start in range(0, len(data), 65_536):
        rest = data[start : start + 65_536]
        while rest:
            try:
                yield len(unpacking.decompress(rest, STEP))
            except zlib.error:
                return
            rest = unpacking.unconsumed_tail
        if unpacking.eof:
            return


def _only(one: Stream, keys: tuple[str, ...]) -> None:
    for key in set(one.keys()) - set(keys):
        del one[key]


def _packed(one: Stream) -> set[Removed]:
    filters: Any = one.get("/Filter")
    each = [] if filters is None else list(filters) if isinstance(filters, Array) else [filters]
    names = [str(name) for name in each]
    if names and names[-1] in (*_JPEG, *_JPEG2000):
        data = _unwrapped(one.read_raw_bytes(), names[:-1])
        if names[-1] in _JPEG:
            _written(one, jpeg.bare(data), Name.DCTDecode)
            return jpeg.told_by(data)
        picture, found = _bare_jpeg2000(data)
        _written(one, picture, Name.JPXDecode)
        return found
    if len(names) == 1 and names[0] in _ZIP:
        return _nothing_behind(one)
    return set()


def _written(one: Stream, data: bytes, how: Name) -> None:
    parms = one.get("/DecodeParms")
    last = parms[-1] if isinstance(parms, Array) and len(parms) else parms
    transform = last.get("/ColorTransform") if isinstance(last, Dictionary) else None
    kept: Any = Dictionary(ColorTransform=transform) if isinstance(transform, int) else None
    one.write(data, filter=how, decode_parms=kept)


def _unwrapped(data: bytes, names: list[str]) -> bytes:
    for name in names:
        if name in _ZIP:
            data = zlib.decompressobj().decompress(data, 64 * STEP)
        elif name in ("/ASCIIHexDecode", "/AHx"):
            digits = b"".join(data.split(b">")[0].split())
            data = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
        elif name in ("/ASCII85Decode", "/A85"):
            data = base64.a85decode(data.split(b"~")[0].removeprefix(b"<"))
        else:
            raise NotTaken(Reason.BROKEN)
    return data


def _nothing_behind(one: Stream) -> set[Removed]:
    """Cut what stands behind the end of a zip stream."""
    data = one.read_raw_bytes()
    unpacking = zlib.decompressobj()
    rest = data
    try:
        while rest and not unpacking.eof:
            unpacking.decompress(rest, STEP)
            rest = unpacking.unconsumed_tail
    except zlib.error:
        return set()
    behind = unpacking.unused_data
    if not behind:
        return set()
    parms: Any = one.get("/DecodeParms")
    one.write(data[: -len(behind)], filter=Name.FlateDecode, decode_parms=parms)
    return {Removed.HIDDEN} if behind.strip(b"\0\r\n ") else set()


def _bare_jpeg2000(data: bytes) -> tuple[bytes, set[Removed]]:
    """The picture without its boxes of notes (XML, UUID); a bare code stream as it is."""
    if not data.startswith(b"\0\0\0\x0cjP  "):
        return data, set()
    kept, found, place = b"", set[Removed](), 0
    while place + 8 <= len(data):
        length, name = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        if length == 1:
            length = int.from_bytes(data[place + 8 : place + 16], "big")
        elif length == 0:
            length = len(data) - place
        if length < 8:
            break
        box, place = data[place : place + length], place + length
        if name in (b"jP  ", b"ftyp", b"jp2h", b"jp2c"):
            kept += box
        elif b"Exif" in box[:40] or b"II*\0" in box[:40] or b"MM\0*" in box[:40]:
            found |= of_exif(box[24:])
        else:
            found |= of_xmp(box)
    return kept, found
