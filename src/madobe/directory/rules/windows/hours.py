"""Opening hours as offices write them, read into timetable rows only where no doubt is left.

A reading is certain when the days, the times and what happens on national holidays all follow from the
words (or, for an office of a municipality, from the law on its days off). Anything else stays prose.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from madobe.directory.rules.hours_compose import WEEKDAYS, ScheduleRow
from madobe.directory.rules.hours_reading import YEAR_END, HoursReading

Days = frozenset[str] | tuple[str, ...]  # weekdays, or numbered ones ("1WE", "3WE")
Clause = tuple[Days, list[tuple[str, str]]]
WEEKEND = frozenset({"SA", "SU"})
WORKDAYS = frozenset(WEEKDAYS) - WEEKEND

_DAY = dict(zip("月火水木金土日", WEEKDAYS, strict=True))
_ONE_DAY = r"[月火水木金土日](?:曜日|曜)?"
_NTH = r"第\d(?:[・,、]\d)*[月火水木金土日]曜日?"
_DAY_ITEM = rf"(?:{_NTH}|{_ONE_DAY}~{_ONE_DAY}|{_ONE_DAY}|平日|毎日)"
_DAYS = re.compile(
    rf"(?:毎週)?{_DAY_ITEM}(?:[・,、]{_DAY_ITEM})*(?=[の\s]*(?:午前|午後|正午|\d|\())"
)
_TIME = r"(?:正午|(?:午前|午後)?\d{1,2}(?:時(?:\d{1,2}分|半)?|:\d{2}))"
_SPAN = rf"({_TIME})~({_TIME})(?:まで)?"
_SPANS = re.compile(rf"{_SPAN}(?:[・,、]{_SPAN})*")
_NOTE = re.compile(r"\s*(?:\(([^()]*)\)|※([^()/]*)$)")
_MIDDAY = re.compile(rf"{_SPAN}(?:を|は)?除く。?")
_CLOSED_NOTE = re.compile(r"(.+?)(?:期間)?(?:を|は|の場合は|が)?(?:除く|休み|休業|お休み)。?")
_DATES = re.compile(r"(\d{1,2})月(\d{1,2})日~(?:翌年)?(\d{1,2})月(\d{1,2})日")


class _DoubtError(ValueError):
    """These words can be read in more than one way; the message says why, in Japanese."""


@dataclass
class _Closed:
    """What is said about days off."""

    days: frozenset[str] = frozenset()
    holidays: bool = False
    year_end: tuple[str, str] | None = None
    is_year_end_said: bool = False
    only_local_days_off: bool = False  # 休日 alone: the office's own days off


def read_hours(hours: str, closed: str, *, is_office: bool) -> HoursReading:
    """This will read an opening text and a text on days off. `is_office`: run by a municipality or prefecture."""
    text = _one_spelling(hours)
    if not text:
        return HoursReading()
    try:
        off = _read_closed(_one_spelling(closed))
        rows: list[ScheduleRow] = []
        for days, spans in _clauses(text, off):
            freq, byday = _when(days)
            rows += [
                ScheduleRow(freq=freq, byday=byday, opens_at=opens, closes_at=closes)
                for opens, closes in _checked(spans)
            ]
        return _with_days_off(rows, off, is_office=is_office)
    except _DoubtError as doubt:
        return HoursReading(doubt=str(doubt))


def _one_spelling(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub(r"\s*[〜~\-–—−]\s*|\s*から\s*", "~", plain)
    return re.sub(r"(?<=日)及び|(?<=曜)及び|(?<=日)と(?=[年土日祝])", "・", plain)


def _clauses(text: str, off: _Closed) -> list[Clause]:
    """The parts of an opening text: days (weekday codes, or numbered ones as a tuple) and spans of time."""
    found: list[Clause] = []
    position = 0
    text = re.sub(r"^(土日祝日?|土・日・祝日?|祝日)を除く(?=平日)", "", text)
    while position < len(text):
        days = _DAYS.match(text, position)
        codes = _read_days(days[0], off) if days else None
        position = days.end() if days else position
        position, codes, midday = _notes(text, position, codes, off)
        position = _skip(text, position, "の \t")
        spans = _SPANS.match(text, position)
        if spans is None:
            raise _DoubtError("受付の時間を、確かには読みとれませんでした")
        position = spans.end()
        times = [(_clock(a), _clock(b)) for a, b in re.findall(_SPAN, spans[0])]
        position, codes, midday_after = _notes(text, position, codes, off)
        for a, b in (*midday, *midday_after):
            times = _without(times, a, b)
        if codes is None:
            if found or not off.days >= WEEKEND:
                raise _DoubtError("何曜日に開いているかが、書かれていません")
            codes = frozenset(WEEKDAYS) - off.days
            off.holidays = off.holidays or off.only_local_days_off
        found.append((codes, times))
        position = _skip(text, position, "、,/・。 \t")
    _no_contradiction(found, off)
    return found


def _skip(text: str, position: int, characters: str) -> int:
    while position < len(text) and text[position] in characters:
        position += 1
    return position


def _notes(
    text: str, position: int, codes: Days | None, off: _Closed
) -> tuple[int, Days | None, list[tuple[str, str]]]:
    """Read what stands in brackets: a break at noon, days off, or the days themselves. Anything else is doubt."""
    midday: list[tuple[str, str]] = []
    while (note := _NOTE.match(text, position)) is not None:
        words = (note[1] or note[2] or "").strip()
        pause = _MIDDAY.fullmatch(words)
        shut = _CLOSED_NOTE.fullmatch(words)
        if pause:
            midday.append((_clock(pause[1]), _clock(pause[2])))
        elif shut:
            _merge(off, _read_closed(shut[1]))
        elif codes is None and re.fullmatch(rf"(?:平日の)?{_ONE_DAY}~{_ONE_DAY}|平日", words):
            if "平日" in words:
                off.holidays = True
            codes = _read_days(words.removeprefix("平日の"), off)
        else:
            raise _DoubtError("ただし書きがあり、時間を確かには読みとれませんでした")
        position = note.end()
    return position, codes, midday


def _read_days(words: str, off: _Closed) -> Days:
    words = words.removeprefix("毎週").replace(" ", "")
    if re.fullmatch(_NTH, words):
        return tuple(
            f"{number}{_DAY[words.rstrip('曜日')[-1]]}" for number in re.findall(r"\d", words)
        )
    days: set[str] = set()
    for item in re.split(r"[・,、]", words):
        if item == "平日":
            off.holidays = True
            days |= WORKDAYS
        elif item == "毎日":
            days |= set(WEEKDAYS)
        elif "~" in item:
            first, last = (WEEKDAYS.index(_DAY[end[0]]) for end in item.split("~"))
            if first > last:
                raise _DoubtError("曜日のならびが、ふつうと逆です")
            days |= set(WEEKDAYS[first : last + 1])
        elif re.fullmatch(_ONE_DAY, item):
            days.add(_DAY[item[0]])
        else:
            raise _DoubtError("曜日を、確かには読みとれませんでした")
    return frozenset(days)


def _read_closed(text: str) -> _Closed:
    off = _Closed()
    text = re.sub(r"(?:期間)?(?:は|を)?(?:除く|休業|休み)$", "", text)
    text = (
        re.sub(r"土日祝日?", "土・日・祝日", text)
        .replace("土日", "土・日")
        .replace("祝休日", "祝日")
    )
    for item in filter(None, re.split(r"[・,、/\s]+|及び", text)):
        dates = _DATES.fullmatch(item)
        if dates:
            month, day, to_month, to_day = (int(part) for part in dates.groups())
            off.year_end = (f"{month:02}-{day:02}", f"{to_month:02}-{to_day:02}")
            if month != 12 or to_month != 1:
                raise _DoubtError("お休みの日を、確かには読みとれませんでした")
        elif item in ("祝日", "祝祭日", "祝"):
            off.holidays = True
        elif item == "休日":
            off.only_local_days_off = True
        elif item == "年末年始":
            off.is_year_end_said = True
        elif re.fullmatch(_ONE_DAY, item):
            off.days |= {_DAY[item[0]]}
        else:
            raise _DoubtError("お休みの日を、確かには読みとれませんでした")
    return off


def _merge(off: _Closed, more: _Closed) -> None:
    off.days |= more.days
    off.holidays = off.holidays or more.holidays
    off.year_end = off.year_end or more.year_end
    off.is_year_end_said = off.is_year_end_said or more.is_year_end_said
    off.only_local_days_off = off.only_local_days_off or more.only_local_days_off


def _no_contradiction(found: list[Clause], off: _Closed) -> None:
    for days, _ in found:
        plain = {day.lstrip("0123456789") for day in days}
        if plain & off.days:
            raise _DoubtError("開いている曜日と、お休みの曜日が食いちがっています")


def _clock(words: str) -> str:
    """ "HH:MM" of 午後5時15分, 17:15, 8時半 or 正午."""
    if words == "正午":
        return "12:00"
    match = re.fullmatch(r"(午前|午後)?(\d{1,2})(?:時(?:(\d{1,2})分|(半))?|:(\d{2}))", words)
    if match is None:
        raise _DoubtError("受付の時間を、確かには読みとれませんでした")
    hour = int(match[2])
    minute = 30 if match[4] else int(match[3] or match[5] or 0)
    if match[1] == "午後" and hour < 12:
        hour += 12
    elif match[1] and (hour > 12 or (match[1] == "午前" and hour == 12)):
        raise _DoubtError("午前・午後と時刻が合いません")
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise _DoubtError("時計にない時刻です")
    return f"{hour:02}:{minute:02}"


def _checked(spans: list[tuple[str, str]]) -> list[tuple[str, str]]:
    for opens, closes in spans:
        if closes <= opens:
            raise _DoubtError("終わりの時刻が、始まりの時刻より前です")
    ordered = sorted(spans)
    if any(before[1] > after[0] for before, after in zip(ordered, ordered[1:], strict=False)):
        raise _DoubtError("時間帯が重なっています")
    return [(opens, "00:00" if closes == "24:00" else closes) for opens, closes in spans]


def _without(spans: list[tuple[str, str]], start: str, end: str) -> list[tuple[str, str]]:
    """The spans without the break at noon."""
    cut = []
    for opens, closes in spans:
        if opens < start < end < closes:
            cut += [(opens, start), (end, closes)]
        else:
            raise _DoubtError("昼休みが、受付の時間の外にあります")
    return cut


def _when(days: Days) -> tuple[str, str]:
    """FREQ and BYDAY."""
    if isinstance(days, tuple):
        return "MONTHLY", ",".join(days)
    return "WEEKLY", ",".join(day for day in WEEKDAYS if day in days)


def _with_days_off(rows: list[ScheduleRow], off: _Closed, *, is_office: bool) -> HoursReading:
    """Add holidays and the turn of the year, and refuse where nothing says what happens then."""
    weekdays = {day.lstrip("0123456789") for row in rows for day in row.byday.split(",")}
    notes = []
    holidays = off.holidays or (off.only_local_days_off and not weekdays & WEEKEND)
    if not holidays:
        if not is_office or weekdays & WEEKEND:
            raise _DoubtError("祝日に開いているかどうかが、書かれていません")
        notes.append(
            "祝日のことは書かれていないため、役所の休日（地方自治法第4条の2）として読みました。"
        )
    year_end = off.year_end
    if year_end is None:
        year_end = YEAR_END
        notes.append("年末年始の日づけは書かれていないため、12月29日〜1月3日としました。")
    return HoursReading(
        rows=tuple(
            replace(
                row, closed_on_holidays=True, year_end_start=year_end[0], year_end_end=year_end[1]
            )
            for row in rows
        ),
        notes="".join(notes),
    )
