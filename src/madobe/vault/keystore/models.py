"""Tables of the key store. They hold no name, no date finer than a day and no content."""

from django.db import models

from madobe.lib.privacy import Privacy


class ShredKey(models.Model):
    """Half of what opens a case. Deleted: no grant of the case opens any more, nor does one in an old backup."""

    privacy = Privacy(
        holds="A random key of a case, useless without the key of one of its holders.",
        keep="As long as the case; in backups of the key store for seven days more.",
    )

    case = models.UUIDField(primary_key=True)
    key = models.BinaryField()
    made_date = models.DateField()

    def __str__(self) -> str:
        return str(self.case)


class Pepper(models.Model):
    """What receipts are looked up with; one row. Without it a copy of the data tells nothing about any receipt."""

    privacy = Privacy(holds="A random key.", keep="As long as the installation.")

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    value = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="pepper_is_one_row")]

    def __str__(self) -> str:
        return "pepper"
