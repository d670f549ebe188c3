"""What came in already, so that nothing is taken twice. Neither who nor what: that lies sealed in a floor above."""

from django.db import models

from madobe.lib.privacy import Privacy


class Arrival(models.Model):
    """Something a channel handed over and a floor above took."""

    privacy = Privacy(
        holds="That something came in by a channel: a keyed digest of the channel's own number for it, and the day.",
        keep="90 days, then gone with the next arrival (actions.taking).",
    )

    channel = models.CharField(max_length=20)
    digest = models.BinaryField()
    day = models.DateField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "digest"], name="arrival_once"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.day}"
