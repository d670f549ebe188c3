"""From one HSDS service to plain values of our tables: what they can hold, and nothing guessed.

The way back of `compose`: what it derives for other software (a description out of 役割 and 内容) is undone here.
What our tables have no place for stays in the record as it came (`models.Original`).
"""

from dataclasses import dataclass, field
from typing import Any

from madobe.directory import choices
from madobe.directory.hsds import read_parts
from madobe.directory.hsds.attributes import Attributes
from madobe.directory.hsds.compose import first_mail, joined_notes, joined_texts
from madobe.directory.hsds.formats import is_email
from madobe.directory.hsds.read_hours import is_prose
from madobe.directory.hsds.read_values import day, number, text

_SERVICE_TEXTS = (
    "name",
    "alternate_name",
    "url",
    "application_process",
    "fees_description",
    "alert",
)
_ATTRIBUTE_TEXTS = (
    "when_to_use", "role_text", "content_text", "first_visit", "extra_costs", "availability_note",
    "source_name", "source_url", "source_page_id",
)  # fmt: skip
_CODES = {
    "sector": choices.Sector, "registration": choices.Registration, "reservation": choices.Reservation,
    "fee": choices.Fee, "availability": choices.Availability,
}  # fmt: skip
_LISTS = {
    "methods": ("method", choices.Method), "audience": ("audience", choices.Audience),
    "functions": ("function", choices.Function),
}  # fmt: skip
_UNKNOWN = ("anonymous_ok", "family_only_ok", "camera_off_ok")
_FALSE = ("is_hikikomori_desk", "is_unevaluated", "is_invented", "needs_check")


@dataclass(frozen=True)
class Said:
    """What a record says: `fields` of the table, and `parts` that hang on it, each entry with its id."""

    fields: dict[str, Any]
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def flat(self) -> dict[str, Any]:
        """This will give fields and parts by one name each, to compare."""
        return self.fields | self.parts


def read_service(document: dict[str, Any]) -> Said:
    """This will read one valid HSDS service."""
    attributes = Attributes(document)
    fields: dict[str, Any] = {name: text(document.get(name)) for name in _SERVICE_TEXTS}
    fields |= {name: attributes.text(name) for name in _ATTRIBUTE_TEXTS}
    for name, known in _CODES.items():
        fields[name] = next(iter(attributes.codes(name, known)), "")
    fields["sector"] = fields["sector"] or choices.Sector.PRIVATE.value
    for name, (taxonomy, known) in _LISTS.items():
        fields[name] = attributes.codes(taxonomy, known)
    fields["stages"] = [
        int(key[-1]) for key, _, _ in attributes.entries if key.startswith("stage:")
    ]
    for name, plural in (
        ("notice", "notices"),
        ("alias", "aliases"),
        ("profession", "professions"),
    ):
        fields[plural] = attributes.texts(name)
    for name in _UNKNOWN:
        fields[name] = attributes.promise(name)
    for name in _FALSE:
        fields[name] = bool(attributes.promise(name))
    kind = attributes.text("apply_at_kind")
    fields["apply_at_kind"] = kind if kind in choices.Kind.values else ""
    for name in ("max_months", "capacity"):
        fields[name] = number(attributes.text(name))
    for name in ("availability_date", "source_updated_date"):
        fields[name] = day(attributes.text(name))
    fields["last_verified_date"] = day(text(document.get("assured_date")))
    fields["lang"] = attributes.text("lang") or "ja"
    if not fields["availability"] and not fields["availability_note"]:
        fields["availability_note"] = text(document.get("wait_time"))
    parts = read_parts.parts_of(document, attributes, fields["source_name"])
    fields |= _undone(document, fields, parts)
    return Said(fields, parts)


def _undone(
    document: dict[str, Any], fields: dict[str, Any], parts: dict[str, Any]
) -> dict[str, Any]:
    """What `compose` put together for others is not told twice here."""
    said, email = text(document.get("description")), text(document.get("email"))
    conditions = text(document.get("eligibility_description"))
    groups = parts["eligibilities"]
    notes = [one.get("note", "") for one in groups[0]["conditions"]] if len(groups) == 1 else []
    mail = first_mail((one["kind"], one["address"]) for one in parts["text_doors"])
    prose = [one["description"] for one in document.get("schedules", ()) if is_prose(one)]
    return {
        "description": ""
        if said == joined_texts(fields["role_text"], fields["content_text"])
        else said,
        "email": "" if email == mail or not is_email(email) else email,
        "eligibility_description": "" if conditions == joined_notes(notes) else conditions,
        "hours_prose": "\n".join(prose),
    }
