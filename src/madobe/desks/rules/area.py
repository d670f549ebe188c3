"""Which desk is for somebody: the one for the nearest area."""

from collections.abc import Collection, Sequence


def nearness(area: Collection[str], place: Sequence[str]) -> int | None:
    """This will tell how near a desk's area is: 0 is the nearest, None means the desk is for elsewhere.

    `area`: codes (six digits of a municipality, two of a prefecture); empty = everywhere. `place`: the codes a
    place has, nearest first (ward, city, prefecture); empty = not said: then a desk for everywhere is nearest and
    every other one is for them, too.
    """
    if not area:
        return len(place)  # further than any named area
    if not place:
        return 1
    return next((i for i, code in enumerate(place) if code in area), None)
