"""The other ways in and out: where an answer can go, what came and waits to be laid in, when people meet."""

import uuid

from django.db import models
from django.db.models import Q

from madobe.consult.choices import Door
from madobe.consult.door_choices import Meeting, Offered
from madobe.consult.models.consultation import Consultation
from madobe.consult.models.message import Message
from madobe.lib.privacy import Privacy


class ChannelIdentity(models.Model):
    """Where an answer can go. An address or a telephone is NEVER the key of a person: families share them.

    `routes`: further letters from there come here, unless they answer something of another thread.
    """

    privacy = Privacy(
        holds="A keyed hash of an address, for routing alone; the address and the wish to link it only sealed.",
        keep="With its thread. The hour somebody wrote last is forgotten after an hour (`forget_hours`).",
        sealed=("address", "wish"),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="identities"
    )
    desk = models.ForeignKey("desks.Desk", on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8, choices=Door.choices)
    look_up = models.BinaryField()
    address = models.BinaryField()
    address_version = models.PositiveIntegerField(default=1)
    routes = models.BooleanField(default=True)
    is_gone = models.BooleanField(default=False)  # the person left the channel
    awake_until = models.DateTimeField(null=True)  # whoever just wrote may be answered by night
    first_date = models.DateField()
    linked_date = models.DateField(null=True)
    linked_by = models.CharField(max_length=60, blank=True)
    wish = models.BinaryField(
        null=True
    )  # rules.doors.wishes.Linked: no column tells of two threads

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "channel", "look_up"],
                condition=Q(routes=True),
                name="channel_identity_routes_once",
            ),
            models.CheckConstraint(
                condition=Q(linked_date__isnull=True) | (Q(wish__isnull=False) & ~Q(linked_by="")),
                name="channel_identity_linked_by_wish",
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "channel", "look_up"], name="channel_identity_look_up"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.consultation_id}"


class Carried(models.Model):
    """By which way a message came or went, and what the channel calls it, as a keyed hash."""

    privacy = Privacy(
        holds="That a message came or went by a channel; a keyed hash of the channel's number for it.",
        keep="With its message.",
    )

    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, primary_key=True, related_name="carried"
    )
    identity = models.ForeignKey(ChannelIdentity, on_delete=models.CASCADE, related_name="carried")
    look_up = models.BinaryField(null=True, db_index=True)

    def __str__(self) -> str:
        return str(self.message_id)


class WaitingLetter(models.Model):
    """A letter for a thread that is there already. Taking it in can seal, not read: it is a case of its own for the
    same readers, until one of them comes by with a key and it is laid into the thread.
    """

    privacy = Privacy(
        holds="A letter that came by a channel, sealed to whoever reads its thread.",
        keep="Until one of those who answer opens the desk; then it is part of its thread.",
        sealed=("body",),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # of its case
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="waiting_letters"
    )
    identity = models.ForeignKey(ChannelIdentity, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    came_date = models.DateField()
    look_up = models.BinaryField(null=True)
    body = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.number}"


class WaitingFile(models.Model):
    """A picture or paper of a waiting letter."""

    privacy = Privacy(
        holds="A picture or paper, made anew and sealed.", keep="With its letter.", sealed=("data",)
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(WaitingLetter, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8)
    media_type = models.CharField(max_length=40)
    removed = models.CharField(max_length=200, blank=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.letter_id} {self.number}"


class Posting(models.Model):
    """An answer that is on its way out by a channel at this moment, so that pressing twice sends once."""

    privacy = Privacy(holds="That an answer is being sent now.", keep="Seconds.")

    id = models.UUIDField(primary_key=True, editable=False)  # of the message it becomes
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class DoorWishes(models.Model):
    """By which ways and at what hours somebody can be reached safely, as they said (trust.md T9, E10)."""

    privacy = Privacy(
        holds="Ways and addresses that are not safe, quiet hours and a wish to be called back; all sealed.",
        keep="With its thread.",
        sealed=("body",),
    )

    consultation = models.OneToOneField(
        Consultation, on_delete=models.CASCADE, primary_key=True, related_name="door_wishes"
    )
    version = models.PositiveIntegerField(default=1)
    body = models.BinaryField()

    def __str__(self) -> str:
        return str(self.consultation_id)


class Appointment(models.Model):
    """An invitation to talk or meet, with several times to choose from. Never a summons: none may fit, without a reason."""

    privacy = Privacy(
        holds="When two people talk or meet and how, so that a calendar can show it; no name. The words sealed.",
        keep="With its thread.",
        sealed=("words",),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="appointments"
    )
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Meeting.choices)
    state = models.CharField(max_length=12, choices=Offered.choices, default=Offered.OPEN)
    member = models.CharField(max_length=60)  # who of the desk invites
    offered_at = models.DateTimeField()
    words = models.BinaryField(null=True)  # where, which number, whatever else is said
    words_version = models.PositiveIntegerField(default=1)
    starts_at = models.DateTimeField(null=True)  # once a time is fixed
    ends_at = models.DateTimeField(null=True)
    voice_only = models.BooleanField(default=False)
    camera_off = models.BooleanField(default=False)
    wants_notice = models.BooleanField(default=False)  # a notice the day before, without content
    noticed = models.BooleanField(default=False)
    consent_date = models.DateField(null=True)  # the person's own, to somebody coming home
    answered_date = models.DateField(null=True)
    # The hour a fixed time had that the person cancelled, until who would have been there has seen that.
    off_at = models.DateTimeField(null=True)
    off_told = models.BooleanField(default=False)  # they were mailed of it

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="appointment_number"),
            models.CheckConstraint(
                condition=~Q(state="fixed") | Q(starts_at__isnull=False, ends_at__isnull=False),
                name="appointment_fixed_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(kind="home") | ~Q(state="fixed") | Q(consent_date__isnull=False),
                name="appointment_at_home_by_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.number}"


class Offer(models.Model):
    """One of the times of an invitation."""

    privacy = Privacy(holds="A time that was offered. No words.", keep="With its invitation.")

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="offers")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["appointment", "number"], name="offer_number"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="offer_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.number}"


class CalendarLink(models.Model):
    """The address under which somebody's own calendar program reads when they have something planned."""

    privacy = Privacy(
        holds="A hash of a secret address, by member. What it shows: 「予定」 and the kind.",
        keep="Until they make another one or take it away.",
    )

    member = models.CharField(max_length=60, primary_key=True)
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.member
