"""Taxonomies and terms: those of our profile, and those that came with records of sources we trust."""

import json
from typing import Any

from madobe.directory.hsds import profile
from madobe.directory.hsds.gather import in_one_spelling
from madobe.directory.models import Original
from madobe.directory.queries.hsds import Wanted


def taxonomies(wanted: Wanted) -> list[dict[str, Any]]:
    """This will give taxonomies in a fixed order."""
    ours = [profile.taxonomy_document(code) for code in profile.taxonomies()]
    return _asked([*ours, *_foreign("taxonomy")], wanted.search)


def taxonomy_terms(wanted: Wanted) -> list[dict[str, Any]]:
    """This will give terms in a fixed order; ours have no parents."""
    found = [*map(profile.term_document, profile.terms()), *_foreign("taxonomy_term")]
    if wanted.taxonomy_id:
        found = [one for one in found if _taxonomy(one) == wanted.taxonomy_id.lower()]
    if wanted.parent_id:
        found = [
            one for one in found if one.get("parent_id", "").lower() == wanted.parent_id.lower()
        ]
    if wanted.top_only:
        found = [one for one in found if not one.get("parent_id")]
    return _asked(found, wanted.search)


def _taxonomy(term: dict[str, Any]) -> str:
    return str(term.get("taxonomy_id") or term.get("taxonomy_detail", {}).get("id") or "").lower()


def _foreign(kind: str) -> list[dict[str, Any]]:
    rows = Original.objects.filter(kind=kind, is_trusted=True).values_list("raw", flat=True)
    return [json.loads(raw) for raw in rows]


def _asked(found: list[dict[str, Any]], search: str) -> list[dict[str, Any]]:
    for word in in_one_spelling(search).split():
        found = [
            one for one in found
            if word in in_one_spelling(f"{one.get('code', '')} {one['name']} {one['description']}")
        ]  # fmt: skip
    return sorted(found, key=lambda one: str(one["id"]))
