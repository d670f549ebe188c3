"""Files as somebody might send them, with a marker in every place that is not the picture or the page.

`MARKED` makes one of each sort with its markers; `mutated` breaks them in many ways, the same for the same seed.
"""

import contextlib
import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, PngImagePlugin

SIZE = (48, 32)


@dataclass(frozen=True)
class Marked:
    """A file, the name it comes by, and the markers in it."""

    name: str
    data: bytes
    markers: tuple[str, ...]


class Marking:
    """Hands out markers that nothing else would contain, and remembers them."""

    def __init__(self, sort: str) -> None:
        self.sort, self.given = sort, list[str]()

    def __call__(self, place: str) -> str:
        self.given.append(f"Shirushi-{self.sort}-{place}-7Q")
        return self.given[-1]


def spellings(marker: str) -> list[bytes]:
    """The ways a marker may stand in a file: as it is, two bytes a letter, as digits."""
    wide = marker.encode("utf-16-be")
    return [
        marker.encode(),
        wide,
        marker.encode("utf-16-le"),
        marker.encode().hex().encode(),
        marker.encode().hex().upper().encode(),
        wide.hex().encode(),
        wide.hex().upper().encode(),
    ]


def found_in(data: bytes, markers: tuple[str, ...]) -> set[str]:
    """This will give the markers that stand in the bytes, in any spelling, packed (zip) or not."""
    heap = data + b"".join(unpacked(data))
    return {one for one in markers if any(spelt in heap for spelt in spellings(one))}


def unpacked(data: bytes) -> Iterator[bytes]:
    """Whatever zip streams lie in the bytes, as far as they can be read."""
    for first in (b"\x78\x9c", b"\x78\xda", b"\x78\x01", b"\x78\x5e"):
        place = data.find(first)
        while place >= 0:
            with contextlib.suppress(zlib.error):
                yield zlib.decompressobj().decompress(data[place:], 2_000_000)
            place = data.find(first, place + 1)


def picture(size: tuple[int, int] = SIZE) -> Image.Image:
    """Four colours in four corners, so that one sees which way is up: red, green / blue, white."""
    width, height = size
    sheet = Image.new("RGB", size, "white")
    half = (width // 2, height // 2)
    for colour, corner in (("red", (0, 0)), ("lime", (half[0], 0)), ("blue", (0, half[1]))):
        sheet.paste(Image.new("RGB", half, colour), corner)
    return sheet


def exif(mark: Marking, *, orientation: int = 6, thumbnail: bool = False) -> bytes:
    """EXIF with a place, times, a camera, an author, comments in both spellings, a maker's note."""
    notes = Image.Exif()
    notes[0x0112] = orientation
    notes[0x010F], notes[0x0110] = mark("make"), mark("model")
    notes[0x010E], notes[0x013B] = mark("description"), mark("artist")
    notes[0x0132], notes[0x0131] = mark("time"), mark("software")
    notes[0x9C9C] = mark("xpcomment").encode("utf-16-le")
    inner = notes.get_ifd(0x8769)
    inner[0x9003] = mark("taken")
    inner[0x927C] = mark("maker").encode()
    inner[0x9286] = b"ASCII\0\0\0" + mark("usercomment").encode()
    inner[0xA431] = mark("serial")
    place = notes.get_ifd(0x8825)
    place[1], place[2] = "N", (35.0, 41.0, 22.2)
    place[3], place[4] = "E", (139.0, 41.0, 30.1)
    place[0x1B] = mark("gps").encode()
    packed = notes.tobytes()
    return _with_thumbnail(packed, mark) if thumbnail else packed


def _with_thumbnail(packed: bytes, mark: Marking) -> bytes:
    """Add a second folder (IFD1) with a small JPEG, as cameras do; it may show what was cut away."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "JPEG", comment=mark("thumbnail").encode())
    tiff = bytearray(packed.removeprefix(b"Exif\0\0"))
    little = tiff[:2] == b"II"

    def number(value: int, size: int) -> bytes:
        return value.to_bytes(size, "little" if little else "big")

    first = int.from_bytes(tiff[4:8], "little" if little else "big")
    count = int.from_bytes(tiff[first : first + 2], "little" if little else "big")
    follows = first + 2 + count * 12
    start = len(tiff)
    tiff[follows : follows + 4] = number(start, 4)
    behind = start + 2 + 2 * 12 + 4
    tiff += number(2, 2)
    for tag, value in ((0x0201, behind), (0x0202, out.tell())):
        tiff += number(tag, 2) + number(4, 2) + number(1, 4) + number(value, 4)
    return b"Exif\0\0" + bytes(tiff + number(0, 4) + out.getvalue())


def xmp(mark: Marking) -> bytes:
    """An XMP packet with a place, a time, an author and a title."""
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description exif:GPSLatitude='
        f'"{mark("xmpgps")}" xmp:CreateDate="{mark("xmptime")}" xmp:CreatorTool="{mark("xmptool")}"><dc:creator>'
        f"{mark('xmpcreator')}</dc:creator><dc:title>{mark('xmptitle')}</dc:title></rdf:Description></rdf:RDF>"
        '</x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def profile(mark: Marking) -> bytes:
    """Bytes in the shape of a colour profile, with a text in it."""
    body = b"desc\0\0\0\0" + mark("icc").encode()
    return (
        (128 + 4 + len(body)).to_bytes(4, "big") + bytes(32) + b"acsp" + bytes(88) + bytes(4) + body
    )


def zipped(mark: Marking) -> bytes:
    """A zip with something in it: behind a picture, the two are one file with two faces."""
    with zipfile.ZipFile(out := io.BytesIO(), "w") as bag:
        bag.writestr("a.txt", mark("zip"))
    return out.getvalue()


def jpeg(*, orientation: int = 6, sort: str = "jpeg", tail: bool = True) -> Marked:
    """A photograph with everything a photograph can carry, held on its side."""
    mark = Marking(sort)
    picture().save(
        out := io.BytesIO(),
        "JPEG",
        quality=92,
        exif=exif(mark, orientation=orientation, thumbnail=True),
        xmp=xmp(mark),
        icc_profile=profile(mark),
        comment=mark("comment").encode(),
    )
    iptc = b"".join(
        b"\x1c\x02" + bytes((number,)) + len(text).to_bytes(2, "big") + text
        for number, text in ((90, mark("city").encode()), (80, mark("byline").encode()))
    )
    blocks = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(iptc).to_bytes(4, "big") + iptc
    odd = b"\xff\xeb" + (2 + len(mark("odd"))).to_bytes(2, "big") + mark("odd").encode()
    data = out.getvalue()
    extra = b"\xff\xed" + (len(blocks) + 2).to_bytes(2, "big") + blocks + odd
    data = data[:2] + extra + data[2:]
    return Marked(
        "IMG_0417.JPG", data + (zipped(mark) if tail else b""), tuple(dict.fromkeys(mark.given))
    )


def png() -> Marked:
    mark = Marking("png")
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", mark("author"))
    words.add_text("Comment", mark("packed"), zip=True)
    words.add_itxt("Title", mark("title"))
    words.add_itxt("XML:com.adobe.xmp", xmp(mark).decode())
    words.add(b"tIME", b"\x07\xea\x0b\x14\x02\x0a\x00")
    words.add(b"prVt", mark("private").encode())
    picture().save(
        out := io.BytesIO(), "PNG", pnginfo=words, exif=exif(mark), icc_profile=profile(mark)
    )
    return Marked(
        "スクリーンショット.png", out.getvalue() + zipped(mark), tuple(dict.fromkeys(mark.given))
    )


def webp() -> Marked:
    mark = Marking("webp")
    picture().save(
        out := io.BytesIO(),
        "WEBP",
        lossless=True,
        exif=exif(mark),
        xmp=xmp(mark),
        icc_profile=profile(mark),
    )
    return Marked("image.webp", out.getvalue() + zipped(mark), tuple(dict.fromkeys(mark.given)))


def gif() -> Marked:
    mark = Marking("gif")
    second = picture().transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    picture().save(
        out := io.BytesIO(),
        "GIF",
        save_all=True,
        append_images=[second],
        comment=mark("comment").encode(),
    )
    return Marked("anime.gif", out.getvalue() + zipped(mark), tuple(dict.fromkeys(mark.given)))


PAGE = b"q 120 0 0 80 40 600 cm /Im0 Do Q BT /F1 18 Tf 40 500 Td (Konnichiwa) Tj ET"


def pdf(*, pages: int = 2) -> Marked:
    """A scanned letter: a photograph with its place on each page, notes, a form, files, programs."""
    mark = Marking("pdf")
    paper = Pdf.new()
    photo = jpeg(sort="pdfjpeg")
    space = Array([Name.ICCBased, paper.make_stream(profile(mark), N=3)])
    image = paper.make_stream(
        photo.data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=SIZE[0],
        Height=SIZE[1],
        ColorSpace=space,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
        Metadata=paper.make_stream(xmp(mark), Type=Name.Metadata, Subtype=Name.XML),
        Name=Name("/" + mark("imagename")),
    )
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    program = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{mark('script')}')"))
    for _ in range(pages):
        page = paper.add_blank_page(page_size=(595, 842))
        page.obj.Resources = Dictionary(
            XObject=Dictionary(Im0=image),
            Font=Dictionary(F1=font),
            Properties=Dictionary(MC0=Dictionary(Note=String(mark("property")))),
        )
        page.obj.Contents = paper.make_stream(PAGE)
        page.obj.PieceInfo = Dictionary(App=Dictionary(Private=String(mark("piece"))))
        page.obj.LastModified = String(mark("modified"))
        page.obj.Thumb = paper.make_stream(mark("thumb").encode())
        page.obj.AA = Dictionary(O=program)
    _annotated(paper, mark, program)
    paper.Root.OpenAction = program
    paper.Root.Lang = String(mark("lang"))
    paper.attachments[mark("filename") + ".txt"] = mark("file").encode()
    paper.docinfo["/Author"] = mark("author")
    paper.docinfo["/Title"] = mark("title") + "手紙"  # two bytes a letter
    paper.docinfo["/CreationDate"] = mark("created")
    paper.docinfo["/Company"] = mark("company")
    paper.Root.Metadata = paper.make_stream(xmp(mark), Type=Name.Metadata, Subtype=Name.XML)
    paper.trailer["/Checksum"] = String(mark("trailer"))
    with paper.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(mark("outline"), 0))
    paper.save(out := io.BytesIO(), fix_metadata_version=False)
    data = b"%! " + mark("before").encode() + b"\n" + out.getvalue() + zipped(mark)
    return Marked("手紙（本名）.pdf", data, (*dict.fromkeys(mark.given), *photo.markers))


def _annotated(paper: Pdf, mark: Marking, program: Dictionary) -> None:
    page = paper.pages[0]
    shown = paper.make_stream(
        b"BT /F1 12 Tf (Kakikomi) Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 100, 20]),
        Resources=page.obj.Resources,
        PieceInfo=Dictionary(Private=String(mark("formpiece"))),
    )
    rect = Array([40, 400, 140, 420])

    def note(sort: Name, **more: object) -> Dictionary:
        return paper.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=sort, Rect=rect, F=4, **more)
        )  # type: ignore[arg-type]

    attached = Dictionary(
        Type=Name.Filespec,
        F=String(mark("attached")),
        EF=Dictionary(F=paper.make_stream(mark("attachedfile").encode())),
    )
    field = note(
        Name.Widget,
        FT=Name.Tx,
        T=String(mark("field")),
        V=String(mark("value")),
        AP=Dictionary(N=shown),
        A=program,
    )
    paper.Root.AcroForm = Dictionary(Fields=Array([field]), DA=String(mark("form")))
    page.obj.Annots = Array(
        [
            field,
            note(Name.Text, Contents=String(mark("sticky")), T=String(mark("who"))),
            note(Name.FileAttachment, FS=attached),
            note(Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.jp/" + mark("uri")))),
            note(Name.Link, A=Dictionary(S=Name.Launch, F=String(mark("launch")))),
            note(Name.Link, Dest=Array([paper.pages[-1].obj, Name.Fit])),
        ]
    )  # fmt: skip


def text() -> Marked:
    return Marked("にっき.txt", "きょうは、よく眠れました。\r\n".encode("cp932"), ())


MARKED: dict[str, Callable[[], Marked]] = {
    "jpeg": jpeg,
    "png": png,
    "webp": webp,
    "gif": gif,
    "pdf": pdf,
    "text": text,
}


def mutated(seed: int, count: int) -> Iterator[Marked]:
    """This will break marked files in one to six places each: flipped, cut, doubled, moved, mixed with another."""
    chance = random.Random(seed)
    whole = [make() for make in MARKED.values()]
    markers = tuple(one for each in whole for one in each.markers)
    for _ in range(count):
        chosen = chance.choice(whole)
        data = bytearray(chosen.data)
        for _ in range(chance.randint(1, 6)):
            chance.choice(_BREAKS)(chance, data, whole)
        # What is mixed into a text is its text.
        yield Marked(chosen.name, bytes(data), () if chosen.name.endswith(".txt") else markers)


def _flip(chance: random.Random, data: bytearray, whole: list[Marked]) -> None:
    for _ in range(chance.randint(1, 12)):
        if data:
            data[chance.randrange(len(data))] = chance.choice(
                (0, 0xFF, 0x80, chance.randrange(256))
            )


def _head(chance: random.Random, data: bytearray, whole: list[Marked]) -> None:
    """Sizes, lengths and kinds stand at the beginning."""
    if data:
        data[chance.randrange(min(len(data), 64))] = chance.randrange(256)


def _cut(chance: random.Random, data: bytearray, whole: list[Marked]) -> None:
    del data[chance.randint(len(data) // 2, len(data)) :]


def _drop(chance: random.Random, data: bytearray, whole: list[Marked]) -> None:
    start = chance.randint(0, len(data))
    del data[start : start + chance.randint(1, 200)]


def _double(chance: random.Random, data: bytearray, whole: list[Marked]) -> None:
    start = chance.randint(0, len(data))
    data[start:start] = data[start : start + chance.randint(1, 400)]


def _fill(chance: random.Random, data: bytearray, whole: list[Marked]) -> None:
    start = chance.randint(0, len(data))
    data[start:start] = bytes((chance.choice((0, 0x20, 0xFF)),)) * chance.randint(1, 300)


def _mix(chance: random.Random, data: bytearray, whole: list[Marked]) -> None:
    other = chance.choice(whole).data
    start = chance.randint(0, len(data))
    begin = chance.randint(0, len(other))
    data[start:start] = other[begin : begin + chance.randint(1, 2_000)]


def _digits(chance: random.Random, data: bytearray, whole: list[Marked]) -> None:
    """Numbers written as digits (lengths and references of a PDF) become other numbers."""
    places = [place for place, byte in enumerate(data) if 0x30 <= byte <= 0x39]
    for place in chance.sample(places, min(len(places), 3)):
        data[place] = chance.randrange(0x30, 0x3A)


_BREAKS = (_flip, _head, _cut, _drop, _double, _fill, _mix, _digits)
