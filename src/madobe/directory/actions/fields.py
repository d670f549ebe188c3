"""Take over imported values without losing what a person edited.

A field is compared with the value the last import gave, not with the one shown: shown ≠ last imported means
a person edited it. Then an upstream change becomes a review item and the person's value stays.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from madobe.directory.choices import ReviewKind
from madobe.directory.models import FieldChange, FieldSource, ReviewItem, Service, SourceRecord

# The later of two days of checking holds: that somebody checked here is no edit to be asked about.
LATEST_HOLDS = frozenset({"last_verified_date"})


class ImportedFields:
    """The fields of one record as an import sees them. Call `finish` when all are taken."""

    def __init__(
        self, *, record: Model, service: Service | None, source_record: SourceRecord, at: datetime
    ) -> None:
        self.record = record
        self.service = service
        self.source_record = source_record
        self.at = at
        self.taken: list[FieldSource] = []
        self.history: list[FieldChange] = []
        self.known = {
            one.field: one for one in FieldSource.objects.filter(record_id=self.record_id)
        }

    @property
    def record_id(self) -> UUID:
        key = self.record.pk
        assert isinstance(key, UUID)
        return key

    def take(self, field: str, *, shown: Any, imported: Any, write: Callable[[Any], None]) -> bool:
        """This will write an imported value, unless a person's edit stands there. Returns whether it wrote.

        `shown` and `imported` are plain JSON values; `write` puts the imported one into place.
        """
        last = self.known.get(field)
        if last is not None and last.last_imported == imported:
            return False
        if last is not None and shown not in (last.last_imported, imported):
            is_later_here = field in LATEST_HOLDS and (shown or "") >= (imported or "")
            if field not in LATEST_HOLDS:
                self._review(field, shown, imported)
            if field not in LATEST_HOLDS or is_later_here:
                last.last_imported = imported
                last.save(update_fields=["last_imported"])
                return False
        if shown != imported:
            write(imported)
            if last is not None and self.service is not None:  # the first load is no history
                self._remember(field, shown, imported)
        self.taken.append(self._source(field, imported))
        return True

    def finish(self) -> None:
        """This will note the source of every field taken, in one statement."""
        FieldSource.objects.bulk_create(
            self.taken,
            update_conflicts=True,
            unique_fields=["record_id", "field"],
            update_fields=[
                "source_record", "set_by", "set_at", "last_imported",
                "source_name", "source_url", "checked_date",
            ],
        )  # fmt: skip
        FieldChange.objects.bulk_create(self.history)
        self.taken, self.history = [], []

    def _remember(self, field: str, shown: Any, imported: Any) -> None:
        self.history.append(
            FieldChange(
                service=self.service,
                table=self.record._meta.model_name or "",
                record_id=self.record_id,
                field=field,
                old=shown,
                new=imported,
                by=f"import {self.source_record.source}",
                at=self.at,
                source_name=self.source_record.release,
            )
        )

    def _source(self, field: str, imported: Any) -> FieldSource:
        return FieldSource(
            table=self.record._meta.model_name or "",
            record_id=self.record_id,
            field=field,
            source_record=self.source_record,
            set_at=self.at,
            last_imported=imported,
        )

    def _review(self, field: str, ours: Any, theirs: Any) -> None:
        ReviewItem.objects.create(
            kind=ReviewKind.DIFFERENCE,
            service=self.service,
            source_record=self.source_record,
            table=self.record._meta.model_name or "",
            record_id=self.record_id,
            field=field,
            ours=ours,
            theirs=theirs,
            reason="人が直したあとに、元のデータも変わりました。",
            opened_at=self.at,
        )
