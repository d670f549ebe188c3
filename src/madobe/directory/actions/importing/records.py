"""The rows of a release beside those of the last one: what is new, what changed, what is gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from madobe.directory.actions.importing.report import ImportRequest
from madobe.directory.actions.importing.writing import CHUNK, chunked
from madobe.directory.choices import ReviewKind
from madobe.directory.models import FieldSource, ReviewItem, Service, SourceRecord
from madobe.directory.rules.release import Entry, Release


@dataclass(frozen=True)
class Compared:
    """This release against the last one."""

    there: Mapping[str, SourceRecord]  # what an earlier import left of these keys
    added: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    gone: tuple[SourceRecord, ...]


def compare(release: Release) -> Compared:
    """This will say which rows are new, changed or gone since the last import of this source."""
    keys = {entry.key for entry in release.entries}
    records = SourceRecord.objects.filter(source=release.source).defer("raw")
    in_scope = list(chunked(records, "scope__in", sorted(release.scopes)))
    there = {record.key: record for record in in_scope}
    elsewhere = sorted(keys - set(there))  # what moved to another scope
    there.update({record.key: record for record in chunked(records, "key__in", elsewhere)})
    seen = keys | release.refused_keys
    return Compared(
        there=there,
        added=tuple(entry for entry in release.entries if entry.key not in there),
        changed=tuple(
            entry
            for entry in release.entries
            if entry.key in there
            and (
                there[entry.key].raw_hash != entry.digest()
                or there[entry.key].removed_at is not None
            )
        ),
        gone=tuple(
            record for record in in_scope if record.key not in seen and record.removed_at is None
        ),
    )


def write_records(
    release: Release,
    compared: Compared,
    services: Mapping[str, UUID],
    digests: Mapping[str, str],
    request: ImportRequest,
) -> dict[str, SourceRecord]:
    """This will write the rows as they came; returns the record of every key. New ones are tied to their
    service at once, which is written later in the same transaction.
    """
    records, at = dict(compared.there), request.at
    new = [
        _record(
            entry,
            SourceRecord(
                source=release.source,
                key=entry.key,
                service_id=services.get(entry.key),
                draft_digest=digests.get(entry.key, ""),
            ),
            release,
            at,
        )
        for entry in compared.added
    ]
    SourceRecord.objects.bulk_create(new, batch_size=CHUNK)
    renewed = [_record(entry, records[entry.key], release, at) for entry in compared.changed]
    back = [record for record in renewed if record.removed_at is not None]
    for record in back:
        record.removed_at, record.draft_digest = None, ""
    SourceRecord.objects.bulk_update(
        renewed,
        ["release", "scope", "raw", "raw_hash", "row_number", "imported_at", "removed_at"],
        batch_size=CHUNK,
    )
    for start in range(0, len(back), CHUNK):
        ReviewItem.objects.filter(
            kind=ReviewKind.REMOVED,
            source_record__in=back[start : start + CHUNK],
            settled_at__isnull=True,
        ).update(settled_at=at, settled_by=request.by)
    return records | {record.key: record for record in new}


def _record(entry: Entry, record: SourceRecord, release: Release, at: datetime) -> SourceRecord:
    record.release, record.scope = release.name, entry.scope
    record.raw, record.raw_hash = dict(entry.cells), entry.digest()
    record.row_number, record.imported_at = entry.number, at
    return record


def write_digests(records: Mapping[str, SourceRecord], digests: Mapping[str, str]) -> None:
    """This will remember what was made of each row, so that the next import passes over it."""
    other = []
    for key, digest in digests.items():
        if records[key].draft_digest != digest:
            records[key].draft_digest = digest
            other.append(records[key])
    SourceRecord.objects.bulk_update(other, ["draft_digest"], batch_size=CHUNK)


def mark_gone(gone: Sequence[SourceRecord], request: ImportRequest) -> set[UUID]:
    """Rows this release no longer has: marked for a person to look at; shown with 要確認 until then."""
    at, touched = request.at, set()
    for record in gone:
        record.removed_at = at
    SourceRecord.objects.bulk_update(gone, ["removed_at"], batch_size=CHUNK)
    ReviewItem.objects.bulk_create(
        (
            ReviewItem(
                kind=ReviewKind.REMOVED, service_id=record.service_id, source_record=record, opened_at=at,
                reason="元のデータから、この行がなくなりました。窓口が続いているか確かめてください。",
            )
            for record in gone
        ),
        batch_size=CHUNK,
    )  # fmt: skip
    ended = sorted({record.service_id for record in gone if record.service_id})
    lasting = chunked(SourceRecord.objects.filter(removed_at__isnull=True), "service__in", ended)
    still = {record.service_id for record in lasting}
    ended = [key for key in ended if key not in still]
    for service in chunked(Service.objects.filter(needs_check=False), "pk__in", ended):
        service.needs_check, service.updated_at = True, at
        service.save(update_fields=["needs_check", "updated_at"])
        # what the import set itself is not an edit of a person: the row may come back
        FieldSource.objects.update_or_create(
            record_id=service.pk, field="needs_check",
            defaults={"table": "service", "last_imported": True, "set_at": at, "set_by": request.by},
        )  # fmt: skip
        touched.add(service.pk)
    return touched
