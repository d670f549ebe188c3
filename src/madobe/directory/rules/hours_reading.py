"""What a reading of opening hours gives, whatever the source wrote them like."""

from dataclasses import dataclass

from madobe.directory.rules.hours_compose import ScheduleRow

# 地方自治法 第4条の2: Saturdays, Sundays, national holidays and the days around New Year that an
# ordinance names; 12-29 to 01-03 is what nearly all name (and the default of domain §3.4).
YEAR_END = ("12-29", "01-03")


@dataclass(frozen=True)
class HoursReading:
    """`rows` where the words are certain, () where not; then `doubt` says why, in one Japanese sentence.

    `notes` names what was taken from the law or the usual, not from the words.
    """

    rows: tuple[ScheduleRow, ...] = ()
    doubt: str = ""
    notes: str = ""
