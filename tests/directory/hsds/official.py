"""The official HSDS 3.0 schemas, with every format they name checked."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from jsonschema import Draft202012Validator, FormatChecker

FOLDER = "hsds/spec-3.0"
FORMATS = ("uri", "date-time", "email", "uuid")
# endpoint → schema of one of its objects, short and fully nested
SCHEMAS = {
    "services": ("compiled/service_list", "compiled/service"),
    "organizations": ("compiled/organization_list", "compiled/organization"),
    "service_at_locations": ("compiled/service_at_location_list", "compiled/service_at_location"),
    "taxonomies": ("taxonomy", "taxonomy"),
    "taxonomy_terms": ("taxonomy_term", "taxonomy_term"),
}


def folder() -> Path:
    return settings.OPEN_DATA_DIR / FOLDER


@cache
def validator(name: str) -> Draft202012Validator:
    checker = FormatChecker()
    missing = [one for one in FORMATS if one not in checker.checkers]
    assert not missing, f"formats nobody checks: {missing}"
    return Draft202012Validator(
        _inlined(folder() / "schema" / f"{name}.json"), format_checker=checker
    )


def faults(name: str, document: Any) -> list[str]:
    """This will give what the official schema finds wrong, with its place."""
    return [
        f"/{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}"
        for one in validator(name).iter_errors(document)
    ]


def _inlined(path: Path) -> Any:
    """Small schemas name others by file; the compiled ones hold them already."""
    schema = json.loads(path.read_text())

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            if str(value.get("$ref", "")).endswith(".json"):
                return _inlined(path.parent / value["$ref"])
            return {key: walk(one) for key, one in value.items()}
        return [walk(one) for one in value] if isinstance(value, list) else value

    return walk(schema)
