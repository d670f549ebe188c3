"""What was said, and what came with it."""

import uuid

from django.db import models
from django.db.models import Q

from madobe.consult.choices import Author, Door
from madobe.consult.models.consultation import Consultation
from madobe.lib.privacy import Privacy


class Message(models.Model):
    """One letter, answer or noted conversation. Of what a person writes only the day is kept, not the hour."""

    privacy = Privacy(
        holds="Who wrote on which day by which door; the words only sealed.",
        keep="With its thread.",
        sealed=("body",),
    )

    # Drawn when the form is shown: a form that is sent twice is one message.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(  # found by its number in the thread: one index serves both
        Consultation, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    author = models.CharField(max_length=8, choices=Author.choices)
    by = models.CharField(max_length=60, blank=True)  # of staff
    door = models.CharField(max_length=8, choices=Door.choices, default=Door.WEB)
    written_date = models.DateField()
    written_at = models.DateTimeField(null=True)  # of staff; None for what a person wrote
    body = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="message_number"),
            models.CheckConstraint(
                condition=Q(author=Author.STAFF) | Q(written_at__isnull=True, by=""),
                name="message_of_a_person_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.number}"


class Attachment(models.Model):
    """A picture or paper, drawn anew so that nothing hidden came with it."""

    privacy = Privacy(
        holds="A picture or paper, sealed; what was removed from it, by kind.",
        keep="With its message.",
        sealed=("data",),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8)  # "picture" | "pdf" | "text"
    media_type = models.CharField(max_length=40)
    removed = models.CharField(max_length=200, blank=True)  # codes with blanks between
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="attachment_number"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.number}"
