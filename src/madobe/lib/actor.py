"""Who acts: a person who works here, as the floors below sign-in know them."""

from collections.abc import Collection
from dataclasses import dataclass

EVERYWHERE = ""  # a grant for all organizations of this installation


@dataclass(frozen=True)
class Actor:
    """One natural person with an account. `id` ("staff:<uuid>") stands as `by=` beside what they do.

    `grants` are pairs (role, organization id as text); `EVERYWHERE` covers every organization.
    """

    id: str
    name: str
    grants: frozenset[tuple[str, str]] = frozenset()

    def has(self, *roles: str, organization: object = EVERYWHERE) -> bool:
        """This will tell whether they hold one of these roles for this organization."""
        places = {EVERYWHERE, str(organization)}
        return any(role in roles and place in places for role, place in self.grants)

    def organizations(self, *roles: str) -> Collection[str]:
        """This will give the ids of the organizations they hold one of these roles for."""
        return sorted({place for role, place in self.grants if role in roles})
