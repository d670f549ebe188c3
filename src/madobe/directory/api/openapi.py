"""The OpenAPI 3.1 document, made from the tables requests are read by and documents are checked by."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from madobe.directory.api.parameters import PARAMETERS
from madobe.directory.hsds import profile
from madobe.directory.hsds.shapes import SHAPES, Field

_PAGES = ("page", "per_page", "format")
_FILTERS = ("search", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after")
LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "services": (*_FILTERS, "full", "minimal", *_PAGES),
    "organizations": ("search", "full", "full_service", *_PAGES),
    "service_at_locations": (*_FILTERS, "full", "postcode", "proximity", *_PAGES),
    "taxonomies": ("search", *_PAGES),
    "taxonomy_terms": ("search", "taxonomy_id", "parent_id", "top_only", *_PAGES),
    "changes": ("after", "after_id", "full", "per_page"),
})  # fmt: skip
_RECORDS = {
    "services": "service", "organizations": "organization", "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy", "taxonomy_terms": "taxonomy_term",
}  # fmt: skip
_OF_ONE = {"organizations": ("full_service",)}
_FORMATS = {"uuid": "uuid", "uri": "uri", "email": "email", "datetime": "date-time"}
_JSON, _NDJSON, _PROBLEM = "application/json", "application/x-ndjson", "application/problem+json"
_FORM = "application/x-www-form-urlencoded"
_COUNTS = ("total_items", "total_pages", "page_number", "size")
_FLAGS = ("first_page", "last_page", "empty")


def openapi_document(server: str) -> dict[str, Any]:
    """This will give the document for an API at this address."""
    return {**_document(), "servers": [{"url": server}]}


@cache
def _document() -> dict[str, Any]:
    paths: dict[str, Any] = {
        "/": {
            "get": _get(
                "getAPIMetaInformation", "Version, profile and OpenAPI document.", _said("Meta")
            )
        },
        "/openapi.json": {"get": _get("getOpenAPI", "This document.", {"type": "object"})},
        "/profile": {
            "get": _get("getProfile", "Taxonomies and terms of our profile.", {"type": "object"})
        },
        "/changes": _both(
            "changes",
            "What changed since a revision, oldest first (extension of our profile).",
            _said("Changes"),
        ),
    }
    for name, record in _RECORDS.items():
        paths[f"/{name}"] = _both(
            name, f"{name}, page by page or as a stream.", _page_of(record), stream=_said(record)
        )
        paths[f"/{name}/{{id}}"] = {"get": _one(name, record)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Madobe directory, HSDS 3.0",
            "version": f"{profile.HSDS_VERSION}-{profile.VERSION}",
            "summary": "Public directory of support for people who have withdrawn, and their families. Read-only.",
            "license": {"name": "The licence of each source, see its attributes", "url": "urn:madobe:licences"},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": paths,
        "components": {"schemas": {**{name: _shape(fields) for name, fields in SHAPES.items()}, **_own()}},
    }  # fmt: skip


def _both(
    name: str, summary: str, answer: dict[str, Any], stream: dict[str, Any] | None = None
) -> dict[str, Any]:
    named = "".join(part.title() for part in name.split("_"))
    asked = {
        "type": "object",
        "properties": {one: dict(PARAMETERS[one].schema) for one in LISTS[name]},
        "additionalProperties": False,
    }
    post = _get(
        f"list{named}ByPost",
        f"{summary} The same question in the body, so that it stands in no address.",
        answer,
        stream,
    )
    post["requestBody"] = {"content": {_JSON: {"schema": asked}, _FORM: {"schema": asked}}}
    post["responses"] |= {"400": _refused(), "413": _refused(), "415": _refused()}
    get = _get(f"list{named}", summary, answer, stream)
    get["parameters"] = [_parameter(one) for one in LISTS[name]]
    get["responses"]["400"] = _refused()
    return {"get": get, "post": post}


def _one(name: str, record: str) -> dict[str, Any]:
    made = _get(f"get_{record}", f"One {record}, fully nested.", _said(record))
    made["parameters"] = [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}},
        *map(_parameter, _OF_ONE.get(name, ())),
    ]  # fmt: skip
    made["responses"] |= {
        "404": _refused(),
        "301": {"description": "Merged into the one at Location."},
    }
    return made


def _get(
    operation: str, summary: str, answer: dict[str, Any], stream: dict[str, Any] | None = None
) -> dict[str, Any]:
    content = {_JSON: {"schema": answer}} | ({_NDJSON: {"schema": stream}} if stream else {})
    return {
        "operationId": operation,
        "summary": summary,
        "responses": {
            "200": {"description": "Found.", "content": content},
            "304": {"description": "Nothing changed since."},
            "422": _refused(),
        },
    }


def _parameter(name: str) -> dict[str, Any]:
    one = PARAMETERS[name]
    return {
        "name": name, "in": "query", "required": False, "description": one.description, "schema": dict(one.schema),
    }  # fmt: skip


def _refused() -> dict[str, Any]:
    return {
        "description": "Not taken; `detail` says what and how to mend it.",
        "content": {_PROBLEM: {"schema": _said("Problem")}},
    }


def _said(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _page_of(record: str) -> dict[str, Any]:
    return {
        "allOf": [_said("Page")],
        "properties": {"contents": {"type": "array", "items": _said(record)}},
    }


def _shape(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [name for name, one in fields.items() if one.required],
        "properties": {name: _field(one) for name, one in fields.items()},
    }


def _field(one: Field) -> dict[str, Any]:
    if one.kind == "list":
        return {"type": "array", "items": _said(one.other)}
    if one.kind == "object":
        return _said(one.other)
    if one.kind == "number":
        return {"type": "number"}
    if one.choices:
        return {"type": "string", "enum": list(one.choices)}
    return {"type": "string"} | ({"format": _FORMATS[one.kind]} if one.kind in _FORMATS else {})


def _own() -> dict[str, Any]:
    number, truth = {"type": "integer", "minimum": 0}, {"type": "boolean"}
    uri = {"type": "string", "format": "uri"}
    change = {
        "type": "object",
        "required": ["revision", "id", "shown"],
        "properties": {
            "revision": number, "id": {"type": "string", "format": "uuid"}, "shown": truth,
            "service": _said("service"), "kinds": {"type": "array", "items": {"type": "string"}},
        },
    }  # fmt: skip
    return {
        "Meta": {
            "type": "object",
            "required": ["version", "profile", "openapi_url"],
            "properties": {"version": {"type": "string"}, "profile": uri, "openapi_url": uri},
        },
        "Page": {
            "type": "object",
            "required": [*_COUNTS, *_FLAGS, "contents"],
            "properties": {**dict.fromkeys(_COUNTS, number), **dict.fromkeys(_FLAGS, truth)},
        },
        "Changes": {
            "type": "object",
            "required": ["revision", "changes", "complete", "after"],
            "properties": {
                "revision": number, "after": number, "after_id": {"type": "string", "format": "uuid"},
                "complete": truth, "changes": {"type": "array", "items": change},
            },
        },
        "Problem": {
            "type": "object",
            "required": ["title", "status", "detail"],
            "properties": {
                "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"},
                "parameter": {"type": "string"},
            },
        },
    }  # fmt: skip
