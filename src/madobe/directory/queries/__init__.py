"""Reads of the directory: places near somebody, one place, lines and desks open at a minute."""

from madobe.directory.queries.lines import crisis_lines, text_desks
from madobe.directory.queries.merging import kept_place
from madobe.directory.queries.places import (
    PlaceGroup,
    covered,
    place,
    places_for,
    places_in,
    region_page,
)

__all__ = [
    "PlaceGroup",
    "covered",
    "crisis_lines",
    "kept_place",
    "place",
    "places_for",
    "places_in",
    "region_page",
    "text_desks",
]
