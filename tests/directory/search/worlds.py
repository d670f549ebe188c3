"""Small directories made by chance, and what a search over them should find, told a second time and simply.

Nothing here uses the search: no folding, no lexicon, no planes. Which words stand in which sentence is written down.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from hypothesis import strategies as st

from madobe.directory.actions.listing import refresh_listing
from madobe.directory.choices import Standing
from madobe.directory.models import (
    Condition,
    Eligibility,
    Location,
    Organization,
    Schedule,
    ScheduleException,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceKind,
)
from madobe.directory.search.question import Near, SearchQuestion

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
SPACE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
HOLIDAYS = {date(2026, 11, 3), date(2026, 11, 23)}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

# Sentences, and the searches each of them answers.
SENTENCES = {
    "麒麟鼎があります": {"麒麟鼎", "麒麟", "麒", "鼎"},
    "ﾎﾟｹﾓﾝの話をします": {"ぽけもん", "ポケモン"},
    "ＺＸＱＶ方式で学びます": {"zxqv"},
    "麒麟部のつどい、鼎麒": {"麒麟", "麒", "鼎"},
    "LINEでもオンラインでも": set(),
    "地域若者サポートステーションです": {"サポステ"},
    "ひき籠もりの方に": set(),
}
KIND_ANSWERS = {"saposute": {"サポステ"}}
WORDS = sorted({word for words in SENTENCES.values() for word in words} | {"鉄道模型"})
KINDS = ("ibasho", "saposute", "municipal_window", "seminar")
STAGES_OF = {"ibasho": "2", "saposute": "3", "municipal_window": "123", "seminar": ""}
AREAS = {
    "132071": "昭島市",
    "131016": "千代田区",
    "141003": "横浜市",
    "141011": "鶴見区",
    "13": "東京都",
    "14": "神奈川県",
    "JP": "全国",
}
CITY_OF = {"141011": "141003"}
PLACES = ((35.7056, 139.3535), (35.71, 139.36), (35.444, 139.638))
METHODS = ("phone", "mail", "home_visit", "letter", "online")
FUNCTIONS = ("counselling", "cv_help", "trauma_informed")
AUDIENCE = ("self", "family")


@dataclass(frozen=True)
class Hours:
    """One weekly timetable. `special`: one date with other hours; `cancelled`: one without."""

    days: tuple[int, ...]
    opens: time
    closes: time
    closed_on_holidays: bool = False
    cancelled: date | None = None
    special: tuple[date, time, time] | None = None


@dataclass(frozen=True)
class Made:
    """One service as these tests know it."""

    number: int
    sentences: tuple[str, ...]
    kinds: tuple[str, ...]
    areas: tuple[str, ...]
    methods: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    free: bool = False
    anonymous: bool | None = None
    age: tuple[int, int, date | None, date | None] | None = None
    months: int = 0
    place: tuple[float, float] | None = None
    hours: Hours | None = None
    is_desk: bool = False
    needs_check: bool = False

    @property
    def id(self) -> UUID:
        return uuid5(SPACE, str(self.number))


@dataclass
class World:
    """Services by number; saved with `save`."""

    services: dict[int, Made] = field(default_factory=dict)


def times() -> st.SearchStrategy[time]:
    return st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))


def subsets(values: Sequence[object], least: int = 0) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(values), unique=True, min_size=least, max_size=3).map(tuple)


def hours() -> st.SearchStrategy[Hours | None]:
    days = st.lists(st.integers(0, 6), unique=True, min_size=1, max_size=7).map(sorted).map(tuple)
    near = st.sampled_from((date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 23)))
    made = st.builds(
        Hours,
        days,
        times(),
        times(),
        st.booleans(),
        st.none() | near,
        st.none(),
    ).filter(lambda one: one.opens != one.closes)
    return st.none() | made


def services() -> st.SearchStrategy[Made]:
    day = st.none() | st.dates(date(2026, 11, 1), date(2026, 11, 19))
    later = st.none() | st.dates(date(2026, 11, 20), date(2026, 12, 31))
    ages = st.tuples(st.integers(0, 40), st.integers(41, 90), day, later)
    past = st.tuples(
        st.integers(0, 40),
        st.integers(41, 90),
        st.just(date(2026, 1, 1)),
        st.just(date(2026, 11, 19)),
    )
    return st.builds(
        Made,
        number=st.integers(0, 200),
        sentences=subsets(list(SENTENCES)),
        kinds=subsets(KINDS, least=1),
        areas=subsets(list(AREAS), least=1),
        methods=subsets(METHODS),
        audience=subsets(AUDIENCE),
        functions=subsets(FUNCTIONS),
        free=st.booleans(),
        anonymous=st.sampled_from((True, False, None)),
        age=st.none() | ages | past,
        months=st.sampled_from((0, 0, 3, 6)),
        place=st.none() | st.sampled_from(PLACES),
        hours=hours(),
        is_desk=st.booleans(),
        needs_check=st.booleans(),
    )


def worlds(least: int = 0, most: int = 9) -> st.SearchStrategy[list[Made]]:
    return st.lists(services(), min_size=least, max_size=most, unique_by=lambda one: one.number)


def questions() -> st.SearchStrategy[SearchQuestion]:
    moments = st.builds(
        lambda day, at: datetime.combine(day, at, tzinfo=UTC) - timedelta(hours=9),
        st.dates(date(2026, 11, 20), date(2026, 11, 25)),
        times(),
    )
    return st.builds(
        SearchQuestion,
        text=st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(" ".join),
        municipality=st.sampled_from(("", "", "132071", "141003", "141011")),
        prefecture=st.sampled_from(("", "13")),
        near=st.none()
        | st.builds(Near, st.just(35.7056), st.just(139.3535), st.sampled_from((0.5, 5.0, 60.0))),
        kinds=st.just(()) | subsets(KINDS, least=1),
        methods=st.just(()) | subsets(METHODS, least=1),
        functions=st.just(()) | subsets(FUNCTIONS, least=1),
        who=st.sampled_from(("", *AUDIENCE)),
        stage=st.sampled_from(("", "", "1", "2", "3")),
        age=st.sampled_from((-1, -1, 20, 39, 41, 95)),
        months=st.sampled_from((-1, -1, 2, 3, 12)),
        needs=st.sampled_from(
            (
                (),
                (),
                ("free",),
                ("anonymous",),
                ("text",),
                ("visit", "free"),
                ("at_home",),
                ("evening",),
                ("weekend",),
            )
        ).map(frozenset),
        open_at=st.none() | moments,
    )


# --- putting a world into the tables ---


def save(made: Iterable[Made], *, at: datetime = AT) -> None:
    """Write services anew, whatever was there under their numbers."""
    made = list(made)
    organization, _ = Organization.objects.get_or_create(
        name="見本", defaults={"standing": Standing.VETTED}
    )
    Service.objects.filter(pk__in=[one.id for one in made]).delete()
    Service.objects.bulk_create(_service(one, organization) for one in made)
    ServiceKind.objects.bulk_create(
        ServiceKind(service_id=one.id, kind=kind) for one in made for kind in one.kinds
    )
    ServiceArea.objects.bulk_create(
        ServiceArea(
            service_id=one.id,
            extent=extent,
            extent_type={2: "prefecture", 6: "municipality"}[len(extent)]
            if extent != "JP"
            else "nation",
            name=AREAS[extent],
        )
        for one in made
        for extent in one.areas
    )
    for one in made:
        _conditions(one)
        _place(one, organization)
        _schedule(one)
    refresh_listing(services=[one.id for one in made], at=at)


def _service(one: Made, organization: Organization) -> Service:
    return Service(
        id=one.id,
        organization=organization,
        name=f"第{one.number}",
        description="。".join(one.sentences),
        status="published",
        when_to_use="いつでも",
        source_name="見本",
        last_verified_date=TODAY,
        methods=list(one.methods),
        audience=list(one.audience),
        functions=list(one.functions),
        anonymous_ok=one.anonymous,
        fee="free" if one.free else "",
        is_hikikomori_desk=one.is_desk,
        needs_check=one.needs_check,
    )


def _conditions(one: Made) -> None:
    if one.age:
        youngest, oldest, first, last = one.age
        group = Eligibility.objects.create(
            service_id=one.id, source_name="見本", valid_from=first, valid_to=last
        )
        Condition.objects.create(eligibility=group, kind="age_min", number=youngest)
        Condition.objects.create(eligibility=group, kind="age_max", number=oldest)
    if one.months:
        group = Eligibility.objects.create(service_id=one.id, source_name="見本")
        Condition.objects.create(eligibility=group, kind="months_withdrawn_min", number=one.months)


def _place(one: Made, organization: Organization) -> None:
    if one.place:
        place = Location.objects.create(
            organization=organization, latitude=one.place[0], longitude=one.place[1]
        )
        ServiceAtLocation.objects.create(service_id=one.id, location=place)


def _schedule(one: Made) -> None:
    if one.hours is None:
        return
    row = Schedule.objects.create(
        service_id=one.id,
        byday=",".join(DAYS[day] for day in one.hours.days),
        opens_at=one.hours.opens,
        closes_at=one.hours.closes,
        closed_on_holidays=one.hours.closed_on_holidays,
    )
    if one.hours.cancelled:
        ScheduleException.objects.create(schedule=row, date=one.hours.cancelled, kind="cancelled")
    if one.hours.special:
        day, opens, closes = one.hours.special
        ScheduleException.objects.create(
            schedule=row, date=day, kind="special", opens_at=opens, closes_at=closes
        )


# --- the definition, told simply ---


def expected(made: Iterable[Made], question: SearchQuestion) -> set[UUID]:
    """The services a question finds as it was asked."""
    return {one.id for one in made if _is_hit(one, question)}


def _is_hit(one: Made, q: SearchQuestion) -> bool:
    return (
        _in_area(one, q)
        and _is_near(one, q.near)
        and (not q.text or any(_answers(one, word) for word in q.text.split()))
        and (not q.kinds or bool(set(q.kinds) & set(one.kinds)))
        and (not q.methods or bool(set(q.methods) & set(one.methods)))
        and set(q.functions) <= set(one.functions)
        and (not q.who or not one.audience or q.who in one.audience)
        and (not q.stage or any(q.stage in STAGES_OF[kind] for kind in one.kinds))
        and _age_fits(one, q.age)
        and not (0 <= q.months < one.months)
        and all(_has(one, need) for need in q.needs)
        and (q.open_at is None or is_open(one.hours, q.open_at))
    )


def _in_area(one: Made, q: SearchQuestion) -> bool:
    if q.municipality:
        own = {q.municipality, CITY_OF.get(q.municipality, "")}
        own |= {ward for ward, city in CITY_OF.items() if city == q.municipality}
        return bool(set(one.areas) & (own | {q.municipality[:2], "JP"}))
    if q.prefecture:
        return any(area == "JP" or area.startswith(q.prefecture) for area in one.areas)
    return True


def _is_near(one: Made, near: Near | None) -> bool:
    if near is None:
        return True
    if one.place is None:
        return False
    (a, b), (c, d) = (
        map(math.radians, (near.latitude, near.longitude)),
        map(math.radians, one.place),
    )
    cosine = math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d)
    return 6371.0 * math.acos(min(1.0, cosine)) <= near.within_km


def _answers(one: Made, word: str) -> bool:
    return any(word in SENTENCES[sentence] for sentence in one.sentences) or any(
        word in KIND_ANSWERS.get(kind, set()) for kind in one.kinds
    )


def _age_fits(one: Made, age: int) -> bool:
    if age < 0 or one.age is None:
        return True
    youngest, oldest, first, last = one.age
    in_force = (first is None or first <= TODAY) and (last is None or last >= TODAY)
    return not in_force or youngest <= age <= oldest


def _has(one: Made, need: str) -> bool:
    week = one.hours
    late = week is not None and (week.closes > time(18) or week.closes <= week.opens)
    return {
        "free": one.free,
        "anonymous": one.anonymous is True,
        "text": "mail" in one.methods,
        "at_home": "online" in one.methods,
        "visit": "home_visit" in one.methods,
        "evening": late and any(day < 5 for day in week.days) if week else False,
        "weekend": _on_weekend(week),
    }[need]


def _on_weekend(week: Hours | None) -> bool:
    if week is None:
        return False
    into_saturday = 4 in week.days and time(0) < week.closes < week.opens
    return into_saturday or any(day >= 5 for day in week.days)


def is_open(week: Hours | None, moment: datetime) -> bool:
    """Whether a timetable is open at a moment in Japan: minute by minute, tonight's hours reaching into tomorrow."""
    if week is None:
        return False
    here = moment.astimezone(UTC).replace(tzinfo=None) + timedelta(hours=9)
    return any(
        start <= here < end
        for day in (here.date() - timedelta(days=1), here.date())
        for start, end in _spans(week, day)
    )


def _spans(week: Hours, day: date) -> list[tuple[datetime, datetime]]:
    if day == week.cancelled:
        return []
    opens, closes = week.opens, week.closes
    if week.special and week.special[0] == day:
        _, opens, closes = week.special
    elif day.weekday() not in week.days or (week.closed_on_holidays and day in HOLIDAYS):
        return []
    start, end = datetime.combine(day, opens), datetime.combine(day, closes)
    return [(start, end if end > start else end + timedelta(days=1))]
