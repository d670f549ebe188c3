"""When. The rows are HSDS; `rules/hours` puts them together and answers to the minute."""

from django.db import models
from django.db.models import Q

from madobe.directory.choices import ExceptionKind, Freq, ScheduleKind
from madobe.directory.models.base import Record
from madobe.directory.models.service import Service
from madobe.lib.privacy import Privacy


class Schedule(Record):
    """HSDS schedule (Japan time) with our profile.

    - weekly: freq WEEKLY, byday "MO,TU"; monthly: freq MONTHLY, byday "-1SA" or "1WE,3WE", or bymonthday "15";
      one date: freq "", dtstart; dates that follow no rule: is_irregular, the dates as further rows with dtstart.
    - closes_at 00:00 means midnight at the end of the day; closes_at before opens_at runs into the next day.
    - season_start/season_end "04-01"/"09-30": only in that part of each year.
    - year_end_start/year_end_end "12-29"/"01-03": closed in that range, both ends included; "" = no closure known.
    """

    privacy = Privacy(holds="Published opening hours.", keep="With its service.", exported="public")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="schedules")
    kind = models.CharField(
        max_length=14, choices=ScheduleKind.choices, default=ScheduleKind.OPENING_HOURS
    )
    freq = models.CharField(max_length=8, choices=Freq.choices, default=Freq.WEEKLY, blank=True)
    interval = models.PositiveSmallIntegerField(default=1)
    byday = models.CharField(max_length=40, blank=True)
    bymonthday = models.CharField(max_length=40, blank=True)
    dtstart = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    season_start = models.CharField(max_length=5, blank=True)
    season_end = models.CharField(max_length=5, blank=True)
    closed_on_holidays = models.BooleanField(default=False)
    year_end_start = models.CharField(max_length=5, blank=True)
    year_end_end = models.CharField(max_length=5, blank=True)
    is_irregular = models.BooleanField(default=False)
    description = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    source_name = models.CharField(max_length=200, blank=True)
    needs_check = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ScheduleKind.values), name="schedule_kind_known"
            ),
            models.CheckConstraint(condition=Q(freq__in=Freq.values), name="schedule_freq_known"),
            models.CheckConstraint(condition=Q(interval__gte=1), name="schedule_interval_positive"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True, closes_at__isnull=True)
                | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="schedule_both_times_or_none",
            ),
            models.CheckConstraint(
                condition=Q(is_irregular=True, freq="")
                | ~Q(freq="")
                | Q(freq="", dtstart__isnull=False),
                name="schedule_once_has_date",
            ),
            models.CheckConstraint(
                condition=Q(interval=1) | Q(dtstart__isnull=False),
                name="schedule_interval_counts_from_a_date",
            ),
            models.CheckConstraint(
                condition=Q(year_end_start="", year_end_end="")
                | (~Q(year_end_start="") & ~Q(year_end_end="")),
                name="schedule_year_end_both_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.freq} {self.byday or self.bymonthday or self.dtstart} {self.opens_at}-{self.closes_at}"


class ScheduleException(Record):
    """One date that differs: cancelled, moved to another date, or with hours of its own. Wins over all else."""

    privacy = Privacy(holds="Published changes of dates.", keep="Two years.", exported="public")

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="exceptions")
    date = models.DateField()
    kind = models.CharField(max_length=10, choices=ExceptionKind.choices)
    moved_to = models.DateField(null=True, blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    source_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["date", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "date"], name="schedule_exception_once_a_date"
            ),
            models.CheckConstraint(
                condition=Q(kind="cancelled")
                | Q(kind="moved", moved_to__isnull=False)
                | Q(kind="special", opens_at__isnull=False, closes_at__isnull=False),
                name="schedule_exception_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"
