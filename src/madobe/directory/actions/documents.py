"""Keep the document of every shown service: what the API, the export and subscribers read."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from madobe.directory.hsds.gather import composed, in_one_spelling
from madobe.directory.hsds.profile import term_id, used_terms
from madobe.directory.hsds.read_values import text
from madobe.directory.models import Document, Service

CHUNK = 200
_SEARCHED = ("name", "alternate_name", "description", "alert")
_SEARCHED_TERMS = ("field:alias", "field:when_to_use")


def write_documents(services: Iterable[Service], *, at: datetime) -> list[UUID]:
    """This will renew the documents of these shown services; returns those whose content is another now."""
    made = composed(services)
    before = dict(Document.objects.filter(pk__in=list(made)).values_list("pk", "digest"))
    rows = []
    for key, document in made.items():
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(body.encode()).hexdigest()
        if before.get(key) != digest:
            rows.append(
                Document(
                    service_id=key, modified_at=at, digest=digest, body=body,
                    terms=" ".join(sorted({one for pair in used_terms(document) for one in pair if one})),
                    words=searched_words(document),
                )
            )  # fmt: skip
    Document.objects.bulk_create(
        rows, batch_size=CHUNK, update_conflicts=True, unique_fields=["service"],
        update_fields=["modified_at", "digest", "body", "terms", "words"],
    )  # fmt: skip
    return [row.pk for row in rows]


def keep_in_order(changed: Sequence[UUID], *, at: datetime) -> None:
    """This will see to it that a later change never bears an earlier time than one before it. Call it under
    the lock of the revision: whoever asks for all after the latest time seen then misses nothing.
    """
    latest = Document.objects.filter(modified_at__gt=at).aggregate(at=Max("modified_at"))["at"]
    if latest is not None:
        for start in range(0, len(changed), CHUNK):
            chunk = changed[start : start + CHUNK]
            Document.objects.filter(pk__in=chunk).update(modified_at=latest)


def searched_words(document: Mapping[str, Any]) -> str:
    """This will give what a text search looks at, in one spelling."""
    wanted = {str(term_id(key)) for key in _SEARCHED_TERMS}
    said = [str(document.get(name, "")) for name in _SEARCHED]
    said += [
        str(one.get("value", ""))
        for one in document.get("attributes", ())
        if one.get("taxonomy_term_id") in wanted
    ]
    said.append(str(document.get("organization", {}).get("name", "")))
    said += [str(one.get("name", "")) for one in document.get("service_areas", ())]
    return in_one_spelling("\n".join(kept for one in said if (kept := text(one))))
