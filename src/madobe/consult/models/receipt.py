"""The words somebody keeps: how a thread is found again, and by what key it opens."""

from django.db import models

from madobe.consult.models.consultation import Consultation
from madobe.lib.privacy import Privacy


class Receipt(models.Model):
    """The 合言葉 of a thread. The words themselves are nowhere: without them nothing here can be computed."""

    privacy = Privacy(
        holds="A keyed hash of the words and the public key they give; the key of the case sealed to it.",
        keep="With its thread.",
        sealed=("blob",),
    )

    id = models.UUIDField(primary_key=True)  # vault.rules.receipt_keys.look_up, its first half
    consultation = models.OneToOneField(
        Consultation, on_delete=models.CASCADE, related_name="receipt"
    )
    public = models.BinaryField()
    generation = models.PositiveSmallIntegerField(default=1)
    blob = models.BinaryField()

    def __str__(self) -> str:
        return str(self.consultation_id)


class PersonDraft(models.Model):
    """A letter somebody has set aside under their words."""

    privacy = Privacy(
        holds="An unfinished letter, sealed with the key of its thread.",
        keep="Until it is sent or set aside anew; with its thread.",
        sealed=("body",),
    )

    consultation = models.OneToOneField(
        Consultation, on_delete=models.CASCADE, primary_key=True, related_name="draft"
    )
    version = models.PositiveSmallIntegerField(default=1)
    saved_date = models.DateField()
    body = models.BinaryField()

    def __str__(self) -> str:
        return str(self.consultation_id)
