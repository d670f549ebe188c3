"""What an import brings to an entry that was merged away reaches the one that was kept.

Imports know nothing of merges: they write to the entry their rows belong to, and list it again. There the
merged ones hand on what changed, by what was chosen when they were merged; they are never shown again.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from madobe.directory.actions.merging.rows import copy_columns, copy_rows, dump_service, read
from madobe.directory.choices import ReviewKind
from madobe.directory.models import Merge, Organization, ReviewItem, Service
from madobe.directory.rules.merging import (
    BOTH,
    KEEP,
    OTHER,
    SERVICE_PARTS,
    Part,
    then,
    written,
)


def follow_merges(*, services: Collection[UUID] | None, at: datetime) -> set[UUID]:
    """This will hand on what changed in merged services (None: in any); returns the kept services it wrote to."""
    _go_home(services)
    touched: set[UUID] = set()
    merges = Merge.objects.filter(table="service", undone_at__isnull=True)
    edge = None if services is None else set(services)
    while edge is None or edge:
        near = merges if edge is None else merges.filter(other__in=edge)
        wrote = {one.kept for one in near.order_by("merged_at") if _hand_on(one, at)}
        touched |= wrote
        edge = wrote  # a kept one may itself have been merged later
    return touched


def _go_home(services: Collection[UUID] | None) -> None:
    """A service an import gave to an operator that was merged away belongs to the one that was kept."""
    astray = Service.objects.filter(organization__merged_into__isnull=False)
    if services is not None:
        astray = astray.filter(pk__in=services)
    for service in astray.select_related("organization"):
        while (home := service.organization.merged_into) is not None:
            _also_written(service, home)
            service.organization = home
        service.save(update_fields=["organization"])


def _also_written(service: Service, home: Organization) -> None:
    """So that taking the operators' merge back takes this service along."""
    merge = Merge.objects.filter(other=service.organization_id, undone_at__isnull=True).first()
    if merge is not None:
        change = {
            "table": "service", "pk": str(service.pk),
            "was": {"organization_id": str(service.organization_id)},
            "became": {"organization_id": str(home.pk)},
        }  # fmt: skip
        merge.written = then(merge.written, [change])
        merge.save(update_fields=["written"])


def _hand_on(merge: Merge, at: datetime) -> bool:
    """Returns whether the kept service changed."""
    gone = Service.objects.get(pk=merge.other)
    brought = read(gone, SERVICE_PARTS)
    news = [
        part for part in SERVICE_PARTS if _plain(brought[part.name]) != merge.handed_on[part.name]
    ]
    if not news:
        return False
    kept = Service.objects.select_for_update(no_key=True, of=("self",)).get(pk=merge.kept)
    before = dump_service(kept)
    columns = [c for part in news for c in _bring(part, merge, kept, gone, brought, at)]
    if columns:
        kept.updated_at = at
        kept.save(update_fields=[*columns, "updated_at"])
    changes = written(before, dump_service(kept))
    merge.written = then(merge.written, changes)
    merge.handed_on = brought
    merge.save(update_fields=["written", "handed_on"])
    return bool(changes)


def _bring(
    part: Part, merge: Merge, kept: Service, gone: Service, brought: dict[str, Any], at: datetime
) -> tuple[str, ...]:
    """Bring one part over; returns the columns set."""
    choice = merge.choices.get(part.name, "")
    last, news = merge.handed_on[part.name], brought[part.name]
    here = _plain(read(kept, [part])[part.name])
    if choice == KEEP or here == _plain(news):
        return ()
    if choice == BOTH and part.is_list:
        added = [one for one in news if one not in last and one not in here]
        setattr(
            kept, part.columns[0], [one for one in here if one in news or one not in last] + added
        )
        return part.columns
    if choice == BOTH:
        _leave_out(part, merge, kept, _plain(news))
        copy_rows(part.name, gone, kept, joining=True)
        return ()
    if choice == OTHER and here == last:
        if part.columns:
            copy_columns(part.columns, gone, kept)
            return part.columns
        getattr(kept, part.name).all().delete()
        copy_rows(part.name, gone, kept, joining=False)
        return ()
    # the two agreed, or a person wrote here since: a person decides
    ReviewItem.objects.create(
        kind=ReviewKind.DIFFERENCE, service=kept, table="service", record_id=kept.pk, field=part.name,
        ours=here, theirs=_plain(news), opened_at=at,
        reason="まとめた窓口の元のデータが変わりました。",
    )  # fmt: skip
    return ()


def _leave_out(part: Part, merge: Merge, kept: Service, news: list[Any]) -> None:
    """Take away the rows that came from the merged one and are no longer among its own."""
    copied = {one["pk"] for one in merge.written if one["was"] is None}
    still = [one["content"] for one in news]
    rows = getattr(kept, part.name)
    contents = read(kept, [part])[part.name]
    ordered = sorted(rows.all(), key=lambda one: (getattr(one, "position", 0), str(one.pk)))
    for row, said in zip(ordered, contents, strict=True):
        if str(row.pk) in copied and _plain(said["content"]) not in still:
            row.delete()


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
