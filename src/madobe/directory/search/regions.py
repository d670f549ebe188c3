"""Which areas answer an area asked for, nearest first. One definition for every engine."""

from dataclasses import dataclass
from functools import lru_cache

from madobe.directory import municipalities
from madobe.directory.choices import NATION

INSIDE = "*"  # after a prefecture's two digits: every municipality in it


@dataclass(frozen=True)
class Ring:
    """Extents that answer at one distance. "13*" stands for all municipalities of a prefecture."""

    distance: str  # "city" | "prefecture" | "nation"
    extents: tuple[str, ...]


@lru_cache(maxsize=2048)
def rings(municipality: str, prefecture: str) -> tuple[Ring, ...]:
    """This will give the rings around a place, best first; () where no area is asked for.

    A ward is served by its city; somebody who names the city is served by its wards, too. For a
    prefecture its own services stand first, then those for everybody, then those of its towns.
    """
    if municipality:
        own = [municipality]
        here = municipalities.by_code(municipality)
        if here is not None and here.parent:
            own.append(here.parent)
        own.extend(ward.code for ward in municipalities.wards_of(municipality))
        return (
            Ring("city", tuple(own)),
            Ring("prefecture", (municipality[:2],)),
            Ring("nation", (NATION,)),
        )
    if prefecture:
        return (
            Ring("prefecture", (prefecture,)),
            Ring("nation", (NATION,)),
            Ring("city", (prefecture + INSIDE,)),
        )
    return ()


def covers(extents: tuple[str, ...], extent: str) -> bool:
    """This will tell whether one of a ring's extents is this extent."""
    return any(
        one == extent or (one.endswith(INSIDE) and len(extent) > 2 and extent.startswith(one[:-1]))
        for one in extents
    )


def extent_order(extent: str) -> tuple[int, str]:
    """This will give the place of an extent in the order of rows: nation, prefectures, municipalities, none."""
    return ({NATION: 0}.get(extent, {2: 1, 6: 2}.get(len(extent), 3)), extent)
