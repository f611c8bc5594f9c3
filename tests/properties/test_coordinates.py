"""Wherever in Great Britain, in whatever system, a place is read as the same place."""

import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import Transformer
from shapely import MultiPoint, Point, Polygon, affinity, box

from sites.coordinates import placed
from sites.errors import DoubtfulPosition, InvalidBoundary, NotInBritain, NotRepaired
from sites.geometry import on_grid
from sites.projection import from_wgs84, to_wgs84
from sites.validity import repaired

eastings = st.integers(200_000, 650_000)
northings = st.integers(100_000, 600_000)
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


def read(shape: shapely.Geometry, stated: str | None, *, fix: bool = False) -> shapely.Geometry:
    """The shape as it is placed; what lies in Ireland or the sea between is passed over."""
    try:
        return placed(shape, stated, fix=fix).shape
    except DoubtfulPosition as error:
        assume("Ireland" not in str(error) and "outside Great Britain" not in str(error))
        raise


def same(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    """Whether two shapes have the same vertices, wherever their rings begin."""
    return bool(shapely.normalize(one).equals_exact(shapely.normalize(other)))


@given(places, st.sampled_from([4326, 4258, 3857, 3035]))
def test_a_place_in_any_system_is_the_same_place(place: Point, code: int) -> None:
    degrees = degrees_of(place)
    read(degrees, "EPSG:4326")
    there = Transformer.from_crs(4326, code, always_xy=True).transform(degrees.x, degrees.y)
    assert read(Point(there), f"EPSG:{code}").distance(place) < 0.02


@given(places)
def test_swapped_degrees_are_always_recognised(place: Point) -> None:
    degrees = degrees_of(place)
    read(degrees, "EPSG:4326")
    swapped = Point(degrees.y, degrees.x)
    with pytest.raises(DoubtfulPosition, match="swapped"):
        placed(swapped, "EPSG:4326")
    assert read(swapped, "EPSG:4326", fix=True).distance(place) < 0.02


@given(places)
def test_metres_called_degrees_and_degrees_called_metres_are_never_taken(place: Point) -> None:
    degrees = degrees_of(place)
    read(degrees, "EPSG:4326")
    for shape, label in ((place, "EPSG:4326"), (degrees, "EPSG:27700")):
        with pytest.raises(DoubtfulPosition):
            placed(shape, label)


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


@given(rings)
def test_a_repair_is_idempotent_and_tells_what_it_changed(ring: list[tuple[int, int]]) -> None:
    shape = Polygon([(557_800 + x, 174_500 + y) for x, y in ring])
    try:
        once = repaired(shape, most=1e9)
    except (InvalidBoundary, NotRepaired):
        return  # nothing of it is land
    assert once.shape.is_valid
    again = repaired(once.shape, most=1e-6)
    assert same(again.shape, once.shape)
    assert (again.gained_m2, again.lost_m2) == (0, 0)


@given(rings)
def test_a_repair_that_changes_more_than_one_per_cent_is_never_made(
    ring: list[tuple[int, int]],
) -> None:
    shape = Polygon([(557_800 + x, 174_500 + y) for x, y in ring])
    try:
        mended = repaired(shape)
    except (InvalidBoundary, NotRepaired):
        return
    assert mended.gained_m2 + mended.lost_m2 <= 0.01 * max(mended.shape.area, 1) + 0.01


@given(st.floats(0, 360), st.integers(1, 300))
def test_a_sound_shape_needs_no_repair(turned: float, width: int) -> None:
    shape = on_grid(affinity.rotate(box(557_800, 174_500, 557_800 + width, 174_700), turned))
    mended = repaired(shape)
    assert same(mended.shape, shape)
    assert (mended.gained_m2, mended.lost_m2) == (0, 0)
