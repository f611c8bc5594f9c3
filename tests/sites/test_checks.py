"""What is wrong with land that lies beside other land: overlaps, duplicates, land outside."""

import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon, box
from shapely.affinity import translate

from sites.checks import Neighbourhood, Problem, outside, unfit
from sites.geometry import on_grid

EAST, NORTH = 558_300.0, 174_500.0  # Greenhithe


def land(*fields: Polygon) -> MultiPolygon:
    return on_grid(translate(MultiPolygon(fields), EAST, NORTH))


FIELD = land(box(0, 0, 100, 50))
NEXT_DOOR = land(box(100, 0, 200, 50))


def overlaps(*shapes: MultiPolygon) -> list[Problem]:
    refs = [f"site-{letter}" for letter in "abcdefgh"[: len(shapes)]]
    return list(Neighbourhood(refs, shapes).overlaps())


def in_place(problem: Problem, where: shapely.Geometry) -> bool:
    return problem.place is not None and bool(shapely.distance(where, Point(problem.place)) < 0.01)


def test_neighbours_along_a_fence_do_not_overlap() -> None:
    assert overlaps(FIELD, NEXT_DOOR) == []


def test_two_sites_that_overlap_are_told_once_with_the_place_the_size_and_the_land() -> None:
    [problem] = overlaps(FIELD, land(box(90, 0, 200, 50)))
    assert problem.kind == "overlap"
    assert problem.refs == ("site-a", "site-b")
    assert problem.said == "site-a and site-b overlap by 500.00 m²"
    assert problem.size_m2 == pytest.approx(500)
    assert in_place(problem, land(box(90, 0, 100, 50)))
    assert problem.shape.equals(land(box(90, 0, 100, 50)))


def test_three_sites_on_the_same_land_overlap_two_by_two() -> None:
    shapes = [land(box(start, 0, start + 60, 50)) for start in (0, 20, 40)]
    assert [problem.refs for problem in overlaps(*shapes)] == [
        ("site-a", "site-b"),
        ("site-a", "site-c"),
        ("site-b", "site-c"),
    ]


def test_an_overlap_narrower_than_two_surveys_agree_is_a_sliver() -> None:
    [sliver] = overlaps(FIELD, land(box(99.8, 0, 200, 50)))
    assert sliver.kind == "sliver"
    assert sliver.said == "site-a and site-b overlap by a sliver of 10.00 m²"
    assert in_place(sliver, land(box(99.8, 0, 100, 50)))
    [wider] = overlaps(FIELD, land(box(99.7, 0, 200, 50)))
    assert wider.kind == "overlap"


def test_an_overlap_of_a_hundredth_of_a_square_metre_is_nothing() -> None:
    assert overlaps(FIELD, land(box(99.9, 49.9, 200, 100))) == []
    [sliver] = overlaps(FIELD, land(box(99.85, 49.85, 200, 100)))
    assert sliver.size_m2 == pytest.approx(0.0225)


@pytest.mark.parametrize("other", [FIELD, land(box(0.5, 0, 100.5, 50))])
def test_the_same_land_twice_is_a_duplicate(other: MultiPolygon) -> None:
    [problem] = overlaps(FIELD, other)
    assert problem.kind == "duplicate"
    assert problem.said.startswith("site-a and site-b are the same land, or nearly: ")
    assert in_place(problem, FIELD)


def test_a_site_inside_another_is_an_overlap_and_no_duplicate() -> None:
    [problem] = overlaps(FIELD, land(box(10, 10, 20, 20)))
    assert problem.kind == "overlap"
    assert problem.size_m2 == pytest.approx(100)


def test_a_site_in_the_hole_of_another_overlaps_nothing() -> None:
    ring = land(box(0, 0, 100, 50) - box(10, 10, 20, 20))
    assert overlaps(ring, land(box(10, 10, 20, 20))) == []


def test_an_estate_without_boundaries_has_no_overlaps() -> None:
    assert overlaps() == []
    assert Neighbourhood([], []).overlapping(FIELD) == []


def test_a_new_site_is_told_which_it_shares_land_with_and_not_only_an_edge() -> None:
    far = land(box(300, 0, 310, 9))
    around = Neighbourhood(["field", "next-door", "far"], [FIELD, NEXT_DOOR, far])
    assert sorted(around.overlapping(land(box(95, 0, 120, 10)))) == ["field", "next-door"]
    assert around.overlapping(land(box(110, 10, 120, 20))) == ["next-door"]
    assert around.overlapping(land(box(100, 50, 200, 100))) == []
    assert around.overlapping(land(box(99, 50, 200, 100))) == []


COUNCIL = land(box(-1_000, -1_000, 120, 1_000))


def outsiders(*shapes: shapely.Geometry) -> list[Problem]:
    refs = [f"site-{letter}" for letter in "abcdefgh"[: len(shapes)]]
    return list(outside(COUNCIL, refs, shapes))


def test_a_site_inside_the_councils_area_or_along_its_edge_is_not_outside() -> None:
    assert outsiders(FIELD, land(box(100, 0, 120, 50))) == []


def test_a_site_partly_outside_is_told_with_the_land_that_is() -> None:
    [problem] = outsiders(FIELD, NEXT_DOOR)[:1]
    assert problem.kind == "outside"
    assert problem.refs == ("site-b",)
    assert problem.said == "site-b lies outside the council's area: 4,000.00 m² of it"
    assert problem.size_m2 == pytest.approx(4_000)
    assert in_place(problem, land(box(120, 0, 200, 50)))


def test_a_site_wholly_outside_is_told_with_all_of_its_land() -> None:
    [problem] = outsiders(land(box(500, 0, 600, 50)))
    assert problem.size_m2 == pytest.approx(5_000)


def test_a_site_over_the_edge_by_a_rounding_is_not_outside() -> None:
    assert outsiders(land(box(100, 0, 120.01, 50))) == []
    [problem] = outsiders(land(box(100, 0, 120.1, 50)))
    assert problem.size_m2 == pytest.approx(5)


def test_a_site_known_as_a_point_is_outside_by_its_position() -> None:
    here, there = Point(EAST + 10, NORTH), Point(EAST + 500, NORTH)
    [problem] = outsiders(here, there)
    assert problem.refs == ("site-b",)
    assert problem.said == "site-b lies outside the council's area: its position"
    assert problem.place == (EAST + 500, NORTH)


def test_a_point_on_the_edge_of_the_councils_area_is_in_it() -> None:
    assert outsiders(Point(EAST + 120, NORTH)) == []


def test_parts_that_make_up_their_site_are_no_problem() -> None:
    parts = {1: land(box(0, 0, 40, 50)), 2: land(box(40, 0, 100, 50))}
    assert unfit("mill-lane", FIELD, parts) is None


def test_parts_of_a_site_that_has_since_grown_no_longer_make_it_up() -> None:
    parts = {1: land(box(0, 0, 40, 50)), 2: land(box(40, 0, 100, 50))}
    problem = unfit("mill-lane", land(box(0, 0, 110, 50)), parts)
    assert problem is not None
    assert problem.kind == "parts"
    assert problem.refs == ("mill-lane",)
    assert problem.said.startswith("mill-lane: The parts leave a gap of 500.00 m² at easting")
    assert problem.size_m2 == pytest.approx(500)
    assert in_place(problem, land(box(100, 0, 110, 50)))
