"""What hangs on a service, as HSDS: phones, hours, areas, places, prices, languages, sections."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from madobe.directory.hsds.formats import is_email, uri_of
from madobe.directory.hsds.profile import YES, attribute, structured
from madobe.directory.hsds.values import kept, plain
from madobe.directory.models import (
    Address,
    Contact,
    CostOption,
    Location,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
)

DOOR = (
    "address",
    "label",
    "reply_note",
    "hours_rule",
    "source_name",
    "source_url",
    "verified_date",
    "needs_check",
)
ELIGIBILITY = ("valid_from", "valid_to", "source_name", "source_url", "needs_check")
LIMIT = ("target", "times", "period_note", "source_name", "needs_check")
LINK = ("title", "url", "source_date", "needs_check")
OF_SCHEDULE = (
    "season_start", "season_end", "closed_on_holidays", "year_end_start", "year_end_end", "is_irregular",
    "source_name", "needs_check",
)  # fmt: skip
EXCEPTION = ("date", "kind", "moved_to", "opens_at", "closes_at", "note", "source_name")
JAPAN_OFFSET = 9  # hours from UTC, all year
POSTAL = re.compile(r"\d{3}-\d{4}")
_HALF = str.maketrans("０１２３４５６７８９－ー―‐", "0123456789----")


def lists_of(service: Service) -> dict[str, Any]:
    """This will give every list of an HSDS service but its attributes."""
    key = service.pk
    return {
        "phones": [phone(one, "service", key) for one in service.phones.all()],
        "schedules": [*_schedules(service)],
        "service_areas": [
            {
                "id": str(one.pk),
                "service_id": str(key),
                "name": one.name,
                "extent": one.extent,
                "extent_type": one.extent_type,
            }
            for one in sorted(service.areas.all(), key=lambda one: (len(one.extent), one.extent))
        ],
        "service_at_locations": [
            at_location(one)
            for one in sorted(service.service_at_locations.all(), key=lambda one: str(one.pk))
        ],
        "languages": [
            kept(
                {
                    "id": str(one.pk),
                    "service_id": str(key),
                    "name": one.name,
                    "code": one.code,
                    "note": one.note,
                }
            )
            for one in sorted(service.languages.all(), key=lambda one: (one.code, str(one.pk)))
        ],
        "cost_options": [
            _cost(one)
            for one in sorted(service.cost_options.all(), key=lambda one: (one.option, str(one.pk)))
        ],
        "contacts": [
            _contact(one)
            for one in sorted(service.contacts.all(), key=lambda one: (one.department, str(one.pk)))
        ],
    }


def phone(one: Phone, owner: str, key: UUID) -> dict[str, Any]:
    """This will give one phone. HSDS has one extension: a range stands in the description and as an attribute."""
    words, more = one.description, []
    if one.extension_last is not None:
        words = extension_words(words, one.extension, one.extension_last)
        more.append(attribute(one.pk, "phone", "field:extension_last", str(one.extension_last)))
    if one.is_toll_free:
        more.append(attribute(one.pk, "phone", f"promise:is_toll_free:{YES}"))
    return kept({
        "id": str(one.pk), f"{owner}_id": str(key), "number": one.number, "extension": one.extension,
        "type": one.kind, "description": words, "attributes": more,
    })  # fmt: skip


def extension_words(description: str, first: int | None, last: int) -> str:
    """This will add a range of extensions to the description of a phone."""
    return f"{description}（内線 {first}〜{last}）" if description else f"内線 {first}〜{last}"


def _schedules(service: Service) -> Iterable[dict[str, Any]]:
    key = service.pk
    rows = service.schedules.all()
    for one in sorted(
        rows, key=lambda s: (s.kind, str(s.dtstart), str(s.opens_at), s.byday, str(s.pk))
    ):
        yield _schedule(one, key)
    if service.hours_prose:
        own = uuid5(key, "schedule:hours_prose")
        yield {
            "id": str(own),
            "service_id": str(key),
            "description": service.hours_prose,
            "attributes": [attribute(own, "schedule", "field:hours_prose")],
        }


def _schedule(one: Schedule, key: UUID) -> dict[str, Any]:
    more: dict[str, Any] = {name: plain(getattr(one, name)) for name in OF_SCHEDULE}
    more["exceptions"] = [
        {name: value for name in EXCEPTION if (value := plain(getattr(e, name))) not in ("", None)}
        for e in sorted(one.exceptions.all(), key=lambda e: e.date)
    ]
    said = structured(more)
    attributes = [attribute(one.pk, "schedule", f"schedule_kind:{one.kind}")]
    if said != "{}":
        attributes.append(attribute(one.pk, "schedule", "field:schedule", said))
    return kept({
        "id": str(one.pk), "service_id": str(key),
        "valid_from": plain(one.valid_from), "valid_to": plain(one.valid_to),
        "dtstart": plain(one.dtstart), "timezone": JAPAN_OFFSET, "until": plain(one.until),
        "freq": one.freq, "interval": one.interval if one.freq else None,
        "byday": one.byday, "bymonthday": one.bymonthday, "description": one.description,
        "opens_at": plain(one.opens_at), "closes_at": plain(one.closes_at), "notes": one.notes,
        "attributes": attributes,
    })  # fmt: skip


def at_location(one: ServiceAtLocation) -> dict[str, Any]:
    """This will give where a service is given, with the place itself."""
    return kept({
        "id": str(one.pk), "service_id": str(one.service_id), "location_id": str(one.location_id),
        "description": one.description, "location": location(one.location, one.service.organization_id),
    })  # fmt: skip


def location(one: Location, organization: UUID) -> dict[str, Any]:
    """This will give one place. An address whose postal code is not certain is told in `description` only."""
    key = one.pk
    addresses = list(one.addresses.all())
    certain = [a for a in addresses if is_certain(a)]
    description = one.description
    for a in addresses:
        if a not in certain:
            words = address_words(a)
            if a.address_1 not in description:
                description = "\n".join(part for part in (words, description) if part)
    return kept({
        "id": str(key), "location_type": one.location_type, "url": uri_of(one.url),
        # another operator's name is not told here: it may be one nobody has vetted
        "organization_id": str(organization) if one.organization_id == organization else "",
        "name": one.name, "alternate_name": one.alternate_name, "description": description,
        "transportation": one.transportation, "latitude": one.latitude, "longitude": one.longitude,
        "addresses": [_address(a) for a in sorted(certain, key=lambda a: str(a.pk))],
        "phones": [phone(p, "location", key) for p in one.phones.all()],
        "attributes": [
            attribute(key, "location", f"field:{name}", getattr(one, name))
            for name in ("municipality", "sensory_notes") if getattr(one, name)
        ],
    })  # fmt: skip


def is_certain(one: Address) -> bool:
    """Whether an address has all that HSDS asks of one, its postal code in the form Japan's post uses."""
    return bool(
        POSTAL.fullmatch(postal(one.postal_code))
        and one.city
        and one.state_province
        and one.address_1
    )


def postal(text: str) -> str:
    """This will write a postal code in one form ("196-8511")."""
    plain = text.translate(_HALF).strip("〒 　")
    return f"{plain[:3]}-{plain[3:]}" if re.fullmatch(r"\d{7}", plain) else plain


def address_words(one: Address) -> str:
    """This will give an address as people write it."""
    street = f"{one.state_province}{one.city}{one.region}{one.address_1}{one.address_2}"
    return " ".join(part for part in (street, one.building, one.floor, one.window) if part)


def second_line(*pieces: str) -> str:
    """This will give the second line of an address: what comes after the street."""
    return " ".join(one for one in pieces if one)


def _address(one: Address) -> dict[str, Any]:
    return kept({
        "id": str(one.pk), "location_id": str(one.location_id), "address_1": one.address_1,
        "address_2": second_line(one.address_2, one.building, one.floor, one.window),
        "city": one.city, "region": one.region, "state_province": one.state_province,
        "postal_code": postal(one.postal_code), "country": one.country, "address_type": one.address_type,
        "attributes": [
            attribute(one.pk, "address", f"field:{name}", getattr(one, name))
            for name in ("building", "floor", "window") if getattr(one, name)
        ],
    })  # fmt: skip


def _cost(one: CostOption) -> dict[str, Any]:
    amount = None if one.amount is None else float(one.amount)
    return kept({
        "id": str(one.pk), "service_id": str(one.service_id), "valid_from": plain(one.valid_from),
        "valid_to": plain(one.valid_to), "option": one.option,
        "currency": one.currency if amount is not None else "",
        "amount": int(amount) if amount is not None and amount.is_integer() else amount,
        "amount_description": one.amount_description,
        "attributes": [attribute(one.pk, "cost_option", "field:subsidy", one.subsidy)] if one.subsidy else [],
    })  # fmt: skip


def _contact(one: Contact) -> dict[str, Any]:
    return kept({
        "id": str(one.pk), "service_id": str(one.service_id), "title": one.title,
        "department": one.department, "email": one.email if is_email(one.email) else "",
    })  # fmt: skip
