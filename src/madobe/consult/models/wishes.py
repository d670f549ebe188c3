"""What somebody asks of the desk besides an answer."""

from django.db import models

from madobe.consult.choices import Change
from madobe.consult.models.consultation import Consultation
from madobe.lib.privacy import Privacy


class ChangeRequest(models.Model):
    """A wish for another counsellor or another place: no reason is asked, no mark stays on the person."""

    privacy = Privacy(
        holds="That another counsellor was asked for on a day, who answered then, and when it was arranged.",
        keep="With its thread.",
    )

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="change_requests"
    )
    kind = models.CharField(max_length=8, choices=Change.choices)
    asked_date = models.DateField()
    owner_then = models.CharField(
        max_length=60, blank=True
    )  # who is not told before it is arranged
    lead_told = models.BooleanField(default=False)  # who coordinates was mailed of it
    settled_date = models.DateField(null=True)
    settled_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"],
                condition=models.Q(settled_date__isnull=True),
                name="change_request_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.kind}"
