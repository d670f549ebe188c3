"""Writing HSDS records: new ones in bulk, changed ones part by part, never over what a person edited here.

What a person edited is the difference between what our tables said right after the last import (`Original.base`)
and what they say now. So an edit stays, an upstream change comes in, and where both changed a review item is made.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from madobe.directory.actions.importing.hsds_release import Document, Record
from madobe.directory.actions.importing.hsds_rows import (
    PARTS,
    Ids,
    clear,
    fitted,
    in_order_of_tables,
    rows_of,
    wanted_ids,
)
from madobe.directory.choices import Kind, ReviewKind, Standing, Status
from madobe.directory.hsds.compose import service_document
from madobe.directory.hsds.formats import moment
from madobe.directory.hsds.gather import with_everything
from madobe.directory.hsds.merge import merged
from madobe.directory.hsds.read import Said, read_service
from madobe.directory.models import Location, Original, ReviewItem, Service, SourceRecord

JAPAN = ZoneInfo("Asia/Tokyo")
WHEN_NOBODY_SAID = "説明を読んで、合いそうだと思ったとき。"


@dataclass(frozen=True)
class Trust:
    """Whether the operator vouches for a source. `name`: the register's; "" = its records wait for vetting.

    `kind`: what a record is that names no kind of ours.
    """

    name: str = ""
    kind: str = ""


class Writer:
    """Writes the services of one release, a few hundred at a time."""

    def __init__(
        self, *, scope: str, trust: Trust, kinds: Mapping[str, Sequence[str]], at: datetime
    ) -> None:
        self.scope = scope
        self.trust = trust
        self.kinds = kinds
        self.at = at
        self.touched: set[UUID] = set()
        self.unkind: list[Record] = []

    def write(self, records: Sequence[Record], sources: Mapping[str, SourceRecord]) -> None:
        """This will write these records. `sources`: their rows in the list of what came."""
        keys = [one.key for one in records]
        there = {one.pk: one for one in with_everything(Service.objects.filter(pk__in=keys))}
        originals = Original.objects.filter(pk__in=keys, kind="service").in_bulk()
        says = {one.key: self._read(one) for one in records}
        fresh = [one for one in records if one.key not in there]
        services = [self._new(one, says[one.key]) for one in fresh]
        Service.objects.bulk_create(services)
        places = self._places(says.values())
        ids = _ids_of(says.values(), places)
        self._save(
            row
            for service in services
            for name in PARTS
            for row in rows_of(name, says[service.pk].parts[name], service=service, ids=ids, places=places)
        )  # fmt: skip
        before: dict[UUID, tuple[Document, Document]] = {}
        for one in records:
            service = there.get(one.key)
            if service is not None:
                before[one.key] = self._renew(one, service, says[one.key], originals.get(one.key))
        self._keep(records, before, sources)
        self.touched.update(keys)

    def _read(self, record: Record) -> Said:
        said = read_service(record.document)
        fields, parts = said.fields, said.parts
        fields["source_name"] = fields["source_name"] or self.trust.name or self.scope[:200]
        fields["when_to_use"] = fields["when_to_use"] or WHEN_NOBODY_SAID
        if fields["last_verified_date"] is None:
            changed = moment(record.document.get("last_modified", ""))
            fields["last_verified_date"] = (changed or self.at).astimezone(JAPAN).date()
        if not parts["kinds"]:
            told = self.kinds.get(str(record.key), ()) or (self.trust.kind,)
            known = [one for one in dict.fromkeys(told) if one in Kind.values]
            parts["kinds"] = [{"kind": one, "is_main": one == known[0]} for one in known]
        for group in (*parts["eligibilities"], *parts["usage_limits"]):
            group["source_name"] = group["source_name"] or fields["source_name"]
        return said

    def _new(self, record: Record, said: Said) -> Service:
        return Service(
            pk=record.key, organization_id=UUID(record.organization), updated_at=self.at, status=self._status(record, said),
            **fitted(Service, said.fields),
        )  # fmt: skip

    def _status(self, record: Record, said: Said) -> str:
        if not self.trust.name:
            return Status.CHECKED
        if not said.parts["kinds"]:
            self.unkind.append(record)
            return Status.CHECKED
        return Status.PUBLISHED

    def _renew(
        self, record: Record, service: Service, said: Said, original: Original | None
    ) -> tuple[Document, Document]:
        """Bring one service up to date; returns what our tables said of it before, and what they would have said
        without any edit.
        """
        now = _without_home(service_document(service))
        base = json.loads(original.base) if original else now
        was = read_service(json.loads(original.raw)).flat() if original else {}
        mine, unedited = read_service(now).flat(), read_service(base).flat()
        upstream = read_service(record.document).flat()
        names = [name for name in upstream if original is None or upstream[name] != was.get(name)]
        if was.keys() and not was["kinds"] and said.parts["kinds"]:
            names.append("kinds")
        new = said.flat()
        for name in dict.fromkeys(names):
            if mine[name] != unedited[name]:
                if mine[name] != new[name]:
                    self._review(service, name, mine[name], new[name])
            elif name in PARTS:
                clear(name, service)
                places = self._places([said])
                ids = _ids_of([said], places)
                self._save(rows_of(name, said.parts[name], service=service, ids=ids, places=places))
            else:
                setattr(service, name, fitted(Service, {name: new[name]})[name])
        self._vouch(record, service, said)
        service.updated_at = self.at
        service.save()
        return now, base

    def _vouch(self, record: Record, service: Service, said: Said) -> None:
        """A record that waited is shown once the operator vouches for its source; one a person put away stays so."""
        if service.status == Status.CHECKED:
            service.status = self._status(record, said)

    def _keep(
        self, records: Sequence[Record], before: Mapping[UUID, tuple[Document, Document]],
        sources: Mapping[str, SourceRecord],
    ) -> None:  # fmt: skip
        """Remember each record as it came, beside what our tables say of it without any edit of a person."""
        written = with_everything(Service.objects.filter(pk__in=[one.key for one in records]))
        bases = {one.pk: _without_home(service_document(one)) for one in written}
        rows = []
        for one in records:
            base = bases[one.key]
            if one.key in before:
                now, unedited = before[one.key]
                base = merged(base, now, unedited, owner=one.key)  # takes edits back out
            rows.append(
                Original(
                    pk=one.key, kind="service", scope=self.scope[:200], is_trusted=bool(self.trust.name),
                    raw=one.text(), base=as_text(base), source_record=sources[str(one.key)],
                )
            )  # fmt: skip
        keep_originals(rows)

    def _places(self, says: Iterable[Said]) -> dict[UUID, bool]:
        """Locations in the tables: True where they came with records of this scope and are shared."""
        wanted = {UUID(one["location"]["id"]) for said in says for one in said.parts["places"]}
        there = Location.objects.filter(pk__in=wanted).values_list(
            "pk", "service_at_locations__service_id"
        )
        users: dict[UUID, set[UUID]] = {}
        for key, service in there:
            users.setdefault(key, set()).add(service)
        of_scope = set(
            Original.objects.filter(
                pk__in={one for found in users.values() for one in found}, kind="service", scope=self.scope[:200]
            ).values_list("pk", flat=True)
        )  # fmt: skip
        return {key: bool(found & of_scope) for key, found in users.items()}

    def _review(self, service: Service, name: str, ours: Any, theirs: Any) -> None:
        ReviewItem.objects.create(
            kind=ReviewKind.DIFFERENCE, service=service, table="service", record_id=service.pk, field=name,
            ours=json.loads(as_text(ours)), theirs=json.loads(as_text(theirs)), opened_at=self.at,
            reason="人が直したあとに、元のデータも変わりました。",
        )  # fmt: skip

    def _save(self, rows: Iterable[Any]) -> None:
        for table, made in in_order_of_tables(rows).items():
            table._default_manager.bulk_create(made, batch_size=500)


def keep_originals(rows: Sequence[Original]) -> None:
    """This will write records as they came, over those of an earlier import."""
    Original.objects.bulk_create(
        rows, batch_size=200, update_conflicts=True, unique_fields=["id"],
        update_fields=["scope", "is_trusted", "raw", "base", "source_record"],
    )  # fmt: skip


def as_text(value: Any) -> str:
    """This will write plain values as JSON, days and times as text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def standing_of(trust: Trust) -> str:
    """This will give the standing of an organization that comes from a source."""
    return Standing.REGISTER if trust.name else Standing.UNVETTED


def _without_home(document: Document) -> Document:
    return {name: value for name, value in document.items() if name != "organization"}


def _ids_of(says: Iterable[Said], places: Mapping[UUID, bool]) -> Ids:
    """Which of the ids these records came with are taken already."""
    found: dict[Any, set[UUID]] = {}
    for said in says:
        for model, key in wanted_ids(said.parts):
            if model is not Location or not places.get(key):
                found.setdefault(model, set()).add(key)
    ids = Ids()
    for model, wanted in found.items():
        ids.know(model, wanted)
    return ids
