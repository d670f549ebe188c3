"""`madobe import hsds`: records of another directory, all or nothing.

A record is one service; key = its id; the scope is the file's or the folder's name, or the source's, where the
operator vouches for one. Without that nothing of it is shown before somebody vetted it here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar
from uuid import UUID

from madobe.directory.actions.importing.hsds_files import Found, files_of, records_of
from madobe.directory.actions.importing.hsds_organizations import may_take_over, take_organizations
from madobe.directory.actions.importing.hsds_release import (
    NO_ORGANIZATION,
    Reading,
    Record,
    digest_of,
)
from madobe.directory.actions.importing.hsds_write import Trust, Writer, as_text, keep_originals
from madobe.directory.actions.importing.records import Compared, compare, mark_gone, write_records
from madobe.directory.actions.importing.report import ImportRequest, Report
from madobe.directory.actions.importing.take import alone
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.models import Organization, Original, Service, SourceRecord
from madobe.directory.rules.csv_file import Problem
from madobe.directory.rules.release import Entry, Release

SOURCE = "hsds"
CHUNK = 200
NO_KIND = "It names no kind of service of ours, so nobody sees it yet. Give --kind, or choose one on its page."
ELSEWHERE = "This service is here already from another source, which stands."
T = TypeVar("T")


def import_hsds(*, request: ImportRequest) -> Report:
    """This will take HSDS JSON in and say what it did. Raises FileRefusedError, then nothing is written."""
    paths = files_of(request.files)
    name = ", ".join(one.name for one in request.files)[:100]
    trust = Trust(request.trust_source, request.kind)
    taking = Taking(scope=trust.name or name, name=name, trust=trust, request=request)
    return taking.take(lambda: (one for path in paths for one in records_of(path)), is_whole=True)


class Taking:
    """Takes records of one scope in. They are read twice: to compare, then to write what differs."""

    def __init__(
        self, *, scope: str, name: str, trust: Trust, request: ImportRequest,
        kinds: Mapping[str, Sequence[str]] | None = None,
    ) -> None:  # fmt: skip
        self.scope = scope
        self.name = name
        self.trust = trust
        self.request = request
        self.kinds = kinds or {}  # of records that name none themselves, by id
        self.touched: set[UUID] = set()

    def take(self, read: Callable[[], Iterable[Found]], *, is_whole: bool) -> Report:
        """This will compare, write (unless it is a dry run) and report. `is_whole`: what is missing is gone."""
        reading = Reading()
        entries: list[Entry] = []
        homes: dict[str, str] = {}
        for one in reading.services(read()):
            entries.append(self._entry(one))
            homes[str(one.key)] = one.organization
        with alone():
            refused = self._refused(entries, homes, reading)
            taken = [one for one in entries if one.key not in refused]
            reading.refused |= refused
            compared = compare(self._release(reading, taken, is_whole))
            report = self._report(reading, taken, compared)
            if not self.request.dry_run:
                self._write(read, reading, taken, compared, report, is_whole)
        self.request.say("nothing written (dry run)" if self.request.dry_run else "done")
        return report

    def _entry(self, record: Record) -> Entry:
        digest = digest_of(
            record.text(),
            record.organization,
            self.trust.name,
            self.trust.kind,
            *self.kinds.get(str(record.key), ()),
        )
        return Entry(
            str(record.key),
            self._short_scope(),
            record.number,
            {"digest": digest, "file": record.file},
        )

    def _short_scope(self) -> str:
        return self.scope if len(self.scope) <= 60 else digest_of(self.scope)[:60]

    def _refused(
        self, entries: Sequence[Entry], homes: Mapping[str, str], reading: Reading
    ) -> set[str]:
        """What stands here from another source, and what has no organization."""
        refused = set()
        keys = [UUID(one.key) for one in entries]
        held: dict[UUID, str | None] = {}
        for chunk in pieces(keys, 500):
            held |= dict.fromkeys(Service.objects.filter(pk__in=chunk).values_list("pk", flat=True))
            held |= dict(
                Original.objects.filter(pk__in=chunk, kind="service").values_list("pk", "scope")
            )
        wanted = {homes[one.key] for one in entries} - set(reading.organizations) - {""}
        known = set()
        for names in pieces(sorted(wanted), 500):
            known |= {
                str(key)
                for key in Organization.objects.filter(pk__in=names).values_list("pk", flat=True)
            }
        for one in entries:
            key = UUID(one.key)
            file = one.cells["file"]
            if key in held and (held[key] is None or not may_take_over(str(held[key]), self.scope)):
                refused.add(one.key)
                reading.duplicates += 1
                reading.problems.append(Problem(one.number, "/id", one.key, ELSEWHERE, file))
            elif homes[one.key] not in reading.organizations and homes[one.key] not in known:
                refused.add(one.key)
                reading.rejected += 1
                reading.problems.append(
                    Problem(one.number, "/organization", homes[one.key], NO_ORGANIZATION, file)
                )
        return refused

    def _release(self, reading: Reading, entries: Sequence[Entry], is_whole: bool) -> Release:
        return Release(
            source=SOURCE, name=self.name, rows=reading.rows, entries=entries,
            scopes=frozenset({self._short_scope()}) if is_whole else frozenset(),
            refused_keys=frozenset(reading.refused), rejected=reading.rejected,
            duplicates=reading.duplicates, problems=reading.problems,
        )  # fmt: skip

    def _report(self, reading: Reading, entries: Sequence[Entry], compared: Compared) -> Report:
        added, changed = len(compared.added), len(compared.changed)
        return Report(
            source=SOURCE, release=self.name, rows=reading.rows, added=added, changed=changed,
            unchanged=len(entries) - added - changed, removed=len(compared.gone), rejected=reading.rejected,
            duplicates=reading.duplicates,
            problems=sorted(reading.problems, key=lambda one: (one.file, one.row, one.column)),
        )  # fmt: skip

    def _write(
        self, read: Callable[[], Iterable[Found]], reading: Reading, entries: Sequence[Entry], compared: Compared,
        report: Report, is_whole: bool,
    ) -> None:  # fmt: skip
        request = self.request
        request.say(f"writing {report.added} new and {report.changed} changed records")
        sources = write_records(
            self._release(reading, entries, is_whole), compared, {}, {}, request
        )
        changed = take_organizations(
            reading.organizations, scope=self.scope, trust=self.trust, at=request.at
        )
        wanted = {one.key for one in (*compared.added, *compared.changed)}
        writer = Writer(scope=self.scope, trust=self.trust, kinds=self.kinds, at=request.at)
        done = 0
        again = Reading()
        for chunk in pieces(
            (one for one in again.services(read()) if str(one.key) in wanted), CHUNK
        ):
            writer.write(chunk, sources)
            done += len(chunk)
            request.progress(done, len(wanted))
        _link(sources, wanted)
        self._keep_words(reading)
        report.problems += [
            Problem(one.number, "/attributes", "", NO_KIND, one.file) for one in writer.unkind
        ]
        of_homes = Service.objects.filter(organization__in=changed).values_list("pk", flat=True)
        self.touched = writer.touched | set(of_homes) | mark_gone(compared.gone, request)
        if self.touched:
            request.say(f"listing {len(self.touched)} services")
            refresh_listing(services=self.touched, at=request.at)

    def _keep_words(self, reading: Reading) -> None:
        """Taxonomies and terms of others, told on where their source is trusted."""
        keys = list(reading.vocabulary)
        held = {
            key for chunk in pieces(keys, 500)
            for key, scope in Original.objects.filter(pk__in=chunk).values_list("pk", "scope")
            if not may_take_over(scope, self.scope)
        }  # fmt: skip
        keep_originals(
            [
                Original(
                    pk=UUID(key), kind=kind, scope=self.scope[:200], is_trusted=bool(self.trust.name),
                    raw=as_text(document), base="",
                )
                for key, (kind, document) in reading.vocabulary.items()
                if UUID(key) not in held
            ]
        )  # fmt: skip


def pieces(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """This will give items a list of so many at a time."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def _link(sources: Mapping[str, SourceRecord], keys: Iterable[str]) -> None:
    """Tie every row as it came to its service."""
    rows = [sources[key] for key in keys]
    for one in rows:
        one.service_id = UUID(one.key)
    SourceRecord.objects.bulk_update(rows, ["service"], batch_size=CHUNK)
