"""Where merged entries went, and the merges that can be taken back."""

from uuid import UUID

from madobe.directory.models import Card, Merge, Service


def kept_place(place_id: UUID) -> UUID | None:
    """This will give the shown service a merged one became part of; None for one that is none."""
    key = place_id
    while True:
        kept = Service.objects.filter(pk=key).values_list("merged_into", flat=True).first()
        if kept is None:
            break
        key = kept
    if key == place_id or not Card.objects.filter(pk=key).exists():
        return None
    return key


def merges(*, first: int = 0, many: int = 50) -> tuple[list[Merge], int]:
    """This will give merges, the latest first, and how many there are."""
    found = Merge.objects.defer("written", "handed_on")
    return list(found[first : first + many]), found.count()


def merge_of(key: UUID) -> Merge | None:
    """This will give one merge."""
    return Merge.objects.filter(pk=key).first()
