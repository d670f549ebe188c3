"""Papers (PDF): what the pages show is kept; all that is about the paper, or does something, is not."""

import logging
import re
import warnings
from io import BytesIO
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from madobe.consult.rules.attachments.kinds import (
    KEPT_BYTES,
    PAGES,
    Cleaned,
    Kind,
    NotTaken,
    Reason,
    Removed,
    in_order,
)
from madobe.consult.rules.attachments.paper_keys import kept_only
from madobe.consult.rules.attachments.paper_pages import Shown
from madobe.consult.rules.attachments.paper_parts import sweep
from madobe.consult.rules.attachments.paper_streams import unpacked_sizes

# Its warnings may quote the paper.
logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
warnings.filterwarnings("ignore", category=UserWarning, module="pikepdf")
# Of the whole process, set before the first paper is opened: no decoder of qpdf may fill the memory.
pikepdf.settings.set_qpdf_limits(
    parser_max_nesting=100,
    max_stream_filters=4,
    flate_max_memory=64_000_000,
    png_max_memory=64_000_000,
    tiff_max_memory=64_000_000,
    run_length_max_memory=64_000_000,
    dct_max_memory=256_000_000,
    doc_max_warnings=1_000,
)

UNPACKED_BYTES: Final = 500_000_000  # all streams of a paper together
KIDS: Final = 1_000  # branches of the tree of pages

_ROOT: Final = ("/Type", "/Pages", "/OCProperties")
_NODE: Final = ("/Type", "/Kids", "/Count", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Resources")  # fmt: skip
_PAGE: Final = (
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit",
    "/Resources", "/Contents", "/Group", "/Annots",
)  # fmt: skip
_INFO: Final = {
    "/Author": Removed.AUTHOR,
    "/Creator": Removed.SOFTWARE,
    "/Producer": Removed.SOFTWARE,
    "/CreationDate": Removed.TIME,
    "/ModDate": Removed.TIME,
    "/Title": Removed.COMMENT,
    "/Subject": Removed.COMMENT,
    "/Keywords": Removed.COMMENT,
}
_NOTES: Final[dict[str, Removed | None]] = {
    "/Link": None,  # told by `sweep`, if it leads outside
    "/Popup": None,  # the window of another
    "/Widget": Removed.FORM,
    "/FileAttachment": Removed.FILES,
    "/Screen": Removed.ACTIVE,
    "/Movie": Removed.ACTIVE,
    "/Sound": Removed.ACTIVE,
    "/RichMedia": Removed.ACTIVE,
    "/3D": Removed.ACTIVE,
}


def clean_paper(data: bytes, *, number: int) -> Cleaned:
    """This will keep what the pages show. Raises NotTaken; other errors mean that it is broken.

    Kept: pages, pictures, letters, layers, links from page to page. What was written into a form or stuck on a page
    becomes part of the page first. Everything else is reached no more, and so not written.
    """
    _not_a_bomb(data)
    try:
        pdf = Pdf.open(BytesIO(data), inherit_page_attributes=False)
    except pikepdf.PasswordError:
        raise NotTaken(Reason.LOCKED) from None
    with pdf:
        pages = _counted(pdf)
        removed = _around(data, pdf) | _about(pdf)
        _only_active(pdf)
        removed |= sweep(pdf)
        removed |= _flattened(pdf)
        _cut_off(pdf)
        pdf.save(
            out := BytesIO(),
            force_version="1.7",
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            deterministic_id=True,
        )
    if out.tell() > KEPT_BYTES:
        raise NotTaken(Reason.TOO_MUCH_INSIDE)
    return Cleaned(
        kind=Kind.PAPER,
        media_type="application/pdf",
        data=out.getvalue(),
        name=f"書類{number}.pdf",
        removed=in_order(removed),
        pages=pages,
    )


def _not_a_bomb(data: bytes) -> None:
    """Unpack whatever looks packed, a little at a time and keeping nothing, before a reader does it whole."""
    left = UNPACKED_BYTES
    for match in re.finditer(rb"(?<!end)stream\r?\n(?=[\x08-\x78])", data):
        for size in unpacked_sizes(data[match.end() :]):
            left -= size
            if left <= 0:
                raise NotTaken(Reason.TOO_MUCH_INSIDE)


def _counted(pdf: Pdf) -> int:
    """The pages, counted by hand: the reader would copy a page named a million times a million times."""
    waiting, pages, seen = [pdf.Root.Pages], 0, 0
    while waiting:
        node = waiting.pop()
        seen += 1
        if "/Kids" not in node:
            pages += 1
        elif len(node.Kids) <= KIDS:
            waiting.extend(node.Kids)
        else:
            pages = len(node.Kids)
        if pages > PAGES or seen > KIDS:
            raise NotTaken(Reason.TOO_MANY_PAGES)
    if not pages:
        raise NotTaken(Reason.BROKEN)
    return pages


def _around(data: bytes, pdf: Pdf) -> set[Removed]:
    """What the file holds beside the paper it shows now."""
    found = set()
    before = data[: data.find(b"%PDF-")]
    behind = data[data.rfind(b"%%EOF") + 5 :] if b"%%EOF" in data else b""
    if before.strip(b"\xef\xbb\xbf \r\n\t\0") or behind.strip(b" \r\n\t\0\x1a"):
        found.add(Removed.HIDDEN)
    if data.count(b"startxref") > 1 and not pdf.is_linearized:
        found.add(Removed.EARLIER)
    return found


def _about(pdf: Pdf) -> set[Removed]:
    """What the paper says about itself; its XMP is told by `sweep`."""
    found = set()
    info = pdf.trailer.get("/Info")
    if isinstance(info, Dictionary):
        found = {_INFO.get(key, Removed.RECORDS) for key in info.keys()}  # noqa: SIM118
    if set(pdf.Root.keys()) & {
        "/Outlines",
        "/StructTreeRoot",
        "/PageLabels",
        "/Lang",
        "/OutputIntents",
    }:
        found.add(Removed.RECORDS)
    return found


def _only_active(pdf: Pdf) -> None:
    """Raises NotTaken where the pages are an empty shell: a form drawn by a program, or a bag of files."""
    form = pdf.Root.get("/AcroForm")
    drawn = isinstance(form, Dictionary) and "/XFA" in form and not form.get("/Fields")
    if drawn or pdf.Root.get("/NeedsRendering") or "/Collection" in pdf.Root:
        raise NotTaken(Reason.ACTIVE_CONTENT_ONLY)


def _flattened(pdf: Pdf) -> set[Removed]:
    """Paint what lies on the pages into them, and keep links from page to page alone."""
    found: set[Removed] = set()
    places = {page.obj.objgen for page in pdf.pages}
    kept: list[list[Dictionary]] = []
    for page in pdf.pages:
        notes: Any = page.obj.get("/Annots", [])
        there = [one for one in notes if isinstance(one, Dictionary)]
        sorts = (_NOTES.get(str(one.get("/Subtype")), Removed.NOTES) for one in there)
        found |= {sort for sort in sorts if sort}
        kept.append([link for one in there if (link := _inner_link(one, places))])
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        found |= {Removed.ACTIVE} if "/XFA" in form else set()
        if form.get("/NeedAppearances"):
            pdf.generate_appearance_streams()
    pdf.flatten_annotations("all")
    for page, links in zip(pdf.pages, kept, strict=True):
        if "/Annots" in page.obj:
            del page.obj.Annots
        if links:
            page.obj.Annots = Array(links)
    return found


def _inner_link(note: Dictionary, places: set[tuple[int, int]]) -> Dictionary | None:
    """The link made anew, if it leads to a page of this paper by its number."""
    if note.get("/Subtype") != Name.Link or not isinstance(note.get("/Rect"), Array):
        return None
    act = note.get("/A")
    goes = (
        act.get("/D")
        if isinstance(act, Dictionary) and act.get("/S") == Name.GoTo
        else note.get("/Dest")
    )
    if not isinstance(goes, Array) or not len(goes) or not isinstance(goes[0], Dictionary):
        return None
    if goes[0].objgen not in places:
        return None
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([float(side) for side in note.Rect]),
        Border=Array([0, 0, 0]),
        Dest=Array([goes[0], Name.Fit]),
    )


def _cut_off(pdf: Pdf) -> None:
    """Leave only the ways that lead to what a page shows."""
    for key in set(pdf.trailer.keys()) - {"/Root", "/Size"}:
        del pdf.trailer[key]
    kept_only(pdf.Root, _ROOT)
    waiting, shown = [pdf.Root.Pages], Shown()
    while waiting:
        node = waiting.pop()
        if "/Kids" in node:
            waiting.extend(node.Kids)
            kept_only(node, _NODE)
            for kid in node.Kids:
                kid.Parent = node
            shown.branch(node)
        else:
            kept_only(node, _PAGE)
            shown.page(node)
    shown.layers(pdf.Root)
