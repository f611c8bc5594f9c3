"""Parts make up their site exactly, or the split is refused with the place and the size."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
import shapely
from shapely import MultiPolygon, Polygon, box
from shapely.geometry import shape

from sites.areas import acres
from sites.errors import NotAPartition
from sites.geometry import on_grid
from sites.projection import from_wgs84
from sites.split import fit, prove_partition

STEELE_AVENUE = Path(__file__).parents[1] / "data" / "steele-avenue.geojson"
SITE = on_grid(box(0, 0, 100, 50))
LEFT, RIGHT = on_grid(box(0, 0, 40, 50)), on_grid(box(40, 0, 100, 50))


def steele_avenue() -> dict[str, MultiPolygon]:
    features = json.loads(STEELE_AVENUE.read_text("utf-8"))["features"]
    return {
        feature["id"]: on_grid(from_wgs84(shape(feature["geometry"])))
        for feature in features
        if feature["geometry"]["type"] == "Polygon"
    }


def test_two_parts_that_meet_make_up_the_site() -> None:
    prove_partition(SITE, {1: LEFT, 2: RIGHT})


def test_three_parts_one_with_a_hole_filled_by_another_make_up_the_site() -> None:
    inner = box(50, 10, 60, 20)
    around = RIGHT.difference(inner)
    prove_partition(SITE, {1: LEFT, 2: on_grid(around), 3: on_grid(inner)})


@pytest.mark.parametrize(
    ("right", "fault", "size_m2"),
    [
        (box(40.5, 0, 100, 50), "gap", 25.0),
        (box(39.5, 0, 100, 50), "overlap", 25.0),
        (box(40, 0, 101, 50), "outside", 50.0),
        (box(40, 0, 99.9, 50), "gap", 5.0),
    ],
)
def test_a_split_that_does_not_fit_is_refused_with_the_place_and_the_size(
    right: Polygon, fault: str, size_m2: float
) -> None:
    with pytest.raises(NotAPartition) as refused:
        prove_partition(SITE, {1: LEFT, 2: on_grid(right)})
    assert refused.value.fault == fault
    assert refused.value.size_m2 == pytest.approx(size_m2)
    assert refused.value.place is not None
    faulty = shapely.symmetric_difference(box(40, 0, 100, 50), right)
    assert shapely.distance(faulty, shapely.Point(refused.value.place)) == 0
    assert f"{size_m2:.2f} m²" in str(refused.value)
    assert "easting" in str(refused.value)


def test_neighbours_that_do_not_share_their_vertices_are_refused() -> None:
    kinked = on_grid(Polygon([(40, 0), (100, 0), (100, 50), (40, 50), (40, 25)]))
    with pytest.raises(NotAPartition, match="do not share the same vertices") as refused:
        prove_partition(SITE, {1: LEFT, 2: kinked})
    assert refused.value.fault == "edge"


def test_a_sliver_within_the_tolerance_of_a_hundredth_of_a_square_metre_is_nothing() -> None:
    site = on_grid(Polygon([(0, 0), (100, 0), (100, 50), (0, 50)]))
    within = on_grid(Polygon([(40, 0), (100, 0), (100, 49.99), (99.5, 50), (40, 50)]))
    beyond = on_grid(Polygon([(40, 0), (100, 0), (100, 49.9), (95, 50), (40, 50)]))
    prove_partition(site, {1: LEFT, 2: within})
    with pytest.raises(NotAPartition, match="gap"):
        prove_partition(site, {1: LEFT, 2: beyond})


def test_the_parts_of_steele_avenue_make_up_its_1_29_acres() -> None:
    shapes = steele_avenue()
    site, parts = fit(shapes["site"], {1: shapes["part-1"], 2: shapes["part-2"]})
    prove_partition(site, parts)
    assert round(acres(site.area), 2) == Decimal("1.29")
    assert site.area == pytest.approx(shapes["site"].area, abs=1)


def test_as_drawn_they_miss_by_a_rounding_which_the_fit_takes_up_and_a_fault_it_does_not() -> None:
    shapes = steele_avenue()
    with pytest.raises(NotAPartition):
        prove_partition(shapes["site"], {1: shapes["part-1"], 2: shapes["part-2"]})
    moved = on_grid(shapely.transform(shapes["part-2"], lambda xy: xy - (0.0, 0.5)))
    with pytest.raises(NotAPartition):
        prove_partition(*fit(shapes["site"], {1: shapes["part-1"], 2: moved}))


def test_the_land_taken_for_the_a206_lies_between_the_two_boundaries() -> None:
    shapes = steele_avenue()
    taken = shapes["site-before-2018"].difference(shapes["site"])
    assert taken.area > 100
    assert shapes["site"].difference(shapes["site-before-2018"]).area < 1


def test_fitting_steele_avenue_adds_the_ends_of_the_cut_and_moves_nothing_by_over_2_cm() -> None:
    shapes = steele_avenue()
    drawn = {1: shapes["part-1"], 2: shapes["part-2"]}
    site, parts = fit(shapes["site"], drawn)
    added = shapely.get_num_coordinates(site) - shapely.get_num_coordinates(shapes["site"])
    assert added == 2
    assert shapely.hausdorff_distance(shapes["site"], site) <= 0.02
    assert all(shapely.hausdorff_distance(drawn[no], parts[no]) <= 0.02 for no in drawn)


def test_the_boundary_before_2018_is_not_made_up_by_the_parts_of_2021() -> None:
    shapes = steele_avenue()
    drawn = {1: shapes["part-1"], 2: shapes["part-2"]}
    with pytest.raises(NotAPartition) as refused:
        prove_partition(*fit(shapes["site-before-2018"], drawn))
    assert refused.value.fault == "gap"


def test_no_parts_at_all_leave_the_whole_site_as_a_gap() -> None:
    with pytest.raises(NotAPartition, match=r"a gap of 5000\.00 m²"):
        prove_partition(SITE, {})


def test_a_part_that_counts_land_twice_is_refused_by_its_area() -> None:
    twice = MultiPolygon([box(0, 0, 100, 50), box(30, 30, 50, 50)])
    with pytest.raises(NotAPartition) as refused:
        prove_partition(SITE, {1: twice})
    assert refused.value.fault == "area"
    assert refused.value.size_m2 == pytest.approx(400.0)
