"""What a page shows, followed from the page downwards: each thing must be what its place says, or it goes.

Nothing is looked for and taken out here; only what draws is let through, key by key (ISO 32000-1, chapters 7 to 9).
"""

from collections.abc import Callable
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from madobe.consult.rules.attachments.kinds import NotTaken, Reason
from madobe.consult.rules.attachments.paper_keys import (
    CODES,
    DESCRIPTOR,
    DRAWING,
    FAMILIES,
    FONT,
    FONTS,
    FUNCTION,
    LETTERS,
    NAMES_A_LIST,
    OPERATORS,
    PACKING,
    PICTURE,
    SHADING,
    STATE,
    TILE,
    is_plain,
    kept_only,
)

CONTENT_BYTES: Final = 20_000_000  # instructions of all pages, unpacked
DEPTH: Final = 12  # drawings inside drawings


class Shown:
    """Goes through the pages of one paper; each thing is looked at once, wherever it is used."""

    def __init__(self) -> None:
        self._seen: dict[tuple[tuple[int, int], str], bool] = {}
        self._left = CONTENT_BYTES

    def page(self, page: Any) -> None:
        """This will let through what this page draws. Raises NotTaken; other errors mean that it is broken."""
        self._in(page, "/Resources", self._resources, 0)
        self._in(page, "/Group", self._group, 0)
        contents = page.get("/Contents")
        if isinstance(contents, Array):
            if not all(isinstance(one, Stream) and "/Type" not in one for one in contents):
                raise NotTaken(Reason.BROKEN)
            pikepdf.Page(page).contents_coalesce()  # one instruction may run over the joint
        self._in(page, "/Contents", self._content, 0)

    def branch(self, node: Any) -> None:
        """This will do the same for what pages inherit."""
        self._in(node, "/Resources", self._resources, 0)

    def layers(self, root: Any) -> None:
        """This will leave of the layers which there are and which are on, without names."""
        layers = root.get("/OCProperties")
        if not isinstance(layers, Dictionary):
            return
        kept_only(layers, ("/OCGs", "/D"))
        self._in(layers, "/OCGs", self._layers, 0)
        self._in(layers, "/D", self._switches, 0)

    def _switches(self, one: Any, depth: int) -> bool:
        if isinstance(one, Dictionary):
            kept_only(one, ("/BaseState", "/ON", "/OFF"))
            self._in(one, "/ON", self._layers, depth)
            self._in(one, "/OFF", self._layers, depth)
        return isinstance(one, Dictionary)

    def _passes(self, value: Any, clean: Callable[[Any, int], bool], depth: int) -> bool:
        """Whether it is what its place says; asked once for each place of one sort."""
        if depth > DEPTH:
            return False
        if not isinstance(value, Dictionary | Stream | Array) or not value.is_indirect:
            return clean(value, depth)
        key = (value.objgen, clean.__name__)
        if key not in self._seen:
            self._seen[key] = True  # what leads back to itself is settled by who asked first
            self._seen[key] = clean(value, depth)
        return self._seen[key]

    def _in(self, one: Any, key: str, clean: Callable[[Any, int], bool], depth: int) -> None:
        """What stands under this key stays if it is what it should be."""
        if key in one and not self._passes(one[key], clean, depth + 1):
            del one[key]

    def _each(self, one: Any, clean: Callable[[Any, int], bool], depth: int) -> None:
        for name in set(one.keys()):
            if not self._passes(one[name], clean, depth + 1):
                del one[name]

    def _resources(self, one: Any, depth: int) -> bool:
        if not isinstance(one, Dictionary):
            return False
        cleaners: dict[str, Callable[[Any, int], bool]] = {
            "/Font": self._font,
            "/XObject": self._drawn,
            "/ExtGState": self._state,
            "/ColorSpace": self._colours,
            "/Pattern": self._pattern,
            "/Shading": self._shading,
            "/Properties": self._layer,
        }
        kept_only(one, tuple(cleaners))
        for key in set(one.keys()):
            if isinstance(one[key], Dictionary):
                self._each(one[key], cleaners[key], depth)
            else:
                del one[key]
        return True

    def _font(self, one: Any, depth: int) -> bool:
        if not isinstance(one, Dictionary) or str(one.get("/Subtype")) not in FONTS:
            return False
        kept_only(one, FONT)
        self._in(one, "/FontDescriptor", self._descriptor, depth)
        for key in ("/Encoding", "/ToUnicode", "/CIDToGIDMap"):
            self._in(one, key, self._codes, depth)
        self._in(one, "/CIDSystemInfo", self._collection, depth)
        self._in(one, "/Resources", self._resources, depth)
        self._in(one, "/CharProcs", self._letters_drawn, depth)
        self._in(one, "/DescendantFonts", self._descendants, depth)
        return True

    def _descendants(self, one: Any, depth: int) -> bool:
        return isinstance(one, Array) and all(
            self._passes(each, self._font, depth + 1) for each in one
        )

    def _collection(self, one: Any, depth: int) -> bool:
        """Adobe-Japan1 and the like: two words and a number."""
        if not isinstance(one, Dictionary):
            return False
        for key in set(one.keys()):
            if key not in ("/Registry", "/Ordering", "/Supplement") or len(str(one[key])) > 32:
                del one[key]
        return True

    def _descriptor(self, one: Any, depth: int) -> bool:
        if not isinstance(one, Dictionary):
            return False
        kept_only(one, DESCRIPTOR)
        for key in ("/FontFile", "/FontFile2", "/FontFile3", "/CIDSet"):
            self._in(one, key, self._letters, depth)
        for key in ("/CharSet", "/FontFamily"):
            if key in one and not isinstance(one[key], String):
                del one[key]
        return True

    def _letters(self, one: Any, depth: int) -> bool:
        if isinstance(one, Stream):
            kept_only(one, LETTERS)
        return isinstance(one, Stream)

    def _codes(self, one: Any, depth: int) -> bool:
        if isinstance(one, Dictionary | Stream):
            kept_only(one, CODES)
            self._in(one, "/CIDSystemInfo", self._collection, depth)
        return isinstance(one, Dictionary | Stream | Name)

    def _letters_drawn(self, one: Any, depth: int) -> bool:
        if isinstance(one, Dictionary):
            self._each(one, self._content, depth)
        return isinstance(one, Dictionary)

    def _drawn(self, one: Any, depth: int) -> bool:
        """A picture or a drawing; PostScript is neither."""
        return self._passes(one, self._picture, depth) or self._passes(one, self._form, depth)

    def _picture(self, one: Any, depth: int) -> bool:
        if not isinstance(one, Stream) or one.get("/Subtype") != Name.Image:
            return False
        if one.get("/Filter") is None and one.read_raw_bytes()[:3] == b"\xff\xd8\xff":
            raise NotTaken(Reason.BROKEN)  # a photograph that does not say it is one
        kept_only(one, PICTURE)
        self._in(one, "/ColorSpace", self._colours, depth)
        self._in(one, "/SMask", self._picture, depth)
        self._in(one, "/Mask", self._mask, depth)
        self._in(one, "/OC", self._layer, depth)
        return True

    def _mask(self, one: Any, depth: int) -> bool:
        return self._picture(one, depth) if isinstance(one, Stream) else is_plain(one)

    def _form(self, one: Any, depth: int) -> bool:
        if not isinstance(one, Stream) or one.get("/Subtype") != Name.Form:
            return False
        kept_only(one, DRAWING)
        self._in(one, "/Resources", self._resources, depth)
        self._in(one, "/Group", self._group, depth)
        self._in(one, "/OC", self._layer, depth)
        self._rewrite(one)
        return True

    def _group(self, one: Any, depth: int) -> bool:
        if isinstance(one, Dictionary):
            kept_only(one, ("/Type", "/S", "/CS", "/I", "/K"))
            self._in(one, "/CS", self._colours, depth)
        return isinstance(one, Dictionary)

    def _state(self, one: Any, depth: int) -> bool:
        if not isinstance(one, Dictionary):
            return False
        kept_only(one, STATE)
        if "/D" in one and not is_plain(one.D):  # a pattern of dashes
            del one.D
        self._in(one, "/Font", self._sized_font, depth)
        self._in(one, "/SMask", self._soft, depth)
        return True

    def _sized_font(self, one: Any, depth: int) -> bool:
        return isinstance(one, Array) and len(one) == 2 and self._passes(one[0], self._font, depth)

    def _soft(self, one: Any, depth: int) -> bool:
        if isinstance(one, Dictionary):
            kept_only(one, ("/Type", "/S", "/G", "/BC"))
            self._in(one, "/G", self._form, depth)
        return isinstance(one, Dictionary | Name)

    def _colours(self, one: Any, depth: int) -> bool:
        """A name, or a family with what it needs: another colour space, a table, a function."""
        if not isinstance(one, Array):
            return isinstance(one, Name)
        if not len(one) or str(one[0]) not in FAMILIES:
            return False
        while len(one) > 4:  # what DeviceN tells about its inks
            del one[4]
        return all(self._part_of_colours(each, depth) for each in one)

    def _part_of_colours(self, one: Any, depth: int) -> bool:
        if isinstance(one, Array):
            return self._passes(one, self._colours, depth + 1)
        if isinstance(one, Dictionary | Stream):
            return self._passes(one, self._function, depth + 1)
        return True

    def _function(self, one: Any, depth: int) -> bool:
        """A function, a table of colours or of a white point; a list of functions."""
        if isinstance(one, Array):
            return all(self._passes(each, self._function, depth + 1) for each in one)
        if not isinstance(one, Dictionary | Stream) or "/Type" in one or "/Subtype" in one:
            return False
        kept_only(one, FUNCTION)
        self._in(one, "/Functions", self._function, depth)
        return True

    def _pattern(self, one: Any, depth: int) -> bool:
        if isinstance(one, Stream):
            kept_only(one, TILE)
            self._in(one, "/Resources", self._resources, depth)
            self._rewrite(one)
        elif isinstance(one, Dictionary):
            kept_only(one, ("/Type", "/PatternType", "/Shading", "/Matrix"))
            self._in(one, "/Shading", self._shading, depth)
        return isinstance(one, Dictionary | Stream)

    def _shading(self, one: Any, depth: int) -> bool:
        if not isinstance(one, Dictionary | Stream) or not isinstance(one.get("/ShadingType"), int):
            return False
        kept_only(one, SHADING)
        self._in(one, "/ColorSpace", self._colours, depth)
        self._in(one, "/Function", self._function, depth)
        return True

    def _layer(self, one: Any, depth: int) -> bool:
        """A layer or a rule about layers; other lists of properties draw nothing."""
        if not isinstance(one, Dictionary) or one.get("/Type") not in (Name.OCG, Name.OCMD):
            return False
        if one.Type == Name.OCG:
            kept_only(one, ("/Type",))
            one.Name = String("1")
        else:
            kept_only(one, ("/Type", "/OCGs", "/P"))
            self._in(one, "/OCGs", self._layers, depth)
        return True

    def _layers(self, one: Any, depth: int) -> bool:
        each = list(one) if isinstance(one, Array) else [one]
        return all(self._passes(layer, self._layer, depth + 1) for layer in each)

    def _content(self, one: Any, depth: int) -> bool:
        if not isinstance(one, Stream) or "/Type" in one or "/Subtype" in one:
            return False
        kept_only(one, PACKING)
        self._rewrite(one)
        return True

    def _rewrite(self, one: Any) -> None:
        """Write the instructions anew: known ones, without comments and without lists of properties."""
        data = one.read_bytes()
        self._left -= len(data)
        if self._left < 0:
            raise NotTaken(Reason.TOO_MUCH_INSIDE)
        kept = []
        for each in pikepdf.parse_content_stream(one):
            operands, operator = list(each.operands), str(each.operator)
            if operator not in OPERATORS:
                continue
            if operator in NAMES_A_LIST and not isinstance(operands[-1], Name):
                operands[-1] = Dictionary()
            kept.append((operands, each.operator))
        one.write(pikepdf.unparse_content_stream(kept))
