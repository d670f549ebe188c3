"""A thread between one person and a desk."""

import uuid

from django.db import models
from django.db.models import Q

from madobe.consult.choices import Door, Erasing, State, Who
from madobe.desks.choices import Keep
from madobe.lib.privacy import Privacy


class Consultation(models.Model):
    """One thread. Its id is the id of its case in the vault; the plain columns hold codes and days, no words."""

    privacy = Privacy(
        holds="That somebody writes with a desk: state, days and codes. No name, no address, no computer.",
        keep="As long as the person chose, counted from the last visit or message; a tombstone may stay (`Tombstone`).",
        sealed=("contact",),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    door = models.CharField(max_length=8, choices=Door.choices, default=Door.WEB)
    who = models.CharField(max_length=8, choices=Who.choices, blank=True)
    wishes = models.CharField(max_length=48, blank=True)  # codes of Wish, with blanks between
    state = models.CharField(max_length=16, choices=State.choices)
    is_urgent = models.BooleanField(default=False)  # words of danger were read; see rules.crisis
    held = models.CharField(max_length=16, blank=True)  # stands with others alike behind one row
    owner = models.CharField(
        max_length=60, blank=True
    )  # "staff:<uuid>" who answers; "" = whoever is on duty
    opened_date = models.DateField()
    last_date = models.DateField()  # of the last visit or message: retention counts from here
    expires_date = models.DateField(null=True)  # None: until it is erased
    keep = models.CharField(max_length=12, choices=Keep.choices, default=Keep.YEAR)
    erasing = models.CharField(  # from before its key goes until its rows have gone; "" = not
        max_length=8, choices=Erasing.choices, blank=True
    )
    reply_by = models.DateTimeField(null=True)  # what was promised
    missed = models.PositiveSmallIntegerField(
        default=0
    )  # promises that were not kept since the last answer
    messages_count = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(
        default=1
    )  # grows with everything a page of the thread shows
    contact = models.BinaryField(null=True)  # how to reach somebody, if at all (rules.contact)
    contact_version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="consultation_state"),
            models.CheckConstraint(
                condition=~Q(state=State.SET_ASIDE) | Q(owner=""),
                name="consultation_set_aside_is_nobodys",
            ),
        ]
        indexes = [
            models.Index(
                fields=["desk", "reply_by"],
                condition=Q(state="waiting_staff"),
                name="consultation_waiting",
            ),
            models.Index(fields=["erasing"], condition=~Q(erasing=""), name="consultation_erasing"),
            models.Index(
                fields=["expires_date"],
                condition=Q(expires_date__isnull=False),
                name="consultation_expires",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Tombstone(models.Model):
    """That a thread was, and was erased: what a public body may have to keep, and what makes counts add up."""

    privacy = Privacy(
        holds="That a consultation began and ended on two days at a desk, and by which door. No id, no content.",
        keep="The years the desk states in its notice.",
    )

    desk = models.ForeignKey("desks.Desk", on_delete=models.PROTECT, related_name="+")
    door = models.CharField(max_length=8, choices=Door.choices)
    opened_date = models.DateField()
    erased_date = models.DateField()
    by_person = models.BooleanField()  # else by the days running out

    def __str__(self) -> str:
        return f"{self.opened_date} {self.erased_date}"
