"""How far a place is, in SQL both databases know."""

from math import cos, radians

from django.db.models import F, FloatField, QuerySet, Value
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

from madobe.directory.models import ServiceAtLocation

EARTH = 6_371_000.0  # metres, mean radius
METRES_A_DEGREE = 111_000.0


def within(
    rows: QuerySet[ServiceAtLocation], latitude: float, longitude: float, metres: int
) -> QuerySet[ServiceAtLocation]:
    """This will keep rows whose `location` lies within so many metres of a point (degrees, great circle)."""
    tall = metres / METRES_A_DEGREE
    wide = tall / max(cos(radians(latitude)), 0.01)
    here = rows.filter(
        location__latitude__range=(latitude - tall, latitude + tall),
        location__longitude__range=(longitude - wide, longitude + wide),
    )
    north = Radians(F("location__latitude"))
    half = Power(Sin((north - Value(radians(latitude))) / 2.0), 2.0) + Cos(north) * Value(
        cos(radians(latitude))
    ) * Power(Sin((Radians(F("location__longitude")) - Value(radians(longitude))) / 2.0), 2.0)
    far = ASin(Sqrt(Least(half, Value(1.0))), output_field=FloatField()) * Value(2 * EARTH)
    return here.alias(far=far).filter(far__lte=float(metres))
