"""Distances on the ground: a place is a point on the unit sphere, so that nearness is one product."""

import math
from typing import Any

import numpy as np

from madobe.directory.search.ranking import NEAR_BONUS

EARTH_KM = 6371.0088  # mean radius


def on_sphere(latitudes: Any, longitudes: Any) -> Any:
    """This will give the points of places: one row of x, y and z each."""
    phi, lam = np.radians(latitudes), np.radians(longitudes)
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def nearness(points: Any, latitude: float, longitude: float) -> Any:
    """This will give how near points are to a place: the cosine of the angle between them, 1 right there."""
    x, y, z = on_sphere(latitude, longitude)
    return points[0] * x + points[1] * y + points[2] * z


def least_nearness(within_km: float) -> float:
    """This will give the nearness at the rim of a circle."""
    return math.cos(min(math.pi, within_km / EARTH_KM))


def kilometres(near: Any) -> Any:
    """This will give nearness in kilometres."""
    return EARTH_KM * np.arccos(np.clip(near, -1.0, 1.0))


def near_bonuses(near: Any, within_km: float) -> Any:
    """This will give the bonus of hits inside a circle: highest at its middle, 0 at its rim."""
    steps = [least_nearness(within_km * part / NEAR_BONUS) for part in range(NEAR_BONUS, 0, -1)]
    return np.searchsorted(np.array(steps), near, side="right") - 1
