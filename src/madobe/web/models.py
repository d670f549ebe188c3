"""What the whole product remembers about itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from madobe.web.choices import ANSWERS


class Installation(models.Model):
    """The one row that says what this database is for, so that a demo never mixes with a real centre.

    Kept as long as the database; holds nothing about any person.
    """

    class Kind(models.TextChoices):
        DEMO = "demo", _("デモ（見本）")
        CENTRE = "centre", _("支援センター")

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    created_date = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="installation_is_one_row"),
            models.CheckConstraint(
                condition=Q(kind__in=("demo", "centre")), name="installation_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.created_date})"


class Feedback(models.Model):
    """One answer to "was this page easy to find, easy to understand?" (S4-25).

    Kept until an editor deletes it; day precision only; nothing that leads to a person unless they wrote it.
    """

    page = models.CharField(max_length=80, blank=True)  # name of the page, never its address
    language = models.CharField(max_length=10)
    found = models.CharField(max_length=8, blank=True, choices=ANSWERS)
    understood = models.CharField(max_length=8, blank=True, choices=ANSWERS)
    comment = models.TextField(max_length=1000, blank=True)
    received_date = models.DateField()

    def __str__(self) -> str:
        return f"{self.page} {self.received_date}"
