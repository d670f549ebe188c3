"""What keeps the directory true: history, unfinished edits, short notices, word from outside."""

import uuid
from hashlib import blake2b

from django.db import models
from django.db.models import F, Q

from madobe.directory.choices import AlertKind, SuggestionKind, SuggestionState
from madobe.directory.models.base import Record
from madobe.directory.models.service import Service
from madobe.lib.privacy import Privacy


class FieldChange(Record):
    """One field of one record took another value: who, when, on whose word. Rows of one act share `group`."""

    privacy = Privacy(
        holds="Earlier values of public facts, and which staff account changed them.",
        keep="As long as the record.",
        exported="",
    )

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="field_changes")
    table = models.CharField(max_length=40)  # model name, lower case
    record_id = models.UUIDField()
    field = models.CharField(max_length=40)
    old = models.JSONField(null=True, blank=True)
    new = models.JSONField(null=True, blank=True)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    source_name = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    group = models.UUIDField(default=uuid.uuid4)

    class Meta:
        ordering = ["-at", "field", "id"]
        indexes = [models.Index(fields=["service", "-at"], name="field_change_of_service")]
        constraints = [models.CheckConstraint(condition=~Q(by=""), name="field_change_by_somebody")]

    def __str__(self) -> str:
        return f"{self.field} {self.at:%Y-%m-%d}"


class Draft(Record):
    """A form somebody has not finished, as typed. Only saving it or the owner's own wish takes it away.

    `target` is the id of a service, or "new". `page` and `count` put the savings of one open page in order:
    a slow one never writes over a later one.
    """

    privacy = Privacy(
        holds="Unfinished edits of public facts, by staff account.",
        keep="Until the owner saves it or throws it away.",
        exported="",
    )

    owner = models.CharField(max_length=100)  # lib.actor.Actor.id
    target = models.CharField(max_length=36)
    values = models.JSONField()  # name of the form field -> list of texts, as a browser sends them
    page = models.CharField(max_length=32, blank=True)
    count = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "target"], name="draft_one_a_target"),
            models.CheckConstraint(condition=~Q(owner="") & ~Q(target=""), name="draft_is_owned"),
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.target}"


class ServiceAlert(Record):
    """A short-term notice beside an entry: full, resting, moved. Gone by itself after its last day."""

    privacy = Privacy(holds="Published short notices.", keep="Two years.", exported="public")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=10, choices=AlertKind.choices)
    text = models.CharField(max_length=300, blank=True)
    starts_date = models.DateField()
    ends_date = models.DateField(null=True, blank=True)  # the last day; empty: until withdrawn
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=100, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_date", "at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AlertKind.values), name="service_alert_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_date__isnull=True) | Q(ends_date__gte=F("starts_date")),
                name="service_alert_dates_in_order",
            ),
            models.CheckConstraint(condition=~Q(by=""), name="service_alert_by_somebody"),
            models.CheckConstraint(
                condition=~Q(kind="other") | ~Q(text=""), name="service_alert_says_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_date}"


class Suggestion(Record):
    """Somebody noticed that an entry is not right. No account, no address, the day only."""

    privacy = Privacy(
        holds="What a visitor wrote of their own accord, and a way to answer if they gave one.",
        keep="Two years after it was settled.",
        exported="",
    )

    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.CASCADE, related_name="suggestions"
    )
    kind = models.CharField(max_length=12, choices=SuggestionKind.choices)
    text = models.TextField(max_length=2000)
    answer_to = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10)
    from_organization = models.BooleanField(default=False)  # came by a confirmation link
    received_date = models.DateField()
    state = models.CharField(
        max_length=10, choices=SuggestionState.choices, default=SuggestionState.OPEN
    )
    settled_by = models.CharField(max_length=100, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    answer_note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "received_date"], name="suggestion_open")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="suggestion_says_something"),
            models.CheckConstraint(
                condition=Q(kind__in=SuggestionKind.values), name="suggestion_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True, settled_by="")
                | (
                    Q(state__in=["applied", "set_aside"], settled_at__isnull=False)
                    & ~Q(settled_by="")
                ),
                name="suggestion_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.received_date}"


class ConfirmationLink(Record):
    """A link for the organization itself: one tap says that all is still right. Only its digest is kept."""

    privacy = Privacy(
        holds="A digest of a link, and when it was used.", keep="Two years.", exported=""
    )

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="confirmation_links"
    )
    token_digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="confirmation_link_lives_a_while"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.expires_at:%Y-%m-%d}"

    @staticmethod
    def digest(token: str) -> str:
        """This will give what is kept of a token."""
        return blake2b(token.encode(), digest_size=32).hexdigest()
