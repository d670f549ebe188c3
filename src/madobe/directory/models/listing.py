"""Made from the other tables by `actions.listing`, read by `queries`: one indexed look instead of ten joins."""

from django.db import models

from madobe.directory.models.service import Service
from madobe.lib.privacy import Privacy


class Card(models.Model):
    """Everything a page shows of one service, put together once. Can be made again at any time."""

    privacy = Privacy(
        holds="A copy of public facts about a service.",
        keep="Rewritten at each change.",
        exported="",
    )

    service = models.OneToOneField(
        Service, primary_key=True, on_delete=models.CASCADE, related_name="card"
    )
    body = models.TextField()  # JSON, see rules/card.py

    def __str__(self) -> str:
        return str(self.service_id)


class Listing(models.Model):
    """This service is one of this kind, for this area. `rank`: desks made for this first, then general ones."""

    privacy = Privacy(
        holds="A copy of public facts about a service.",
        keep="Rewritten at each change.",
        exported="",
    )

    extent = models.CharField(max_length=6)
    kind = models.CharField(max_length=40)
    rank = models.PositiveSmallIntegerField()
    verified_date = models.DateField(null=True, blank=True)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="listings")
    area_name = models.CharField(max_length=60)

    class Meta:
        indexes = [
            models.Index(
                fields=["extent", "kind", "rank", "-verified_date", "service", "area_name"],
                name="listing_by_area_kind",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["service", "kind", "extent"], name="listing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.extent}"
