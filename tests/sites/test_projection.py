"""OSTN15 agrees with Ordnance Survey's forty test points to the centimetre, both ways."""

import csv
from pathlib import Path

import numpy as np
import pytest
from pyproj import Transformer
from shapely import Point

from sites.errors import NotInBritain
from sites.projection import from_wgs84, to_wgs84

DATA = Path(__file__).parents[1] / "data" / "ostn15"
CENTIMETRE = 0.01
METRES_A_DEGREE = 111_320


def rows(name: str) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        return [row for row in csv.reader(file) if row][1:]


TO_GRID = {row[0]: row for row in rows("OSTN15_OSGM15_TestOutput_ETRStoOSGB.txt")}
TO_DEGREES = {
    row[0]: row for row in rows("OSTN15_OSGM15_TestOutput_OSGBtoETRS.txt") if row[1] == "RESULT"
}


@pytest.mark.parametrize(
    "point", rows("OSTN15_OSGM15_TestInput_ETRStoOSGB.txt"), ids=lambda row: row[0]
)
def test_degrees_to_the_national_grid(point: list[str]) -> None:
    name, latitude, longitude, *_ = point
    moved = from_wgs84(Point(float(longitude), float(latitude)))
    assert moved.x == pytest.approx(float(TO_GRID[name][1]), abs=CENTIMETRE)
    assert moved.y == pytest.approx(float(TO_GRID[name][2]), abs=CENTIMETRE)


@pytest.mark.parametrize(
    "point", rows("OSTN15_OSGM15_TestInput_OSGBtoETRS.txt"), ids=lambda row: row[0]
)
def test_the_national_grid_to_degrees(point: list[str]) -> None:
    name, easting, northing, *_ = point
    moved = to_wgs84(Point(float(easting), float(northing)))
    latitude, longitude = float(TO_DEGREES[name][2]), float(TO_DEGREES[name][3])
    north_m = (moved.y - latitude) * METRES_A_DEGREE
    east_m = (moved.x - longitude) * METRES_A_DEGREE * np.cos(np.radians(latitude))
    assert abs(north_m) < CENTIMETRE
    assert abs(east_m) < CENTIMETRE


def test_all_forty_points_are_tried() -> None:
    assert len(TO_GRID) == len(TO_DEGREES) == 40


@pytest.mark.parametrize("place", [(2.35, 48.86), (51.45, 0.277), (0.0, 0.0)])
def test_a_point_outside_great_britain_is_refused_by_name(place: tuple[float, float]) -> None:
    with pytest.raises(NotInBritain, match=f"longitude {place[0]:.6f}, latitude {place[1]:.6f}"):
        from_wgs84(Point(place))


def test_an_easting_outside_great_britain_is_refused_by_name() -> None:
    with pytest.raises(NotInBritain, match=r"easting 9000000\.00, northing 0\.00"):
        to_wgs84(Point(9_000_000, 0))


def test_plain_pyproj_is_more_than_a_metre_off_in_greenhithe_and_says_nothing() -> None:
    place = (0.27695, 51.44967)
    right = from_wgs84(Point(place))
    plain = Transformer.from_crs(4326, 27700, always_xy=True, only_best=False)
    east, north = plain.transform(*place)
    assert right.distance(Point(east, north)) > 1
