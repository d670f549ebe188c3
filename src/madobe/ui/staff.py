"""What staff pages of every floor share: who is there, and the entries of the navigation.

Apps below sign-in never import it: the door under /staff puts an `Actor` on the request.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.functional import Promise

from madobe.lib.actor import Actor


@dataclass(frozen=True)
class Entry:
    """One entry of the staff navigation, for those who hold one of the roles."""

    label: str | Promise
    url_name: str
    roles: frozenset[str]
    position: int = 50


_ENTRIES: dict[str, Entry] = {}


def register_entry(entry: Entry) -> None:
    """This will put an entry into the staff navigation; call it in `apps.ready()`."""
    _ENTRIES[entry.url_name] = entry


def entries_for(actor: Actor) -> list[Entry]:
    """This will give the entries somebody may use, in order."""
    held = {role for role, _ in actor.grants}
    found = [entry for entry in _ENTRIES.values() if held & entry.roles]
    return sorted(found, key=lambda entry: (entry.position, entry.url_name))


def staff_of(request: HttpRequest) -> Actor:
    """This will give who is signed in. Raises Http404 for anybody else: forbidden looks like absent."""
    actor = getattr(request, "staff", None)
    if not isinstance(actor, Actor):
        raise Http404
    return actor


_NAMES: list[Callable[[str], str]] = []


def teach_names(look_up: Callable[[str], str]) -> None:
    """This will let pages below sign-in say who acted: `look_up` gives the name of an `Actor.id`, "" if unknown."""
    _NAMES[:] = [look_up]


def name_of(by: str) -> str:
    """This will give the name of who acted, "" where nobody knows."""
    return next((name for look_up in _NAMES if (name := look_up(by))), "")
