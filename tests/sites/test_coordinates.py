"""Coordinates are read as what they can be in Great Britain, and a doubt is always named."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Transformer
from shapely import MultiPoint, Point, Polygon, box

from sites.coordinates import placed
from sites.errors import DoubtfulPosition
from sites.projection import to_wgs84

# The middle of the land south of Steele Avenue, Greenhithe.
EASTING, NORTHING = 558_317.0, 174_756.0
HERE = Point(EASTING, NORTHING)
LONGITUDE, LATITUDE = shapely.get_coordinates(to_wgs84(HERE))[0]
DEGREES = Point(LONGITUDE, LATITUDE)


def published(name: str) -> dict[str, tuple[float, float]]:
    """The first two numbers of every test point in a file of Ordnance Survey."""
    with (Path(__file__).parents[1] / "data" / "ostn15" / name).open(encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if row][1:]
    return {row[0]: (float(row[1]), float(row[2])) for row in rows}


# Point → its ETRS89 longitude and latitude, and its easting and northing, Scilly to Shetland.
ORDNANCE_SURVEY = {
    name: (
        Point(longitude, latitude),
        Point(published("OSTN15_OSGM15_TestOutput_ETRStoOSGB.txt")[name]),
    )
    for name, (latitude, longitude) in published("OSTN15_OSGM15_TestInput_ETRStoOSGB.txt").items()
}


def in_system(code: int, degrees: Point = DEGREES) -> Point:
    """The same place in another system."""
    geodetic = 4326 if str(code).startswith(("326", "3857", "4326")) else 4258
    moved = Transformer.from_crs(geodetic, code, always_xy=True).transform(degrees.x, degrees.y)
    return Point(moved)


def refused(shape: shapely.Geometry, stated: str | None, *, fix: bool = False) -> str:
    """What the refusal says."""
    with pytest.raises(DoubtfulPosition) as said:
        placed(shape, stated, fix=fix)
    return str(said.value)


@pytest.mark.parametrize(
    ("label", "shape"),
    [
        *((label, HERE) for label in ("EPSG:27700", "OSGB36", "british national grid", "OSGB 1936",
                                      "urn:ogc:def:crs:EPSG::27700", "27700", "BNG", "epsg 27700",
                                      "http://www.opengis.net/def/crs/EPSG/0/27700",
                                      "urn:ogc:def:crs:EPSG:6.9:27700",
                                      "http://www.opengis.net/gml/srs/epsg.xml#27700")),
        *((label, DEGREES) for label in ("EPSG:4326", "WGS84", "wgs 84", "ETRS89", "EPSG:4258",
                                         "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84",
                                         "GCS_WGS_1984")),
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
        (Point(-7.373, 55.381), "EPSG:4326", "lies in Ireland"),
        (Point(-6.193, 55.291), "EPSG:4326", "lies in Ireland"),
        (Point(-6.34, 52.25), "EPSG:4326", "lies in Ireland"),
        (Point(-2.107, 49.187), "EPSG:4326", "lies outside Great Britain"),
        (Point(-3.0, 49.85), "EPSG:4326", "lies outside Great Britain"),
        (Point(-13.687, 57.596), "EPSG:4326", "lies outside Great Britain"),
        (Point(333_500, 374_000), "EPSG:29903", "Ireland has a grid of its own"),
        (Point(333_500, 374_000), "Irish Grid", "Ireland has a grid of its own"),
        (Point(1e9, 1e9), "EPSG:27700", "lies outside Great Britain"),
    ],
    ids=["nowhere", "not a number", "without end", "empty", "Paris", "New York", "Dublin",
         "Belfast", "Malin Head", "Rathlin", "Rosslare", "Jersey", "the Channel", "Rockall",
         "Belfast by code",
         "Belfast by name", "far off"],
)  # fmt: skip
def test_what_is_no_place_in_great_britain_is_refused_even_when_mending(
    shape: Point, stated: str | None, says: str
) -> None:
    for fix in (False, True):
        assert says in refused(shape, stated, fix=fix)


@pytest.mark.parametrize(
    "degrees",
    [(-5.770, 55.300), (-5.185, 54.960), (-4.483, 54.150), (-6.330, 55.590), (-5.715, 50.066)],
    ids=["the Mull of Kintyre", "the Rhins of Galloway", "Douglas", "the Mull of Oa", "Land's End"],
)
def test_headlands_that_look_across_to_ireland_are_not_taken_for_it(
    degrees: tuple[float, float],
) -> None:
    assert placed(Point(degrees), "EPSG:4326").fixed == ()


@pytest.mark.parametrize("code", [29900, 29901, 29902, 29903, 2157])
@pytest.mark.parametrize("label", ["EPSG:{}", "{}", "urn:ogc:def:crs:EPSG::{}", "EPSG:9.1:{}"])
def test_every_grid_of_ireland_is_known_by_its_code(code: int, label: str) -> None:
    said = refused(Point(333_500, 374_000), label.format(code), fix=True)
    assert "Ireland has a grid of its own" in said


def test_a_grid_of_ireland_is_known_by_the_definition_that_a_shapefile_carries() -> None:
    assert "Ireland has a grid" in refused(Point(333_500, 374_000), CRS(29903).to_wkt("WKT1_ESRI"))


@pytest.mark.parametrize("code", [27700, 4326, 4258, 3857, 3035, 32630, 25831])
@pytest.mark.parametrize("version", ["WKT2_2019", "WKT1_GDAL", "WKT1_ESRI"])
def test_a_system_is_known_by_its_definition(code: int, version: str) -> None:
    shape = HERE if code == 27700 else in_system(code)
    assert placed(shape, CRS(code).to_wkt(version)).shape.distance(HERE) < 0.02


@pytest.mark.parametrize("fix", [False, True])
@pytest.mark.parametrize(
    ("label", "name"),
    [("EPSG:4277", "OSGB36"), ("4277", "OSGB36"), ("EPSG:2154", "Lambert-93"),
     ("urn:ogc:def:crs:EPSG::3395", "World Mercator"), (CRS(32629).to_wkt(), "UTM zone 29N")],
)  # fmt: skip
def test_a_system_that_is_known_but_not_read_is_refused_whatever_its_numbers_pass_for(
    label: str, name: str, *, fix: bool
) -> None:
    """Degrees of the old datum lie some 120 m from those of WGS 84, and look the same."""
    said = refused(DEGREES, label, fix=fix)
    assert name in said
    assert f"It is in {label[:40]}" in said
    assert "which is not read" in said
    assert len(said) < 250


def test_eastings_and_northings_that_are_swapped_are_recognised_where_that_leaves_britain() -> None:
    swapped = Point(NORTHING, EASTING)  # which would be in County Down
    said = refused(swapped, "EPSG:27700")
    assert "its two axes swapped" in said
    assert "easting 558317, northing 174756" in said
    found = placed(swapped, "EPSG:27700", fix=True)
    assert found.shape.equals(HERE)
    assert "swapped" in found.fixed[0]


def test_a_shape_is_read_whole_or_not_at_all() -> None:
    one_swapped = MultiPoint([DEGREES, (LATITUDE, LONGITUDE)])
    for fix in (False, True):
        assert "outside Great Britain" in refused(one_swapped, "EPSG:4326", fix=fix)


@pytest.mark.parametrize("fix", [False, True])
def test_numbers_that_two_systems_can_mean_are_never_mended(*, fix: bool) -> None:
    """A place in Kent by one zone of UTM is a place in Wales by the next."""
    said = refused(in_system(32631), None, fix=fix)
    assert "UTM zone 30N (EPSG:32630) (easting " in said
    assert "UTM zone 31N (EPSG:32631) (easting 558317, northing 174756)" in said
    assert said.endswith("Say in the file which it is.")


@given(st.text(max_size=40))
def test_no_label_whatever_it_says_moves_a_place_unsaid(label: str) -> None:
    try:
        found = placed(HERE, label)
    except DoubtfulPosition as error:
        said = str(error)
        assert "--fix" in said or "Ireland" in said or "which is not read" in said
    else:
        assert found.shape.distance(HERE) < 0.01


@pytest.mark.parametrize(
    "label",
    ["\0", "EPSG:", "EPSG:99999999999999999999", "EPSG:-1", "+proj=longlat", "{}", "x" * 100_000,
     "epsg" * 25_000,
     "https://example.org/crs", "/vsicurl/https://example.org/crs", "@/etc/passwd"],
)  # fmt: skip
def test_a_label_made_to_do_harm_is_told_as_one_that_names_nothing(label: str) -> None:
    try:
        found = placed(HERE, label)
    except DoubtfulPosition as error:
        assert "can only be the National Grid" in str(error)  # noqa: PT017 (of a label of degrees)
    else:
        assert found.shape.equals(HERE)
        assert "names no system of coordinates" in found.notes[0]


def test_a_vertex_at_nought_in_an_area_is_found() -> None:
    ring = [(EASTING, NORTHING), (EASTING + 10, NORTHING), (0, 0)]
    assert refused(Polygon(ring), "EPSG:27700").startswith("Vertex 3 is at 0, 0")


def test_heights_are_dropped_and_told() -> None:
    found = placed(Point(EASTING, NORTHING, 12.5), "EPSG:27700")
    assert not shapely.has_z(found.shape)
    assert found.notes == ("the height was dropped",)


def test_degrees_with_few_decimals_are_told() -> None:
    for degrees, counted in (((0.28, 51.45), "2 decimals"), ((0.2, 51.4), "1 decimal")):
        notes = placed(Point(degrees), "EPSG:4326").notes
        assert notes == (f"its degrees have {counted}, which is 100 m or more",)
    assert placed(Point(0.2817, 51.45), "EPSG:4326").notes == ()


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


@pytest.mark.parametrize("point", ORDNANCE_SURVEY)
@pytest.mark.parametrize("code", [27700, 4326, 4258, 3857, 3035, 32630, 32631, 25830, 25831])
def test_the_test_points_of_ordnance_survey_are_met_in_every_system(code: int, point: str) -> None:
    degrees, metres = ORDNANCE_SURVEY[point]
    found = placed(metres if code == 27700 else in_system(code, degrees), f"EPSG:{code}")
    assert found.shape.distance(metres) < 0.01


@pytest.mark.parametrize("point", ORDNANCE_SURVEY)
def test_the_test_points_of_ordnance_survey_are_recognised_swapped_and_mislabelled(
    point: str,
) -> None:
    degrees, metres = ORDNANCE_SURVEY[point]
    for shape, label in (
        (Point(degrees.y, degrees.x), "EPSG:4326"),
        (Point(degrees.y, degrees.x), None),
        (metres, "WGS84"),
        (degrees, "OSGB36"),
        (in_system(3857, degrees), "EPSG:27700"),
        (in_system(3857, degrees), "EPSG:4326"),
    ):
        assert "--fix" in refused(shape, label)
        found = placed(shape, label, fix=True)
        assert found.shape.distance(metres) < 0.01
        assert len(found.fixed) == 1


def test_a_whole_boundary_moves_as_one() -> None:
    field = box(EASTING, NORTHING, EASTING + 100, NORTHING + 50)
    found = placed(to_wgs84(field), "EPSG:4326").shape
    assert np.abs(
        shapely.get_coordinates(found) - shapely.get_coordinates(field)
    ).max() < 0.01  # fmt: skip
