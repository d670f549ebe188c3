"""What machines read: each service as one document, what came from elsewhere as it came, and whom we follow."""

from django.db import models
from django.db.models import Q

from madobe.directory.models.record import SourceRecord
from madobe.directory.models.service import Service
from madobe.lib.privacy import Privacy


class Document(models.Model):
    """One shown service as HSDS JSON, made by `actions.documents`. `modified_at` moves when `body` does."""

    privacy = Privacy(
        holds="A copy of public facts about a service.",
        keep="Rewritten at each change.",
        exported="public",
    )

    service = models.OneToOneField(
        Service, primary_key=True, on_delete=models.CASCADE, related_name="document"
    )
    modified_at = models.DateTimeField(db_index=True)
    digest = models.CharField(max_length=64)  # SHA-256 of the body
    terms = models.TextField(blank=True)  # ids of its taxonomy terms and their taxonomies
    words = models.TextField(blank=True)  # what a text search looks at, in one spelling
    body = models.TextField()

    def __str__(self) -> str:
        return str(self.service_id)


class Original(models.Model):
    """A record as another directory gave it, beside what our tables said of it right after (`base`).

    As long as the tables still say the same, it is handed on as it came; an edit here changes only its part.
    """

    privacy = Privacy(
        holds="Public records of other directories, as published there.",
        keep="With its service or organization.",
        exported="public",
    )

    id = models.UUIDField(primary_key=True, editable=False)  # HSDS id of the record
    kind = models.CharField(
        max_length=20,
        choices=[
            ("service", "service"),
            ("organization", "organization"),
            ("taxonomy", "taxonomy"),
            ("taxonomy_term", "taxonomy_term"),
        ],
    )
    scope = models.CharField(max_length=200)  # the file's name or the address it came from
    is_trusted = models.BooleanField(default=False)
    raw = models.TextField()  # JSON
    base = models.TextField(blank=True)  # JSON
    source_record = models.ForeignKey(
        SourceRecord, null=True, blank=True, on_delete=models.CASCADE, related_name="originals"
    )

    class Meta:
        indexes = [models.Index(fields=["kind", "scope"], name="original_by_kind_scope")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Subscription(models.Model):
    """Another Madobe this one follows, and how far it has read there."""

    privacy = Privacy(
        holds="The address of another public directory.", keep="While followed.", exported=""
    )

    url = models.URLField(max_length=200, unique=True)
    trust_source = models.CharField(max_length=100, blank=True)  # "": its records wait for vetting
    number = models.PositiveBigIntegerField(default=0)  # the last revision taken in …
    after_id = models.UUIDField(null=True, blank=True)  # … up to this service; None: whole
    etag = models.CharField(max_length=200, blank=True)  # of what was asked last
    pulled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(url=""), name="subscription_has_url"),
        ]

    def __str__(self) -> str:
        return self.url
