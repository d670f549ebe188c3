"""Public ids that stay the same wherever the founding facts are loaded, so that a link keeps leading there."""

from uuid import UUID, uuid5

NAMESPACE = UUID("b3f9c8f0-6a1e-5d57-9d0b-5a1d0b6f1c55")


def founding_id(table: str, key: str) -> UUID:
    """This will give the id of a founding record ("service", "tokyo-net")."""
    return uuid5(NAMESPACE, f"{table}:{key}")
