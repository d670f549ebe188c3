"""Where every fact comes from, what an import last said, and what a person should look at."""

from django.db import models
from django.db.models import Q

from madobe.directory.choices import ReviewKind
from madobe.directory.models.base import Record
from madobe.directory.models.service import Service
from madobe.lib.privacy import Privacy


class SourceRecord(Record):
    """One row as it came. `key` is the source's own; `scope` says which part of the source it belongs to
    (a municipality id or code, a service kind), so that an import can see what is missing from a release.
    """

    privacy = Privacy(
        holds="Rows of open data as published; free-mail addresses are left out.",
        keep="The latest of each key, and its hash.",
        exported="",
    )

    source = models.CharField(max_length=30)  # "windows", "founding"
    release = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    scope = models.CharField(max_length=60, blank=True)
    raw = models.JSONField()
    raw_hash = models.CharField(max_length=64)  # BLAKE2b/SHA-256 hex of the canonical row
    draft_digest = models.CharField(max_length=64, blank=True)  # of what was last made of it
    row_number = models.PositiveIntegerField(null=True, blank=True)
    imported_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)  # first release it was missing from
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.SET_NULL, related_name="source_records"
    )

    class Meta:
        indexes = [models.Index(fields=["source", "scope"], name="source_record_scope")]
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="source_record_key_once"),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(source=""), name="source_record_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"


class FieldSource(Record):
    """Whose word one field of one record is: a source record's, or a person's.

    `last_imported` is the value the last import gave, so that the next one can tell an upstream change
    from an edit made here: shown value ≠ last_imported = edited by a person.
    """

    privacy = Privacy(
        holds="Which source or which staff account set a public field.",
        keep="With the record.",
        exported="",
    )

    table = models.CharField(max_length=40)  # model name, lower case: "service"
    record_id = models.UUIDField()
    field = models.CharField(max_length=40)
    source_record = models.ForeignKey(
        SourceRecord, null=True, blank=True, on_delete=models.SET_NULL, related_name="fields"
    )
    set_by = models.CharField(max_length=100, blank=True)
    set_at = models.DateTimeField()
    last_imported = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_id", "field"], name="field_source_once_a_field"
            ),
            models.CheckConstraint(
                condition=Q(source_record__isnull=False) | ~Q(set_by=""),
                name="field_source_has_an_author",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table}.{self.field}"


class ReviewItem(Record):
    """Something a person should decide: both sides changed, a doubtful reading, a row gone upstream."""

    privacy = Privacy(
        holds="Differences between sources of public facts.", keep="Two years.", exported=""
    )

    kind = models.CharField(max_length=12, choices=ReviewKind.choices)
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.CASCADE, related_name="review_items"
    )
    source_record = models.ForeignKey(
        SourceRecord, null=True, blank=True, on_delete=models.SET_NULL, related_name="review_items"
    )
    table = models.CharField(max_length=40, blank=True)
    record_id = models.UUIDField(null=True, blank=True)
    field = models.CharField(max_length=40, blank=True)
    ours = models.JSONField(null=True, blank=True)
    theirs = models.JSONField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [models.Index(fields=["settled_at", "kind"], name="review_item_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ReviewKind.values), name="review_item_kind_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="review_item_says_why"),
        ]

    def __str__(self) -> str:
        return self.reason
