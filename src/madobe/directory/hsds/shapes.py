"""The objects of HSDS 3.0: their fields and what each may hold. One table for reading, checking and OpenAPI.

A line is `field:type`, `!` = required. Types: text, uuid, uri, email, datetime, number, a choice `a|b`,
`[other]` = list of another object, `{other}` = one other object.
"""

from dataclasses import dataclass
from types import MappingProxyType

_BOTH = "attributes:[attribute] metadata:[metadata]"
_WEEKDAYS = "MO|TU|WE|TH|FR|SA|SU"
_PLACES = "physical|postal|virtual"
_LINES = {
    "metadata": "id:uuid! resource_id:uuid resource_type:text last_action_date:text! last_action_type:text!"
    " field_name:text! previous_value:text! replacement_value:text! updated_by:text!",
    "taxonomy": "id:uuid! name:text! description:text! uri:uri version:text metadata:[metadata]",
    "taxonomy_term": "id:uuid! code:text name:text! description:text! parent_id:uuid taxonomy:text"
    " taxonomy_detail:{taxonomy} language:text taxonomy_id:uuid term_uri:uri metadata:[metadata]",
    "attribute": "id:uuid! link_id:uuid taxonomy_term_id:uuid link_type:text link_entity:text value:text"
    " taxonomy_term:{taxonomy_term} metadata:[metadata]",
    "language": "id:uuid! service_id:uuid location_id:uuid phone_id:uuid name:text code:text note:text " + _BOTH,
    "phone": "id:uuid! location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid"
    " service_at_location_id:uuid number:text! extension:number type:text description:text"
    " languages:[language] " + _BOTH,
    "contact": "id:uuid! organization_id:uuid service_id:uuid service_at_location_id:uuid location_id:uuid"
    " name:text title:text department:text email:email phones:[phone] " + _BOTH,
    "schedule": "id:uuid! service_id:uuid location_id:uuid service_at_location_id:uuid valid_from:text"
    " valid_to:text dtstart:text timezone:number until:text count:number"
    f" wkst:{_WEEKDAYS} freq:WEEKLY|MONTHLY interval:number byday:text byweekno:text bymonthday:text"
    " byyearday:text description:text opens_at:text closes_at:text schedule_link:uri attending_type:text"
    " notes:text " + _BOTH,
    "accessibility": "id:uuid! location_id:uuid description:text details:text url:uri " + _BOTH,
    "address": "id:uuid! location_id:uuid attention:text address_1:text! address_2:text city:text! region:text"
    f" state_province:text! postal_code:text! country:text! address_type:{_PLACES}! " + _BOTH,
    "location": f"id:uuid! location_type:{_PLACES}! url:uri organization_id:uuid name:text alternate_name:text"
    " description:text transportation:text latitude:number longitude:number external_identifier:text"
    " external_identifier_type:text languages:[language] addresses:[address] contacts:[contact]"
    " accessibility:[accessibility] phones:[phone] schedules:[schedule] " + _BOTH,
    "service_area": "id:uuid! service_id:uuid name:text description:text extent:text extent_type:text uri:text "
    + _BOTH,
    "service_at_location": "id:uuid! service_id:uuid location_id:uuid description:text contacts:[contact]"
    " phones:[phone] schedules:[schedule] location:{location} service:{service} " + _BOTH,
    "funding": "id:uuid! organization_id:uuid service_id:uuid source:text " + _BOTH,
    "program": "id:uuid! organization_id:uuid name:text! alternate_name:text description:text! " + _BOTH,
    "cost_option": "id:uuid! service_id:uuid valid_from:text valid_to:text option:text currency:text"
    " amount:number amount_description:text " + _BOTH,
    "required_document": "id:uuid! service_id:uuid document:text uri:uri " + _BOTH,
    "organization_identifier": "id:uuid! organization_id:uuid identifier_scheme:text identifier_type:text!"
    " identifier:text! " + _BOTH,
    "organization": "id:uuid! name:text! alternate_name:text description:text! email:email website:uri"
    " tax_status:text tax_id:text year_incorporated:number legal_status:text logo:text uri:uri"
    " parent_organization_id:uuid funding:[funding] contacts:[contact] phones:[phone] locations:[location]"
    " programs:[program] organization_identifiers:[organization_identifier] services:[service] " + _BOTH,
    "service": "id:uuid! organization_id:uuid program_id:uuid name:text! alternate_name:text description:text"
    " url:uri email:email status:active|inactive|defunct|temporarily_closed!"
    " interpretation_services:text application_process:text fees_description:text wait_time:text fees:text"
    " accreditations:text eligibility_description:text minimum_age:number maximum_age:number"
    " assured_date:text assurer_email:email licenses:text alert:text last_modified:datetime phones:[phone]"
    " schedules:[schedule] service_areas:[service_area] service_at_locations:[service_at_location]"
    " languages:[language] organization:{organization} funding:[funding] cost_options:[cost_option]"
    " program:{program} required_documents:[required_document] contacts:[contact] " + _BOTH,
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One field of an object. `kind`: text, uuid, uri, email, datetime, number, choice, list or object."""

    kind: str
    required: bool = False
    choices: tuple[str, ...] = ()
    other: str = ""  # the object inside

    @property
    def is_plain(self) -> bool:
        """Whether it holds one value rather than further objects."""
        return self.kind not in ("list", "object")


def _field(text: str) -> Field:
    required, kind = text.endswith("!"), text.rstrip("!")
    if kind.startswith("["):
        return Field("list", required, other=kind[1:-1])
    if kind.startswith("{"):
        return Field("object", required, other=kind[1:-1])
    if "|" in kind:
        return Field("choice", required, tuple(one.replace("_", " ") for one in kind.split("|")))
    return Field(kind, required)


def _shape(line: str) -> dict[str, Field]:
    pairs = (one.split(":", 1) for one in line.split())
    return {name: _field(kind) for name, kind in pairs}


SHAPES = MappingProxyType({name: MappingProxyType(_shape(line)) for name, line in _LINES.items()})


def short(document: dict[str, object], shape: str) -> dict[str, object]:
    """This will keep what a list shows of an object: fields that hold one value, and whatever is not HSDS's."""
    fields = SHAPES[shape]
    return {
        name: value
        for name, value in document.items()
        if (fields[name].is_plain if name in fields else not isinstance(value, list | dict))
    }
