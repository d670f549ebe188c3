"""Who is here and whose entries they keep."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from madobe.directory.rules.scope import may_edit_anything, organizations_of
from madobe.lib.actor import Actor
from madobe.ui.staff import staff_of


@dataclass(frozen=True)
class Keeper:
    """Somebody who keeps entries: of these organizations, or (None) of all."""

    actor: Actor
    organizations: list[str] | None

    @property
    def id(self) -> str:
        return self.actor.id


def keeper_of(request: HttpRequest) -> Keeper:
    """This will give who keeps entries here. Raises Http404 for anybody else."""
    actor = staff_of(request)
    if not may_edit_anything(actor):
        raise Http404
    return Keeper(actor, organizations_of(actor))


def page_number(request: HttpRequest) -> int:
    """This will give the page of a list asked for; 1 for anything that is no number."""
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
