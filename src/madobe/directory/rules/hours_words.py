"""A timetable in words: 月〜金 10:00〜17:00（祝日、12月29日〜1月3日はお休み）. Plain values; three languages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from madobe.directory.rules.hours_compose import WEEKDAYS, ScheduleRow, load_rows


@dataclass(frozen=True)
class _Words:
    """How one language says the parts. `ordinal` takes the number of the week, `month_day` month and day."""

    days: tuple[str, ...]
    to: str
    dot: str
    every_day: str
    monthly: str
    last: str
    ordinal: str
    every_weeks: str
    holidays: str
    closed: str
    month_day: str
    full_date: str
    comma: str
    irregular: str


JA = _Words(
    days=tuple("月火水木金土日"),
    to="〜",
    dot="・",
    every_day="毎日",
    monthly="毎月 ",
    last="最後の{day}曜",
    ordinal="第{week}{day}曜",
    every_weeks="{count}週間ごとの ",
    holidays="祝日",
    closed="（{what}はお休み）",
    month_day="{month}月{day}日",
    full_date="{year}年{month}月{day}日",
    comma="、",
    irregular="月によって日が変わります",
)
EASY = JA
EN = _Words(
    days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    to="–",
    dot=", ",
    every_day="Every day",
    monthly="Monthly: ",
    last="last {day}",
    ordinal="{day} of week {week}",
    every_weeks="Every {count} weeks: ",
    holidays="national holidays",
    closed=" (closed: {what})",
    month_day="{month}/{day}",
    full_date="{year}-{month:02d}-{day:02d}",
    comma=", ",
    irregular="The day changes from month to month",
)
LANGUAGES: Mapping[str, _Words] = {"ja": JA, "yasashii": EASY, "en": EN}

_NTH = re.compile(r"(-?\d+)?([A-Z]{2})")


@lru_cache(maxsize=4096)
def lines_of(rows_text: str, language: str) -> tuple[str, ...]:
    """This will give one line a timetable row, in the order they stand; () when nothing is certain.

    `rows_text`: as `hours_compose.dump_rows` writes it. `language`: "ja" | "yasashii" | "en".
    """
    words = LANGUAGES[language]
    return tuple(line for row in load_rows(rows_text) if (line := _line(row, words)))


def _line(row: ScheduleRow, words: _Words) -> str:
    if row.is_irregular and not row.is_dated:
        times = _times(row, words)
        return f"{words.irregular}{words.comma}{times}" if times else words.irregular
    when = _when(row, words)
    if not when:
        return ""
    return f"{when} {_times(row, words)}{_closures(row, words)}".strip()


def _when(row: ScheduleRow, words: _Words) -> str:
    if row.is_dated:
        day = date.fromisoformat(row.dtstart)
        return words.full_date.format(year=day.year, month=day.month, day=day.day)
    found = [(int(nth) if nth else 0, WEEKDAYS.index(day)) for nth, day in _NTH.findall(row.byday)]
    if row.freq == "WEEKLY":
        lead = words.every_weeks.format(count=row.interval) if row.interval > 1 else ""
        return lead + _week(sorted(day for _nth, day in found), words)
    if row.freq == "MONTHLY" and found:
        return words.monthly + words.dot.join(_nth_day(nth, day, words) for nth, day in found)
    if row.freq == "MONTHLY" and row.bymonthday:
        return words.monthly + words.dot.join(row.bymonthday.split(","))
    return ""


def _nth_day(nth: int, day: int, words: _Words) -> str:
    shape = words.last if nth < 0 else words.ordinal
    return shape.format(week=nth, day=words.days[day])


def _week(days: Sequence[int], words: _Words) -> str:
    if len(days) == len(WEEKDAYS):
        return words.every_day
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    # two days side by side read better as a list (土・日) than as a range
    return words.dot.join(
        f"{words.days[run[0]]}{words.to}{words.days[run[-1]]}"
        if len(run) > 2
        else words.dot.join(words.days[day] for day in run)
        for run in runs
    )


def _times(row: ScheduleRow, words: _Words) -> str:
    return f"{row.opens_at}{words.to}{row.closes_at}" if row.opens_at else ""


def _closures(row: ScheduleRow, words: _Words) -> str:
    closed = [words.holidays] if row.closed_on_holidays else []
    if row.year_end_start and row.year_end_end:
        closed.append(
            f"{_month_day(row.year_end_start, words)}{words.to}{_month_day(row.year_end_end, words)}"
        )
    return words.closed.format(what=words.comma.join(closed)) if closed else ""


def _month_day(text: str, words: _Words) -> str:
    month, day = text.split("-")
    return words.month_day.format(month=int(month), day=int(day))
