"""What somebody looks for and has put aside, as it travels in the form: never in an address, never kept by us."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest, QueryDict

from madobe.directory import municipalities
from madobe.directory.choices import Audience, Function, Kind
from madobe.directory.rules.letters import letters_of, name_of
from madobe.directory.search.plan import DEEPEST
from madobe.directory.search.question import NEEDS, SearchQuestion

LONGEST_TEXT = 10_000  # characters a form may hold; the engine reads the first ones
LONGEST_PLACE = 60
MOST_KEPT = 24
MOST_COMPARED = 4
PAGE = 10
OLDEST = 120
LONGEST_NUMBER = 3  # digits


@dataclass(frozen=True)
class Asked:
    """One visitor's search, list and choice for comparing. Empty values ask nothing.

    `age` as typed; `unknown`: answers that were sent but that this window does not have.
    """

    text: str = ""
    place: str = ""
    kinds: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    who: str = ""
    age: str = ""
    first: int = 0
    kept: tuple[UUID, ...] = ()
    compared: tuple[UUID, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether anything is looked for at all."""
        return bool(
            self.text.strip()
            or self.place
            or self.kinds
            or self.needs
            or self.functions
            or self.who
            or self.age
        )

    @property
    def years(self) -> int | None:
        """The age as a number, -1 when not said, None for something that is no age."""
        digits = unicodedata.normalize("NFKC", self.age).strip().removesuffix("歳")
        if not digits:
            return -1
        if not digits.isdecimal() or len(digits) > LONGEST_NUMBER or int(digits) > OLDEST:
            return None
        return int(digits)

    @property
    def only(self) -> "Asked":
        """The list and the choice without the search."""
        return Asked(kept=self.kept, compared=self.compared)

    def question(self, municipality: str, prefecture: str) -> SearchQuestion:
        """This will give the question for the engine; an age that is none asks nothing."""
        return SearchQuestion(
            text=self.text,
            municipality=municipality,
            prefecture=prefecture,
            kinds=self.kinds,
            needs=frozenset(self.needs),
            functions=self.functions,
            who=self.who,
            age=-1 if self.years is None else self.years,
            first=self.first,
            size=PAGE,
        )

    def carried(self, shown: Collection[str] = ()) -> Iterator[tuple[str, str]]:
        """Name and value of each hidden field; a page leaves out the names it shows itself."""
        for name, value in (
            ("text", self.text),
            ("place", self.place),
            ("who", self.who),
            ("age", self.age),
            ("first", str(self.first or "")),
            ("kept", " ".join(map(str, self.kept))),
            ("compared", " ".join(map(str, self.compared))),
            ("kind", " ".join(self.kinds)),
            ("need", " ".join(self.needs)),
            ("function", " ".join(self.functions)),
        ):
            if value and name not in shown:
                yield name, value


def asked_of(request: HttpRequest) -> Asked:
    """This will read a form, with the one button that was pressed folded into the fields it stands for."""
    if request.method != "POST":
        return Asked()
    posted = request.POST
    kinds, unknown_kinds = _codes(posted, "kind", Kind.values)
    needs, unknown_needs = _codes(posted, "need", NEEDS)
    functions, unknown_functions = _codes(posted, "function", Function.values)
    who = posted.get("who", "")
    asked = Asked(
        text=_plain(posted.get("text", "")),
        place=_place(posted),
        kinds=kinds,
        needs=needs,
        functions=functions,
        who=who if who in Audience.values else "",
        age=_plain(posted.get("age", ""))[:LONGEST_PLACE].strip(),
        first=_first(posted.get("first", "")),
        kept=_places(posted, "kept")[:MOST_KEPT],
        compared=_compared(posted),
        unknown=(
            *unknown_kinds,
            *unknown_needs,
            *unknown_functions,
            *([who] if who and who not in Audience.values else ()),
        ),
    )
    return _pressed(asked, posted)


def shared_with(request: HttpRequest) -> Asked:
    """This will read a shareable address: area, kinds, needs and functions, nothing anybody wrote."""
    sent = request.GET
    area = municipalities.resolve(sent.get("a", "")[:6]).area if sent.get("a") else None
    kinds = [name_of(letters, Kind.values) for letters in sent.getlist("k")]
    needs = [name_of(letters, NEEDS) for letters in sent.getlist("n")]
    functions = [name_of(letters, Function.values) for letters in sent.getlist("f")]
    return Asked(
        place=full_name(area) if area else "",
        kinds=tuple(dict.fromkeys(filter(None, kinds))),
        needs=tuple(dict.fromkeys(filter(None, needs))),
        functions=tuple(dict.fromkeys(filter(None, functions))),
    )


def shareable(asked: Asked, code: str) -> list[tuple[str, str]]:
    """This will give the fields of a shareable address; words, age and who one is never stand in it."""
    return [
        *([("a", code)] if code else []),
        *(("k", letters_of(kind)) for kind in asked.kinds),
        *(("n", letters_of(need)) for need in asked.needs),
        *(("f", letters_of(function)) for function in asked.functions),
    ]


def full_name(area: municipalities.Area) -> str:
    """The name of an area as a person reads it and as it is found again: 東京都昭島市."""
    known = municipalities.by_code(area.code) if area.code else None
    return (
        known.full_name if known else municipalities.prefecture_name(area.prefecture) or area.name
    )


def _pressed(asked: Asked, posted: QueryDict) -> Asked:
    if posted.get("go") == "clear":
        return asked.only
    if posted.get("go") == "search":
        asked = replace(asked, first=0)
    field, _, code = posted.get("toggle", "").partition(".")
    if field == "need" and code in NEEDS:
        asked = replace(asked, needs=_toggled(asked.needs, code), first=0)
    elif field == "function" and code in Function.values:
        asked = replace(asked, functions=_toggled(asked.functions, code), first=0)
    elif field == "kind" and code in Kind.values:
        asked = replace(asked, kinds=_toggled(asked.kinds, code), first=0)
    keep, drop = _places(posted, "keep"), _places(posted, "drop")
    kept = tuple(dict.fromkeys((*(one for one in asked.kept if one not in drop), *keep)))
    return replace(asked, kept=kept[:MOST_KEPT])


def _compared(posted: QueryDict) -> tuple[UUID, ...]:
    """Those carried from other pages, those ticked on this one, less those set apart again."""
    shown = set(_places(posted, "shown"))  # rows of this page: unticked means no longer wanted
    apart = set(_places(posted, "apart"))
    carried = [one for one in _places(posted, "compared") if one not in shown]
    both = dict.fromkeys((*carried, *_places(posted, "compare")))
    return tuple(one for one in both if one not in apart)[:MOST_KEPT]


def _place(posted: QueryDict) -> str:
    if code := posted.get("place_code", "")[:6]:
        area = municipalities.resolve(code).area
        return full_name(area) if area else code
    written = posted.get("near") or posted.get(
        "place", ""
    )  # "near": one of the nearest names was pressed
    return _plain(written).strip()


def _codes(
    posted: QueryDict, name: str, known: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    sent = dict.fromkeys(code for value in posted.getlist(name) for code in value[:2000].split())
    return (
        tuple(code for code in sent if code in known),
        tuple(code[:40] for code in sent if code not in known)[:3],
    )


def _places(posted: QueryDict, name: str) -> tuple[UUID, ...]:
    found: dict[UUID, None] = {}
    for value in posted.getlist(name):
        for one in value[:4000].split():
            try:
                found[UUID(one)] = None
            except ValueError:
                continue  # not a place of anybody's list
    return tuple(found)


def _first(written: str) -> int:
    if not (written.isascii() and written.isdigit()) or len(written) > LONGEST_NUMBER + 2:
        return 0
    return min(int(written) // PAGE * PAGE, DEEPEST)


def _toggled(codes: Iterable[str], code: str) -> tuple[str, ...]:
    held = dict.fromkeys(codes)
    if code in held:
        del held[code]
    else:
        held[code] = None
    return tuple(held)


def _plain(text: str) -> str:
    """Control characters out; the words stay as written."""
    if text.isprintable():
        return text
    return "".join(
        c
        for c in text.replace("\r\n", "\n")
        if c in "\t\n" or unicodedata.category(c) not in ("Cc", "Cs")
    )
