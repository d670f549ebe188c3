"""Who is here, and which desk they opened."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest

from madobe.desks import queries
from madobe.desks.queries.desks import Desk
from madobe.desks.rules.scope import CHANGING, may_change, may_see
from madobe.lib.actor import Actor
from madobe.ui.staff import staff_of


@dataclass(frozen=True)
class Opened:
    """A desk somebody sees, and whether they may change it."""

    desk: Desk
    actor: Actor
    may_change: bool


def opened(request: HttpRequest, desk_id: UUID, *, to_change: bool = False) -> Opened:
    """This will give the desk asked for. Raises Http404 where it is not theirs to see, or to change."""
    actor, desk = staff_of(request), queries.the_desk(desk_id)
    if desk is None or not may_see(actor, desk.organization_id):
        raise Http404
    changes = may_change(actor, desk.organization_id)
    if to_change and not changes:
        raise Http404
    return Opened(desk, actor, changes)


def somebody_who_changes(request: HttpRequest) -> Actor:
    """This will give who is here, if there is any desk they may make. Raises Http404 for anybody else."""
    actor = staff_of(request)
    if not actor.organizations(*CHANGING):
        raise Http404
    return actor
