"""One service as the search sees it, as a plain value: the columns of `models.SearchEntry`."""

import json
from typing import NamedTuple
from uuid import UUID

from madobe.directory.search.regions import extent_order


class Entry(NamedTuple):
    """See `models.SearchEntry` for what the columns hold."""

    service: UUID
    text: str
    concepts: str
    kinds: int
    facts: int
    youngest: int
    oldest: int
    months: int
    dated_limits: str
    timetable: str
    areas: str
    points: str

    def read_areas(self) -> list[tuple[str, str]]:
        """This will give (extent, name) of every area, widest first."""
        return [(extent, name) for extent, name in json.loads(self.areas)]

    def read_points(self) -> list[tuple[float, float]]:
        """This will give (latitude, longitude) of every place it is given at."""
        return [(latitude, longitude) for latitude, longitude in json.loads(self.points)]

    def read_concepts(self) -> dict[str, int]:
        """This will give the concepts it answers, with their impacts."""
        pairs = (part.rpartition(":") for part in self.concepts.split())
        return {name: int(impact) for name, _colon, impact in pairs}

    def order(self) -> tuple[int, str, bytes]:
        """This will give its place among all services: by widest area, then id. Ties of a ranking are broken so."""
        areas = self.read_areas()
        return (*extent_order(areas[0][0] if areas else ""), self.service.bytes)


FIELDS = Entry._fields
