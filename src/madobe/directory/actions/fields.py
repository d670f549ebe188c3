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
from madobe.directory.models import FieldSource, ReviewItem, Service, SourceRecord


class ImportedFields:
    """The fields of one record as an import sees them."""

    def __init__(
        self, *, record: Model, service: Service | None, source_record: SourceRecord, at: datetime
    ) -> None:
        self.record = record
        self.service = service
        self.source_record = source_record
        self.at = at
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
            self._review(field, shown, imported)
            last.last_imported = imported
            last.save(update_fields=["last_imported"])
            return False
        if shown != imported:
            write(imported)
        FieldSource.objects.update_or_create(
            record_id=self.record_id,
            field=field,
            defaults={
                "table": self.record._meta.model_name or "",
                "source_record": self.source_record,
                "set_by": "",
                "set_at": self.at,
                "last_imported": imported,
            },
        )
        return True

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
