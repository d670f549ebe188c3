"""Who may see and change which entries on staff pages."""

from collections.abc import Collection

from madobe.lib.actor import EVERYWHERE, Actor

# An editor keeps entries; a verifier, a coordinator, an officer and an administrator may do what an editor may.
EDITING = ("editor", "verifier", "coordinator", "officer", "admin")
MAY_MERGE = ("verifier", "coordinator", "officer", "admin")


def may_edit_anything(actor: Actor) -> bool:
    """This will tell whether somebody keeps any entry at all."""
    return any(role in EDITING for role, _place in actor.grants)


def organizations_of(actor: Actor) -> list[str] | None:
    """This will give the ids of the organizations whose entries somebody keeps; None: of all."""
    places = list(actor.organizations(*EDITING))
    return None if EVERYWHERE in places else places


def reaches(actor: Actor, roles: Collection[str], *organizations: object) -> bool:
    """This will tell whether somebody holds one of these roles for every one of these organizations."""
    return all(actor.has(*roles, organization=one) for one in organizations)
