"""One release of HSDS records, read and checked: services that are taken, and what stands around them."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from madobe.directory.actions.importing.hsds_files import Found
from madobe.directory.hsds import profile
from madobe.directory.hsds.check import Fault, faults_of
from madobe.directory.hsds.formats import is_uuid
from madobe.directory.rules.csv_file import Problem

Document = dict[str, Any]
NO_ORGANIZATION = "No organization of this id is in the file or in the directory."
TWICE = "This service is in the file twice, and not the same; the first one stands."


@dataclass(frozen=True)
class Record:
    """One service that can be taken: its document without its organization."""

    number: int
    file: str
    document: Document
    organization: str  # id

    @property
    def key(self) -> UUID:
        return UUID(self.document["id"])

    def text(self) -> str:
        """This will give the document in one spelling, to keep and to compare."""
        return json.dumps(self.document, ensure_ascii=False, sort_keys=False, separators=(",", ":"))


def digest_of(*parts: str) -> str:
    """This will give 64 characters that are the same for the same texts."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@dataclass
class Reading:
    """Reads records one after the other; `services` gives those to take, the rest is kept here."""

    organizations: dict[str, Document] = field(default_factory=dict)
    vocabulary: dict[str, tuple[str, Document]] = field(default_factory=dict)  # id → kind, document
    problems: list[Problem] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)  # ids that are there, though not taken
    rows: int = 0
    rejected: int = 0
    duplicates: int = 0
    _seen: dict[str, tuple[str, str, int]] = field(default_factory=dict)  # id → digest, file, pass

    def services(self, found: Iterable[Found]) -> Iterator[Record]:
        """This will give every service that is valid, each once."""
        for one in found:
            if one.fault or not one.kind:
                self._reject(
                    one, "/", "", one.fault or "This is no HSDS service, organization or taxonomy."
                )
            elif one.kind in ("taxonomy", "taxonomy_term"):
                self._keep_term(one)
            elif one.kind == "organization":
                yield from self._of_organization(one)
            elif one.kind == "service_at_location":
                yield from self._of_location(one)
            else:
                yield from self._service(one, one.document, "")

    def _service(self, one: Found, document: Any, pointer: str, home: str = "") -> Iterator[Record]:
        faults = list(faults_of(document, "service", pointer=pointer)) or list(_halves(document))
        if faults:
            self.rows += 1
            self.rejected += 1
            if isinstance(document, dict) and is_uuid(str(document.get("id"))):
                self.refused.add(str(document["id"]).lower())
            self.problems += [
                Problem(one.number, fault.pointer, fault.value, fault.reason, one.file)
                for fault in faults
            ]
            return
        own = profile.closed({k: v for k, v in document.items() if k != "organization"})
        inside = document.get("organization")
        if inside:
            self._keep_organization(inside)
        organization = (inside or {}).get("id") or document.get("organization_id") or home
        record = Record(one.number, one.file, own, organization.lower())
        key = document["id"].lower()
        digest = digest_of(record.text())
        before = self._seen.get(key)
        if before is None:
            self.rows += 1
            self._seen[key] = (digest, one.file, one.number)
            yield record
        elif before[0] != digest and before[1] == one.file:
            self.rows += 1
            self.duplicates += 1
            self.problems.append(
                Problem(one.number, f"{pointer}/id", document["id"], TWICE, one.file)
            )

    def _of_organization(self, one: Found) -> Iterator[Record]:
        document = one.document
        inside = document.get("services", []) if isinstance(document, dict) else []
        own = (
            {k: v for k, v in document.items() if k != "services"}
            if isinstance(document, dict)
            else document
        )
        faults = list(faults_of(own, "organization")) or list(_halves(own))
        self.problems += [
            Problem(one.number, fault.pointer, fault.value, fault.reason, one.file)
            for fault in faults
        ]
        if faults:
            self.rows += len(inside) if isinstance(inside, list) else 0
            self.rejected += len(inside) if isinstance(inside, list) else 0
            return
        self._keep_organization(own)
        if not isinstance(inside, list):
            self._reject(one, "/services", str(inside)[:60], "This is not a list.")
            return
        for place, service in enumerate(inside):
            # {"id": …} alone names a service that is told elsewhere
            if not isinstance(service, dict) or service.keys() - {"id"}:
                yield from self._service(one, service, f"/services/{place}", own["id"])

    def _of_location(self, one: Found) -> Iterator[Record]:
        document = one.document
        service = document.get("service") if isinstance(document, dict) else None
        if not isinstance(service, dict):
            return  # it names a service that is told elsewhere
        if str(service.get("id", "")).lower() in self._seen:
            return
        own = {name: value for name, value in document.items() if name != "service"}
        yield from self._service(one, service | {"service_at_locations": [own]}, "/service")

    def _keep_organization(self, document: Document) -> None:
        """The fullest of several tellings stands."""
        key = document["id"].lower()
        own = profile.closed({k: v for k, v in document.items() if k != "services"})
        if len(own) > len(self.organizations.get(key, ())):
            self.organizations[key] = own

    def _keep_term(self, one: Found) -> None:
        faults = list(faults_of(one.document, one.kind)) or list(_halves(one.document))
        self.problems += [
            Problem(one.number, fault.pointer, fault.value, fault.reason, one.file)
            for fault in faults
        ]
        if not faults and not _is_ours(one.document["id"]):
            self.vocabulary.setdefault(one.document["id"].lower(), (one.kind, one.document))

    def _reject(self, one: Found, column: str, value: str, reason: str) -> None:
        self.rows += 1
        self.rejected += 1
        self.problems.append(Problem(one.number, column, value, reason, one.file))


def _is_ours(key: str) -> bool:
    return bool(profile.key_of(key)) or key.lower() in {
        str(profile.taxonomy_id(c)) for c in profile.taxonomies()
    }


def _halves(document: Any) -> Iterator[Fault]:
    """Half a character is in no file that can be written again."""
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        yield Fault(
            "/", repr(error.object[error.start : error.end]), "This holds half a character."
        )
