"""When an office can be used: four columns of times, one of days off in prose, one of remarks.

A reading is certain when the columns are times, the words on days off are all understood, and the two do not
contradict each other. Anything else stays prose, in the words of the source. 00:00-00:00 is how the source
says "not on that day".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from madobe.directory.rules.hours_compose import WEEKDAYS, ScheduleRow
from madobe.directory.rules.hours_reading import YEAR_END, HoursReading
from madobe.directory.rules.tidy import tidy
from madobe.directory.rules.wam import columns as c

_DAY = dict(zip("月火水木金土日", WEEKDAYS, strict=True))
_WORKDAYS = WEEKDAYS[:5]
_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_NOTHING = re.compile(r"(?:特に|特記事項)?(?:なし|無し|無)?[。\-]*")
_NEVER = re.compile(r"(?:なし|無し?|年中無休)[。]?")
_DATE = r"(1[0-2]|0?[1-9])[月/]([12]\d|3[01]|0?[1-9])日?"
_RANGE = rf"\(?{_DATE}(?:~|から){_DATE}(?:まで)?\)?"
_OFF = re.compile(
    rf"(?P<holidays>国民の祝日|祝祭日|祝日|祝)|(?P<year>年末年始(?:休暇|休業|休み)?)?(?P<dates>{_RANGE})"
    r"|(?P<year_alone>年末年始(?:休暇|休業|休み)?)|(?:毎週)?(?P<day>[月火水木金土日])(?:曜(?:日(?!曜))?)?|(?P<gap>[、,・/。 ]|及び|と)"
)
_UNDERSTOOD_END = re.compile(r"(?:は?(?:お?休み|休業|定休|休日))?。?$")


@dataclass(frozen=True)
class _Off:
    """What the words on days off say."""

    is_said: bool = False
    never: bool = False
    days: frozenset[str] = frozenset()
    holidays: bool = False
    year_end: tuple[str, str] | None = None


class _DoubtError(ValueError):
    """The words or columns do not say for certain; holds the column and one Japanese sentence."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


@dataclass(frozen=True)
class WamHours:
    """`reading`, the source's own words for people (`prose`), and the `column` of a doubt."""

    reading: HoursReading
    prose: str = ""
    column: str = ""


def read_hours(cells: Mapping[str, str]) -> WamHours:
    """This will read one row. Certain: `reading.rows`, and no prose. Else prose, and why."""
    prose = _prose(cells)
    if not any(tidy(cells[one]) for one in (c.WEEKDAYS, c.SATURDAY, c.SUNDAY, c.HOLIDAY)):
        return WamHours(HoursReading(), prose)
    try:
        return WamHours(_read(cells))
    except _DoubtError as doubt:
        return WamHours(HoursReading(doubt=str(doubt)), prose, doubt.column)


def _read(cells: Mapping[str, str]) -> HoursReading:
    spans = {one: _span(cells, one) for one in (c.WEEKDAYS, c.SATURDAY, c.SUNDAY, c.HOLIDAY)}
    if not _NOTHING.fullmatch(tidy(cells[c.REMARKS])):
        raise _DoubtError(c.REMARKS, "ただし書きがあり、時間を確かには読みとれませんでした")
    off = _off(cells)
    days = {day: spans[c.WEEKDAYS] for day in _WORKDAYS if day not in off.days}
    if spans[c.WEEKDAYS] is None:
        raise _DoubtError(c.WEEKDAYS, "平日の時間が書かれていません")
    for day, column in (("SA", c.SATURDAY), ("SU", c.SUNDAY)):
        _agrees(spans[column], off, closed=day in off.days, column=column)
        days[day] = spans[column]
    holiday = spans[c.HOLIDAY]
    _agrees(holiday, off, closed=off.holidays, column=c.HOLIDAY)
    if holiday is not None and any(span not in (None, holiday) for span in days.values()):
        raise _DoubtError(c.HOLIDAY, "祝日だけ時間がちがい、曜日ごとの時間と重なります")
    return HoursReading(rows=_rows(days, closed_on_holidays=holiday is None, off=off), notes=_notes(off))  # fmt: skip


def _span(cells: Mapping[str, str], column: str) -> tuple[str, str] | None:
    text = tidy(cells[column])
    if text in ("", "00:00-00:00"):
        return None
    found = _SPAN.fullmatch(text)
    if found is None:
        raise _DoubtError(column, "時間の形ではありません")
    opens, closes = text[:5], text[6:]
    if (opens, closes) == ("00:00", "23:59"):
        return "00:00", "00:00"
    if opens == closes:
        raise _DoubtError(column, "始まりと終わりが同じ時刻です")
    if closes < opens:
        raise _DoubtError(column, "終わりの時刻が、始まりの時刻より前です")
    return opens, closes


def _agrees(span: tuple[str, str] | None, off: _Off, *, closed: bool, column: str) -> None:
    """Columns and words must say the same; where nothing is said on days off, the columns alone count."""
    if span is not None and closed:
        raise _DoubtError(column, "利用できる時間と、定休日が食いちがっています")
    if span is None and off.is_said and not closed:
        raise _DoubtError(column, "時間がないのに、定休日にも入っていません")


def _off(cells: Mapping[str, str]) -> _Off:
    text = re.sub(r"[〜～]", "~", tidy(cells[c.CLOSED]))
    text = re.sub(r"(?<=[\d日])[-−–](?=\d)", "~", text)
    if not text:
        return _Off()
    if _NEVER.fullmatch(text):
        return _Off(is_said=True, never=True)
    days: set[str] = set()
    holidays, year_end, position = False, None, 0
    while position < len(text):
        found = _OFF.match(text, position)
        if found is None:
            if position and _UNDERSTOOD_END.match(text, position):
                break
            raise _DoubtError(c.CLOSED, "お休みの日を、確かには読みとれませんでした")
        if found["dates"]:
            month, day, to_month, to_day = re.findall(r"\d+", found["dates"])
            if int(month) != 12 or int(to_month) != 1:
                raise _DoubtError(c.CLOSED, "お休みの日を、確かには読みとれませんでした")
            year_end = (f"12-{int(day):02}", f"01-{int(to_day):02}")
        elif found["day"]:
            days.add(_DAY[found["day"]])
        holidays = holidays or found["holidays"] is not None
        position = found.end()
    return _Off(True, False, frozenset(days), holidays, year_end)


def _rows(
    days: Mapping[str, tuple[str, str] | None], *, closed_on_holidays: bool, off: _Off
) -> tuple[ScheduleRow, ...]:
    start, end = ("", "") if off.never else off.year_end or YEAR_END
    spans = dict.fromkeys(span for span in days.values() if span is not None)
    return tuple(
        ScheduleRow(
            byday=",".join(day for day in WEEKDAYS if days.get(day) == span),
            opens_at=span[0],
            closes_at=span[1],
            closed_on_holidays=closed_on_holidays,
            year_end_start=start,
            year_end_end=end,
        )
        for span in spans
    )


def _notes(off: _Off) -> str:
    if off.never or off.year_end:
        return ""
    return "年末年始の日づけは書かれていないため、12月29日〜1月3日としました。"


def _prose(cells: Mapping[str, str]) -> str:
    said = []
    for label, column in (("平日", c.WEEKDAYS), ("土曜", c.SATURDAY), ("日曜", c.SUNDAY), ("祝日", c.HOLIDAY)):  # fmt: skip
        times = tidy(cells[column])
        if times not in ("", "00:00-00:00"):
            said.append(f"{label} {times.replace('-', '〜')}")
    closed, remarks = tidy(cells[c.CLOSED]), tidy(cells[c.REMARKS])
    if closed and not re.fullmatch("-", closed):
        said.append(f"休み: {closed}")
    if not _NOTHING.fullmatch(remarks):
        said.append(remarks)
    return "／".join(said)
