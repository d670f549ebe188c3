"""Desks, the days that differ from their week, and who is on duty."""

import secrets
import uuid
from datetime import datetime, time
from typing import Any

from django.db import models
from django.db.models import F, Q

from madobe.desks.choices import DayKind, Keep, Lane, first_channels, keep_all
from madobe.desks.rules.opening import DeskCalendar, SpecialRow, calendar_with
from madobe.desks.rules.promise import ReplyRule, promised_reply
from madobe.desks.rules.quiet import QuietHours
from madobe.desks.rules.set_up import what_is_missing
from madobe.lib.privacy import Privacy


def new_revision() -> str:
    """This will give a mark nobody had before: unlike a number, one of an undone transaction never comes again."""
    return secrets.token_hex(16)


class Desk(models.Model):
    """A place letters arrive at: for which area, when it is open, what it promises and how long it keeps.

    - area: codes of municipalities (six digits) or prefectures (two); empty = everywhere.
    - hours: a timetable as `directory.rules.hours_compose.dump_rows` writes it; "" = none yet.
    - readers, organisation_line, danger_line: what the notice says before the first word is written.
    - is_open: out of set-up mode; until then nothing arrives here.
    """

    privacy = Privacy(
        holds="What a desk says about itself in public, and whom a lone worker calls at night: an office.",
        keep="As long as the desk.",
        exported="public",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        "directory.Organization",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="desks",
    )
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    name_easy = models.CharField(max_length=100, blank=True)
    area = models.JSONField(default=list, blank=True)
    hours = models.TextField(blank=True)
    reply_days = models.PositiveSmallIntegerField(default=3)
    reply_time = models.TimeField(default=time(17))
    quiet_from = models.TimeField(default=time(21))
    quiet_until = models.TimeField(default=time(9))
    keep_choices = models.JSONField(default=keep_all)
    keep_default = models.CharField(max_length=12, choices=Keep.choices, default=Keep.YEAR)
    fact_years = models.PositiveSmallIntegerField(null=True, blank=True)  # that, and on which day
    readers = models.CharField(max_length=300, blank=True)
    readers_en = models.CharField(max_length=300, blank=True)
    readers_easy = models.CharField(max_length=300, blank=True)
    organisation_line = models.CharField(max_length=300, blank=True)
    organisation_line_en = models.CharField(max_length=300, blank=True)
    organisation_line_easy = models.CharField(max_length=300, blank=True)
    danger_line = models.CharField(max_length=300, blank=True)
    danger_line_en = models.CharField(max_length=300, blank=True)
    danger_line_easy = models.CharField(max_length=300, blank=True)
    has_night_duty = models.BooleanField(default=False)
    night_call = models.CharField(max_length=300, blank=True)
    night_call_checked_on = models.DateField(null=True, blank=True)
    channels = models.JSONField(default=first_channels, blank=True)
    max_open = models.PositiveSmallIntegerField(default=25)
    is_open = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=50)
    is_invented = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    revision = models.CharField(max_length=32, unique=True, default=new_revision, editable=False)

    class Meta:
        ordering = ["position", "name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="desk_has_name"),
            models.CheckConstraint(
                condition=Q(reply_days__gte=1, reply_days__lte=20), name="desk_answers_within_days"
            ),
            models.CheckConstraint(condition=Q(keep_default__in=Keep.values), name="desk_keep_known"),
            models.CheckConstraint(
                condition=Q(fact_years__isnull=True) | Q(fact_years__gte=1, fact_years__lte=30),
                name="desk_fact_years_few",
            ),
            models.CheckConstraint(condition=Q(max_open__gte=1), name="desk_takes_at_least_one"),
            models.CheckConstraint(
                condition=Q(night_call="") | Q(night_call_checked_on__isnull=False),
                name="desk_night_call_dated",
            ),
            models.CheckConstraint(
                condition=Q(is_open=False) | (~Q(hours="") & ~Q(readers="") & Q(opened_at__isnull=False)),
                name="desk_open_says_who_reads_and_when",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def save(self, *options: Any, **named: Any) -> None:
        """A changed row is another revision: what processes remember of a desk, they remember by it."""
        self.revision = new_revision()
        if (fields := named.get("update_fields")) is not None:
            named["update_fields"] = {*fields, "revision"}
        super().save(*options, **named)

    def calendar(self) -> DeskCalendar:
        """This will give when the desk is open."""
        return calendar_with(self.hours, SpecialDays.objects.rows_of(self.pk))

    def reply_rule(self) -> ReplyRule:
        """This will give what the desk promises."""
        quiet = QuietHours(self.quiet_from, self.quiet_until)
        return ReplyRule(self.reply_days, self.reply_time, quiet)

    def lacks(self, *, key_holders: int, drill_passed: bool, at: datetime) -> list[str]:
        """This will list what the desk, as it stands in memory, lacks for taking letters: codes of `rules.set_up`."""
        calendar = self.calendar()
        return what_is_missing(
            calendar=calendar,
            can_promise=promised_reply(calendar, self.reply_rule(), at) is not None,
            readers=self.readers,
            has_night_duty=self.has_night_duty,
            night_call=self.night_call,
            key_holders=key_holders,
            drill_passed=drill_passed,
        )


class SpecialDaysSet(models.QuerySet["SpecialDays"]):
    def rows_of(self, desk_id: uuid.UUID) -> list[SpecialRow]:
        """This will give a desk's days as `rules.opening.calendar_with` takes them."""
        rows = self.filter(desk=desk_id)
        return list(rows.values_list("first_on", "last_on", "opens_at", "closes_at"))


class SpecialDays(models.Model):
    """Days that differ from the week: closed, or open besides. Both ends included; open ones have times."""

    privacy = Privacy(
        holds="Irregular closing days.", keep="As long as the desk.", exported="public"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="special_days")
    kind = models.CharField(max_length=6, choices=DayKind.choices, default=DayKind.CLOSED)
    first_on = models.DateField()
    last_on = models.DateField()
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    reason = models.CharField(max_length=100, blank=True)

    objects = SpecialDaysSet.as_manager()

    class Meta:
        ordering = ["first_on", "last_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="special_days_in_order"),
            models.CheckConstraint(
                condition=Q(kind="closed", opens_at__isnull=True, closes_at__isnull=True)
                | Q(kind="open", opens_at__isnull=False, closes_at__gt=F("opens_at")),
                name="special_days_times_where_open",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.first_on}"

    def save(self, *options: Any, **named: Any) -> None:
        super().save(*options, **named)
        self._renew()

    def delete(self, *options: Any, **named: Any) -> tuple[int, dict[str, int]]:
        gone = super().delete(*options, **named)
        self._renew()
        return gone

    def _renew(self) -> None:
        Desk.objects.filter(pk=self.desk_id).update(revision=new_revision())


class DutyTurn(models.Model):
    """Who looks after what from when until when. `member` is an `Actor.id`: accounts lie above this floor."""

    privacy = Privacy(
        holds="Which staff account is on duty when.",
        keep="As long as the desk; a turn can be taken out.",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="turns")
    member = models.CharField(max_length=60)  # "staff:<uuid>"
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    lane = models.CharField(max_length=8, choices=Lane.choices, default=Lane.GENERAL)
    note = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["starts_at", "lane", "id"]
        indexes = [models.Index(fields=["desk", "starts_at"], name="duty_turn_by_desk")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="duty_turn_in_order"),
            models.CheckConstraint(condition=Q(lane__in=Lane.values), name="duty_turn_lane_known"),
            models.CheckConstraint(
                condition=Q(member__startswith="staff:"), name="duty_turn_of_an_account"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.member} {self.starts_at:%Y-%m-%d %H:%M}"
