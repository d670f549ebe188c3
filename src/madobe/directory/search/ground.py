"""Distances on the ground."""

from typing import Any

import numpy as np

EARTH_KM = 6371.0088  # mean radius


def kilometres(latitudes: Any, longitudes: Any, latitude: float, longitude: float) -> Any:
    """This will give the great-circle distances (haversine) from points to one place, in kilometres."""
    phi, lam = np.radians(latitudes), np.radians(longitudes)
    phi0, lam0 = np.radians(latitude), np.radians(longitude)
    h = np.sin((phi - phi0) / 2) ** 2 + np.cos(phi) * np.cos(phi0) * np.sin((lam - lam0) / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(h, 1)))
