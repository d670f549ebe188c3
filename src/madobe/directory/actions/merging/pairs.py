"""What was decided about two entries that look the same, remembered as a review item."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from madobe.directory.choices import ReviewKind
from madobe.directory.models import ReviewItem


def pair_items(table: str, one: UUID, other: UUID) -> Q:
    """This will select the item of a pair, in whichever order it was found."""
    return Q(kind=ReviewKind.DUPLICATE, table=table) & (
        Q(record_id=one, field=str(other)) | Q(record_id=other, field=str(one))
    )


def settle_pair(*, table: str, one: UUID, other: UUID, by: str, at: datetime) -> int:
    """This will take a pair off the list; returns how many items it closed."""
    return ReviewItem.objects.filter(pair_items(table, one, other), settled_at__isnull=True).update(
        settled_at=at, settled_by=by
    )


def open_pair_again(*, table: str, one: UUID, other: UUID) -> None:
    """This will put a pair back on the list, after a merge was taken back."""
    ReviewItem.objects.filter(pair_items(table, one, other)).update(settled_at=None, settled_by="")
