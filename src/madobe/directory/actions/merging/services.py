"""Merging two services: the kept one takes what was chosen, the other points to it and keeps its own rows.

The other's rows stay as they are, so an import goes on writing to them and nothing is lost on the way back;
`following` hands on what it brings.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.audit.actions import record
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.actions.merging.errors import (
    ChangedSincePreview,
    MayNotMerge,
    MergedAlready,
    NotTrustedAlike,
    OneIsSuspended,
    SameEntry,
)
from madobe.directory.actions.merging.pairs import settle_pair
from madobe.directory.actions.merging.rows import copy_columns, copy_rows, dump_service, read
from madobe.directory.choices import TRUSTED
from madobe.directory.models import Merge, Organization, Service, Suspension
from madobe.directory.rules.merging import (
    BOTH,
    KEEP,
    OTHER,
    SERVICE_PARTS,
    Line,
    joined,
    joined_aliases,
    line,
    written,
)
from madobe.directory.rules.scope import MAY_MERGE, reaches
from madobe.lib.actor import Actor


@dataclass(frozen=True)
class Preview:
    """What a merge would do, line by line. `mark`: what of the two it was made from."""

    keep: Service | Organization
    other: Service | Organization
    lines: tuple[Line, ...]
    aliases: tuple[str, ...]
    mark: str


def preview_merge(*, keep: UUID, other: UUID, choices: Mapping[str, str] | None = None) -> Preview:
    """This will say what merging these two services would give. Nothing is written. Raises a MergeRefusal."""
    pair = _pair(keep, other, lock=False)
    return _preview(*pair, choices or {})


@transaction.atomic
def merge_services(
    *,
    keep: UUID,
    other: UUID,
    choices: Mapping[str, str],
    seen: str,
    by: Actor,
    at: datetime,
) -> Merge:
    """This will merge `other` into `keep` as the preview marked `seen` showed it. Raises a MergeRefusal."""
    kept, gone = _pair(keep, other, lock=True)
    if not reaches(by, MAY_MERGE, kept.organization_id, gone.organization_id):
        raise MayNotMerge
    shown = _preview(kept, gone, choices)
    if shown.mark != seen:
        raise ChangedSincePreview
    before = dump_service(kept) + dump_service(gone)[:1]
    handed_on = read(gone, SERVICE_PARTS)
    _write(kept, gone, shown)
    kept.aliases, kept.updated_at = list(shown.aliases), at
    kept.save()
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    changes = written(before, dump_service(kept) + dump_service(gone)[:1])
    made = Merge.objects.create(
        table="service", kept=kept.pk, other=gone.pk, kept_name=kept.name, other_name=gone.name,
        choices={one.part.name: one.chosen for one in shown.lines if len(one.options) > 1},
        written=changes, handed_on=handed_on, merged_at=at, merged_by=by.id, merged_by_name=by.name[:100],
    )  # fmt: skip
    settle_pair(table="service", one=kept.pk, other=gone.pk, by=by.id, at=at)
    record(
        by=by.id, action="service.merge", at=at, table="service", record_id=kept.pk,
        detail={"other": str(gone.pk), "merge": str(made.pk)},
    )  # fmt: skip
    refresh_listing(services=[kept.pk, gone.pk], at=at)
    return made


def _pair(keep: UUID, other: UUID, *, lock: bool) -> tuple[Service, Service]:
    if keep == other:
        raise SameEntry
    rows = Service.objects.order_by(
        "pk"
    )  # one order for everybody: two merges never wait for each other
    if lock:
        keys = Service.objects.filter(pk__in=[keep, other]).values("organization")
        list(Organization.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
        rows = rows.select_for_update(no_key=True, of=("self",))
    found = {
        one.pk: one for one in rows.filter(pk__in=[keep, other]).select_related("organization")
    }
    if len(found) < 2:
        raise Service.DoesNotExist
    kept, gone = found[keep], found[other]
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise MergedAlready
    require_alike(kept.organization, gone.organization)
    if Suspension.objects.filter(service__in=[keep, other], lifted_at__isnull=True).exists():
        raise OneIsSuspended
    return kept, gone


def require_alike(kept: Organization, gone: Organization) -> None:
    """This will raise NotTrustedAlike or OneIsSuspended where a merge would carry something past a vetting."""
    if kept.suspended_at is not None or gone.suspended_at is not None:
        raise OneIsSuspended
    if kept.standing in TRUSTED and gone.standing not in TRUSTED:
        raise NotTrustedAlike


def _preview(kept: Service, gone: Service, choices: Mapping[str, str]) -> Preview:
    ours, theirs = read(kept, SERVICE_PARTS), read(gone, SERVICE_PARTS)
    lines = tuple(
        line(part, ours[part.name], theirs[part.name], choices.get(part.name, ""))
        for part in SERVICE_PARTS
    )
    name = next(one.result for one in lines if one.part.name == "name")
    aliases = joined_aliases(name, kept.aliases, [kept.name], gone.aliases, [gone.name])
    return Preview(
        kept, gone, lines, tuple(aliases), mark_of(ours, theirs, kept.aliases, gone.aliases)
    )


def mark_of(*values: object) -> str:
    """This will give a short mark of plain values: other values, another mark."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _write(kept: Service, gone: Service, shown: Preview) -> None:
    for one in shown.lines:
        write_part(one, kept, gone)


def write_part(one: Line, kept: Service, gone: Service) -> None:
    """This will bring one part of the kept service to what was chosen; columns are set, not yet saved."""
    part, choice = one.part, one.chosen
    if choice == KEEP:
        return
    if not part.columns:
        if choice == OTHER:
            getattr(kept, part.name).all().delete()
        copy_rows(part.name, gone, kept, joining=choice == BOTH)
    elif part.is_list:
        setattr(kept, part.columns[0], joined(one.keep, one.other) if choice == BOTH else one.other)
    else:
        copy_columns(part.columns, gone, kept)
