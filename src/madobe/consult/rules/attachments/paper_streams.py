"""The streams of a paper: pictures in it lose what they carry beside the picture, like any other picture."""

import base64
import zlib
from collections.abc import Iterator
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Stream

from madobe.consult.rules.attachments import jpeg
from madobe.consult.rules.attachments.jpeg2000 import bare_jpeg2000
from madobe.consult.rules.attachments.kinds import NotTaken, Reason, Removed
from madobe.consult.rules.attachments.pictures import painted_alike

LARGEST: Final = 200_000_000  # of one picture: a scan of A3 at 600 dots per inch is 70 million
STEP: Final = 1_000_000

_ELSEWHERE: Final = ("/F", "/FFilter", "/FDecodeParms")  # the stream is in another file: never read
_JPEG: Final = ("/DCTDecode", "/DCT")
_JPEG2000: Final = ("/JPXDecode",)
_ZIP: Final = ("/FlateDecode", "/Fl")
_KNOWN: Final = {
    *_ZIP, "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode",
    "/ASCIIHexDecode", "/AHx", "/ASCII85Decode", "/A85", "/Crypt",
}  # fmt: skip


def clean_stream(one: Stream) -> set[Removed]:
    """This will drop what the stream carries beside what it draws, and name what was found."""
    found: set[Removed] = set()
    sort = one.get("/Subtype")
    for key in _ELSEWHERE:
        if key in one:
            del one[key]
            found.add(Removed.LINKS)
    if sort == Name.PS:  # PostScript: a program
        found.add(Removed.ACTIVE)
    if sort == Name.Image and int(one.get("/Width", 0)) * int(one.get("/Height", 0)) > LARGEST:
        raise NotTaken(Reason.TOO_MANY_PIXELS)
    return found | _packed(one)


def unpacked_sizes(data: bytes) -> Iterator[int]:
    """This will unpack a zip stream step by step, keep nothing, and tell the size of each step."""
    unpacking = zlib.decompressobj()
    for start in range(0, len(data), 65_536):
        rest = data[start : start + 65_536]
        while rest and not unpacking.eof:
            try:
                yield len(unpacking.decompress(rest, STEP))
            except zlib.error:
                return
            rest = unpacking.unconsumed_tail
        if unpacking.eof:
            return


def _packed(one: Stream) -> set[Removed]:
    filters: Any = one.get("/Filter")
    each = [] if filters is None else list(filters) if isinstance(filters, Array) else [filters]
    names = [str(name) for name in each]
    if names and names[-1] in _JPEG:
        return _jpeg(one, _unwrapped(one.read_raw_bytes(), names[:-1]))
    if names and names[-1] in _JPEG2000:
        picture, found = bare_jpeg2000(_unwrapped(one.read_raw_bytes(), names[:-1]))
        one.write(picture, filter=Name.JPXDecode)
        return found
    if len(names) == 1 and names[0] in _ZIP:
        return _nothing_behind(one)
    if set(names) - _KNOWN:
        raise NotTaken(Reason.BROKEN)
    return set()


def _jpeg(one: Stream, data: bytes) -> set[Removed]:
    """Paint the photograph anew, as finely as it was. How its colours are written is left as it is said to be."""
    found = jpeg.told_by(data)
    picture, by_adobe = painted_alike(data)
    parms: Any = one.get("/DecodeParms")
    last = parms[-1] if isinstance(parms, Array) and len(parms) else parms
    said = last.get("/ColorTransform") if isinstance(last, Dictionary) and not by_adobe else None
    kept: Any = Dictionary(ColorTransform=said) if isinstance(said, int) else None
    one.write(picture, filter=Name.DCTDecode, decode_parms=kept)
    return found


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
