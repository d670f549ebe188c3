"""`madobe import windows`: the municipal windows of くらし支援ナビ, grouped into services, all or nothing."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from madobe.directory.actions.importing.files import release_files
from madobe.directory.actions.importing.report import ImportRequest, Report
from madobe.directory.actions.importing.store import (
    Writing,
    create,
    fixed_id,
    organizations,
    update,
)
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.choices import ReviewKind, Status
from madobe.directory.models import FieldSource, ReviewItem, Service, SourceRecord
from madobe.directory.rules.windows.doubts import doubts_of
from madobe.directory.rules.windows.grouping import group
from madobe.directory.rules.windows.service import ServiceDraft, draft, hours_of, hours_problem
from madobe.directory.rules.windows.source import Release, Window, read_release

SOURCE = "windows"
JAPAN = ZoneInfo("Asia/Tokyo")
_CHUNK = 500


@dataclass(frozen=True)
class _Compared:
    """This release against the last one."""

    there: Mapping[str, SourceRecord]  # what an earlier import left of these keys
    added: tuple[Window, ...]
    changed: tuple[Window, ...]
    gone: tuple[SourceRecord, ...]


def import_windows(*, request: ImportRequest) -> Report:
    """This will take one release in and say what it did. Raises FileRefusedError, then nothing is written.

    A row is known by its `id`; the scope are the municipalities (and prefectures) the file names. With
    `dry_run` the same numbers come out and nothing is written.
    """
    name, files = release_files(request.files, main="offices", beside=("municipalities", "sources"))
    release = read_release(
        files["offices"],
        name=name,
        municipalities=files.get("municipalities"),
        sources=files.get("sources"),
    )
    request.say(f"{name}: {release.rows} rows")
    report = _report(release, request)
    with transaction.atomic():
        compared = _compare(release)
        report.added, report.changed = len(compared.added), len(compared.changed)
        report.unchanged = len(release.windows) - report.added - report.changed
        report.removed = len(compared.gone)
        if not request.dry_run:
            _write(release, compared, request)
    request.say("nothing written (dry run)" if request.dry_run else "done")
    return report


def _report(release: Release, request: ImportRequest) -> Report:
    today = request.at.astimezone(JAPAN).date()
    problems = [*release.problems]
    for window in release.windows:
        problems.extend(doubts_of(window, today=today))
        unread = hours_problem(window)
        if unread:
            problems.append(unread)
    timed = [window for window in release.windows if window.cells["openingHours"]]
    read = sum(1 for window in timed if hours_of(window).rows)
    if timed:
        request.say(
            f"hours: {read} of {len(timed)} texts read for certain ({read / len(timed):.0%}), the others kept as prose"
        )
    return Report(
        source=SOURCE,
        release=release.name,
        rows=release.rows,
        rejected=release.rejected,
        duplicates=release.duplicates,
        problems=sorted(problems, key=lambda one: (one.row, one.column)),
    )


def _compare(release: Release) -> _Compared:
    keys = {window.key for window in release.windows}
    records = SourceRecord.objects.filter(source=SOURCE).defer("raw")
    in_scope = list(records.filter(scope__in=release.scopes)) if len(release.scopes) <= _CHUNK else [
        record for record in records if record.scope in release.scopes
    ]  # fmt: skip
    there = {record.key: record for record in in_scope}
    elsewhere = sorted(keys - set(there))
    for start in range(0, len(elsewhere), _CHUNK):  # a window that moved to another municipality
        there.update(
            {
                record.key: record
                for record in records.filter(key__in=elsewhere[start : start + _CHUNK])
            }
        )
    seen = keys | release.refused_keys
    return _Compared(
        there=there,
        added=tuple(window for window in release.windows if window.key not in there),
        changed=tuple(
            window
            for window in release.windows
            if window.key in there
            and (
                there[window.key].raw_hash != _hash(window)
                or there[window.key].removed_at is not None
            )
        ),
        gone=tuple(
            record for record in in_scope if record.key not in seen and record.removed_at is None
        ),
    )


def _hash(window: Window) -> str:
    text = json.dumps(dict(window.cells), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _write(release: Release, compared: _Compared, request: ImportRequest) -> None:
    request.say(f"writing {len(compared.added)} new and {len(compared.changed)} changed rows")
    records = _write_records(release, compared, request)
    drafts = [draft(windows) for windows in group(release.windows)]
    homes = organizations(drafts, records, request.at)
    keys = _service_keys(drafts, records)
    touched = _write_services(drafts, keys, homes, records, request)
    touched |= _link_records(drafts, keys, records, request.at)
    touched |= _mark_gone(compared.gone, request)
    if touched:
        request.say(f"listing {len(touched)} services")
        refresh_listing(services=touched, at=request.at)


def _write_records(
    release: Release, compared: _Compared, request: ImportRequest
) -> dict[str, SourceRecord]:
    records, at = dict(compared.there), request.at
    new = [
        _record(window, SourceRecord(source=SOURCE, key=window.key), release, at)
        for window in compared.added
    ]
    SourceRecord.objects.bulk_create(new, batch_size=_CHUNK)
    renewed = [_record(window, records[window.key], release, at) for window in compared.changed]
    back = [record.pk for record in renewed if record.removed_at is not None]
    for record in renewed:
        record.removed_at = None
    SourceRecord.objects.bulk_update(
        renewed,
        ["release", "scope", "raw", "raw_hash", "row_number", "imported_at", "removed_at"],
        batch_size=_CHUNK,
    )
    ReviewItem.objects.filter(
        kind=ReviewKind.REMOVED, source_record__in=back, settled_at__isnull=True
    ).update(settled_at=at, settled_by=request.by)
    return records | {record.key: record for record in new}


def _record(window: Window, record: SourceRecord, release: Release, at: datetime) -> SourceRecord:
    record.release, record.scope = release.name, window.coverage.scope
    record.raw, record.raw_hash = dict(window.cells), _hash(window)
    record.row_number, record.imported_at = window.number, at
    return record


def _service_keys(
    drafts: Sequence[ServiceDraft], records: Mapping[str, SourceRecord]
) -> list[UUID]:
    """The service of each group: the one its rows already belong to, or a new one. No two groups share one."""
    taken: set[UUID] = set()
    keys = []
    for one in drafts:
        names = sorted(window.key for window in one.windows)
        before = (records[name].service_id for name in names)
        fresh = (fixed_id(SOURCE, name) for name in names)
        key = next(
            k
            for k in (*before, *fresh, fixed_id(SOURCE, *names))
            if k is not None and k not in taken
        )
        taken.add(key)
        keys.append(key)
    return keys


def _write_services(
    drafts: Sequence[ServiceDraft],
    keys: Sequence[UUID],
    homes: Sequence[UUID],
    records: Mapping[str, SourceRecord],
    request: ImportRequest,
) -> set[UUID]:
    there = _chunked(Service.objects, "pk__in", keys)
    services = {service.pk: service for service in there}
    sources: dict[UUID, dict[str, FieldSource]] = defaultdict(dict)
    for source in _chunked(FieldSource.objects, "record_id__in", list(services)):
        sources[source.record_id][source.field] = source
    writing = Writing(request.at)
    touched: set[UUID] = set()
    for number, (one, key, home) in enumerate(zip(drafts, keys, homes, strict=True), start=1):
        record = records[one.windows[0].key]
        if key not in services:
            create(one, key, home, record, writing)
            touched.add(key)
        elif update(one, services[key], home, record, sources[key], request.at):
            touched.add(key)
        if number % _CHUNK == 0 or number == len(drafts):
            writing.save()
            writing = Writing(request.at)
            request.progress(number, len(drafts))
    return touched


def _chunked(manager: Any, lookup: str, values: Sequence[Any]) -> Iterable[Any]:
    for start in range(0, len(values), _CHUNK):
        yield from manager.filter(**{lookup: values[start : start + _CHUNK]})


def _link_records(
    drafts: Sequence[ServiceDraft],
    keys: Sequence[UUID],
    records: Mapping[str, SourceRecord],
    at: datetime,
) -> set[UUID]:
    """Tie every row to its service. A service whose last row went to another one is put away, not deleted."""
    moved, left = [], set()
    for one, key in zip(drafts, keys, strict=True):
        for window in one.windows:
            record = records[window.key]
            if record.service_id != key:
                if record.service_id is not None:
                    left.add(record.service_id)
                record.service_id = key
                moved.append(record)
    SourceRecord.objects.bulk_update(moved, ["service"], batch_size=_CHUNK)
    orphans = Service.objects.filter(pk__in=left, source_records__isnull=True).exclude(
        status=Status.ARCHIVED
    )
    merged = set()
    for service in orphans:
        service.status, service.updated_at = Status.ARCHIVED, at
        service.save(update_fields=["status", "updated_at"])
        merged.add(service.pk)
        ReviewItem.objects.create(
            kind=ReviewKind.DUPLICATE, service=service, opened_at=at,
            reason="元のデータで、ほかの窓口と一つにまとまりました。",
        )  # fmt: skip
    return merged


def _mark_gone(gone: Sequence[SourceRecord], request: ImportRequest) -> set[UUID]:
    """Rows this release no longer has: marked for a person to look at; shown with 要確認 until then."""
    at, touched = request.at, set()
    for record in gone:
        record.removed_at = at
        ReviewItem.objects.create(
            kind=ReviewKind.REMOVED, service_id=record.service_id, source_record=record, opened_at=at,
            reason="元のデータから、この行がなくなりました。窓口が続いているか確かめてください。",
        )  # fmt: skip
    SourceRecord.objects.bulk_update(gone, ["removed_at"], batch_size=_CHUNK)
    ended = {record.service_id for record in gone if record.service_id} - set(
        SourceRecord.objects.filter(
            service__in=[record.service_id for record in gone], removed_at__isnull=True
        ).values_list("service_id", flat=True)
    )
    for service in Service.objects.filter(pk__in=ended, needs_check=False):
        service.needs_check, service.updated_at = True, at
        service.save(update_fields=["needs_check", "updated_at"])
        # what the import set itself is not an edit of a person: the row may come back
        FieldSource.objects.update_or_create(
            record_id=service.pk, field="needs_check",
            defaults={"table": "service", "last_imported": True, "set_at": at, "set_by": request.by},
        )  # fmt: skip
        touched.add(service.pk)
    return touched
