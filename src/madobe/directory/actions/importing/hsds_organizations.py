"""The organizations of HSDS records: made, brought up to date but for what a person edited, or left to whoever
told of them first.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from madobe.directory.actions.importing.hsds_release import Document
from madobe.directory.actions.importing.hsds_rows import Ids, fitted
from madobe.directory.actions.importing.hsds_write import (
    Trust,
    as_text,
    keep_originals,
    standing_of,
)
from madobe.directory.choices import Registration, Sector, Standing
from madobe.directory.hsds.attributes import Attributes
from madobe.directory.hsds.compose import organization_document
from madobe.directory.hsds.formats import is_email
from madobe.directory.hsds.merge import merged
from madobe.directory.hsds.read_parts import phones_of
from madobe.directory.hsds.read_values import day, text
from madobe.directory.models import Organization, Original, Phone

CHUNK = 200


def take_organizations(
    documents: Mapping[str, Document], *, scope: str, trust: Trust, at: datetime
) -> set[UUID]:
    """This will write the organizations of a release; returns those whose facts changed.

    One that is here from another source keeps what is said of it here.
    """
    changed: set[UUID] = set()
    items = sorted(documents.items())
    for start in range(0, len(items), CHUNK):
        changed |= _take(dict(items[start : start + CHUNK]), scope, trust)
    return changed


def read_organization(document: Document) -> dict[str, Any]:
    """This will read one valid HSDS organization into columns of our table."""
    attributes = Attributes(document)
    email = text(document.get("email"))
    numbers = (
        text(one.get("identifier")) for one in document.get("organization_identifiers", ())
        if one.get("identifier_scheme") == "JP-JCN"
    )  # fmt: skip
    return {
        **{n: text(document.get(n)) for n in ("name", "alternate_name", "description", "website")},
        **{n: attributes.text(n) for n in ("name_kana", "source_name", "source_url")},
        "email": email if is_email(email) else "",
        "aliases": attributes.texts("alias"),
        "sector": next(iter(attributes.codes("sector", Sector)), Sector.PRIVATE.value),
        "registration": next(iter(attributes.codes("registration", Registration)), ""),
        "corporate_number": next((one for one in numbers if len(one) == 13 and one.isdigit()), ""),
        "lang": attributes.text("lang") or "ja",
        "last_verified_date": day(attributes.text("last_verified_date")),
        "is_invented": bool(attributes.promise("is_invented")),
    }


def _take(documents: Mapping[str, Document], scope: str, trust: Trust) -> set[UUID]:
    keys = [UUID(one) for one in documents]
    there = Organization.objects.prefetch_related("phones").in_bulk(keys)
    originals = Original.objects.filter(pk__in=keys, kind="organization").in_bulk()
    before: dict[UUID, tuple[Document, Document]] = {}
    written: list[UUID] = []
    changed: set[UUID] = set()
    for key, document in ((UUID(one), given) for one, given in documents.items()):
        home, original = there.get(key), originals.get(key)
        if home is None:
            home = Organization(
                pk=key,
                standing=standing_of(trust),
                **fitted(Organization, read_organization(document)),
            )
            home.save(force_insert=True)
            _phones(home, document)
        elif original is None or not may_take_over(original.scope, scope):
            continue
        elif json.loads(original.raw) != document:
            before[key] = _renew(home, original, document)
            changed.add(key)
        elif not (trust.name and not original.is_trusted):
            continue
        if trust.name and home.standing == Standing.UNVETTED:
            home.standing = Standing.REGISTER
            home.save(update_fields=["standing"])
            changed.add(key)
        written.append(key)
    rows = []
    for home in Organization.objects.filter(pk__in=written).prefetch_related("phones"):
        base = organization_document(home)
        if home.pk in before:
            base = merged(base, *before[home.pk], owner=home.pk)  # takes edits back out
        rows.append(
            Original(
                pk=home.pk, kind="organization", scope=scope[:200], is_trusted=bool(trust.name),
                raw=as_text(documents[str(home.pk)]), base=as_text(base),
            )
        )  # fmt: skip
    keep_originals(rows)
    return changed


def may_take_over(held: str, scope: str) -> bool:
    """Whether records of one scope may be told by another: files by files; never those of a followed address."""
    return held == scope[:200] or not (is_address(held) or is_address(scope))


def is_address(scope: str) -> bool:
    return scope.startswith(("http://", "https://"))


def _renew(home: Organization, original: Original, document: Document) -> tuple[Document, Document]:
    now, base = organization_document(home), json.loads(original.base)
    was, new = read_organization(json.loads(original.raw)), read_organization(document)
    mine, unedited = read_organization(now), read_organization(base)
    for name, value in new.items():
        if value != was[name] and mine[name] == unedited[name]:
            setattr(home, name, fitted(Organization, {name: value})[name])
    if now.get("phones") == base.get("phones"):
        home.phones.all().delete()
        _phones(home, document)
    home.save()
    return now, base


def _phones(home: Organization, document: Document) -> None:
    entries = list(phones_of(document))
    ids = Ids()
    ids.know(Phone, (UUID(one["id"]) for one in entries))
    rows: Iterable[Phone] = (
        Phone(pk=key, organization=home, position=place, **fitted(Phone, {k: v for k, v in one.items() if k != "id"}))
        for place, one in enumerate(entries)
        if (key := ids.take(Phone, one["id"], home.pk)) is not None
    )  # fmt: skip
    Phone.objects.bulk_create(rows)
