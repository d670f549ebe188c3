"""From our tables to one HSDS service: read only what was fetched with it, invent nothing, ask no clock."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.utils import translation

from madobe.directory.choices import Availability, Status
from madobe.directory.hsds import compose_parts as parts
from madobe.directory.hsds.formats import is_email, uri_of
from madobe.directory.hsds.profile import NO, PROMISES, YES, attribute, structured
from madobe.directory.hsds.values import kept, plain
from madobe.directory.models import Eligibility, Organization, Service

_TEXTS = (
    "when_to_use", "role_text", "content_text", "first_visit", "apply_at_kind", "extra_costs",
    "availability_note", "source_name", "source_url", "source_page_id",
)  # fmt: skip
_OTHERS = ("max_months", "capacity", "availability_date", "source_updated_date")
_CODES = ("sector", "registration", "reservation", "fee", "availability")
_LISTS = {"methods": "method", "audience": "audience", "functions": "function", "stages": "stage"}
_OF_SERVICE = ("anonymous_ok", "family_only_ok", "camera_off_ok")
_WHEN_TRUE = ("is_hikikomori_desk", "is_unevaluated", "is_invented")


def service_document(service: Service) -> dict[str, Any]:
    """This will give one service, fully nested with its organization. What is not known is not there."""
    with translation.override("ja"):
        document = _plain(service)
        document |= parts.lists_of(service)
        document["organization"] = organization_document(service.organization)
        document["attributes"] = list(_attributes(service))
    return kept(document)


def organization_document(organization: Organization) -> dict[str, Any]:
    """This will give one organization without its services."""
    key = organization.pk
    document: dict[str, Any] = {
        "id": str(key),
        "name": organization.name,
        "alternate_name": organization.alternate_name,
        "description": organization.description,
        "email": organization.email if is_email(organization.email) else "",
        "website": uri_of(organization.website),
        "phones": [parts.phone(one, "organization", key) for one in organization.phones.all()],
    }
    if organization.corporate_number:
        document["organization_identifiers"] = [
            {
                "id": str(uuid5(key, "identifier:corporate_number")),
                "organization_id": str(key),
                "identifier_scheme": "JP-JCN",
                "identifier_type": "法人番号",
                "identifier": organization.corporate_number,
            }
        ]
    document["attributes"] = [
        *_texts(
            organization,
            "organization",
            ("name_kana", "source_name", "source_url", "last_verified_date"),
        ),
        *_many(key, "organization", "field:alias", organization.aliases),
        *_codes(organization, "organization", ("sector", "registration", "standing")),
        *_language(key, "organization", organization.lang),
        *([_promise(key, "organization", "is_invented", True)] if organization.is_invented else []),
    ]
    # the schema asks for a description, even where nobody wrote one
    return {"id": "", "name": "", "description": "", **kept(document)}


def joined_texts(role: str, content: str) -> str:
    """This will give the description other software shows, where ours stands in 役割 and 内容."""
    return "\n\n".join(one for one in (role, content) if one)


def joined_notes(notes: Iterable[str]) -> str:
    """This will give the conditions as one text, where nobody wrote one."""
    return "\n".join(one for one in notes if one)


def wait_words(availability: str, note: str, said: date | None) -> str:
    """This will say in words whether there is room, and the day this was said."""
    if not availability:
        return note
    words = (
        f"{Availability(availability).label}。{note}"
        if note
        else str(Availability(availability).label)
    )
    return f"{words}（{said.isoformat()}）" if said else words


def first_mail(addresses: Iterable[tuple[str, str]]) -> str:
    """This will give the first mailbox among text doors (kind, address)."""
    return next((a for kind, a in addresses if kind == "mail" and is_email(a)), "")


def _plain(service: Service) -> dict[str, Any]:
    groups = list(service.eligibilities.all())
    notes = [one.note for group in groups[:1] for one in group.conditions.all()]
    doors = [(one.kind, one.address) for one in service.text_doors.all()]
    return {
        "id": str(service.pk),
        "organization_id": str(service.organization_id),
        "name": service.name,
        "alternate_name": service.alternate_name,
        "description": service.description or joined_texts(service.role_text, service.content_text),
        "url": uri_of(service.url),
        "email": service.email if is_email(service.email) else first_mail(doors),
        "status": "active",
        "application_process": service.application_process,
        "fees_description": service.fees_description,
        "wait_time": wait_words(
            service.availability, service.availability_note, service.availability_date
        ),
        "eligibility_description": service.eligibility_description
        or (joined_notes(notes) if len(groups) == 1 else ""),
        "minimum_age": _age(groups, "age_min"),
        "maximum_age": _age(groups, "age_max"),
        "assured_date": _iso(service.last_verified_date),
        "alert": service.alert,
    }


def _age(groups: list[Eligibility], kind: str) -> int | None:
    """An age only where it holds on every day: a document does not change with the date."""
    ages = {
        next((one.number for one in group.conditions.all() if one.kind == kind), None)
        for group in groups
    }
    return ages.pop() if len(ages) == 1 else None


def _attributes(service: Service) -> Iterable[dict[str, Any]]:
    key = service.pk
    kinds = sorted(service.kinds.all(), key=lambda one: (not one.is_main, one.kind))
    for one in kinds:
        yield attribute(key, "service", f"kind:{one.kind}", "main" if one.is_main else "")
    yield from _texts(service, "service", (*_TEXTS, *_OTHERS))
    yield from _many(key, "service", "field:notice", service.notices)
    yield from _many(key, "service", "field:alias", service.aliases)
    yield from _many(key, "service", "field:profession", service.professions)
    yield from _codes(service, "service", _CODES)
    for name, taxonomy in _LISTS.items():
        for code in dict.fromkeys(getattr(service, name)):
            yield attribute(key, "service", f"{taxonomy}:{code}")
    for name in _OF_SERVICE:
        if getattr(service, name) is not None:
            yield _promise(key, "service", name, getattr(service, name))
    for name in _WHEN_TRUE:
        if getattr(service, name):
            yield _promise(key, "service", name, True)
    if service.needs_check or service.status == Status.STALE:
        yield _promise(key, "service", "needs_check", True)
    yield from _language(key, "service", service.lang)
    yield from _structured(service)


def _structured(service: Service) -> Iterable[dict[str, Any]]:
    key = service.pk
    for number, door in enumerate(service.text_doors.all()):
        value = structured({name: plain(getattr(door, name)) for name in parts.DOOR})
        yield attribute(key, "service", f"door:{door.kind}", value, number=number)
    for group in sorted(
        service.eligibilities.all(), key=lambda one: (_iso(one.valid_from), str(one.pk))
    ):
        value = structured({
            **{name: plain(getattr(group, name)) for name in parts.ELIGIBILITY},
            "conditions": [
                {
                    "kind": one.kind,
                    **({"number": one.number} if one.number is not None else {}),
                    **({"values": one.values} if one.values else {}),
                    **({"note": one.note} if one.note else {}),
                }
                for one in group.conditions.all()
            ],
        })  # fmt: skip
        yield {**attribute(key, "service", "field:eligibility", value), "id": str(group.pk)}
    for limit in sorted(service.usage_limits.all(), key=lambda one: one.target):
        value = structured({name: plain(getattr(limit, name)) for name in parts.LIMIT})
        yield {**attribute(key, "service", "field:usage_limit", value), "id": str(limit.pk)}
    for link in sorted(
        service.links.all(), key=lambda one: (one.kind, one.title, one.url, str(one.pk))
    ):
        value = structured({name: plain(getattr(link, name)) for name in parts.LINK})
        yield {**attribute(key, "service", f"link:{link.kind}", value), "id": str(link.pk)}


def _texts(record: Any, entity: str, names: Iterable[str]) -> Iterable[dict[str, Any]]:
    for name in names:
        value = getattr(record, name)
        if value not in ("", None):
            yield attribute(record.pk, entity, f"field:{name}", str(plain(value)))


def _codes(record: Any, entity: str, names: Iterable[str]) -> Iterable[dict[str, Any]]:
    for name in names:
        if getattr(record, name):
            yield attribute(record.pk, entity, f"{name}:{getattr(record, name)}")


def _many(key: UUID, entity: str, term: str, values: Iterable[str]) -> Iterable[dict[str, Any]]:
    for number, value in enumerate(values):
        yield attribute(key, entity, term, str(value), number=number)


def _language(key: UUID, entity: str, lang: str) -> Iterable[dict[str, Any]]:
    if lang and lang != "ja":
        yield attribute(key, entity, "field:lang", lang)


def _promise(key: UUID, entity: str, name: str, value: bool) -> dict[str, Any]:
    assert name in PROMISES
    return attribute(key, entity, f"promise:{name}:{YES if value else NO}")


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
