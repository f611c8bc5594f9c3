"""Which part a burden touches: a point stands on it, a line runs along it, an area covers it."""

import pytest
import shapely
from shapely import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, box
from shapely.affinity import translate

from sites.geometry import on_grid
from sites.touching import Touched, touched

EAST, NORTH = 557_800.0, 174_500.0  # Greenhithe


def moved(shape: shapely.Geometry) -> shapely.Geometry:
    return translate(shape, EAST, NORTH)


def land(shape: shapely.Geometry) -> MultiPolygon:
    return on_grid(moved(shape))


SITE = land(box(0, 0, 100, 50))
LAND: dict[int | None, MultiPolygon] = {
    None: SITE,
    1: land(box(0, 0, 40, 50)),
    2: land(box(40, 0, 100, 50)),
}


def found(shape: shapely.Geometry) -> dict[int | None, Touched]:
    return {each.part_no: each for each in touched(moved(shape), LAND)}


def lengths(shape: shapely.Geometry) -> dict[int | None, float | None]:
    return {no: each.length_m for no, each in found(shape).items()}


def areas(shape: shapely.Geometry) -> dict[int | None, float | None]:
    return {no: each.area_m2 for no, each in found(shape).items()}


def test_a_point_touches_the_site_and_the_part_it_stands_on() -> None:
    touches = found(Point(10, 10))
    assert touches.keys() == {None, 1}
    assert touches[1] == Touched(1, None, None)


def test_a_point_on_the_cut_touches_both_parts() -> None:
    assert found(Point(40, 20)).keys() == {None, 1, 2}


def test_a_point_off_the_edge_by_the_drawers_hand_stands_on_the_land() -> None:
    assert found(Point(100.4, 20)).keys() == {None, 2}


def test_a_point_a_metre_off_touches_nothing() -> None:
    assert found(Point(101, 20)) == {}


def test_several_points_touch_what_each_stands_on() -> None:
    assert found(MultiPoint([(10, 10), (90, 10)])).keys() == {None, 1, 2}


def test_a_line_inside_one_part_touches_it_over_its_length() -> None:
    assert lengths(LineString([(50, 10), (90, 10)])) == pytest.approx({None: 40, 2: 40})


def test_a_tunnel_under_both_parts_touches_each_over_its_share_and_half_a_metre_of_reach() -> None:
    assert lengths(LineString([(-10, 25), (110, 25)])) == pytest.approx(
        {None: 101, 1: 41, 2: 61}, abs=0.01
    )


@pytest.mark.parametrize("off_m", [-0.4, 0, 0.4])
def test_an_easement_along_a_frontage_touches_the_part_behind_it_over_its_length(
    off_m: float,
) -> None:
    along = LineString([(50, -off_m), (90, -off_m)])
    assert lengths(along) == pytest.approx({None: 40, 2: 40}, abs=0.01)


def test_a_line_a_metre_off_an_edge_does_not_lie_along_it() -> None:
    assert lengths(LineString([(50, -1), (90, -1)])) == {}


def test_a_line_along_the_cut_lies_along_both_parts() -> None:
    assert lengths(LineString([(40, 10), (40, 40)])) == pytest.approx({None: 30, 1: 30, 2: 30})


def test_a_pipe_that_ends_short_of_the_land_at_right_angles_does_not_touch_it() -> None:
    assert lengths(LineString([(50, -10), (50, -0.1)])) == {}


def test_a_pipe_that_passes_a_corner_does_not_touch_it() -> None:
    assert lengths(LineString([(-10, -0.4), (0.0, -0.4)])) == {}


def test_a_line_in_two_pieces_touches_over_both() -> None:
    pieces = MultiLineString([[(5, 10), (15, 10)], [(50, 10), (70, 10)]])
    assert lengths(pieces) == pytest.approx({None: 30, 1: 10, 2: 20})


def test_an_area_touches_where_it_covers() -> None:
    assert areas(box(30, 40, 60, 60)) == pytest.approx({None: 300, 1: 100, 2: 200})
    assert found(box(30, 40, 60, 60))[1].length_m is None


def test_open_space_that_covers_one_part_exactly_does_not_touch_its_neighbour() -> None:
    assert areas(box(0, 0, 40, 50)) == pytest.approx({None: 2_000, 1: 2_000})


@pytest.mark.parametrize("off_m", [0.001, 0.01, 0.019])
def test_nor_does_it_when_a_file_in_degrees_has_put_it_off_by_a_rounding(off_m: float) -> None:
    assert areas(box(0, 0, 40 + off_m, 50)).keys() == {None, 1}


def test_it_does_when_it_reaches_over_by_a_hands_breadth() -> None:
    assert areas(box(0, 0, 40.1, 50)) == pytest.approx({None: 2_005, 1: 2_000, 2: 5})


def test_an_area_that_adjoins_the_site_does_not_touch_it() -> None:
    assert areas(box(-20, 0, 0, 50)) == {}


def test_an_area_round_a_part_that_is_a_hole_in_it_does_not_touch_it() -> None:
    inner = land(box(10, 10, 20, 20))
    ring = moved(box(0, 0, 40, 50) - box(10, 10, 20, 20))
    assert list(touched(ring, {1: inner})) == []


def test_a_part_in_two_pieces_is_touched_in_either() -> None:
    apart = land(shapely.union(box(0, 0, 10, 10), box(50, 0, 60, 10)))
    [touch] = touched(moved(box(55, 0, 80, 10)), {3: apart})
    assert touch.part_no == 3
    assert touch.area_m2 == pytest.approx(50)
