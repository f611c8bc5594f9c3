"""Wherever in Great Britain, in whatever system, a place is read as the same place."""

from contextlib import suppress

import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import Transformer
from shapely import MultiPoint, MultiPolygon, Point

from sites.coordinates import placed
from sites.errors import DoubtfulPosition, NotInBritain
from sites.projection import from_wgs84, to_wgs84

SYSTEMS = [27700, 4326, 4258, 3857, 3035, 32630, 32631, 25830, 25831]
TO_SYSTEM = {
    code: Transformer.from_crs(4258 if 25800 < code < 26000 else 4326, code, always_xy=True)
    for code in SYSTEMS
}
# Scilly to Lowestoft, and to Shetland; to the millimetre, as instruments write them.
eastings = st.integers(80_000_000, 655_000_000).map(lambda mm: mm / 1000)
northings = st.integers(8_000_000, 1_219_000_000).map(lambda mm: mm / 1000)
places = st.builds(Point, eastings, northings)
corner = st.tuples(st.integers(0, 200), st.integers(0, 200))
rings = st.lists(corner, min_size=3, max_size=9, unique=True)


def degrees_of(place: Point) -> Point:
    """The place in degrees; places that are not in Great Britain are passed over."""
    try:
        found = to_wgs84(place)
    except NotInBritain:
        assume(False)  # noqa: FBT003 (the signature is Hypothesis's)
    return found


def assume_in_britain(degrees: Point) -> None:
    """Pass over what lies in Ireland, or in the sea beyond all land."""
    try:
        placed(degrees, "EPSG:4326")
    except DoubtfulPosition as error:
        assume("Ireland" not in str(error) and "outside Great Britain" not in str(error))
        raise


@given(places, st.sampled_from(SYSTEMS))
def test_a_place_in_any_system_is_the_same_place(place: Point, code: int) -> None:
    degrees = degrees_of(place)
    assume_in_britain(degrees)
    there = Point(TO_SYSTEM[code].transform(degrees.x, degrees.y))
    found = placed(place if code == 27700 else there, f"EPSG:{code}")
    assert found.shape.distance(place) < 0.02
    assert found.fixed == ()


@given(places, st.sampled_from(SYSTEMS), st.sampled_from(["EPSG:27700", "EPSG:4326", None]))
def test_whatever_the_label_a_place_is_read_right_or_doubted_but_never_moved_in_silence(
    place: Point, code: int, label: str | None
) -> None:
    degrees = degrees_of(place)
    assume_in_britain(degrees)
    there = place if code == 27700 else Point(TO_SYSTEM[code].transform(degrees.x, degrees.y))
    in_its_zone = -6 < degrees.x < 0 if code in {32630, 25830} else degrees.x > 0
    assume(code < 25_800 or code == 27700 or in_its_zone)
    for fix in (False, True):
        with suppress(DoubtfulPosition):
            assert placed(there, label, fix=fix).shape.distance(place) < 0.02


@given(places, st.sampled_from(["EPSG:4326", "EPSG:4258", "WGS84", "EPSG:27700", "nonsense", None]))
def test_swapped_degrees_are_always_recognised(place: Point, label: str | None) -> None:
    degrees = degrees_of(place)
    assume_in_britain(degrees)
    swapped = Point(degrees.y, degrees.x)
    with pytest.raises(DoubtfulPosition, match="latitude and longitude swapped"):
        placed(swapped, label)
    found = placed(swapped, label, fix=True)
    assert found.shape.distance(place) < 0.02
    assert len(found.fixed) == 1


@given(places)
def test_swapped_metres_are_always_recognised_where_the_area_of_the_council_is_known(
    place: Point,
) -> None:
    assume_in_britain(degrees_of(place))
    assume(abs(place.x - place.y) > 20_000)  # on the diagonal both ways are in the area
    council = MultiPolygon([place.buffer(10_000)])
    swapped = Point(place.y, place.x)
    with pytest.raises(DoubtfulPosition, match="swapped"):
        placed(swapped, "EPSG:27700", near=council)
    found = placed(swapped, "EPSG:27700", near=council, fix=True)
    assert found.shape.equals(place)
    assert "swapped" in found.fixed[0]


@given(places)
def test_metres_called_degrees_and_degrees_called_metres_are_never_taken(place: Point) -> None:
    degrees = degrees_of(place)
    assume_in_britain(degrees)
    for shape, label in ((place, "EPSG:4326"), (degrees, "EPSG:27700")):
        with pytest.raises(DoubtfulPosition, match="--fix"):
            placed(shape, label)
        assert placed(shape, label, fix=True).shape.distance(place) < 0.02


@given(places, rings)
def test_seven_decimals_of_a_degree_move_no_vertex_by_two_centimetres(
    place: Point, ring: list[tuple[int, int]]
) -> None:
    shape = MultiPoint([(place.x + x, place.y + y) for x, y in ring])
    try:
        degrees = to_wgs84(shape)
        back = from_wgs84(shapely.transform(degrees, lambda xy: xy.round(7)))
    except NotInBritain:
        assume(False)  # noqa: FBT003 (likewise)
    moved = shapely.get_coordinates(back) - shapely.get_coordinates(shape)
    assert abs(moved).max() < 0.02
