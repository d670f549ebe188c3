"""What the search reads of a service: made from the other tables, as the card is, in the same transaction."""

from django.db import models

from madobe.directory.models.service import Service
from madobe.lib.privacy import Privacy


class SearchEntry(models.Model):
    """One service as a search sees it. Rows stand only for services that are shown.

    `facts`, `kinds`: bits of `search.facts`. `concepts`: " work:41 family:12 " (id and impact).
    `text`: folded, the three fields one below the other. The limits: of conditions without dates; those with dates in
    `dated_limits`. `timetable`: as `rules.hours_compose` writes it, "" when nothing certain is known.
    `release`: of folding and words, so that entries made by an older one can be told.
    """

    privacy = Privacy(
        holds="A copy of public facts about a service.",
        keep="Rewritten at each change.",
        exported="",
    )

    service = models.OneToOneField(
        Service, primary_key=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    release = models.CharField(max_length=16, db_index=True)
    text = models.TextField()
    concepts = models.TextField()
    kinds = models.BigIntegerField()
    facts = models.BigIntegerField()
    youngest = models.SmallIntegerField()
    oldest = models.SmallIntegerField()
    months = models.SmallIntegerField()
    dated_limits = models.TextField(blank=True)
    timetable = models.TextField(blank=True)
    areas = models.TextField()  # JSON: [[extent, name], …], widest first
    points = models.TextField()  # JSON: [[latitude, longitude], …]

    class Meta:
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return str(self.service_id)
