"""What a later boundary gained and lost against an earlier one."""

import pytest
from shapely import MultiPolygon, Point, box

from sites.comparing import compared, pieces
from sites.geometry import on_grid

FIELD = on_grid(box(557_800, 174_500, 557_900, 174_560))
WITHOUT_THE_VERGE = on_grid(box(557_800, 174_503, 557_900, 174_560))
HOLE = box(557_840, 174_520, 557_850, 174_530)


def test_a_strip_taken_for_the_road_is_lost_and_nothing_gained() -> None:
    change = compared(FIELD, WITHOUT_THE_VERGE)
    assert change.lost.area == pytest.approx(300)
    assert change.gained.is_empty
    assert change.shared.area == pytest.approx(5_700)


def test_read_the_other_way_it_is_gained() -> None:
    change = compared(WITHOUT_THE_VERGE, FIELD)
    assert change.gained.area == pytest.approx(300)
    assert change.lost.is_empty


def test_every_piece_is_told_with_a_place_inside_it_the_largest_first() -> None:
    smaller = on_grid(WITHOUT_THE_VERGE.difference(HOLE))
    strip, hole = pieces(compared(FIELD, smaller).lost)
    assert [strip.area_m2, hole.area_m2] == pytest.approx([300, 100])
    assert HOLE.contains(Point(hole.place))


def test_a_boundary_compared_with_itself_changed_nothing() -> None:
    assert compared(FIELD, FIELD).is_nothing


def test_a_hairline_that_rounding_leaves_is_no_land() -> None:
    rounded = on_grid(box(557_800.01, 174_500, 557_900, 174_560))
    assert compared(FIELD, rounded).is_nothing


def test_three_centimetres_along_an_edge_are_land() -> None:
    moved = on_grid(box(557_800.03, 174_500, 557_900, 174_560))
    assert compared(FIELD, moved).lost.area == pytest.approx(1.8)


def test_land_given_up_altogether_is_lost_whole() -> None:
    elsewhere = on_grid(box(558_000, 174_500, 558_010, 174_510))
    change = compared(FIELD, elsewhere)
    assert isinstance(change.shared, MultiPolygon)
    assert change.shared.is_empty
    assert change.lost.area == pytest.approx(FIELD.area)
