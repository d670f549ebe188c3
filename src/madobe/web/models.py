"""What the whole product remembers about itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


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
