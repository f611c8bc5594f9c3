"""Coordinates are read as what they can be in Great Britain, and a doubt is always named."""

import math

import numpy as np
import pytest
import shapely
from pyproj import Transformer
from shapely import Point, Polygon, box

from sites.coordinates import placed
from sites.errors import DoubtfulPosition
from sites.projection import from_wgs84, to_wgs84

# The middle of the land south of Steele Avenue, Greenhithe.
EASTING, NORTHING = 558_317.0, 174_756.0
HERE = Point(EASTING, NORTHING)
LONGITUDE, LATITUDE = shapely.get_coordinates(to_wgs84(HERE))[0]
DEGREES = Point(LONGITUDE, LATITUDE)


def in_system(code: int) -> Point:
    """The same place in another system."""
    return Point(Transformer.from_crs(4326, code, always_xy=True).transform(LONGITUDE, LATITUDE))


def refused(shape: shapely.Geometry, stated: str | None, *, fix: bool = False) -> str:
    """What the refusal says."""
    with pytest.raises(DoubtfulPosition) as said:
        placed(shape, stated, fix=fix)
    return str(said.value)


@pytest.mark.parametrize(
    ("label", "shape"),
    [
        *((label, HERE) for label in ("EPSG:27700", "OSGB36", "british national grid", "OSGB 1936",
                                      "urn:ogc:def:crs:EPSG::27700")),
        *((label, DEGREES) for label in ("EPSG:4326", "WGS84", "wgs 84", "ETRS89", "EPSG:4258")),
    ],
)  # fmt: skip
def test_a_label_is_known_however_it_is_written(label: str, shape: Point) -> None:
    found = placed(shape, label)
    assert found.shape.distance(HERE) < 0.01
    assert (found.notes, found.fixed) == ((), ())


@pytest.mark.parametrize("code", [3857, 3035, 32630, 32631, 25831])
def test_other_systems_that_a_file_names_are_converted_and_told(code: int) -> None:
    found = placed(in_system(code), f"EPSG:{code}")
    assert found.shape.distance(HERE) < 0.02
    assert found.notes
    assert found.notes[0].startswith("from ")


@pytest.mark.parametrize(
    ("shape", "stated", "looks_like"),
    [
        (Point(LATITUDE, LONGITUDE), "EPSG:4326", "latitude and longitude swapped"),
        (Point(LATITUDE, LONGITUDE), None, "latitude and longitude swapped"),
        (HERE, "WGS84", "can only be the National Grid (EPSG:27700)"),
        (DEGREES, "EPSG:27700", "can only be longitude and latitude (WGS 84)"),
        (DEGREES, "OSGB36", "can only be longitude and latitude (WGS 84)"),
        (in_system(3857), "EPSG:4326", "can only be Web Mercator (EPSG:3857)"),
        (in_system(3035), "EPSG:27700", "can only be ETRS89-LAEA Europe (EPSG:3035)"),
        (in_system(3857), None, "can only be Web Mercator (EPSG:3857)"),
    ],
    ids=["swapped", "swapped, unlabelled", "metres called degrees", "degrees called metres",
         "degrees called OSGB36", "web mercator called degrees", "europe called british",
         "web mercator, unlabelled"],
)  # fmt: skip
def test_numbers_that_contradict_the_label_are_named_and_mended_only_when_asked(
    shape: Point, stated: str | None, looks_like: str
) -> None:
    said = refused(shape, stated)
    assert looks_like in said
    assert "easting 558317, northing 174756" in said
    assert "--fix" in said
    found = placed(shape, stated, fix=True)
    assert found.shape.distance(HERE) < 0.02
    assert len(found.fixed) == 1
    assert "the only reading in Great Britain" in found.fixed[0]


@pytest.mark.parametrize(
    ("shape", "system"), [(HERE, "National Grid"), (DEGREES, "longitude and latitude")]
)
def test_without_a_label_the_numbers_are_read_and_the_reading_is_told(
    shape: Point, system: str
) -> None:
    found = placed(shape, None)
    assert found.shape.distance(HERE) < 0.01
    assert len(found.notes) == 1
    assert "no system is known for it; read as" in found.notes[0]
    assert system in found.notes[0]


def test_a_label_that_names_nothing_is_told() -> None:
    found = placed(HERE, "Cartesian")
    assert found.notes[0] == "“Cartesian” names no system of coordinates"
    assert found.shape.equals(HERE)


@pytest.mark.parametrize(
    ("shape", "stated", "says"),
    [
        (Point(0, 0), "EPSG:4326", "0, 0, which stands for no position"),
        (Point(math.nan, 51.4), "EPSG:4326", "a coordinate that is no number"),
        (Point(math.inf, 51.4), None, "a coordinate that is no number"),
        (Point(), None, "it has no coordinates"),
        (Point(2.3522, 48.8566), "EPSG:4326", "lies outside Great Britain"),
        (Point(-73.9, 40.7), "WGS84", "lies outside Great Britain"),
        (Point(-6.26, 53.35), "EPSG:4326", "lies in Ireland"),
        (Point(-5.93, 54.6), "EPSG:4326", "lies in Ireland"),
        (Point(333_500, 374_000), "EPSG:29903", "Ireland has a grid of its own"),
        (Point(333_500, 374_000), "Irish Grid", "Ireland has a grid of its own"),
        (Point(1e9, 1e9), "EPSG:27700", "lies outside Great Britain"),
    ],
    ids=["nowhere", "not a number", "without end", "empty", "Paris", "New York", "Dublin",
         "Belfast", "Belfast by code", "Belfast by name", "far off"],
)  # fmt: skip
def test_what_is_no_place_in_great_britain_is_refused_even_when_mending(
    shape: Point, stated: str | None, says: str
) -> None:
    for fix in (False, True):
        assert says in refused(shape, stated, fix=fix)


def test_a_vertex_at_nought_in_an_area_is_found() -> None:
    ring = [(EASTING, NORTHING), (EASTING + 10, NORTHING), (0, 0)]
    assert refused(Polygon(ring), "EPSG:27700").startswith("Vertex 3 is at 0, 0")


def test_heights_are_dropped_and_told() -> None:
    found = placed(Point(EASTING, NORTHING, 12.5), "EPSG:27700")
    assert not shapely.has_z(found.shape)
    assert found.notes == ("the height was dropped",)


def test_degrees_with_few_decimals_are_told() -> None:
    assert (
        "its degrees have 2 decimals, which is 100 m or more"
        in placed(Point(0.28, 51.45), "EPSG:4326").notes
    )


def test_a_place_outside_the_area_of_the_council_is_taken_and_told() -> None:
    borough = shapely.MultiPolygon([box(550_000, 170_000, 555_000, 180_000)])
    found = placed(HERE, "EPSG:27700", near=borough)
    assert found.notes == (
        "it lies outside the council's area, at easting 558317, northing 174756",
    )


def test_metres_that_lie_in_the_area_only_when_swapped_are_doubted() -> None:
    borough = shapely.MultiPolygon([box(550_000, 170_000, 560_000, 180_000)])
    swapped = Point(NORTHING, EASTING)
    with pytest.raises(DoubtfulPosition, match="its two axes swapped"):
        placed(swapped, "EPSG:27700", near=borough)
    assert placed(swapped, "EPSG:27700", near=borough, fix=True).shape.equals(HERE)


def test_the_test_points_of_ordnance_survey_are_met_through_degrees() -> None:
    """Two of the published points (OSTN15 test file), by their ETRS89 degrees."""
    published = {
        (-2.1549586, 52.2552951): None,
        (1.7160735, 52.6588810): None,
    }
    for lon, lat in published:
        there = from_wgs84(Point(lon, lat))
        assert placed(Point(lon, lat), "ETRS89").shape.distance(there) < 0.001


def test_a_whole_boundary_moves_as_one() -> None:
    field = box(EASTING, NORTHING, EASTING + 100, NORTHING + 50)
    found = placed(to_wgs84(field), "EPSG:4326").shape
    assert np.abs(
        shapely.get_coordinates(found) - shapely.get_coordinates(field)
    ).max() < 0.01  # fmt: skip
