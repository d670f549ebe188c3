"""Two entries that were one: what was written when they came together, so that it can be taken back."""

from django.db import models
from django.db.models import Q

from madobe.directory.models.base import Record
from madobe.lib.privacy import Privacy


class Merge(Record):
    """One merge. `written` are the rows it wrote, before and after; `handed_on` what the merged entry last gave
    to the kept one, so that a later import of the merged one still reaches it.

    No foreign keys: the trail stays readable whatever becomes of the entries.
    """

    privacy = Privacy(
        holds="Copies of public facts as they were before a merge, and who merged.",
        keep="Two years.",
        exported="",
    )

    table = models.CharField(
        max_length=20, choices=[("service", "窓口"), ("organization", "運営者")]
    )
    kept = models.UUIDField(db_index=True)
    other = models.UUIDField()
    kept_name = models.CharField(max_length=200)
    other_name = models.CharField(max_length=200)
    choices = models.JSONField(default=dict, blank=True)
    written = models.JSONField()  # rules.merging: each row with what it was and what it became
    handed_on = models.JSONField(default=dict, blank=True)
    merged_at = models.DateTimeField()
    merged_by = models.CharField(max_length=100)
    merged_by_name = models.CharField(max_length=100, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=100, blank=True)
    undone_by_name = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-merged_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["other"], condition=Q(undone_at__isnull=True), name="merge_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(kept=models.F("other")), name="merge_of_two_different_entries"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | ~Q(undone_by=""),
                name="merge_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.other_name} → {self.kept_name}"
