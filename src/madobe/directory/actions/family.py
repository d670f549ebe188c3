"""Operators that belong together: the bodies above and below one, and those merged into them."""

from uuid import UUID

from django.db.models import Q

from madobe.directory.models import Organization


def family_of(organization: UUID) -> set[UUID]:
    """This will give the ids of an operator, of all above and below it, and of all merged with them."""
    return _reached({organization}, upwards=True)


def below(organization: UUID) -> set[UUID]:
    """This will give the ids of an operator, of all below it, and of all merged into them."""
    return _reached({organization}, upwards=False)


def _reached(start: set[UUID], *, upwards: bool) -> set[UUID]:
    found, edge = set(start), set(start)
    while edge:
        near = set(
            Organization.objects.filter(
                Q(parent_organization__in=edge) | Q(merged_into__in=edge)
            ).values_list("pk", flat=True)
        )
        if upwards:
            for pair in Organization.objects.filter(pk__in=edge).values_list(
                "parent_organization", "merged_into"
            ):
                near |= {key for key in pair if key is not None}
        edge = near - found
        found |= edge
    return found
