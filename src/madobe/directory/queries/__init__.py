"""Reads of the directory: places near somebody, one place, lines and desks open at a minute."""

from madobe.directory.queries.lines import crisis_lines, text_desks
from madobe.directory.queries.places import (
    PlaceGroup,
    covered,
    place,
    places_for,
    places_in,
    region_page,
)
from madobe.directory.queries.search import search, search_stands_on

__all__ = [
    "PlaceGroup",
    "covered",
    "crisis_lines",
    "place",
    "places_for",
    "places_in",
    "region_page",
    "search",
    "search_stands_on",
    "text_desks",
]
