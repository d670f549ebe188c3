"""Lines to call and desks to write to: who is open at this minute, and which one first for whom.

Plain values over the packaged data files; no database. The files are dated data: see their headers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from madobe.directory.rules.hours import hours_of_rule
from madobe.directory.rules.ids import founding_id
from madobe.directory.rules.place import HoursNow, PhoneLine

CHILD_UNTIL = 18  # the age to which lines for children speak of children

# Which lines come first for whom. Direction: violence by the person, toward the writer, toward an elder.
SIGN_AUDIENCES: Mapping[str, tuple[str, ...]] = {
    "contract_offer": ("consumer",),
    "violence": ("police",),
    "violence_to_elder": ("elder", "police"),
    "violence_to_me": ("police",),
    "crisis": ("suicide",),
    "self_harm_talk": ("suicide",),
}


@dataclass(frozen=True)
class Line:
    """A desk without a place: a number to call, or an address to write to."""

    id: str
    name: str
    operator: str = ""
    kind: str = "phone"  # "phone" | "chat" | "sns" | "form" | "mail"
    number: str = ""
    url: str = ""  # where one writes; "" for a number
    toll_free: bool = False
    hours_rule: str = ""  # "" where hours differ by region or are not certain
    hours_text: str = ""
    audience: tuple[str, ...] = ()
    audience_text: str = ""
    age_max: int = -1
    immediate: bool = False  # 119 and 110: kept apart from lines for talking
    anonymous: bool | None = None
    area: str = "JP"  # or a two-digit prefecture code
    note: str = ""
    source_name: str = ""
    source_url: str = ""
    source_date: date | None = None
    checked_date: date | None = None  # compared with the operator's own page
    listed_date: date | None = None  # put into the data file
    needs_check: bool = False  # 要確認
    hours: HoursNow = HoursNow()

    @property
    def voice_free(self) -> bool:
        return self.kind != "phone"

    @property
    def reachable(self) -> bool:
        """Whether there is a number or an address to use."""
        return bool(self.number or self.url)

    @property
    def place_id(self) -> str:
        """The id of this line's own place page, where the founding facts are loaded; "" for 119 and 110."""
        return "" if self.immediate else str(founding_id("service", f"line-{self.id}"))

    @property
    def href(self) -> str:
        return PhoneLine(self.number).href if self.number else self.url

    @property
    def open_now(self) -> bool | None:
        """True or False where hours are certain, else None."""
        return self.hours.open_now

    @property
    def next_open(self) -> datetime | None:
        return self.hours.next_open

    @property
    def closes_at(self) -> datetime | None:
        return self.hours.closes_at


def settled(item: Mapping[str, Any]) -> bool:
    """This will tell whether a line may be shown: someone prints its number, and nobody another one."""
    printed = {_digits(witness["number"]) for witness in item.get("witnesses", ())}
    return item.get("shown", True) and printed == {_digits(item["number"])}


def lines_from(data: Mapping[str, Any]) -> tuple[Line, ...]:
    """This will read crisis_lines.yaml, leaving out lines that are not settled."""
    return tuple(_line(item, data) for item in data["lines"] if settled(item))


def desks_from(data: Mapping[str, Any]) -> tuple[Line, ...]:
    """This will read text_desks.yaml."""
    return tuple(_line(item, data) for item in data["desks"] if item.get("shown", True))


def at_this_minute(lines: Iterable[Line], at: datetime) -> list[Line]:
    """This will give the lines with their hours at `at` (aware)."""
    return [
        replace(line, hours=hours_of_rule(line.hours_rule, at, prose=line.hours_text))
        for line in lines
    ]


def wanted(
    *, who: str = "", age: int = -1, relation: str = "", signs: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """This will give the audiences whose lines come first, the most fitting first.

    `who` writes, `age` is the withdrawn person's, `signs` as in the guide. `relation`: who hurts the writer
    ("partner", "parent"), or who is hurt ("child", "elder"); "" when nobody said.
    """
    found: list[str] = []
    is_child = 0 <= age <= CHILD_UNTIL and who in ("self", "")
    if is_child or (relation in ("parent", "child") and age <= CHILD_UNTIL):
        found.append("child")
    if relation in ("partner", "elder"):
        found.append(relation)
    elif "violence_to_me" in signs and not found:
        # nobody said who hurts: a line for everyone first, the line for partners next, if it may be one
        found += ["general", "partner"] if who in ("self", "") else ["general"]
    for sign, audiences in SIGN_AUDIENCES.items():
        if sign in signs:
            found += audiences
    if 0 <= age <= CHILD_UNTIL:
        found.append("child")
    return tuple(dict.fromkeys(found)) or ("general",)


def in_order(
    lines: Iterable[Line], first: tuple[str, ...], *, age: int = -1, voice_free_first: bool = False
) -> list[Line]:
    """This will order lines of one minute: open now, then for whom, then opening soonest.

    Lines made for others (children for a grown person, partners when nobody spoke of one) stand behind
    those for everyone; 119 and 110 come last, as a group of their own. Hours not certain stand between open
    and closed. With `voice_free_first`, open desks to write to come before every voice.
    """

    def fit(line: Line) -> int:
        if 0 <= line.age_max < age:
            return 90
        places = [first.index(one) for one in line.audience if one in first]
        if places:
            return min(places)
        return 50 if "general" in line.audience else 70

    def key(line: Line) -> tuple[object, ...]:
        opening = {True: 0, None: 1, False: 2}[line.open_now if line.reachable else False]
        voice = 0 if not voice_free_first or line.voice_free else 1
        soonest = line.next_open.timestamp() if line.next_open and not line.open_now else 0.0
        tie = 0 if not line.voice_free else 1
        return (line.immediate, opening if not voice else opening + 3, fit(line), tie, soonest)

    return sorted(lines, key=key)


def _digits(number: str) -> str:
    return "".join(c for c in str(number) if c.isdigit() or c == "#")


def _line(item: Mapping[str, Any], data: Mapping[str, Any]) -> Line:
    return Line(
        id=item["id"],
        name=item["name"],
        operator=item.get("operator", ""),
        kind=item.get("kind", "phone"),
        number=item.get("number", ""),
        url=item.get("url", ""),
        toll_free=item.get("toll_free", False),
        hours_rule=item.get("hours") or "",
        hours_text=item.get("hours_text", ""),
        audience=tuple(item.get("audience", ())),
        audience_text=item.get("audience_text", ""),
        age_max=item.get("age_max", -1),
        immediate=item.get("immediate", False),
        anonymous=item.get("anonymous"),
        area=item.get("area", "JP"),
        note=item.get("note", ""),
        source_name=item["source_name"],
        source_url=item.get("source_url", ""),
        source_date=item.get("source_date"),
        checked_date=item.get("checked_on"),
        listed_date=data.get("compiled_on"),
        needs_check=item.get("needs_check", False),
    )
