"""Reads of the directory: places near somebody, one place, lines and desks open at a minute."""

from madobe.directory.queries.lines import crisis_lines, text_desks
from madobe.directory.queries.merging import kept_place
from madobe.directory.queries.places import (
    covered,
    found_places,
    place,
    places,
    places_for,
    places_with_points,
)
from madobe.directory.queries.regions import PlaceGroup, region_page
from madobe.directory.queries.search import search, search_stands_on

__all__ = [
    "PlaceGroup",
    "covered",
    "crisis_lines",
    "found_places",
    "kept_place",
    "place",
    "places",
    "places_for",
    "places_with_points",
    "region_page",
    "search",
    "search_stands_on",
    "text_desks",
]
