"""Hours of an HSDS service, as rows of our timetable: only what it can say to the minute."""

import re
from collections.abc import Iterable
from typing import Any

from madobe.directory import choices
from madobe.directory.hsds.attributes import Attributes
from madobe.directory.hsds.compose_parts import JAPAN_OFFSET
from madobe.directory.hsds.read_values import clock, day, inside, number, text

Entry = dict[str, Any]
_BYDAY = re.compile(r"[+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU)(,[+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU))*")
_BYMONTHDAY = re.compile(r"-?\d{1,2}(,-?\d{1,2})*")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_UNREAD = ("byweekno", "byyearday", "count", "wkst")  # rules our timetable does not know
_TIMING = (
    "freq",
    "dtstart",
    "byday",
    "bymonthday",
    "opens_at",
    "closes_at",
    "valid_from",
    "valid_to",
    *_UNREAD,
)


def is_prose(schedule: Entry) -> bool:
    """Whether a schedule says hours in words only."""
    return bool(text(schedule.get("description"))) and not any(name in schedule for name in _TIMING)


def schedules_of(document: Entry) -> Iterable[Entry]:
    """This will read the schedules that are certain; hours in another zone are not taken for hours of Japan."""
    for one in document.get("schedules", ()):
        attributes = Attributes(one)
        said = inside(attributes.text("schedule"))
        entry = {
            "id": one["id"],
            "kind": next(iter(attributes.codes("schedule_kind", choices.ScheduleKind)), "opening_hours"),
            "freq": text(one.get("freq")), "interval": number(one.get("interval")) or 1,
            "byday": text(one.get("byday")), "bymonthday": text(one.get("bymonthday")),
            **{n: day(one.get(n)) for n in ("dtstart", "until", "valid_from", "valid_to")},
            **{n: clock(one.get(n)) for n in ("opens_at", "closes_at")},
            **{n: text(one.get(n)) for n in ("description", "notes")},
            **{n: text(said.get(n)) for n in ("season_start", "season_end", "year_end_start", "year_end_end", "source_name")},
            **{n: said.get(n) is True for n in ("closed_on_holidays", "is_irregular", "needs_check")},
            "exceptions": list(_exceptions(said)),
        }  # fmt: skip
        if (
            one.get("timezone", JAPAN_OFFSET) == JAPAN_OFFSET
            and not any(n in one for n in _UNREAD)
            and _fits(entry)
        ):
            yield entry


def _fits(entry: Entry) -> bool:
    rules = {
        "WEEKLY": bool(entry["byday"]), "MONTHLY": bool(entry["byday"] or entry["bymonthday"]),
        "": bool(entry["dtstart"] or entry["is_irregular"]),
    }  # fmt: skip
    seasons = [entry[n] for n in ("season_start", "season_end", "year_end_start", "year_end_end")]
    return (
        rules.get(entry["freq"], False)
        and (not entry["byday"] or bool(_BYDAY.fullmatch(entry["byday"])))
        and (not entry["bymonthday"] or bool(_BYMONTHDAY.fullmatch(entry["bymonthday"])))
        and (entry["opens_at"] is None) == (entry["closes_at"] is None)
        and (entry["interval"] == 1 or entry["dtstart"] is not None)
        and all(not one or _MONTH_DAY.fullmatch(one) for one in seasons)
        and bool(entry["year_end_start"]) == bool(entry["year_end_end"])
    )


def _exceptions(said: Entry) -> Iterable[Entry]:
    found = said.get("exceptions")
    seen = set()
    for one in found if isinstance(found, list) else ():
        if not isinstance(one, dict):
            continue
        on, kind, moved = day(one.get("date")), one.get("kind"), day(one.get("moved_to"))
        opens, closes = clock(one.get("opens_at")), clock(one.get("closes_at"))
        complete = (
            kind == "cancelled"
            or (kind == "moved" and moved)
            or (kind == "special" and opens and closes)
        )
        if on and complete and on not in seen:
            seen.add(on)
            yield {
                "date": on, "kind": kind, "moved_to": moved, "opens_at": opens, "closes_at": closes,
                "note": text(one.get("note")), "source_name": text(one.get("source_name")),
            }  # fmt: skip
