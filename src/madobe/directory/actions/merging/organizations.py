"""Merging two operators: services, phones, places and the bodies below go to the one that is kept."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.audit.actions import record
from madobe.directory.actions.family import below
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.actions.merging.errors import (
    ChangedSincePreview,
    MayNotMerge,
    MergedAlready,
    SameEntry,
)
from madobe.directory.actions.merging.pairs import settle_pair
from madobe.directory.actions.merging.rows import Row, copy_columns, read, row_of
from madobe.directory.actions.merging.services import (
    Preview,
    mark_of,
    require_alike,
)
from madobe.directory.actions.vetting import void_if_facts_changed
from madobe.directory.choices import Standing
from madobe.directory.models import Location, Merge, Organization, Phone, Service
from madobe.directory.rules.merging import (
    KEEP,
    ORGANIZATION_PARTS,
    joined_aliases,
    line,
    written,
)
from madobe.directory.rules.scope import MAY_MERGE, reaches
from madobe.directory.rules.vetting import FACTS
from madobe.lib.actor import Actor

MOVING = (
    (Service, "organization"),
    (Phone, "organization"),
    (Location, "organization"),
    (Organization, "parent_organization"),
)


def preview_merge_of_organizations(
    *, keep: UUID, other: UUID, choices: Mapping[str, str] | None = None
) -> Preview:
    """This will say what merging these two operators would give. Nothing is written. Raises a MergeRefusal."""
    return _preview(*_pair(keep, other, lock=False), choices or {})


@transaction.atomic
def merge_organizations(
    *,
    keep: UUID,
    other: UUID,
    choices: Mapping[str, str],
    seen: str,
    by: Actor,
    at: datetime,
) -> Merge:
    """This will merge `other` into `keep` as the preview marked `seen` showed it. Raises a MergeRefusal.

    A vetting of the kept one ends if its facts become others.
    """
    kept, gone = _pair(keep, other, lock=True)
    if not reaches(by, MAY_MERGE, kept.pk, gone.pk):
        raise MayNotMerge
    shown = _preview(kept, gone, choices)
    if shown.mark != seen:
        raise ChangedSincePreview
    moving = _moving(gone)
    before = [row_of(kept), row_of(gone), *moving]
    for one in shown.lines:
        if one.chosen != KEEP:
            copy_columns(one.part.columns, gone, kept)
    kept.aliases = list(shown.aliases)
    if kept.parent_organization_id == gone.pk:
        kept.parent_organization = gone.parent_organization
    kept.save()
    for model, column in MOVING:
        model._default_manager.filter(**{column: gone.pk}).exclude(pk=kept.pk).update(
            **{column: kept.pk}
        )
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    made = Merge.objects.create(
        table="organization", kept=kept.pk, other=gone.pk, kept_name=kept.name, other_name=gone.name,
        choices={one.part.name: one.chosen for one in shown.lines if len(one.options) > 1},
        written=written(before, [row_of(kept), row_of(gone), *_again(moving)]),
        merged_at=at, merged_by=by.id, merged_by_name=by.name[:100],
    )  # fmt: skip
    settle_pair(table="organization", one=kept.pk, other=gone.pk, by=by.id, at=at)
    record(
        by=by.id, action="organization.merge", at=at, table="organization", record_id=kept.pk,
        detail={"other": str(gone.pk), "merge": str(made.pk)},
    )  # fmt: skip
    void_if_facts_changed(organization=kept.pk, by=by.id, at=at)
    touched = Service.objects.filter(organization__in=below(kept.pk)).values_list("pk", flat=True)
    refresh_listing(services=list(touched), at=at)
    return made


def _pair(keep: UUID, other: UUID, *, lock: bool) -> tuple[Organization, Organization]:
    if keep == other:
        raise SameEntry
    rows = Organization.objects.order_by("pk")
    if lock:
        rows = rows.select_for_update(no_key=True, of=("self",))
    found = {one.pk: one for one in rows.filter(pk__in=[keep, other])}
    if len(found) < 2:
        raise Organization.DoesNotExist
    kept, gone = found[keep], found[other]
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise MergedAlready
    require_alike(kept, gone)
    return kept, gone


def _preview(kept: Organization, gone: Organization, choices: Mapping[str, str]) -> Preview:
    ours, theirs = read(kept, ORGANIZATION_PARTS), read(gone, ORGANIZATION_PARTS)
    # what the kept one was vetted on stays, unless somebody asks for something else
    usual = dict.fromkeys(FACTS, KEEP) if kept.standing == Standing.VETTED else {}
    lines = tuple(
        line(
            part,
            ours[part.name],
            theirs[part.name],
            choices.get(part.name) or usual.get(part.name, ""),
        )
        for part in ORGANIZATION_PARTS
    )
    name = next(one.result for one in lines if one.part.name == "name")
    aliases = joined_aliases(name, kept.aliases, [kept.name], gone.aliases, [gone.name])
    return Preview(
        kept, gone, lines, tuple(aliases), mark_of(ours, theirs, kept.aliases, gone.aliases)
    )


def _moving(gone: Organization) -> list[Row]:
    return [
        row_of(one)
        for model, column in MOVING
        for one in model._default_manager.filter(**{column: gone.pk}).order_by("pk")
    ]


def _again(rows: list[Row]) -> list[Row]:
    found = []
    for model, _ in MOVING:
        keys = [one["pk"] for one in rows if one["table"] == model._meta.model_name]
        found += [row_of(one) for one in model._default_manager.filter(pk__in=keys)]
    return found
