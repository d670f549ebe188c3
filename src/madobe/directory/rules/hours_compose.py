"""From schedule rows (HSDS and our profile) to one opening_hours rule.

Precedence: exception > explicit date > closure > rule. A row keeps its own closures: a Saturday
salon that meets on holidays is not closed because the weekday desk beside it is.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta

from dateutil.rrule import rrule, rrulestr

from madobe.directory.rules.hours_holidays import (
    MONTHS,
    YEARS_AFTER,
    YEARS_BEFORE,
    day_text,
    is_holiday,
)

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class NotCertainError(ValueError):
    """These rows do not say for certain when it is open."""


@dataclass(frozen=True)
class DateException:
    """One date that differs. Dates are ISO ("2026-01-31"), times "HH:MM"."""

    date: str
    kind: str  # "cancelled" | "moved" | "special"
    moved_to: str = ""
    opens_at: str = ""
    closes_at: str = ""
    note: str = ""


@dataclass(frozen=True)
class ScheduleRow:
    """One row of a timetable. Dates ISO, times "HH:MM"; see models.Schedule for the fields."""

    kind: str = "opening_hours"
    freq: str = "WEEKLY"
    interval: int = 1
    byday: str = ""
    bymonthday: str = ""
    dtstart: str = ""
    until: str = ""
    opens_at: str = ""
    closes_at: str = ""
    valid_from: str = ""
    valid_to: str = ""
    season_start: str = ""
    season_end: str = ""
    closed_on_holidays: bool = False
    year_end_start: str = ""
    year_end_end: str = ""
    is_irregular: bool = False
    description: str = ""
    exceptions: tuple[DateException, ...] = ()

    @property
    def is_dated(self) -> bool:
        """Whether this row is one explicit date."""
        return self.freq == "" and bool(self.dtstart)

    @property
    def is_rule(self) -> bool:
        return self.freq != ""


def dump_rows(rows: Iterable[ScheduleRow]) -> str:
    """This will give a canonical text of rows, short enough to serve as a cache key; "" for none."""
    lean = []
    for row in rows:
        default = ScheduleRow()
        kept = {
            f.name: getattr(row, f.name)
            for f in fields(row)
            if f.name != "exceptions" and getattr(row, f.name) != getattr(default, f.name)
        }
        if row.exceptions:
            kept["exceptions"] = [
                {k: v for k, v in asdict(one).items() if v} for one in row.exceptions
            ]
        lean.append(kept)
    return json.dumps(lean, ensure_ascii=False, sort_keys=True) if lean else ""


def load_rows(text: str) -> tuple[ScheduleRow, ...]:
    """This will read what `dump_rows` wrote."""
    rows = []
    for item in json.loads(text) if text else []:
        exceptions = tuple(DateException(**one) for one in item.pop("exceptions", []))
        rows.append(ScheduleRow(**item, exceptions=exceptions))
    return tuple(rows)


def rule_dates(row: ScheduleRow, first: date, last: date) -> list[date]:
    """This will give the dates a row's rule names between two days (both included), closures taken out
    and exceptions not yet applied. An explicit date is not touched by closures.
    """
    if row.is_dated:
        day = date.fromisoformat(row.dtstart)
        return [day] if first <= day <= last else []
    if not row.is_rule:
        return []
    low = max([first, *_dates(row.valid_from)])
    high = min([last, *_dates(row.valid_to), *_dates(row.until)])
    if row.dtstart:
        low = max(low, date.fromisoformat(row.dtstart))
    if low > high:
        return []
    # without a start to count from, any start before the window gives the same days (interval is 1)
    start = date.fromisoformat(row.dtstart) if row.dtstart else low
    found = _recurrence(row, start).between(_noon(low), _noon(high), inc=True)
    return [
        one.date() for one in found if _in_season(row, one.date()) and not _closed(row, one.date())
    ]


def day_spans(rows: Sequence[ScheduleRow], day: date) -> list[tuple[str, str]] | None:
    """This will give the spans one date has by exception or explicit date, or None where only rules speak."""
    spans: list[tuple[str, str]] = []
    touched = any(row.is_dated and row.dtstart == day.isoformat() for row in rows)
    has_explicit = touched
    for row in rows:
        own = next((e for e in row.exceptions if e.date == day.isoformat()), None)
        arriving = [
            e for e in row.exceptions if e.kind == "moved" and e.moved_to == day.isoformat()
        ]
        touched = touched or own is not None or bool(arriving)
        spans += [(e.opens_at or row.opens_at, e.closes_at or row.closes_at) for e in arriving]
        if own is not None:
            if own.kind == "special":
                spans.append((own.opens_at, own.closes_at))
        elif rule_dates(row, day, day) and (row.is_dated or not has_explicit):
            spans.append((row.opens_at, row.closes_at))
    return sorted({s for s in spans if s[0]}) if touched else None


def compose(rows: Sequence[ScheduleRow], year: int) -> str:
    """This will give one opening_hours rule (holidays as `PH`), right for the years around `year`.

    "" when there are no rows that speak of times. Raises NotCertainError when a rule has days but no times.
    """
    rules = [row for row in rows if row.is_rule]
    if any(not row.opens_at for row in rules if row.kind == "opening_hours"):
        raise NotCertainError("a rule without times")
    rules = [row for row in rules if row.opens_at]
    first, last = date(year - YEARS_BEFORE, 1, 1), date(year + YEARS_AFTER, 12, 31)

    policies = [_policy(row) for row in rules]
    main = max(policies, key=policies.count) if policies else (False, "", "")
    plain = [
        row
        for row in rules
        if _policy(row) == main and _expressible(row) and not (any(main) and _is_night(row))
    ]
    spelled = [row for row in rules if row not in plain]

    parts = [_plain_rule(row, year) for row in plain]
    text = ", ".join(part for part in parts if part)
    if text and main[0]:
        text += "; PH off"
    if text and main[1]:
        text += f"; {_month_day(main[1])}-{_month_day(main[2])} off"
    for row in spelled:  # written out day by day, its own closures already taken out
        days = ",".join(day_text(day) for day in rule_dates(row, first, last))
        if days:
            text += f"{', ' if text else ''}{days} {_span(row.opens_at, row.closes_at)}"
    for day in _special_days(rows, first, last):
        spans = [*_spans_of(rows, day), *_nights_into(rows, day)]
        hours = ",".join(_span(*span) for span in _merged(spans)) or "off"
        text += f"{'; ' if text else ''}{day_text(day)} {hours}"
    return text


def _is_night(row: ScheduleRow) -> bool:
    """Whether a row goes on past midnight. In the notation a day off takes away its morning and leaves its night:
    where a night row has days off, its nights are written out, each with the morning that belongs to it.
    """
    return _goes_on(row.opens_at, row.closes_at)


def _goes_on(opens_at: str, closes_at: str) -> bool:
    return bool(opens_at) and closes_at != "00:00" and closes_at <= opens_at


def _spans_of(rows: Sequence[ScheduleRow], day: date) -> list[tuple[str, str]]:
    special = day_spans(rows, day)
    if special is not None:
        return special
    return [
        (row.opens_at, row.closes_at) for row in rows if row.opens_at and rule_dates(row, day, day)
    ]


def _nights_into(rows: Sequence[ScheduleRow], day: date) -> list[tuple[str, str]]:
    """This will give the mornings of a day that belong to the night before: a rule of its own would take them away."""
    return [
        ("00:00", closes_at)
        for opens_at, closes_at in _spans_of(rows, day - timedelta(days=1))
        if _goes_on(opens_at, closes_at)
    ]


def _special_days(rows: Sequence[ScheduleRow], first: date, last: date) -> list[date]:
    days: set[date] = set()
    for row in rows:
        if row.is_dated:
            days.add(date.fromisoformat(row.dtstart))
        for one in row.exceptions:
            days.update(_dates(one.date), _dates(one.moved_to))
    spans = [(row.opens_at, row.closes_at) for row in rows]
    spans += [(one.opens_at, one.closes_at) for row in rows for one in row.exceptions]
    if any(_goes_on(*span) for span in spans):  # what ends, or does not, on the morning after
        days |= {day + timedelta(days=1) for day in days}
    return sorted(day for day in days if first <= day <= last)


def _dates(text: str) -> list[date]:
    return [date.fromisoformat(text)] if text else []


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 (dateutil counts in naive days)


def _recurrence(row: ScheduleRow, start: date) -> rrule:
    parts = [f"FREQ={row.freq}", f"INTERVAL={row.interval}"]
    if row.byday:
        parts.append(f"BYDAY={row.byday}")
    if row.bymonthday:
        parts.append(f"BYMONTHDAY={row.bymonthday}")
    made = rrulestr(";".join(parts), dtstart=_noon(start))
    assert isinstance(made, rrule)
    return made


def _in_season(row: ScheduleRow, day: date) -> bool:
    if not row.season_start:
        return True
    here = day.strftime("%m-%d")
    if row.season_start <= row.season_end:
        return row.season_start <= here <= row.season_end
    return here >= row.season_start or here <= row.season_end


def _closed(row: ScheduleRow, day: date) -> bool:
    if row.closed_on_holidays and is_holiday(day):
        return True
    if not row.year_end_start:
        return False
    here = day.strftime("%m-%d")
    if row.year_end_start <= row.year_end_end:
        return row.year_end_start <= here <= row.year_end_end
    return here >= row.year_end_start or here <= row.year_end_end


def _policy(row: ScheduleRow) -> tuple[bool, str, str]:
    return (row.closed_on_holidays, row.year_end_start, row.year_end_end)


def _expressible(row: ScheduleRow) -> bool:
    """Every other week, days of the month and a season inside a validity are written out day by day."""
    limited = any((row.valid_from, row.valid_to, row.dtstart, row.until))
    return (
        row.interval == 1
        and not row.bymonthday
        and bool(row.byday)
        and not (limited and row.season_start)
    )


def _plain_rule(row: ScheduleRow, year: int) -> str:
    low = max([*_dates(row.valid_from), *_dates(row.dtstart)], default=None)
    high = min([*_dates(row.valid_to), *_dates(row.until)], default=None)
    when = ""
    if low or high:
        low = low or date(year - YEARS_BEFORE, 1, 1)
        high = high or date(year + YEARS_AFTER, 12, 31)
        if low > high:
            return ""
        when = f"{day_text(low)}-{day_text(high)} "
    elif row.season_start:
        when = f"{_month_day(row.season_start)}-{_month_day(row.season_end)} "
    return f"{when}{_weekdays(row)} {_span(row.opens_at, row.closes_at)}"


def _weekdays(row: ScheduleRow) -> str:
    days = [part.strip() for part in row.byday.split(",")]
    if row.freq == "MONTHLY":
        numbered: dict[str, list[str]] = {}
        for part in days:
            numbered.setdefault(part[-2:].title(), []).append(part[:-2])
        return ",".join(
            day if numbers == [""] else f"{day}[{','.join(numbers)}]"
            for day, numbers in numbered.items()
        )
    places = sorted({WEEKDAYS.index(part) for part in days})
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return ",".join(
        WEEKDAYS[run[0]].title() + (f"-{WEEKDAYS[run[-1]].title()}" if len(run) > 1 else "")
        for run in runs
    )


def _span(opens_at: str, closes_at: str) -> str:
    return f"{opens_at}-{'24:00' if closes_at == '00:00' else closes_at}"


def _month_day(text: str) -> str:
    month, day = text.split("-")
    return f"{MONTHS[int(month) - 1]} {day}"


def _merged(spans: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Overlapping spans of one day become one; a span into the next day stays as it is."""
    merged: list[tuple[str, str]] = []
    for opens_at, closes_at in sorted(spans):
        end = "24:00" if closes_at == "00:00" else closes_at
        if (
            merged
            and opens_at <= merged[-1][1]
            and merged[-1][0] < merged[-1][1]
            and opens_at < end
        ):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((opens_at, end))
    return merged
