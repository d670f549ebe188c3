"""A drawn sketch of where places lie to each other: no map, no tiles, only dots, north and a scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

SIDE = 300  # units of the drawing
EDGE = 34
KM_PER_DEGREE = 111.2
STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)  # km of the scale bar
FULL_BAR = 0.45  # of the drawing's width, at most


@dataclass(frozen=True)
class Point:
    """A place on the ground, in degrees (WGS 84), with its number in the list beside the sketch."""

    number: int
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Dot:
    """A place in the drawing, in its units; y grows downwards."""

    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Sketch:
    """Dots and the scale: a bar of `bar` units is `km` kilometres."""

    dots: tuple[Dot, ...]
    km: float
    bar: float

    @property
    def after(self) -> float:
        """Where the words of the scale begin."""
        return self.bar + EDGE - 12


def sketch_of(points: Sequence[Point]) -> Sketch | None:
    """This will draw places to scale; None for fewer than two of them, or all in one spot."""
    if len(points) < 2:
        return None
    middle = (min(p.latitude for p in points) + max(p.latitude for p in points)) / 2
    east = [p.longitude * KM_PER_DEGREE * cos(radians(middle)) for p in points]
    north = [p.latitude * KM_PER_DEGREE for p in points]
    across = max(max(east) - min(east), max(north) - min(north))
    if across < STEPS[0] / 10:
        return None
    unit = (SIDE - 2 * EDGE) / across  # drawing units a kilometre
    left = (SIDE - (max(east) - min(east)) * unit) / 2
    top = (SIDE - (max(north) - min(north)) * unit) / 2
    dots = tuple(
        Dot(
            p.number,
            round(left + (x - min(east)) * unit, 1),
            round(top + (max(north) - y) * unit, 1),
        )
        for p, x, y in zip(points, east, north, strict=True)
    )
    km = max((step for step in STEPS if step * unit <= SIDE * FULL_BAR), default=STEPS[0])
    return Sketch(dots, km, round(km * unit, 1))
