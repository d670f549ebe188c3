"""What changed, in the order in which it became visible: for search, feeds and other copies of the directory."""

import uuid

from django.db import models

from madobe.lib.privacy import Privacy


class Revision(models.Model):
    """The number of the latest change. Its row is locked while changes are added, so that a number is never
    seen before a lower one: whoever has read up to a number has missed nothing below it.
    """

    privacy = Privacy(holds="A number.", keep="As long as the installation.")

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    number = models.PositiveBigIntegerField(default=0)
    # Which database counts here: copies made of another one, whatever their numbers, are of no use.
    series = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="revision_is_one_row")]

    def __str__(self) -> str:
        return str(self.number)


class Change(models.Model):
    """The revision at which a service, as people see it, last changed, came or went. One row a service.

    No foreign key: a service that is gone for good must still be taken out of every copy.
    """

    privacy = Privacy(holds="Ids of public entries.", keep="As long as the installation.")

    service_id = models.UUIDField(primary_key=True)
    number = models.PositiveBigIntegerField(db_index=True)
    at = models.DateTimeField()
    is_shown = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.number} {self.service_id}"
