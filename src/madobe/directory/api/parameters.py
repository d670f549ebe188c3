"""What one may ask the API: one table for reading requests and for the OpenAPI document."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from madobe.directory.hsds.compose_parts import postal
from madobe.directory.hsds.formats import is_uuid, moment

MOST_A_PAGE = 500
USUAL_A_PAGE = 50
LAST_PAGE = 10_000_000
LONGEST_SEARCH = 400  # characters
FURTHEST = 1_000_000  # metres
LAST_REVISION = 2**53
_POSTCODE = re.compile("[0-9]{3}-?[0-9]{4}")
_TRUTH = {"true": True, "false": False}


class ParameterNotTaken(ValueError):
    """A parameter that cannot be taken. `name`: which; the message: one sentence on how to mend it."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


@dataclass(frozen=True)
class Parameter:
    """One parameter: its JSON Schema and what it does. Texts of a URL or form are read by the same schema."""

    schema: Mapping[str, Any]
    description: str


def _uuid(of: str) -> Parameter:
    return Parameter({"type": "string", "format": "uuid"}, of)


def _truth(of: str) -> Parameter:
    return Parameter({"type": "boolean"}, of)


PARAMETERS: Mapping[str, Parameter] = MappingProxyType({
    "search": Parameter(
        {"type": "string", "maxLength": LONGEST_SEARCH},
        "Words to look for, all of them, in names, descriptions, 使い時, areas and organizations; any width and case.",
    ),
    "page": Parameter({"type": "integer", "minimum": 1, "maximum": LAST_PAGE}, "Number of the page, from 1."),
    "per_page": Parameter(
        {"type": "integer", "minimum": 1, "maximum": MOST_A_PAGE},
        f"Records on a page; {USUAL_A_PAGE} without it.",
    ),
    "format": Parameter(
        {"type": "string", "enum": ["json", "ndjson"]},
        "`ndjson` streams everything, a record a line, without pages.",
    ),
    "taxonomy_term_id": _uuid("Only services with an attribute of this term."),
    "taxonomy_id": _uuid("Only services with an attribute of any term of this taxonomy."),
    "organization_id": _uuid("Only services of this organization."),
    "modified_after": Parameter(
        {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]},
        "Only services that changed at or after this moment (a day begins at 00:00 UTC). What was taken out is "
        "told by /changes.",
    ),
    "full": _truth("Fully nested records."),
    "minimal": _truth("Only id, name, status and the time of the last change; all on one page unless per_page is given."),
    "full_service": _truth("The services of an organization fully nested."),
    "postcode": Parameter(
        {"type": "string", "pattern": "^[0-9]{3}-?[0-9]{4}$"},
        "A Japanese postal code: only services whose area holds it. Known are the codes of places in this directory.",
    ),
    "proximity": Parameter(
        {"type": "integer", "minimum": 1, "maximum": FURTHEST},
        "Only places within so many metres of the middle of the places that bear the postcode; without one it asks nothing.",
    ),
    "parent_id": _uuid("Only terms below this term."),
    "top_only": _truth("Only terms that are below no other."),
    "after": Parameter(
        {"type": "integer", "minimum": 0, "maximum": LAST_REVISION},
        "The revision you have already; 0 for everything.",
    ),
    "after_id": _uuid("The last service you have of that revision, where an answer ended inside it."),
})  # fmt: skip


def from_texts(texts: Mapping[str, list[str]], allowed: tuple[str, ...]) -> dict[str, Any]:
    """This will read the parameters of a URL or a form. Raises ParameterNotTaken."""
    found = {}
    for name, values in texts.items():
        _known(name, allowed)
        if len(values) != 1:
            raise ParameterNotTaken(name, f"{name} is there {len(values)} times; give it once.")
        kind = PARAMETERS[name].schema.get("type", "string")
        text = values[0]
        if kind == "boolean":
            if text not in _TRUTH:
                raise ParameterNotTaken(name, f"{name} is neither true nor false.")
            found[name] = read(name, _TRUTH[text])
        elif kind == "integer":
            if not (text.isascii() and text.isdigit()) or len(text) > 20:
                raise ParameterNotTaken(
                    name, f"{name} is not a whole number from {_least(name)} on."
                )
            found[name] = read(name, int(text))
        else:
            found[name] = read(name, text)
    return found


def from_json(document: Any, allowed: tuple[str, ...]) -> dict[str, Any]:
    """This will read the parameters of a JSON body. Raises ParameterNotTaken."""
    if not isinstance(document, dict):
        raise ParameterNotTaken("", 'The body is not a JSON object like {"page": 1}.')
    for name in document:
        _known(name, allowed)
    return {name: read(name, value) for name, value in document.items()}


def read(name: str, value: Any) -> Any:
    """This will give one value as the domain wants it. Raises ParameterNotTaken."""
    schema = PARAMETERS[name].schema
    kind = schema.get("type", "string")
    if kind == "boolean":
        if not isinstance(value, bool):
            raise ParameterNotTaken(name, f"{name} is neither true nor false.")
        return value
    if kind == "integer":
        return _number(name, value, schema)
    if not isinstance(value, str):
        raise ParameterNotTaken(name, f"{name} is not a text.")
    return _text(name, value, schema)


def _number(name: str, value: Any, schema: Mapping[str, Any]) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # 1.0 is an integer in JSON Schema
    if isinstance(value, bool) or not isinstance(value, int):
        raise ParameterNotTaken(name, f"{name} is not a whole number.")
    if not schema["minimum"] <= value <= schema["maximum"]:
        raise ParameterNotTaken(
            name, f"{name} goes from {schema['minimum']} to {schema['maximum']}."
        )
    return value


def _text(name: str, value: str, schema: Mapping[str, Any]) -> Any:
    if name == "modified_after":
        return _moment(value)
    if "enum" in schema and value not in schema["enum"]:
        raise ParameterNotTaken(name, f"{name} is one of: {', '.join(schema['enum'])}.")
    if schema.get("format") == "uuid" and not is_uuid(value):
        raise ParameterNotTaken(
            name, f"{name} is not a UUID like 3a19ff88-4620-4d17-9830-ac1d859eb5d5."
        )
    if name == "postcode":
        if not _POSTCODE.fullmatch(value):
            raise ParameterNotTaken(name, "postcode is not a Japanese postal code like 196-8511.")
        return postal(value)
    if name == "search":
        if len(value) > LONGEST_SEARCH:
            raise ParameterNotTaken(
                name, f"search is longer than {LONGEST_SEARCH} characters; say it shorter."
            )
        if any("\ud800" <= c <= "\udfff" for c in value):
            raise ParameterNotTaken(name, "search holds half a character; send whole ones.")
        return "".join(c if c.isprintable() else " " for c in value)
    return value


def _moment(value: str) -> datetime:
    found = moment(value)
    if found is None and len(value) == 10:
        try:
            found = moment(f"{date.fromisoformat(value).isoformat()}T00:00:00Z")
        except ValueError:
            found = None
    if found is None:
        raise ParameterNotTaken(
            "modified_after",
            "modified_after is no date and time with its zone like 2026-04-01T09:00:00+09:00, and no day like 2026-04-01.",
        )
    return found


def _known(name: str, allowed: tuple[str, ...]) -> None:
    if name not in allowed:
        raise ParameterNotTaken(
            name[:60],
            f"There is no parameter of this name here; there are: {', '.join(allowed) or 'none'}.",
        )


def _least(name: str) -> int:
    return int(PARAMETERS[name].schema["minimum"])
