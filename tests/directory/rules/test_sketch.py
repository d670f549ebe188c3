"""The sketch: north is up, east is right, distances in proportion, and nothing drawn of a single spot."""

from math import hypot

import pytest

from madobe.directory.rules.sketch import SIDE, Point, sketch_of

AKISHIMA = Point(1, 35.7056, 139.3536)
HACHIOJI = Point(
    2, 35.6664, 139.3160
)  # south-west of it, 5.5 km by the map of the Geospatial Information Authority
TACHIKAWA = Point(3, 35.7140, 139.4077)  # north-east of it, 5.0 km


def dots(*points: Point):
    sketch = sketch_of(points)
    return {dot.number: dot for dot in sketch.dots}, sketch


def test_south_is_below_and_west_is_left():
    drawn, _ = dots(AKISHIMA, HACHIOJI)
    assert drawn[2].y > drawn[1].y
    assert drawn[2].x < drawn[1].x


def test_distances_stand_in_proportion_to_the_scale():
    drawn, sketch = dots(AKISHIMA, HACHIOJI, TACHIKAWA)
    unit = sketch.bar / sketch.km
    far = hypot(drawn[1].x - drawn[2].x, drawn[1].y - drawn[2].y) / unit
    assert far == pytest.approx(5.5, abs=0.2)


def test_every_dot_lies_inside():
    drawn, _ = dots(AKISHIMA, HACHIOJI, TACHIKAWA)
    assert all(0 < dot.x < SIDE and 0 < dot.y < SIDE for dot in drawn.values())


def test_one_spot_needs_no_sketch():
    assert sketch_of([]) is None
    assert sketch_of([AKISHIMA]) is None
    assert sketch_of([AKISHIMA, Point(2, AKISHIMA.latitude, AKISHIMA.longitude)]) is None


def test_the_whole_country_fits_too():
    drawn, sketch = dots(Point(1, 43.06, 141.35), Point(2, 26.21, 127.68))  # 札幌, 那覇
    assert sketch.km >= 100
    assert 0 < sketch.bar < SIDE
