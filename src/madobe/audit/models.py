"""Who did what, when: rows that only ever follow one another, each sealed to the one before."""

from datetime import UTC
from typing import Any

from django.db import models

from madobe.lib.privacy import Privacy


class RowsStayAsTheyAre(Exception):
    """Somebody wanted to change or remove a row of the trail; nothing was changed."""


class AppendOnly(models.QuerySet["AuditEvent"]):
    """Rows are added by `actions.record` one by one, and never changed together either."""

    def update(self, **kwargs: Any) -> int:
        raise RowsStayAsTheyAre

    def delete(self) -> Any:
        raise RowsStayAsTheyAre

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        raise RowsStayAsTheyAre

    def bulk_update(self, *args: Any, **kwargs: Any) -> Any:
        raise RowsStayAsTheyAre


class AuditEvent(models.Model):
    """One act or one look at protected data. Never changed, never deleted; see `rules.chain`."""

    privacy = Privacy(
        holds="Which staff account did or looked at what; no content of any record.",
        keep="As long as the installation.",
        exported="",
    )

    number = models.PositiveBigIntegerField(primary_key=True)  # 1, 2, 3 … without a gap
    at = models.DateTimeField()
    by = models.CharField(max_length=100)  # lib.actor.Actor.id, or "import wam"
    action = models.CharField(max_length=60)  # "service.suspend", "staff.view"
    table = models.CharField(max_length=40, blank=True)
    record_id = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["record_id", "number"], name="audit_event_by_record")]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises RowsStayAsTheyAre for a row that is there already."""
        if not self._state.adding or not kwargs.get("force_insert"):
            raise RowsStayAsTheyAre
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Raises RowsStayAsTheyAre."""
        raise RowsStayAsTheyAre

    def sealed_values(self) -> dict[str, Any]:
        """This will give what of the row its seal covers, as plain JSON values."""
        return {
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "by": self.by,
            "action": self.action,
            "table": self.table,
            "record_id": self.record_id,
            "reason": self.reason,
            "detail": self.detail,
        }


class ChainHead(models.Model):
    """The last number and digest: locked while a row is added, and what shows that the end was cut off."""

    privacy = Privacy(holds="A number and a digest.", keep="As long as the installation.")

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="chain_head_is_one_row")
        ]

    def __str__(self) -> str:
        return str(self.number)
