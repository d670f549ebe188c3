"""Who may see and change which desks on staff pages. A desk of no organization belongs to the whole installation."""

from madobe.lib.actor import EVERYWHERE, Actor

SEEING = ("counsellor", "coordinator", "officer", "admin")
CHANGING = ("coordinator", "admin")


def organizations_seen(actor: Actor) -> list[str] | None:
    """This will give the ids of the organizations whose desks somebody sees; None: all desks."""
    places = list(actor.organizations(*SEEING))
    return None if EVERYWHERE in places else places


def may_see(actor: Actor, organization: object) -> bool:
    """This will tell whether somebody sees a desk of this organization (None: of none)."""
    return actor.has(*SEEING, organization=organization)


def may_change(actor: Actor, organization: object) -> bool:
    """This will tell whether somebody changes a desk of this organization (None: of none)."""
    return actor.has(*CHANGING, organization=organization)
