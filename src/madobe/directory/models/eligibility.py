"""Who may use a service: dated data with a source, never constants in code (domain, rule 8)."""

from django.db import models
from django.db.models import F, Q

from madobe.directory.choices import ConditionKind
from madobe.directory.models.base import Record, code_list
from madobe.directory.models.service import Service
from madobe.lib.privacy import Privacy


class Eligibility(Record):
    """One state of a service's conditions, from `valid_from` to `valid_to` (both included; empty = open)."""

    privacy = Privacy(holds="Published conditions of use.", keep="All versions.", exported="public")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="eligibilities")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source_name = models.CharField(max_length=200)
    source_url = models.URLField(max_length=500, blank=True)
    needs_check = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "eligibilities"
        constraints = [
            models.CheckConstraint(condition=~Q(source_name=""), name="eligibility_has_source"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="eligibility_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.valid_from}–{self.valid_to}"


class Condition(Record):
    """One condition. `number` for ages (years) and months, `values` for codes, `note` for what people read."""

    privacy = Privacy(
        holds="Published conditions of use.", keep="With its eligibility.", exported="public"
    )

    eligibility = models.ForeignKey(
        Eligibility, on_delete=models.CASCADE, related_name="conditions"
    )
    kind = models.CharField(max_length=30, choices=ConditionKind.choices)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    values = code_list()
    note = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ConditionKind.values), name="condition_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["age_min", "age_max", "months_withdrawn_min"])
                | Q(number__isnull=False),
                name="condition_number_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number or self.values}"


class UsageLimit(Record):
    """How often a service can be used, each target counted apart (S4-17)."""

    privacy = Privacy(holds="Published limits.", keep="With its service.", exported="public")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="usage_limits")
    target = models.CharField(max_length=10, choices=[("family", "家族"), ("person", "本人")])
    times = models.PositiveSmallIntegerField()
    period_note = models.CharField(max_length=200, blank=True)
    source_name = models.CharField(max_length=200)
    needs_check = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "target"], name="usage_limit_once_a_target"),
            models.CheckConstraint(condition=Q(times__gte=1), name="usage_limit_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.times}"
