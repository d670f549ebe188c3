"""Every object of a paper: what is noticed in it, and what of it is dropped."""

from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Pdf, Stream

from madobe.consult.rules.attachments.kinds import NotTaken, Reason, Removed
from madobe.consult.rules.attachments.paper_streams import clean_stream
from madobe.consult.rules.attachments.records import of_xmp

OBJECTS: Final = 60_000

# Keys that never draw anything. None of them can be a name a font or picture goes by: those live in name maps
# that are reached by the pages alone, and go by short names (/F1, /Im0).
_DROPPED: Final = {
    "/Metadata": Removed.RECORDS,
    "/PieceInfo": Removed.RECORDS,
    "/LastModified": Removed.TIME,
    "/AF": Removed.FILES,
    "/Thumb": Removed.THUMBNAIL,
    "/LGIDict": Removed.PLACE,
    "/Measure": Removed.PLACE,
    "/PtData": Removed.PLACE,
}
_STARTS: Final = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/GoToE",
    "/RichMediaExecute", "/GoTo3DView", "/Trans", "/SetOCGState", "/Hide", "/ResetForm",
}  # fmt: skip
_LEADS_OUT: Final = {"/URI", "/GoToR"}
_GREY_RGB_CMYK: Final = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}


def sweep(pdf: Pdf) -> set[Removed]:
    """This will drop from every object what draws nothing, and name what was found. Raises NotTaken."""
    objects = pdf.objects
    if len(objects) > OBJECTS:
        raise NotTaken(Reason.TOO_MUCH_INSIDE)
    found: set[Removed] = set()
    for one in objects:
        _swept(one, found)
    return found


def _swept(one: Any, found: set[Removed]) -> None:
    """One object with what lies directly in it; the reader has bounded how deep that goes."""
    if isinstance(one, Array):
        _without_profile(one, found)
        children = list(one)
    elif isinstance(one, Dictionary | Stream):
        _noticed(one, found)
        if isinstance(one, Stream):
            found |= clean_stream(one)
        for key in _DROPPED:
            if key in one:
                del one[key]
        children = [one[key] for key in one.keys()]  # noqa: SIM118
    else:
        return
    for child in children:
        if isinstance(child, Array | Dictionary) and not child.is_indirect:
            _swept(child, found)


def _noticed(one: Any, found: set[Removed]) -> None:
    action = str(one.get("/S", "")) if isinstance(one.get("/S"), Name) else ""
    if action in _STARTS or "/AA" in one or "/OpenAction" in one:
        found.add(Removed.ACTIVE)
    if action in _LEADS_OUT:
        found.add(Removed.LINKS)
    if "/EF" in one:
        found.add(Removed.FILES)
    found.update(what for key, what in _DROPPED.items() if key in one)
    if isinstance(notes := one.get("/Metadata"), Stream):
        try:
            found |= of_xmp(notes.read_bytes())
        except Exception:  # whatever it is, it goes
            found.add(Removed.RECORDS)


def _without_profile(one: Array, found: set[Removed]) -> None:
    """A colour space by profile becomes the plain one of as many inks."""
    if len(one) < 2 or one[0] != Name.ICCBased or not isinstance(one[1], Stream):
        return
    plain = _GREY_RGB_CMYK.get(int(one[1].get("/N", 0)))
    if plain:
        one[0] = plain
        while len(one) > 1:
            del one[1]
        found.add(Removed.COLOUR)
