"""A foreign record, an edit here: what goes out is the record as it came, but for the parts edited since."""

from typing import Any
from uuid import UUID, uuid5

_NOWHERE = object()


def merged(raw: Any, base: Any, current: Any, *, owner: UUID) -> Any:
    """This will give `raw` with every difference between `base` and `current` carried over.

    `base` is what our tables said of `raw` when it was taken in, `current` what they say now. Lists of objects
    are matched by id; `owner` is the record whose parts may have had to take another id (`own_id`).
    """
    if current == base:
        return raw
    if isinstance(raw, dict) and isinstance(base, dict) and isinstance(current, dict):
        return _merged_objects(raw, base, current, owner)
    if isinstance(raw, list) and isinstance(base, list) and isinstance(current, list):
        return _merged_lists(raw, base, current, owner)
    return current


def own_id(owner: UUID, foreign: str) -> UUID:
    """This will give the id a part takes here when its own one already belongs to another record."""
    return uuid5(owner, f"part:{foreign.lower()}")


def _merged_objects(
    raw: dict[str, Any], base: dict[str, Any], current: dict[str, Any], owner: UUID
) -> dict[str, Any]:
    made = {}
    for name in dict.fromkeys((*raw, *current)):
        if current.get(name, _NOWHERE) == base.get(name, _NOWHERE):
            if name in raw:
                made[name] = raw[name]
        elif name in current:
            both = name in raw and name in base
            made[name] = (
                merged(raw[name], base[name], current[name], owner=owner) if both else current[name]
            )
    return made


def _merged_lists(raw: list[Any], base: list[Any], current: list[Any], owner: UUID) -> list[Any]:
    theirs, known, now = _by_id(raw), _by_id(base), _by_id(current)
    if (len(theirs), len(known), len(now)) != (len(raw), len(base), len(current)):
        return current  # without ids nothing can be matched: what was edited stands
    made, seen = [], set()
    for foreign, one in theirs.items():
        here = (foreign, str(own_id(owner, foreign)))
        mine = next((key for key in here if key in now or key in known), None)
        if mine is None:
            made.append(one)  # our tables never held it
        elif mine in now:
            made.append(merged(one, known.get(mine), now[mine], owner=owner))
            seen.add(mine)
    # what ours adds of its own to a record (a kind, say) is told once somebody edited it
    return made + [one for key, one in now.items() if key not in seen and known.get(key) != one]


def _by_id(items: list[Any]) -> dict[str, Any]:
    return {
        one["id"]: one for one in items if isinstance(one, dict) and isinstance(one.get("id"), str)
    }
