"""Which keys of a PDF draw something (ISO 32000-1, chapters 7 to 9); every other key of a page's things goes."""

from typing import Any, Final

from pikepdf import Array, Dictionary, Stream, String

PACKING: Final = ("/Filter", "/DecodeParms", "/Length")
PICTURE: Final = (
    "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Intent", "/ImageMask", "/Mask",
    "/Decode", "/Interpolate", "/SMask", "/SMaskInData", "/Matte", "/OC", *PACKING,
)  # fmt: skip
DRAWING: Final = ("/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Resources", "/Group", "/OC", *PACKING)  # fmt: skip
TILE: Final = (
    "/Type", "/PatternType", "/PaintType", "/TilingType", "/BBox", "/XStep", "/YStep", "/Resources", "/Matrix", *PACKING,
)  # fmt: skip
STATE: Final = (
    "/Type", "/LW", "/LC", "/LJ", "/ML", "/D", "/RI", "/OP", "/op", "/OPM", "/Font", "/BG", "/BG2", "/UCR", "/UCR2",
    "/FL", "/SM", "/SA", "/BM", "/SMask", "/CA", "/ca", "/AIS", "/TK",
)  # fmt: skip
FONT: Final = (
    "/Type", "/Subtype", "/BaseFont", "/FirstChar", "/LastChar", "/Widths", "/FontDescriptor", "/Encoding",
    "/ToUnicode", "/DescendantFonts", "/CIDSystemInfo", "/DW", "/W", "/DW2", "/W2", "/CIDToGIDMap", "/FontBBox",
    "/FontMatrix", "/CharProcs", "/Resources",
)  # fmt: skip
DESCRIPTOR: Final = (
    "/Type", "/FontName", "/FontFamily", "/FontStretch", "/FontWeight", "/Flags", "/FontBBox", "/ItalicAngle",
    "/Ascent", "/Descent", "/Leading", "/CapHeight", "/XHeight", "/StemV", "/StemH", "/AvgWidth", "/MaxWidth",
    "/MissingWidth", "/FontFile", "/FontFile2", "/FontFile3", "/CharSet", "/CIDSet",
)  # fmt: skip
LETTERS: Final = ("/Length1", "/Length2", "/Length3", "/Subtype", *PACKING)
CODES: Final = (
    "/Type", "/CMapName", "/CIDSystemInfo", "/WMode", "/BaseEncoding", "/Differences", *PACKING,
)  # fmt: skip
FONTS: Final = ("/Type0", "/Type1", "/MMType1", "/TrueType", "/Type3", "/CIDFontType0", "/CIDFontType2")  # fmt: skip

# Not among them: by profile (ICCBased), which `sweep` has made plain.
FAMILIES: Final = (
    "/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/CalGray", "/CalRGB", "/Lab", "/Indexed", "/Separation", "/DeviceN",
    "/Pattern",
)  # fmt: skip
FUNCTION: Final = (
    "/FunctionType", "/Domain", "/Range", "/C0", "/C1", "/N", "/Functions", "/Bounds", "/Encode", "/Size", "/Order",
    "/BitsPerSample", "/Decode", "/WhitePoint", "/BlackPoint", "/Gamma", "/Matrix", *PACKING,
)  # fmt: skip
SHADING: Final = (
    "/ShadingType", "/ColorSpace", "/Background", "/BBox", "/AntiAlias", "/Domain", "/Matrix", "/Function", "/Coords",
    "/Extend", "/BitsPerCoordinate", "/BitsPerComponent", "/BitsPerFlag", "/Decode", "/VerticesPerRow", *PACKING,
)  # fmt: skip

# Every operator of a content stream (ISO 32000-1, annex A).
OPERATORS: Final = frozenset(
    [
        "b",
        "B",
        "b*",
        "B*",
        "BDC",
        "BI",
        "BMC",
        "BT",
        "BX",
        "c",
        "cm",
        "CS",
        "cs",
        "d",
        "d0",
        "d1",
        "Do",
        "DP",
        "EI",
        "EMC",
        "ET",
        "EX",
        "f",
        "F",
        "f*",
        "G",
        "g",
        "gs",
        "h",
        "i",
        "ID",
        "j",
        "J",
        "K",
        "k",
        "l",
        "m",
        "M",
        "MP",
        "n",
        "q",
        "Q",
        "re",
        "RG",
        "rg",
        "ri",
        "s",
        "S",
        "SC",
        "sc",
        "SCN",
        "scn",
        "sh",
        "T*",
        "Tc",
        "Td",
        "TD",
        "Tf",
        "Tj",
        "TJ",
        "TL",
        "Tm",
        "Tr",
        "Ts",
        "Tw",
        "Tz",
        "v",
        "w",
        "W",
        "W*",
        "y",
        "'",
        '"',
        "INLINE",
        "IMAGE",
    ]
)
NAMES_A_LIST: Final = ("BDC", "DP")


# What may hold more than numbers and names; each is followed on its own, everything else may not.
_FOLLOWED: Final = frozenset(
    [
        "/Kids",
        "/Parent",
        "/Pages",
        "/OCProperties",
        "/OCGs",
        "/D",
        "/ON",
        "/OFF",
        "/Contents",
        "/Annots",
        "/Resources",
        "/Group",
        "/ColorSpace",
        "/CS",
        "/SMask",
        "/Mask",
        "/OC",
        "/Font",
        "/G",
        "/FontDescriptor",
        "/Encoding",
        "/ToUnicode",
        "/DescendantFonts",
        "/CIDSystemInfo",
        "/CIDToGIDMap",
        "/CharProcs",
        "/FontFile",
        "/FontFile2",
        "/FontFile3",
        "/CIDSet",
        "/Shading",
        "/Function",
        "/Functions",
        "/XObject",
        "/ExtGState",
        "/Pattern",
        "/Properties",
        "/DecodeParms",
        "/CharSet",
        "/FontFamily",
    ]
)


def kept_only(one: Any, keys: tuple[str, ...]) -> None:
    """This will drop every key of a dictionary or stream that is not among these, or holds what it should not."""
    for key in set(one.keys()):
        value = one[key]
        allowed = (
            _is_unpacking(value) if key == "/DecodeParms" else key in _FOLLOWED or is_plain(value)
        )
        if key not in keys or not allowed:
            del one[key]


def _is_unpacking(value: Any) -> bool:
    """Whether it is how a stream was packed: numbers, and for JBIG2 the shapes its pages have in common."""
    if isinstance(value, Array):
        return all(_is_unpacking(each) for each in value)
    if isinstance(value, Dictionary):
        for key in set(value.keys()):
            shapes = (
                key == "/JBIG2Globals"
                and isinstance(value[key], Stream)
                and "/Type" not in value[key]
            )
            if shapes:
                kept_only(value[key], ("/Filter", "/Length"))
            elif not is_plain(value[key]):
                del value[key]
    return isinstance(value, Dictionary) or is_plain(value)


def is_plain(value: Any) -> bool:
    """Whether it is numbers, names, yes and no, or lists of those: nothing that can hold words or lead on."""
    if isinstance(value, Array):
        return all(is_plain(each) for each in value)
    return not isinstance(value, Dictionary | Stream | String)
