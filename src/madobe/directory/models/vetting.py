"""Whether an operator may be listed: who checked it, on which facts, until when, and what was taken from view.

The constraints here are the last door: two people are two different accounts whatever code writes the rows.
"""

from django.db import models
from django.db.models import F, Q

from madobe.directory.choices import Sector, VettingState
from madobe.directory.models.base import Record
from madobe.lib.privacy import Privacy


class VettingRound(Record):
    """One round of vetting. It belongs to the facts it was made on: with any other it says nothing."""

    privacy = Privacy(
        holds="Which staff account found an operator fit to be listed, and why.",
        keep="As long as the operator is kept.",
        exported="",
    )

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.PROTECT, related_name="vettings"
    )
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=10, choices=Sector.choices)
    corporate_number = models.CharField(max_length=13, blank=True)
    website = models.URLField(max_length=500, blank=True)
    needed = models.PositiveSmallIntegerField()  # people who must each find everything in order
    state = models.CharField(max_length=10, choices=VettingState.choices, default=VettingState.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=100)
    first_by = models.CharField(max_length=100, blank=True)
    second_by = models.CharField(max_length=100, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(
        null=True, blank=True
    )  # void, lapsed, replaced, declined, refused
    ended_by = models.CharField(max_length=100, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)  # a refusal an admin took back
    reopened_by = models.CharField(max_length=100, blank=True)
    reopening_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=VettingState.values), name="vetting_state_known"
            ),
            models.CheckConstraint(
                condition=Q(needed=2) | Q(needed=1, sector="public"),
                name="vetting_by_two_unless_public",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["passed", "lapsed", "replaced"])
                | (
                    Q(passed_at__isnull=False, expires_on__isnull=False)
                    & ~Q(first_by="")
                    & (Q(needed=1) | (~Q(second_by="") & ~Q(second_by=F("first_by"))))
                ),
                name="vetting_passed_by_different_people",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True)
                | (Q(state="refused") & ~Q(reopened_by="") & ~Q(reopening_reason="")),
                name="vetting_reopened_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(state="open"), name="vetting_one_open"
            ),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(state="passed"), name="vetting_one_passed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class VettingAnswer(Record):
    """One person's answers to the whole checklist. Never changed; a second look is a new round."""

    privacy = Privacy(
        holds="What one staff account found when checking an operator.",
        keep="With its round.",
        exported="",
    )

    round = models.ForeignKey(VettingRound, on_delete=models.PROTECT, related_name="answers")
    by = models.CharField(max_length=100)
    by_name = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    answers = models.JSONField()  # {item: {"answer": "yes" | "no" | "not_applicable", "note": …}}
    evidence = models.TextField()
    evidence_url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "by"], name="vetting_answer_once_a_person"),
            models.CheckConstraint(
                condition=~Q(by="") & ~Q(evidence=""), name="vetting_answer_signed_with_evidence"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.by}"


class Suspension(Record):
    """Taken from view, by whom and why, until lifted. An open row hides; a stale save elsewhere cannot undo it."""

    privacy = Privacy(
        holds="Which staff account took an entry from view, and why.",
        keep="As long as the entry is kept.",
        exported="",
    )

    organization = models.ForeignKey(
        "directory.Organization",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="suspensions",
    )
    service = models.ForeignKey(
        "directory.Service",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="suspensions",
    )
    because_of = (
        models.ForeignKey(  # the suspension of the body above, or of the one it was merged into
            "self", null=True, blank=True, on_delete=models.CASCADE, related_name="following"
        )
    )
    refusal = models.ForeignKey(  # only an admin who reopens the vetting lifts it
        VettingRound, null=True, blank=True, on_delete=models.PROTECT, related_name="suspensions"
    )
    reason = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=100)
    started_by_name = models.CharField(max_length=100, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=100, blank=True)
    lifted_by_name = models.CharField(max_length=100, blank=True)
    lifting_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False, service__isnull=True)
                | Q(organization__isnull=True, service__isnull=False),
                name="suspension_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(started_by=""), name="suspension_says_why_and_who"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | (~Q(lifted_by="") & ~Q(lifting_reason="")),
                name="suspension_lifted_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(lifted_at__isnull=True, because_of__isnull=True, refusal__isnull=True),
                name="suspension_one_open_organization",
            ),
            models.UniqueConstraint(
                fields=["service"],
                condition=Q(lifted_at__isnull=True),
                name="suspension_one_open_service",
            ),
        ]

    def __str__(self) -> str:
        return self.reason
