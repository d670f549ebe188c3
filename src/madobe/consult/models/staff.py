"""What the people who answer keep beside a thread. All words are sealed with the key of the case."""

import uuid

from django.db import models
from django.db.models import F, Q

from madobe.consult.models.consultation import Consultation
from madobe.consult.staff_choices import ClosingKind, Safety, Visibility
from madobe.lib.privacy import Privacy


class Care(models.Model):
    """Marks of the desk on a thread that its person does not see. No row: none of them."""

    privacy = Privacy(
        holds="Who else can open a thread, and marks the desk works by. No words.",
        keep="With its thread.",
    )

    consultation = models.OneToOneField(
        Consultation, on_delete=models.CASCADE, primary_key=True, related_name="care"
    )
    co_holder = models.CharField(max_length=60, blank=True)  # "staff:<uuid>", beside the owner
    listen_only = models.BooleanField(default=False)  # no suggestion, no task (trust.md E4)
    contact_after = models.DateField(null=True)  # while it rests: from when the desk may write
    quiet_until = models.DateField(null=True)  # until that day nobody is told of it (consult.quiet)
    notice_due = models.BooleanField(default=False)  # a neutral notice waits for a loud hour
    told_count = models.PositiveSmallIntegerField(default=0)  # messages there were when it was told
    seen_count = models.PositiveSmallIntegerField(default=0)  # and when its owner last read it
    lead_told_for = models.DateTimeField(null=True)  # the promise whose nearness the lead was told
    revision = models.PositiveIntegerField(default=1)  # grows with what only staff see

    def __str__(self) -> str:
        return str(self.consultation_id)


class Opening(models.Model):
    """Who has a thread on their screen: a soft lock, by name, for some minutes."""

    privacy = Privacy(holds="Which staff account has a thread open now.", keep="Minutes.")

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="openings"
    )
    member = models.CharField(max_length=60)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "member"], name="opening_once"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.member}"


class StaffDraft(models.Model):
    """What one person has begun to answer. Nothing but sending it, or they themselves, takes it away."""

    privacy = Privacy(
        holds="An unfinished answer and what a colleague said to it, sealed with the key of the thread.",
        keep="Until it is sent or its writer puts it away; with its thread.",
        sealed=("body", "look_note"),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="staff_drafts"
    )
    member = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    body = models.BinaryField()
    saved_at = models.DateTimeField()
    look_asked_at = models.DateTimeField(null=True)  # a second pair of eyes was asked for
    look_version = models.PositiveIntegerField(default=0)
    look_note = models.BinaryField(null=True)
    look_by = models.CharField(max_length=60, blank=True)
    looked_at = models.DateTimeField(null=True)  # given back with a note

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "member"], name="staff_draft_once"),
            models.CheckConstraint(
                condition=Q(looked_at__isnull=True) | ~Q(look_by=F("member")),
                name="staff_draft_is_looked_at_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["look_asked_at"],
                condition=Q(look_asked_at__isnull=False),
                name="staff_draft_to_look_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.member}"


class StaffNote(models.Model):
    """A note the person does not see. Who sees it was chosen before the first word."""

    privacy = Privacy(
        holds="Facts, somebody's own words and a view of them, kept apart; sealed.",
        keep="With its thread.",
        sealed=("body",),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="staff_notes"
    )
    by = models.CharField(max_length=60)
    owner_then = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    visibility = models.CharField(max_length=8, choices=Visibility.choices)
    body = models.BinaryField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="staff_note_visibility"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.at}"


class SafetyNote(models.Model):
    """That somebody may be in danger: acts at once with one person, and is looked at by a second (domain.md §6.5)."""

    privacy = Privacy(
        holds="How near a danger seems, why, and who may be called; the words sealed. Who decided, who confirmed.",
        keep="With its thread.",
        sealed=("body",),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="safety_notes"
    )
    level = models.CharField(max_length=8, choices=Safety.choices)
    body = models.BinaryField()
    decided_by = models.CharField(max_length=60)
    decided_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    review_date = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-decided_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=Safety.values), name="safety_note_level_known"
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("decided_by")), name="safety_note_two_people"
            ),
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(ended_at__isnull=True),
                name="safety_note_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.level}"


class AbuseRecord(models.Model):
    """The legal duty to notify abuse: on what basis, decided by two people. Whether it applies is for them to check."""

    privacy = Privacy(
        holds="On what basis two people thought of a notification, and the day it was made; the words sealed.",
        keep="With its thread.",
        sealed=("body",),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="abuse_records"
    )
    body = models.BinaryField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    second_by = models.CharField(max_length=60, blank=True)
    second_at = models.DateTimeField(null=True)
    notified_date = models.DateField(null=True)

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(second_by=F("by")), name="abuse_record_two_people"),
            models.CheckConstraint(
                condition=Q(notified_date__isnull=True) | ~Q(second_by=""),
                name="abuse_record_notified_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.at}"


class Closing(models.Model):
    """A thread came to a stop, in what way, and what helped. Opened again in one act; the row stays."""

    privacy = Privacy(
        holds="How a thread came to a stop and when it was opened again; what helped, sealed.",
        keep="With its thread.",
        sealed=("helped",),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="closings"
    )
    kind = models.CharField(max_length=12, choices=ClosingKind.choices)
    helped = models.BinaryField(null=True)
    by = models.CharField(max_length=60)
    closed_date = models.DateField()
    reopened_date = models.DateField(null=True)

    class Meta:
        ordering = ["-closed_date", "id"]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.kind}"


class StaffTemplate(models.Model):
    """A beginning of an answer a desk keeps. It is put into the box and never sent by itself."""

    privacy = Privacy(holds="Sentences of an office, about nobody.", keep="As long as the desk.")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    desk = models.ForeignKey("desks.Desk", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=60)
    text = models.TextField(max_length=2000)
    position = models.PositiveSmallIntegerField(default=50)

    class Meta:
        ordering = ["position", "title", "id"]

    def __str__(self) -> str:
        return self.title


class DeskTrainee(models.Model):
    """Somebody whose answers a colleague looks at before they go out."""

    privacy = Privacy(
        holds="That a staff account is learning at a desk.", keep="While they are learning."
    )

    desk = models.ForeignKey("desks.Desk", on_delete=models.CASCADE, related_name="+")
    member = models.CharField(max_length=60)
    since_date = models.DateField()
    named_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "member"], name="desk_trainee_once"),
        ]

    def __str__(self) -> str:
        return self.member
