"""What a page or the guide shows of one service: plain values, already in the order a person needs them.

`queries` build these from the tables; templates and the guide only read them.
Data keeps its own language (`lang`); kinds, hours, reasons and distance are translated where shown.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class PhoneLine:
    """A number people can call. `number` as written with hyphens; `extension` may be a range ("2853-2856")."""

    number: str
    extension: str = ""
    description: str = ""
    toll_free: bool = False
    kind: str = "voice"  # "voice" | "fax"

    @property
    def href(self) -> str:
        """This will give the tel: address ("tel:0425445111"); `#` is escaped."""
        return "tel:" + "".join(c for c in self.number if c.isdigit() or c == "#").replace(
            "#", "%23"
        )


@dataclass(frozen=True)
class TextDoor:
    """A way in that needs no voice, with where it is and whose word we have for it."""

    kind: str  # "form" | "mail" | "chat" | "sns" | "fax" | "counter_memo" (show a written memo at the counter)
    address: str  # URL, mail address, fax number; "" for counter_memo
    label: str = ""
    source: str = ""  # where this is known from
    open_now: bool | None = None  # None: answered later, or hours not certain
    next_open: datetime | None = None
    needs_check: bool = False  # 要確認


@dataclass(frozen=True)
class HoursNow:
    """Opening, at one minute in Japan. None = not known for certain (then `prose` is shown as it stands)."""

    open_now: bool | None = None
    closes_at: datetime | None = None
    next_open: datetime | None = None
    today: str = ""  # "10:00–17:00" / "" when closed today or not certain
    prose: str = ""  # the source's own words where they could not be read for certain
    rule: str = ""  # the certain part, in opening_hours notation
    undated: bool = False  # an irregular event with no date known: shown as 日程未定, never guessed
    next_dates: tuple[date, ...] = ()  # known coming dates of events
    usual: str = ""  # the hours events keep whatever their date ("13:30–16:30")
    rows: str = (
        ""  # the timetable as `hours_compose.dump_rows` writes it, for words in any language
    )


@dataclass(frozen=True)
class EligibilityAnswer:
    """Whether the conditions of a service seem to fit. Unknown never hides a service."""

    overall: str = "ask"  # "likely" | "ask" | "unlikely"
    notes: tuple[str, ...] = ()  # one sentence a condition, in Japanese


@dataclass(frozen=True)
class PlaceLink:
    """A flyer, a related file, a list elsewhere."""

    kind: str  # "flyer" | "file" | "list" | "page"
    title: str
    url: str = ""
    source_date: date | None = None
    needs_check: bool = False


@dataclass(frozen=True)
class Limit:
    """How often a service can be used, each target counted apart."""

    target: str  # "family" | "person"
    times: int
    note: str = ""
    needs_check: bool = False


@dataclass(frozen=True)
class Alert:
    """A short-term notice. After `ends_date` nobody reads it any more."""

    kind: str  # "full" | "resting" | "moved" | "hours" | "other"
    text: str
    starts_date: date
    ends_date: date | None = None  # the last day; None: until withdrawn


@dataclass(frozen=True)
class Place:
    """One service one can turn to."""

    id: str  # uuid
    kind: str  # service type of the guide ("municipal_window")
    kinds: tuple[str, ...]
    name: str
    organization: str = ""
    lang: str = "ja"
    distance: str = "city"  # "city" | "prefecture" | "nation"
    area_name: str = ""  # 昭島市 / 東京都 / 全国
    role: str = ""  # 役割
    content: str = ""  # 内容
    when_to_use: str = ""  # 使い時
    first_visit: str = ""  # はじめての日の流れ
    methods: tuple[
        str, ...
    ] = ()  # "in_person","phone","mail","form","chat","sns","online","home_visit","fax","letter"
    audience: tuple[str, ...] = ()  # "self","family","friend","worker","experienced"
    anonymous_ok: bool | None = None
    family_only_ok: bool | None = None
    reservation: str = ""  # "none" | "recommended" | "required" | ""
    fee: str = ""  # "free" | "partly" | "paid" | "subsidised" | ""
    extra_costs: str = ""
    functions: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()
    private: bool = False  # 民間
    no_evaluation: bool = False  # 評価しません・がんばらなくていい (S1-11)
    address: str = ""
    building: str = ""  # building, floor, window
    phones: tuple[PhoneLine, ...] = ()
    text_doors: tuple[TextDoor, ...] = ()
    url: str = ""
    hours: HoursNow = field(default_factory=HoursNow)
    eligibility: EligibilityAnswer = field(default_factory=EligibilityAnswer)
    notices: tuple[str, ...] = ()
    register_name: str = (
        ""  # 公的名簿より: known from a public register, nobody here has vetted it yet
    )
    register_date: date | None = None  # the day the register was made public
    source_name: str = ""
    source_url: str = ""
    source_date: date | None = None  # the source's own update date
    verified_date: date | None = None  # last checked
    needs_check: bool = False  # 要確認
    invented: bool = False  # invented for the demo, and marked so
    aliases: tuple[str, ...] = ()  # other spellings of the service or its organization
    departments: tuple[str, ...] = ()  # sections answering
    application: str = ""  # how to apply, in words
    apply_at_kind: str = ""  # kind of the window that takes the application (S4-19)
    limits: tuple[Limit, ...] = ()
    links: tuple[PlaceLink, ...] = ()
    registration: str = ""  # "registered" | "research" | "" (S4-20)
    sector: str = ""
    max_months: int | None = None
    source_page_id: str = ""
    alerts: tuple[Alert, ...] = ()  # not over yet
    availability: str = ""  # "open" | "waiting" | "full" | ""
    availability_note: str = ""  # how one waits, when the next place opens
    availability_date: date | None = None  # the day this was said
    capacity: int | None = None  # 定員
    stale: bool = False  # past its day of checking

    @property
    def voice_free(self) -> bool:
        """Whether there is a door here that needs no voice (a memo at the counter is one, too)."""
        return bool(self.text_doors)
