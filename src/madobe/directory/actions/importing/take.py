"""The one way every release comes in: compared with the last one, written all or nothing, reported.

A source reads its files into a Release (rows) and drafts (services) and hands both over here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from uuid import UUID

from django.db import OperationalError, connection, transaction

from madobe.directory.actions.importing.organizations import organizations, renew_organizations
from madobe.directory.actions.importing.records import (
    Compared,
    compare,
    mark_gone,
    write_digests,
    write_records,
)
from madobe.directory.actions.importing.report import ImportRequest, Report
from madobe.directory.actions.importing.store import create, update
from madobe.directory.actions.importing.writing import CHUNK, Writing, chunked, fixed_id
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.choices import ReviewKind, Status
from madobe.directory.models import FieldSource, ReviewItem, Service, SourceRecord
from madobe.directory.rules.csv_file import FileRefusedError
from madobe.directory.rules.draft import ServiceDraft
from madobe.directory.rules.release import Release

ONE_AT_A_TIME = 7_283_644  # any number nobody else locks by
BUSY = "Another import is writing at the moment. Wait until it is done, then give this one again."


class ImportBusyError(FileRefusedError):
    """Another import holds the tables; nothing of this one is written."""


def take_release(
    *, release: Release, drafts: Sequence[ServiceDraft], request: ImportRequest
) -> Report:
    """This will write one release, all of it or nothing, and say what it did.

    Every key of a draft is the key of an entry of the release, and each entry stands in one draft at most.
    With `dry_run` the same numbers come out and nothing is written. Raises ImportBusyError.
    """
    with alone():
        compared = compare(release)
        report = _report(release, compared)
        if not request.dry_run:
            _write(release, drafts, compared, request)
    request.say("nothing written (dry run)" if request.dry_run else "done")
    return report


def _report(release: Release, compared: Compared) -> Report:
    added, changed = (
        sum(1 for entry in entries if entry.key not in release.doubles)
        for entries in (compared.added, compared.changed)
    )
    taken = sum(1 for entry in release.entries if entry.key not in release.doubles)
    return Report(
        source=release.source,
        release=release.name,
        rows=release.rows,
        added=added,
        changed=changed,
        unchanged=taken - added - changed + release.unchanged_elsewhere,
        removed=len(compared.gone),
        rejected=release.rejected,
        duplicates=release.duplicates,
        problems=sorted(release.problems, key=lambda one: (one.file, one.row, one.column)),
    )


@contextmanager
def alone() -> Iterator[None]:
    """One transaction, and no other import beside it: two would make the same organization twice."""
    with ExitStack() as ending:
        try:
            ending.enter_context(transaction.atomic())
        except OperationalError as error:  # SQLite: another writer did not end in time
            raise ImportBusyError(BUSY) from error
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("select pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
                if not cursor.fetchone()[0]:
                    raise ImportBusyError(BUSY)
        yield


def _write(
    release: Release, drafts: Sequence[ServiceDraft], compared: Compared, request: ImportRequest
) -> None:
    request.say(f"writing {len(compared.added)} new and {len(compared.changed)} changed rows")
    keys = _service_keys(release.source, drafts, compared.there)
    digests = {one.keys[0]: one.digest() for one in drafts}
    services = {name: key for one, key in zip(drafts, keys, strict=True) for name in one.keys}
    said = {name: (one.draft_digest, one.service_id) for name, one in compared.there.items()}
    records = write_records(release, compared, services, digests, request)
    back = {entry.key for entry in compared.changed if not records[entry.key].draft_digest}
    fresh = [
        (one, key)
        for one, key in zip(drafts, keys, strict=True)
        if said.get(one.keys[0]) != (digests[one.keys[0]], key) or one.keys[0] in back
    ]
    touched = _write_services(fresh, records, request)
    touched |= _link_records(services, records, request)
    write_digests(records, digests)
    touched |= mark_gone(compared.gone, request)
    if touched:
        request.say(f"listing {len(touched)} services")
        refresh_listing(services=touched, at=request.at)


def _service_keys(
    source: str, drafts: Sequence[ServiceDraft], there: Mapping[str, SourceRecord]
) -> list[UUID]:
    """The service of each draft: the one its rows already belong to, or a new one. No two drafts share one."""
    taken: set[UUID] = set()
    keys = []
    for one in drafts:
        names = sorted(one.keys)
        before = (there[name].service_id for name in names if name in there)
        own = [UUID(one.id)] if one.id else []
        fresh = (*own, *(fixed_id(source, name) for name in names))
        key = next(
            k
            for k in (*before, *fresh, fixed_id(source, *names))
            if k is not None and k not in taken
        )
        taken.add(key)
        keys.append(key)
    return keys


def _write_services(
    fresh: Sequence[tuple[ServiceDraft, UUID]],
    records: Mapping[str, SourceRecord],
    request: ImportRequest,
) -> set[UUID]:
    """Make or renew the services of drafts that say something new; returns those that changed."""
    drafts = [one for one, _ in fresh]
    homes = organizations(drafts, records, request.at)
    touched = _of_renamed(renew_organizations(drafts, homes, records, request.at))
    services = {one.pk: one for one in chunked(Service.objects, "pk__in", [key for _, key in fresh])}  # fmt: skip
    sources: dict[UUID, dict[str, FieldSource]] = defaultdict(dict)
    for source in chunked(FieldSource.objects, "record_id__in", list(services)):
        sources[source.record_id][source.field] = source
    writing = Writing(request.at)
    for number, ((one, key), home) in enumerate(zip(fresh, homes, strict=True), start=1):
        record = records[one.keys[0]]
        if key not in services:
            create(one, key, home, record, writing)
            touched.add(key)
        elif update(one, services[key], home, record, sources[key], request.at):
            touched.add(key)
        if number % CHUNK == 0 or number == len(fresh):
            writing.save()
            writing = Writing(request.at)
            request.progress(number, len(fresh))
    return touched


def _of_renamed(organizations_: set[UUID]) -> set[UUID]:
    """The services whose cards name these organizations."""
    found = chunked(Service.objects.only("pk"), "organization__in", list(organizations_))
    return {one.pk for one in found}


def _link_records(
    services: Mapping[str, UUID], records: Mapping[str, SourceRecord], request: ImportRequest
) -> set[UUID]:
    """Tie every row to its service. A service whose last row went to another one is put away, not deleted."""
    at = request.at
    moved, left = [], set()
    for name, key in services.items():
        record = records[name]
        if record.service_id != key:
            if record.service_id is not None:
                left.add(record.service_id)
            record.service_id = key
            moved.append(record)
    SourceRecord.objects.bulk_update(moved, ["service"], batch_size=CHUNK)
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
