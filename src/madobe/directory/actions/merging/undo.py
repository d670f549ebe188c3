"""Taking a merge back: both entries as they were, unless something was changed since; then a person decides."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from madobe.audit.actions import record
from madobe.directory.actions.children import NESTED
from madobe.directory.actions.family import below
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.actions.merging.errors import (
    ChangedSinceMerge,
    LaterMergeStands,
    MayNotMerge,
    UndoneAlready,
)
from madobe.directory.actions.merging.pairs import open_pair_again
from madobe.directory.actions.merging.rows import Row, model_of, put_back, set_back, stored
from madobe.directory.actions.vetting import void_if_facts_changed
from madobe.directory.models import Merge, Organization, Service
from madobe.directory.rules.merging import Conflict, conflicts
from madobe.directory.rules.scope import MAY_MERGE, reaches
from madobe.lib.actor import Actor

RESTORE, LEAVE = "restore", "leave"


def changed_since(merge: Merge) -> list[Conflict]:
    """This will give what of a merge was changed since, and would be lost by taking it back."""
    now = stored(merge.written)
    found = [
        one
        for change in merge.written
        for one in conflicts(change, now.get((change["table"], change["pk"])))
    ]
    return [*found, *_grown(merge), *_taken(merge)]


@transaction.atomic
def undo_merge(
    *, merge: UUID, decided: Mapping[str, str] | None = None, by: Actor, at: datetime
) -> None:
    """This will take a merge back. Raises ChangedSinceMerge unless `decided` says of everything changed since,
    by `Conflict.key`, whether to "restore" what was before the merge or to "leave" it as it is now.
    """
    found = Merge.objects.select_for_update().get(pk=merge)
    if found.undone_at is not None:
        raise UndoneAlready
    model = Service if found.table == "service" else Organization
    pair: list[Service | Organization] = list(
        model._default_manager.select_for_update(no_key=True, of=("self",))
        .filter(pk__in=[found.kept, found.other])
        .order_by("pk")
    )
    owners = [one.organization_id if isinstance(one, Service) else one.pk for one in pair]
    if not reaches(by, MAY_MERGE, *owners):
        raise MayNotMerge
    if any(one.pk == found.kept and one.merged_into_id is not None for one in pair):
        raise LaterMergeStands
    open_questions = changed_since(found)
    answers = decided or {}
    if any(answers.get(one.key) not in (RESTORE, LEAVE) for one in open_questions):
        raise ChangedSinceMerge(open_questions)
    left = {one.key for one in open_questions if answers[one.key] == LEAVE}
    _restore(found, left)
    found.undone_at, found.undone_by, found.undone_by_name = at, by.id, by.name[:100]
    found.save(update_fields=["undone_at", "undone_by", "undone_by_name"])
    open_pair_again(table=found.table, one=found.kept, other=found.other)
    record(
        by=by.id, action=f"{found.table}.unmerge", at=at, table=found.table, record_id=found.kept,
        detail={"other": str(found.other), "merge": str(found.pk), "left": sorted(left)},
    )  # fmt: skip
    refresh_listing(services=_touched(found, by, at), at=at)


def _restore(merge: Merge, left: set[str]) -> None:
    now = stored(merge.written)
    for change in reversed(merge.written):  # rows below go before the row they hang on
        table, pk = change["table"], change["pk"]
        if change["was"] is None and f"{table}:{pk}:" not in left:
            model_of(table)._default_manager.filter(pk=pk).delete()
    for change in merge.written:
        table, pk, was = change["table"], change["pk"], change["was"]
        if was is None or f"{table}:{pk}:" in left:
            continue
        if change["became"] is not None:
            set_back(table, pk, _columns(change, now.get((table, pk)), left))
        elif (table, pk) not in now:
            for row in _in_the_way(merge, change):
                row.delete()
            put_back(table, pk, was)


def _columns(change: Row, now: Mapping[str, object] | None, left: set[str]) -> dict[str, object]:
    """The columns to set back: those nobody touched since, and those a person wants back."""
    table, pk = change["table"], change["pk"]
    if now is None:
        return {}
    return {
        column: value
        for column, value in change["was"].items()
        if f"{table}:{pk}:{column}" not in left
        and not (column == "updated_at" and now[column] != change["became"][column])
    }


def _grown(merge: Merge) -> Iterator[Conflict]:
    """Rows somebody hung on a row the merge had made (a date that differs, on hours that were taken over)."""
    ours = {(one["table"], one["pk"]) for one in merge.written}
    for model, name, low, parent in NESTED.values():
        table = model._meta.model_name or ""
        made = [one["pk"] for one in merge.written if one["table"] == table and one["was"] is None]
        for row in low._default_manager.filter(**{f"{parent}__in": made}):
            if (low._meta.model_name, str(row.pk)) not in ours:
                yield Conflict(
                    table, str(getattr(row, f"{parent}_id")), "", None, None, {name: str(row)}
                )


def _taken(merge: Merge) -> Iterator[Conflict]:
    for one in merge.written:
        for row in _in_the_way(merge, one):
            yield Conflict(one["table"], one["pk"], "", one["was"], None, {"there": str(row)})


def _in_the_way(merge: Merge, one: Row) -> list[Model]:
    """Rows that stand since where this one, taken away by the merge, would come back."""
    if one["became"] is not None or one["was"] is None:
        return []
    model = model_of(one["table"])
    ours = [o["pk"] for o in merge.written if o["table"] == one["table"] and o["was"] is None]
    found: list[Model] = []
    for rule in model._meta.total_unique_constraints:
        names = [model._meta.get_field(name).attname for name in rule.fields]  # type: ignore[union-attr]
        there = model._default_manager.filter(**{name: one["was"][name] for name in names})
        found += there.exclude(pk__in=[one["pk"], *ours])
    return found


def _touched(merge: Merge, by: Actor, at: datetime) -> list[UUID]:
    if merge.table == "service":
        return [merge.kept, merge.other]
    for key in (merge.kept, merge.other):
        void_if_facts_changed(organization=key, by=by.id, at=at)
    both = below(merge.kept) | below(merge.other)
    return list(Service.objects.filter(organization__in=both).values_list("pk", flat=True))
