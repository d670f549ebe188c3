"""What hangs on an HSDS service, as entries of our tables: each with its id, and only what is certain."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from madobe.directory import choices
from madobe.directory.hsds.attributes import Attributes
from madobe.directory.hsds.compose_parts import extension_words, second_line
from madobe.directory.hsds.formats import is_email, is_uri
from madobe.directory.hsds.merge import own_id
from madobe.directory.hsds.read_hours import schedules_of
from madobe.directory.hsds.read_values import day, degrees, inside, money, number, text
from madobe.directory.municipalities import by_code, prefecture_name

Entry = dict[str, Any]
_EXTENTS = {6: "municipality", 2: "prefecture"}
_VOICE = ("", "voice", "cell", "mobile", "landline")


def parts_of(document: Entry, attributes: Attributes, source: str) -> dict[str, list[Entry]]:
    """This will read all parts. `source`: whose word an age limit without one of its own is."""
    return {
        "kinds": list(_kinds(attributes)),
        "areas": list(_areas(document)),
        "phones": list(phones_of(document)),
        "text_doors": list(_doors(attributes)),
        "contacts": list(_contacts(document)),
        "links": list(_links(attributes)),
        "usage_limits": list(_limits(attributes, source)),
        "cost_options": list(_costs(document)),
        "languages": [
            {
                "id": one["id"],
                "code": text(one.get("code")),
                "name": text(one.get("name")),
                "note": text(one.get("note")),
            }
            for one in document.get("languages", ())
        ],
        "schedules": list(schedules_of(document)),
        "eligibilities": list(_eligibilities(document, attributes, source)),
        "places": list(_places(document)),
    }


def phones_of(owner: Entry) -> Iterable[Entry]:
    """This will read the phones of a service, an organization or a place; what cannot be called is left out."""
    for one in owner.get("phones", ()):
        digits, kind = text(one.get("number")), text(one.get("type")).lower()
        if not digits or len(digits) > 20 or kind not in (*_VOICE, "fax"):
            continue
        attributes = Attributes(one)
        last, words = number(attributes.text("extension_last")), text(one.get("description"))
        first = number(one.get("extension"))
        if last is not None and first is not None and last > first:
            words = words.removesuffix(extension_words("", first, last)).removesuffix(
                f"（{extension_words('', first, last)}）"
            )
        else:
            last = None
        yield {
            "id": one["id"], "number": digits, "extension": first, "extension_last": last,
            "kind": "fax" if kind == "fax" else "voice", "description": words,
            "is_toll_free": bool(attributes.promise("is_toll_free")),
        }  # fmt: skip


def _kinds(attributes: Attributes) -> Iterable[Entry]:
    found = [(key[5:], value) for key, value, _ in attributes.entries if key.startswith("kind:")]
    main = next((kind for kind, value in found if value == "main"), found[0][0] if found else "")
    for kind in sorted({kind for kind, _ in found}, key=lambda kind: (kind != main, kind)):
        yield {"kind": kind, "is_main": kind == main}


def _areas(document: Entry) -> Iterable[Entry]:
    seen = set()
    for one in document.get("service_areas", ()):
        extent, kind = text(one.get("extent")), text(one.get("extent_type"))
        if extent in seen:
            continue
        seen.add(extent)
        if extent == choices.NATION and kind == "nation":
            yield {"id": one["id"], "extent": extent, "extent_type": kind, "name": "全国"}
        elif kind and kind == _EXTENTS.get(len(extent)) and extent.isascii() and extent.isdigit():
            name = _area_name(extent)
            if name:
                yield {
                    "id": one["id"],
                    "extent": extent,
                    "extent_type": kind,
                    "name": text(one.get("name")) or name,
                }


def _area_name(extent: str) -> str:
    try:
        if len(extent) == 2:
            return prefecture_name(extent)
        found = by_code(extent)
    except (KeyError, ValueError):
        return ""
    return found.name if found else ""


def _doors(attributes: Attributes) -> Iterable[Entry]:
    for key, value, own in attributes.entries:
        if not key.startswith("door:"):
            continue
        said = inside(value)
        address, unsure = text(said.get("address")), said.get("needs_check") is True
        if address or key == "door:counter_memo" or unsure:
            yield {
                "id": own, "kind": key[5:], "address": address, "needs_check": unsure,
                **{n: text(said.get(n)) for n in ("label", "reply_note", "hours_rule", "source_name", "source_url")},
                "verified_date": day(said.get("verified_date")),
            }  # fmt: skip


def _contacts(document: Entry) -> Iterable[Entry]:
    for one in document.get("contacts", ()):
        section, email = text(one.get("department")), text(one.get("email"))
        if section:  # a person's name is not taken over
            yield {
                "id": one["id"], "department": section, "title": text(one.get("title")),
                "email": email if is_email(email) else "",
            }  # fmt: skip


def _links(attributes: Attributes) -> Iterable[Entry]:
    for key, value, own in attributes.entries:
        if key.startswith("link:"):
            said = inside(value)
            url = text(said.get("url"))
            if text(said.get("title")):
                yield {
                    "id": own, "kind": key[5:], "title": text(said["title"]), "url": url if is_uri(url) else "",
                    "source_date": day(said.get("source_date")), "needs_check": said.get("needs_check") is True,
                }  # fmt: skip


def _limits(attributes: Attributes, source: str) -> Iterable[Entry]:
    seen = set()
    for key, value, own in attributes.entries:
        said = inside(value) if key == "field:usage_limit" else {}
        target, times = said.get("target"), number(said.get("times"))
        if target in ("family", "person") and times and target not in seen:
            seen.add(target)
            yield {
                "id": own, "target": target, "times": times, "period_note": text(said.get("period_note")),
                "source_name": text(said.get("source_name")) or source, "needs_check": said.get("needs_check") is True,
            }  # fmt: skip


def _costs(document: Entry) -> Iterable[Entry]:
    for one in document.get("cost_options", ()):
        currency = text(one.get("currency")).upper()
        amount = money(one.get("amount")) if len(currency) == 3 else None
        yield {
            "id": one["id"], "option": text(one.get("option")), "amount": amount,
            "currency": currency if len(currency) == 3 else "JPY",
            "amount_description": text(one.get("amount_description")), "subsidy": Attributes(one).text("subsidy"),
            "valid_from": day(one.get("valid_from")), "valid_to": day(one.get("valid_to")),
        }  # fmt: skip


def _eligibilities(document: Entry, attributes: Attributes, source: str) -> Iterable[Entry]:
    groups = [(value, own) for key, value, own in attributes.entries if key == "field:eligibility"]
    for value, own in groups:
        said = inside(value)
        first, last = day(said.get("valid_from")), day(said.get("valid_to"))
        if first and last and last < first:
            continue
        conditions = said.get("conditions")
        yield {
            "id": own, "valid_from": first, "valid_to": last,
            "source_name": text(said.get("source_name")) or source, "source_url": text(said.get("source_url")),
            "needs_check": said.get("needs_check") is True,
            "conditions": list(_conditions(conditions if isinstance(conditions, list) else [])),
        }  # fmt: skip
    ages = [
        {"kind": kind, "number": age, "values": [], "note": ""}
        for name, kind in (("minimum_age", "age_min"), ("maximum_age", "age_max"))
        if (age := number(document.get(name))) is not None
    ]
    if ages and not groups:
        own = str(own_id(UUID(document["id"]), "ages"))
        yield {
            "id": own, "valid_from": None, "valid_to": None, "source_name": source, "source_url": "",
            "needs_check": False, "conditions": ages,
        }  # fmt: skip


def _conditions(found: list[Any]) -> Iterable[Entry]:
    for one in found:
        kind = one.get("kind") if isinstance(one, dict) else None
        if kind not in choices.ConditionKind.values:
            continue
        age, values = number(one.get("number")), one.get("values")
        if age is None and kind in ("age_min", "age_max", "months_withdrawn_min"):
            continue
        yield {
            "kind": kind, "number": age, "note": text(one.get("note")),
            "values": [text(v) for v in values if text(v)] if isinstance(values, list) else [],
        }  # fmt: skip


def _places(document: Entry) -> Iterable[Entry]:
    seen = set()
    for one in document.get("service_at_locations", ()):
        there = one.get("location")
        if not there or there["id"] in seen:
            continue
        seen.add(there["id"])
        attributes = Attributes(there)
        yield {
            "id": one["id"], "description": text(one.get("description")),
            "location": {
                "id": there["id"], "location_type": there["location_type"],
                **{n: text(there.get(n)) for n in ("name", "alternate_name", "description", "transportation", "url")},
                "latitude": degrees(there.get("latitude"), 90), "longitude": degrees(there.get("longitude"), 180),
                "municipality": attributes.text("municipality") if _area_name(attributes.text("municipality")) else "",
                "sensory_notes": attributes.text("sensory_notes"),
            },
            "addresses": list(_addresses(there)), "phones": list(phones_of(there)),
        }  # fmt: skip


def _addresses(there: Entry) -> Iterable[Entry]:
    for one in there.get("addresses", ()):
        if not text(one.get("address_1")):
            continue
        attributes = Attributes(one)
        rest = {n: attributes.text(n) for n in ("building", "floor", "window")}
        line = text(one.get("address_2"))
        tail = second_line(*rest.values())
        yield {
            "id": one["id"], "postal_code": text(one["postal_code"]), "address_2": line.removesuffix(tail).strip(),
            **{n: text(one.get(n)) for n in ("state_province", "city", "region", "address_1", "country", "address_type")},
            **rest,
        }  # fmt: skip
