"""A boundary that changes takes its parts with it, or says which of them it breaks and where."""

import json
import re
from pathlib import Path

import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon, box
from shapely.affinity import translate
from shapely.geometry import shape

from sites.errors import BreaksPart
from sites.geometry import on_grid
from sites.projection import from_wgs84
from sites.recutting import recut
from sites.split import fit, prove_partition

STEELE_AVENUE = Path(__file__).parents[1] / "data" / "steele-avenue.geojson"
EAST, NORTH = 558_300.0, 174_500.0  # Greenhithe


def land(*fields: Polygon) -> MultiPolygon:
    shapes = shapely.union_all([translate(each, EAST, NORTH) for each in fields])
    return on_grid(shapes)


WEST, EASTERN = box(0, 0, 40, 50), box(40, 0, 100, 50)
SITE, PARTS = fit(land(WEST, EASTERN), {1: land(WEST), 2: land(EASTERN)})


def after(changed: MultiPolygon) -> dict[int, MultiPolygon]:
    """The parts that a changed boundary leaves, fitted and proven as the register does."""
    site, parts = fit(changed, recut(SITE, PARTS, changed))
    prove_partition(site, parts)
    return parts


def place(refused: pytest.ExceptionInfo[BreaksPart], index: int = 0) -> Point:
    found = re.findall(r"easting (\d+\.\d\d), northing (\d+\.\d\d)", str(refused.value))
    return Point(*map(float, found[index]))


def test_an_unchanged_boundary_changes_no_vertex() -> None:
    parts = recut(SITE, PARTS, SITE)
    assert all(parts[no].equals_exact(PARTS[no]) for no in PARTS)


def test_a_boundary_drawn_anew_without_the_ends_of_the_cut_changes_no_vertex() -> None:
    slanting = Polygon([(0, 0), (100, 0), (97, 51.37), (0, 50)])
    whole = land(slanting)
    site, parts = fit(
        whole, {1: land(slanting & WEST.buffer(9)), 2: land(slanting - WEST.buffer(9))}
    )
    assert shapely.get_num_coordinates(site) > shapely.get_num_coordinates(whole)
    again = recut(site, parts, whole)
    assert all(again[no].equals_exact(parts[no]) for no in parts)
    prove_partition(*fit(whole, again))


def test_a_strip_that_is_lost_goes_from_every_part_it_was_in() -> None:
    parts = after(land(box(0, 3, 100, 50)))
    assert parts[1].equals(land(box(0, 3, 40, 50)))
    assert parts[2].equals(land(box(40, 3, 100, 50)))


def test_land_lost_from_one_part_leaves_the_other_as_it_was() -> None:
    parts = recut(SITE, PARTS, land(box(0, 0, 90, 50)))
    assert parts[1].equals_exact(PARTS[1])
    assert parts[2].equals(land(box(40, 0, 90, 50)))


def test_a_hole_that_is_sold_off_is_a_hole_in_its_part() -> None:
    parts = after(land((WEST | EASTERN) - box(60, 20, 70, 30)))
    assert parts[1].equals(PARTS[1])
    assert len(parts[2].geoms[0].interiors) == 1


def test_land_gained_beside_one_part_is_that_parts() -> None:
    parts = after(land(WEST, EASTERN, box(100, 10, 110, 30)))
    assert parts[1].equals_exact(PARTS[1])
    assert parts[2].equals(land(EASTERN, box(100, 10, 110, 30)))


def test_a_hole_that_is_bought_in_is_its_parts() -> None:
    pond = box(60, 20, 70, 30)
    site, parts = fit(land(WEST, EASTERN - pond), {1: land(WEST), 2: land(EASTERN - pond)})
    assert recut(site, parts, SITE)[2].equals(PARTS[2])


def test_land_gained_up_to_the_very_end_of_the_cut_is_the_one_parts_it_lies_along() -> None:
    parts = after(land(WEST, EASTERN, box(0, 50, 40, 55)))
    assert parts[1].equals(land(WEST, box(0, 50, 40, 55)))


@pytest.mark.parametrize("leaning_m", [-39, -20, 20, 39])
def test_at_the_end_of_a_slanting_cut_too(leaning_m: float) -> None:
    west = Polygon([(0, 0), (40 + leaning_m, 0), (40, 2), (0, 2)])
    both = box(0, 0, 100, 2)
    site, parts = fit(land(both), {1: land(west), 2: land(both - west)})
    grown = land(both, box(10, 2, 40, 5))
    assert recut(site, parts, grown)[1].area == pytest.approx(parts[1].area + 90)


def test_land_gained_in_one_place_and_lost_in_another_moves_both() -> None:
    parts = after(land(box(-5, 0, 95, 50)))
    assert parts[1].equals(land(box(-5, 0, 40, 50)))
    assert parts[2].equals(land(box(40, 0, 95, 50)))


def test_land_gained_beside_several_parts_is_refused_with_the_parts_and_the_place() -> None:
    strip = box(0, 50, 100, 53)
    with pytest.raises(
        BreaksPart, match=r"300\.00 m² gained at .* adjoin parts 1 and 2"
    ) as refused:
        recut(SITE, PARTS, land(WEST, EASTERN, strip))
    assert land(strip).contains(place(refused))
    assert refused.value.no == 1


def test_land_gained_beside_no_part_is_refused_with_the_place() -> None:
    island = box(120, 0, 130, 10)
    with pytest.raises(BreaksPart, match=r"100\.00 m² gained at .* adjoin no part") as refused:
        recut(SITE, PARTS, land(WEST, EASTERN, island))
    assert land(island).contains(place(refused))
    assert refused.value.no is None


def test_land_that_meets_a_part_in_a_corner_alone_adjoins_none() -> None:
    with pytest.raises(BreaksPart, match="adjoin no part"):
        recut(SITE, PARTS, land(WEST, EASTERN, box(100, 50, 110, 60)))


def test_a_part_of_which_nothing_is_left_is_refused_with_its_place() -> None:
    with pytest.raises(BreaksPart, match="Nothing would be left of part 1") as refused:
        recut(SITE, PARTS, land(EASTERN))
    assert PARTS[1].contains(place(refused))
    assert refused.value.no == 1


def test_a_part_of_which_a_hairline_is_left_is_gone() -> None:
    with pytest.raises(BreaksPart, match="Nothing would be left of part 1"):
        recut(SITE, PARTS, land(box(39.99, 0, 100, 50)))


def test_a_part_that_falls_apart_is_refused_with_every_piece_and_its_place() -> None:
    road = box(60, 0, 70, 50)
    with pytest.raises(
        BreaksPart, match=r"Part 2 would fall into 2 pieces: 1,\d00\.00 m² at .*; 1,\d00\.00 m²"
    ) as refused:
        recut(SITE, PARTS, land(WEST, EASTERN - road))
    assert {place(refused, 0).x < EAST + 60, place(refused, 1).x < EAST + 60} == {True, False}
    assert refused.value.no == 2


def test_a_part_in_two_pieces_may_lose_one_but_not_have_the_other_fall_apart() -> None:
    far = box(120, 0, 130, 10)
    site, parts = fit(land(WEST, EASTERN, far), {1: land(WEST), 2: land(EASTERN, far)})
    assert recut(site, parts, SITE)[2].equals(PARTS[2])
    with pytest.raises(BreaksPart, match="Part 2 would fall into 2 pieces"):
        recut(site, parts, land(WEST, EASTERN - box(60, 0, 70, 50)))


@pytest.mark.parametrize("shift", [(0.01, 0), (0, 0.01), (-0.01, 0.01), (0.01, 0.01)])
def test_a_boundary_that_moves_by_a_rounding_takes_the_parts_with_it(
    shift: tuple[float, float],
) -> None:
    after(on_grid(translate(SITE, *shift)))


def test_the_land_taken_for_the_a206_goes_from_the_parts_of_steele_avenue() -> None:
    features = json.loads(STEELE_AVENUE.read_text("utf-8"))["features"]
    drawn = {each["id"]: shape(each["geometry"]) for each in features}
    before = on_grid(from_wgs84(drawn["site-before-2018"]))
    now = on_grid(from_wgs84(drawn["site"]))
    middle = now.centroid.x
    sides = (box(middle - 500, 0, middle, 10**6), box(middle, 0, middle + 500, 10**6))
    site, parts = fit(before, {no: on_grid(before & side) for no, side in enumerate(sides, 1)})
    prove_partition(site, parts)
    fitted, cut = fit(now, recut(site, parts, now))
    prove_partition(fitted, cut)
    assert sum(part.area for part in cut.values()) == pytest.approx(fitted.area, abs=0.01)
    assert fitted.area == pytest.approx(now.area, abs=0.5)
