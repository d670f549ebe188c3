"""Desks as records: for which place, whose."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from madobe.desks.models import Desk, SpecialDays
from madobe.desks.rules.area import nearness
from madobe.directory import municipalities
from madobe.directory.models import Organization


def desks_for(place_code: str) -> list[Desk]:
    """This will give the desks that take letters from a place, the nearest area first.

    `place_code`: six digits, two digits of a prefecture, or "" where nobody said; then desks for everywhere
    come first and all others after them.
    """
    codes = codes_of(place_code)
    rows = [(nearness(one.area, codes), one) for one in Desk.objects.filter(is_open=True)]
    found = [(near, one) for near, one in rows if near is not None]
    return [one for _near, one in sorted(found, key=lambda pair: pair[0])]


def codes_of(place_code: str) -> tuple[str, ...]:
    """This will give the codes of a place, nearest first: ward, city, prefecture; () for a place not said."""
    if len(place_code) <= 2:
        return (place_code,) if place_code else ()
    known = municipalities.by_code(place_code)
    parent = (known.parent,) if known and known.parent else ()
    return (place_code, *parent, place_code[:2])


def the_desk(desk_id: UUID) -> Desk | None:
    """This will give one desk, open or not, or None."""
    return Desk.objects.filter(pk=desk_id).first()


def desks_of(organizations: Collection[str] | None) -> list[Desk]:
    """This will give the desks of these organizations, in order; None: all of this installation."""
    mine = Desk.objects.select_related("organization")
    if organizations is not None:
        mine = mine.filter(organization__in=[UUID(one) for one in organizations])
    return list(mine)


def special_days_of(desk: Desk, *, since: date) -> list[SpecialDays]:
    """This will give the special days of a desk that are not over, soonest first."""
    return list(desk.special_days.filter(last_on__gte=since))


def organizations_by_id(ids: Collection[str]) -> list[tuple[str, str]]:
    """This will give (id, name) of organizations, by name."""
    found = Organization.objects.filter(pk__in=[UUID(one) for one in ids]).order_by("name")
    return [(str(one.pk), one.name) for one in found]


def organization_named(name: str) -> UUID | None:
    """This will give the one organization of this name; None where there is none, or more than one."""
    found = list(
        Organization.objects.filter(name=name, merged_into=None).values_list("pk", flat=True)[:2]
    )
    return found[0] if len(found) == 1 else None
