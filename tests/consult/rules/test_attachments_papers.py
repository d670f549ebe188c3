"""A PDF somebody sends: what its pages show stays, all else goes."""

import base64
import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String
from PIL import Image

from madobe.consult.rules.attachments import PAGES, Cleaned, Kind, NotTaken, Reason, Removed, clean
from madobe.consult.rules.attachments import papers as cleaning
from tests.factories.files import Marking, exif, found_in, pdf, picture, unpacked


def saved(paper: Pdf, **more: object) -> bytes:
    paper.save(out := io.BytesIO(), **more)  # type: ignore[arg-type]
    return out.getvalue()


def blank(pages: int = 1) -> Pdf:
    paper = Pdf.new()
    for _ in range(pages):
        paper.add_blank_page(page_size=(200, 200))
    return paper


def with_picture(data: bytes, **more: object) -> Pdf:
    """One page with one picture of 48 × 32."""
    paper = blank()
    keys = {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": 48,
        "Height": 32,
        "BitsPerComponent": 8,
        "ColorSpace": Name.DeviceRGB,
        "Filter": Name.DCTDecode,
    }
    image = paper.make_stream(data, **keys | more)
    paper.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=image))
    paper.pages[0].obj.Contents = paper.make_stream(b"q 48 0 0 32 0 0 cm /Im0 Do Q")
    return paper


def opened(cleaned: Cleaned) -> Pdf:
    return Pdf.open(io.BytesIO(cleaned.data))


def drawn(cleaned: Cleaned, page: int = 0) -> bytes:
    paper = opened(cleaned)
    contents = paper.pages[page].obj.Contents
    each = contents if isinstance(contents, Array) else [contents]
    return b"\n".join(one.read_bytes() for one in each)


def refused(data: bytes) -> Reason:
    with pytest.raises(NotTaken) as said:
        clean("a.pdf", data)
    return said.value.reason


def test_nothing_but_what_the_pages_show_goes_on():
    file = pdf()
    assert found_in(file.data, file.markers) == set(
        file.markers
    )  # the control: all of them are there
    assert found_in(clean(file.name, file.data).data, file.markers) == set()


def test_what_was_taken_away_is_told():
    told = [one.value for one in clean("a.pdf", pdf().data).removed]
    assert told == [
        "place",
        "time",
        "camera",
        "author",
        "comment",
        "thumbnail",
        "software",
        "hidden",
        "files",
        "active",
        "links",
        "notes",
        "form",
        "colour",
    ]


def test_a_paper_without_anything_has_nothing_to_tell():
    paper = blank()
    del paper.docinfo
    assert clean("a.pdf", saved(paper)).removed == ()


def test_the_pages_still_show_what_they_showed():
    cleaned = clean("a.pdf", pdf().data)
    assert (cleaned.kind, cleaned.pages, cleaned.name) == (Kind.PAPER, 2, "書類1.pdf")
    assert b"(Konnichiwa) Tj" in drawn(cleaned, 1)
    paper = opened(cleaned)
    page = paper.pages[1]
    assert page.obj.Resources.Font.F1.BaseFont == Name.Helvetica
    image = pikepdf.PdfImage(page.obj.Resources.XObject.Im0).as_pil_image().convert("RGB")
    assert image.size == (48, 32)
    assert image.getpixel((5, 5))[0] > 240  # red, still
    assert image.getpixel((5, 5))[1] < 16


def test_what_was_written_into_a_form_stays_on_the_page():
    paper = opened(clean("a.pdf", pdf().data))
    first = paper.pages[0]
    forms = [one for one in first.obj.Resources.XObject.values() if one.Subtype == Name.Form]
    assert [one.read_bytes().split() for one in forms] == [b"BT /F1 12 Tf (Kakikomi) Tj ET".split()]


def test_a_link_to_another_page_stays_and_no_other():
    paper = opened(clean("a.pdf", pdf().data))
    links = list(paper.pages[0].obj.Annots)
    assert [set(one.keys()) for one in links] == [
        {"/Type", "/Subtype", "/Rect", "/Border", "/Dest"}
    ]
    assert links[0].Dest[0].objgen == paper.pages[1].obj.objgen


def test_nothing_is_left_that_starts_or_leads_away():
    data = clean("a.pdf", pdf().data).data
    for word in (
        b"/JavaScript",
        b"/OpenAction",
        b"/AA",
        b"/URI",
        b"/Launch",
        b"/EmbeddedFile",
        b"/Info",
        b"/XMP",
    ):
        assert word not in data
    control = pdf().data + b"".join(unpacked(pdf().data))
    assert b"/JavaScript" in control
    assert b"/OpenAction" in control


def test_a_clean_paper_stays_as_it_is():
    once = clean("a.pdf", pdf().data)
    twice = clean("a.pdf", once.data)
    assert twice.removed == ()
    assert drawn(twice) == drawn(once)


@pytest.mark.parametrize("outer", ["FlateDecode", "ASCIIHexDecode", "ASCII85Decode"])
def test_a_photograph_packed_twice_loses_its_notes_too(outer: str):
    mark = Marking("twice")
    picture().save(out := io.BytesIO(), "JPEG", exif=exif(mark))
    packing = {
        "FlateDecode": zlib.compress,
        "ASCIIHexDecode": lambda data: data.hex().encode() + b">",
        "ASCII85Decode": lambda data: base64.a85encode(data) + b"~>",
    }
    filters = Array([Name("/" + outer), Name.DCTDecode])
    data = saved(with_picture(packing[outer](out.getvalue()), Filter=filters))
    cleaned = clean("a.pdf", data)
    assert Removed.PLACE in cleaned.removed
    assert found_in(cleaned.data, tuple(mark.given)) == set()
    paper = opened(cleaned)
    assert paper.pages[0].obj.Resources.XObject.Im0.Filter == Name.DCTDecode


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_photograph_in_a_paper_keeps_its_inks(mode: str):
    """Compared as stored, so that a paper that turns them upside down itself stays right."""
    picture().convert(mode).save(out := io.BytesIO(), "JPEG", quality=95, subsampling=0)
    spaces = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
    cleaned = clean("a.pdf", saved(with_picture(out.getvalue(), ColorSpace=spaces[mode])))
    paper = opened(cleaned)
    kept = paper.pages[0].obj.Resources.XObject.Im0.read_raw_bytes()
    before, after = (Image.open(io.BytesIO(data)) for data in (out.getvalue(), kept))
    assert after.mode == before.mode
    far = [abs(a - b) for a, b in zip(before.tobytes(), after.tobytes(), strict=True)]
    assert max(far) <= 6


def test_a_comment_among_the_instructions_goes():
    paper = blank()
    paper.pages[0].obj.Contents = paper.make_stream(
        b"% shirushi\n/Span <</ActualText (shirushi)>> BDC BT (Konnichiwa) Tj ET EMC shirushi"
    )
    cleaned = clean("a.pdf", saved(paper))
    assert b"(Konnichiwa) Tj" in drawn(cleaned)
    assert b"shirushi" not in drawn(cleaned)


def test_an_earlier_version_goes():
    old = saved(blank(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    start = old.rindex(b"startxref") + 10
    where = int(old[start:].split()[0])
    newer = old + b"trailer\n<< /Size 4 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        where,
        where,
    )
    assert Removed.EARLIER in clean("a.pdf", newer).removed


def test_layers_stay_switched_as_they_were_and_lose_their_names():
    paper = blank()
    layers = [
        paper.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
        for name in ("shirushi", "b")
    ]
    paper.Root.OCProperties = Dictionary(
        OCGs=Array(layers), D=Dictionary(OFF=Array(layers[:1]), Order=Array(layers))
    )
    paper.pages[0].obj.Resources = Dictionary(Properties=Dictionary(MC0=layers[0]))
    paper.pages[0].obj.Contents = paper.make_stream(b"/OC /MC0 BDC 0 0 9 9 re f EMC")
    cleaned = clean("a.pdf", saved(paper))
    kept = opened(cleaned)
    switches = kept.Root.OCProperties
    assert len(switches.OCGs) == 2
    assert switches.D.OFF[0].objgen == kept.pages[0].obj.Resources.Properties.MC0.objgen
    assert b"shirushi" not in cleaned.data
    assert b"/OC /MC0 BDC" in drawn(cleaned)


# --- not taken ------------------------------------------------------------------------------------


def test_a_paper_with_a_password_is_not_opened():
    assert (
        refused(saved(blank(), encryption=Encryption(user="aikotoba", owner="b"))) is Reason.LOCKED
    )


def test_a_paper_that_only_forbids_printing_is_opened():
    data = saved(blank(), encryption=Encryption(user="", owner="b"))
    assert not opened(clean("a.pdf", data)).is_encrypted


def test_sixty_pages_are_taken_and_no_more():
    assert clean("a.pdf", saved(blank(PAGES))).pages == PAGES
    assert refused(saved(blank(PAGES + 1))) is Reason.TOO_MANY_PAGES


def test_a_page_named_a_thousand_times_is_too_many():
    paper = blank()
    paper.Root.Pages.Kids = Array([paper.pages[0].obj] * 1000)
    assert refused(saved(paper)) is Reason.TOO_MANY_PAGES


def test_pages_that_lead_in_a_circle_are_refused():
    paper = blank()
    paper.Root.Pages.Kids = Array([paper.Root.Pages])
    assert refused(saved(paper)) in (Reason.TOO_MANY_PAGES, Reason.BROKEN)


def test_a_form_that_is_only_a_program_is_refused():
    paper = blank()
    paper.Root.AcroForm = Dictionary(Fields=Array([]), XFA=paper.make_stream(b"<xdp/>"))
    assert refused(saved(paper)) is Reason.ACTIVE_CONTENT_ONLY


def test_a_bag_of_files_is_refused():
    paper = blank()
    paper.Root.Collection = Dictionary(Type=Name.Collection)
    assert refused(saved(paper)) is Reason.ACTIVE_CONTENT_ONLY


def test_a_paper_that_unpacks_to_a_flood_is_refused(monkeypatch: pytest.MonkeyPatch):
    paper = blank()
    paper.pages[0].obj.Contents = paper.make_stream(b" " * 3_000_000)
    data = saved(paper)
    assert len(data) < 10_000
    assert clean("a.pdf", data).pages == 1
    monkeypatch.setattr(cleaning, "UNPACKED_BYTES", 2_000_000)
    assert refused(data) is Reason.TOO_MUCH_INSIDE


def test_a_picture_of_a_giant_in_a_paper_is_refused():
    picture().save(out := io.BytesIO(), "JPEG")
    assert (
        refused(saved(with_picture(out.getvalue(), Width=50_000, Height=50_000)))
        is Reason.TOO_MANY_PIXELS
    )


def test_a_shape_of_a_paper_with_nothing_in_it_is_refused():
    assert refused(b"%PDF-1.7\nkonnichiwa") is Reason.BROKEN
