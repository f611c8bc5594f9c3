"""Land cut by lines or by an area, and pieces that keep the numbers of the land they are."""

import re
from math import cos, radians, sin

import pytest
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon, box
from shapely.affinity import translate

from sites.cutting import by_area, by_lines, by_side, numbered
from sites.errors import CannotCut
from sites.geometry import on_grid
from sites.split import fit, prove_partition

EAST, NORTH = 558_300.0, 174_500.0  # Greenhithe


def land(*fields: Polygon) -> MultiPolygon:
    return on_grid(translate(MultiPolygon(fields), EAST, NORTH))


def line(*corners: tuple[float, float]) -> LineString:
    return LineString([(EAST + x, NORTH + y) for x, y in corners])


def at(x: float, y: float) -> str:
    return f"easting {EAST + x:.2f}, northing {NORTH + y:.2f}"


FIELD = land(box(0, 0, 100, 50))
WITH_POND = land(box(0, 0, 100, 50).difference(box(40, 20, 60, 30)))
# As Bensted House is: one title on both sides of Lower Road, which the council does not own.
ACROSS_A_ROAD = land(box(0, 0, 100, 40), box(0, 50, 100, 90))


def areas(pieces: list[MultiPolygon]) -> list[float]:
    return [round(piece.area, 2) for piece in pieces]


def proven(site: MultiPolygon, pieces: list[MultiPolygon]) -> None:
    prove_partition(*fit(site, dict(enumerate(pieces, start=1))))


def test_a_line_through_a_field_makes_two_pieces_the_north_western_one_first() -> None:
    pieces = by_lines(FIELD, [line((30, -5), (30, 55))])
    assert areas(pieces) == [1_500, 3_500]
    proven(FIELD, pieces)
    across = by_lines(FIELD, [line((-5, 10), (105, 10))])
    assert areas(across) == [4_000, 1_000]


def test_a_line_that_ends_on_the_boundary_itself_cuts() -> None:
    assert areas(by_lines(FIELD, [line((30, 0), (30, 50))])) == [1_500, 3_500]


def test_a_line_that_bends_is_followed() -> None:
    pieces = by_lines(FIELD, [line((30, -5), (30, 25), (60, 25), (60, 55))])
    assert areas(pieces) == [2_250, 2_750]
    proven(FIELD, pieces)


def test_a_line_that_goes_out_and_comes_back_makes_as_many_pieces_as_it_parts() -> None:
    pieces = by_lines(FIELD, [line((-5, 10), (50, 60), (105, 10))])
    assert len(pieces) == 3
    proven(FIELD, pieces)


def test_several_lines_make_several_pieces() -> None:
    lines = [line((30, -5), (30, 55)), line((70, -5), (70, 55))]
    pieces = by_lines(FIELD, lines)
    assert areas(pieces) == [1_500, 2_000, 1_500]
    proven(FIELD, pieces)


def test_two_lines_that_cross_make_four_pieces() -> None:
    pieces = by_lines(FIELD, [line((50, -5), (50, 55)), line((-5, 25), (105, 25))])
    assert areas(pieces) == [1_250] * 4
    proven(FIELD, pieces)


def test_a_line_may_end_on_another_line() -> None:
    pieces = by_lines(FIELD, [line((40, -5), (40, 55)), line((40, 20), (105, 20))])
    assert areas(pieces) == [2_000, 1_800, 1_200]
    proven(FIELD, pieces)


def test_two_lines_that_meet_inside_the_land_cut_it_together() -> None:
    pieces = by_lines(FIELD, [line((30, -5), (30, 20)), line((30, 20), (105, 20))])
    assert sorted(areas(pieces)) == [1_400, 3_600]
    proven(FIELD, pieces)


def test_a_ring_inside_the_land_cuts_a_plot_out_of_it() -> None:
    pieces = by_lines(FIELD, [line((10, 10), (20, 10), (20, 20), (10, 20), (10, 10))])
    assert sorted(areas(pieces)) == [100, 4_900]
    proven(FIELD, pieces)


def test_a_line_over_a_pond_that_is_not_sold_leaves_it_out_of_both_pieces() -> None:
    pieces = by_lines(WITH_POND, [line((50, -5), (50, 55))])
    assert areas(pieces) == [2_400, 2_400]
    proven(WITH_POND, pieces)


def test_a_line_beside_a_pond_leaves_it_a_hole_in_one_piece() -> None:
    west, east = by_lines(WITH_POND, [line((30, -5), (30, 55))])
    assert [len(piece.geoms[0].interiors) for piece in (west, east)] == [0, 1]
    proven(WITH_POND, [west, east])


def test_land_on_both_sides_of_a_road_stays_in_its_pieces_and_is_cut_where_it_is_crossed() -> None:
    both = by_lines(ACROSS_A_ROAD, [line((30, -5), (30, 95))])
    assert sorted(areas(both)) == [1_200, 1_200, 2_800, 2_800]
    proven(ACROSS_A_ROAD, both)
    north_only = by_lines(ACROSS_A_ROAD, [line((30, 45), (30, 95))])
    assert sorted(areas(north_only)) == [1_200, 2_800, 4_000]
    proven(ACROSS_A_ROAD, north_only)


@pytest.mark.parametrize("short_m", [0.004, 0.015, -0.004, -0.015])
def test_a_line_that_stops_short_of_the_edge_by_a_rounding_cuts_all_the_same(
    short_m: float,
) -> None:
    pieces = by_lines(FIELD, [line((30, short_m), (30, 50 - short_m))])
    assert areas(pieces) == [1_500, 3_500]
    proven(FIELD, pieces)


@pytest.mark.parametrize("short_m", [0.004, 0.015, -0.004, -0.015])
def test_a_line_that_stops_short_of_another_line_by_a_rounding_meets_it(short_m: float) -> None:
    pieces = by_lines(FIELD, [line((40, -5), (40, 55)), line((40 + short_m, 20), (105, 20))])
    assert areas(pieces) == [2_000, 1_800, 1_200]
    proven(FIELD, pieces)


def test_a_line_that_leaves_beside_a_corner_runs_through_it_and_leaves_no_spike() -> None:
    # At so narrow an angle to the edge, half a centimetre from the corner is 2 cm along it.
    site = land(Polygon([(24.15, 75.85), (47.02, 65.84), (44, 100), (0, 159), (-56, 91), (19, 73)]))
    for off_m in (-0.03, -0.02, -0.01, 0, 0.005, 0.01, 0.02, 0.03):
        pieces = by_lines(site, [line((-72.85 + off_m, 172.79), (29.17 + off_m, 70.8426))])
        assert len(pieces) == 2
        proven(site, pieces)


def test_a_line_with_a_corner_given_twice_cuts_as_if_it_were_given_once() -> None:
    twice = line((30, 0.004), (30, 0.004), (30, 49.996), (30, 49.996))
    assert areas(by_lines(FIELD, [twice])) == [1_500, 3_500]


@pytest.mark.parametrize(
    ("site", "lines", "why"),
    [
        (
            FIELD,
            [line((110, -5), (110, 55))],
            rf"does not cross the land: it passes 10\.00 m from it, at {at(110, 0)}",
        ),
        (
            WITH_POND,
            [line((45, 25), (55, 25))],
            r"does not cross the land: it passes 5\.00 m from it, at",
        ),
        (FIELD, [line((30, -5), (30, 20))], f"ends inside the land, at {at(30, 20)}"),
        (FIELD, [line((20, 20), (30, 30))], f"ends inside the land, at {at(20, 20)}"),
        (
            FIELD,
            [line((30, -5), (30, 55), (60, 55), (60, 20))],
            f"ends inside the land, at {at(60, 20)}",
        ),
        (
            FIELD,
            [line((30, -5), (30, 55)), line((60, 20), (105, 20))],
            f"ends inside the land, at {at(60, 20)}",
        ),
        (FIELD, [line((30, -5), (30, 49.9))], f"ends inside the land, at {at(30, 49.9)}"),
        (FIELD, [line((-10, 40), (10, 60))], f"only touches the land, at {at(0, 50)}"),
        (FIELD, [line((-5, 50), (105, 50))], f"only touches the land, at {at(0, 50)}"),
        (FIELD, [line((-5, 55), (50, 50), (105, 55))], f"only touches the land, at {at(50, 50)}"),
        (
            WITH_POND,
            [line((50, -5), (50, 25))],
            f"through the land, at {at(50, 0)}, only as far as a hole in it",
        ),
        (
            FIELD,
            [line((30, -5), (30, 55)), line((30, -6), (30, 56))],
            "parts nothing that another line does not",
        ),
        (
            FIELD,
            [line((-5, 49.95), (105, 49.95))],
            r"sliver of 5\.00 m², narrower than 10 cm, at easting 5583\d\d\.\d\d, northing",
        ),
    ],
)
def test_a_line_that_parts_nothing_is_refused_by_name_and_place(
    site: MultiPolygon, lines: list[LineString], why: str
) -> None:
    with pytest.raises(CannotCut, match=why):
        by_lines(site, lines)


def test_a_strip_of_eleven_centimetres_is_narrow_but_no_sliver() -> None:
    assert sorted(areas(by_lines(FIELD, [line((-5, 49.89), (105, 49.89))]))) == [11, 4_989]


def test_the_place_of_a_sliver_lies_in_it() -> None:
    with pytest.raises(CannotCut) as refused:
        by_lines(FIELD, [line((20, -5), (20, 55)), line((50, 50.05), (105, 49.9))])
    x, y = re.findall(r"\d{6}\.\d\d", str(refused.value))
    assert shapely.distance(land(box(50, 49.9, 100, 50)), Point(float(x), float(y))) < 0.01


@pytest.mark.parametrize("bearing", [0, 17, 45, 90, 133.3, 180, 270, 359])
@pytest.mark.parametrize("area_m2", [500, 2_400, 4_700])
@pytest.mark.parametrize("site", [FIELD, WITH_POND, ACROSS_A_ROAD])
def test_a_part_of_a_wanted_area_has_it_to_a_square_metre_at_any_bearing(
    site: MultiPolygon, area_m2: float, bearing: float
) -> None:
    first, other = by_area(site, area_m2, bearing)
    assert first.area == pytest.approx(area_m2, abs=1)
    fitted, parts = fit(site, {1: first, 2: other})
    prove_partition(fitted, parts)
    assert parts[1].area == pytest.approx(area_m2, abs=1)
    turn = radians(bearing)
    left_x, left_y = -cos(turn), sin(turn)
    one, two = shapely.centroid(first), shapely.centroid(other)
    assert (one.x - two.x) * left_x + (one.y - two.y) * left_y > 0


def test_a_line_that_runs_east_has_the_first_part_on_its_north() -> None:
    first, other = by_area(FIELD, 1_000, 90)
    assert first.equals(land(box(0, 40, 100, 50)))
    assert other.equals(land(box(0, 0, 100, 40)))


def test_an_area_that_is_all_of_the_land_on_one_side_of_the_road_is_that_land() -> None:
    first, other = by_area(ACROSS_A_ROAD, 4_000, 90)
    assert first.equals(land(box(0, 50, 100, 90)))
    assert other.equals(land(box(0, 0, 100, 40)))


@pytest.mark.parametrize("area_m2", [0, -5, 5_000, 6_000, float("nan")])
def test_an_area_that_the_land_does_not_have_is_refused(area_m2: float) -> None:
    with pytest.raises(CannotCut, match=r"from land of 5,000\.00 m²"):
        by_area(FIELD, area_m2, 90)


def test_an_area_of_a_sliver_is_refused_with_its_place() -> None:
    with pytest.raises(CannotCut, match=r"sliver of 3\.\d\d m².*at easting 558300\.\d\d"):
        by_area(FIELD, 3, 180 + 180)


def test_a_cut_so_long_that_a_centimetre_is_square_metres_says_what_is_nearest() -> None:
    moor = land(box(0, 0, 4_000, 4_000))
    with pytest.raises(CannotCut, match=r"No straight line at 90° cuts 8,000,017\.00 m² off"):
        by_area(moor, 8_000_017, 90)


def test_pieces_are_grouped_by_the_side_of_the_line_they_lie_on() -> None:
    cut = line((30, -5), (30, 95))
    left, right = by_side(by_lines(ACROSS_A_ROAD, [cut]), cut)
    assert left.equals(land(box(0, 0, 30, 40), box(0, 50, 30, 90)))
    assert right.equals(land(box(30, 0, 100, 40), box(30, 50, 100, 90)))
    assert by_side([left, right], shapely.reverse(cut)) == (right, left)


def test_the_side_is_told_beside_the_bend_that_is_nearest() -> None:
    cut = line((-5, 10), (50, 20), (105, 10))
    left, right = by_side(by_lines(FIELD, [cut]), cut)
    assert left.area > right.area


def test_land_that_lies_on_one_side_only_is_refused() -> None:
    with pytest.raises(CannotCut, match="on one side of the line"):
        by_side([FIELD], line((110, -5), (110, 55)))


WEST, MIDDLE = land(box(0, 0, 30, 50)), land(box(30, 0, 70, 50))
EASTERN = land(box(70, 0, 100, 50))


def test_the_parts_of_land_that_had_none_are_numbered_from_one() -> None:
    assert numbered([WEST, MIDDLE, EASTERN], {}, ()) == {1: WEST, 2: MIDDLE, 3: EASTERN}


def test_a_number_stays_with_its_land_when_the_cut_moves() -> None:
    former = {1: EASTERN, 2: land(box(0, 0, 70, 50))}
    wider = land(box(60, 0, 100, 50))
    assert numbered([land(box(0, 0, 60, 50)), wider], former, {1, 2}) == {
        1: wider,
        2: land(box(0, 0, 60, 50)),
    }


def test_new_land_gets_a_number_that_was_never_given() -> None:
    former = {2: land(box(30, 0, 100, 50))}
    assert numbered([MIDDLE, EASTERN], former, {1, 2, 3}) == {2: MIDDLE, 4: EASTERN}


def test_halves_of_a_part_are_both_new_land() -> None:
    halves = [land(box(0, 0, 50, 50)), land(box(50, 0, 100, 50))]
    assert list(numbered(halves, {1: FIELD}, {1})) == [2, 3]


def test_a_number_once_given_is_not_given_again_though_its_land_is_gone() -> None:
    assert list(numbered([WEST, MIDDLE], {}, {1, 7})) == [8, 9]


def test_land_merged_and_split_along_the_old_line_has_its_old_numbers() -> None:
    former = {1: EASTERN, 3: WEST, 4: MIDDLE}
    pieces = by_lines(FIELD, [line((30, -5), (30, 55)), line((70, -5), (70, 55))])
    again = numbered(pieces, former, {1, 2, 3, 4})
    assert {no: piece.equals(former[no]) for no, piece in again.items()} == {
        1: True,
        3: True,
        4: True,
    }


def test_a_piece_that_takes_in_two_former_parts_keeps_the_lower_number() -> None:
    former = {2: WEST, 3: MIDDLE, 5: EASTERN}
    assert numbered([land(box(0, 0, 70, 50)), EASTERN], former, {2, 3, 5}).keys() == {2, 5}
