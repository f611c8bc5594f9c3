"""Parts drawn elsewhere come to share every vertex with their site, by the least movement."""

import pytest
import shapely
from shapely import MultiPolygon, Polygon, box

from sites.errors import NotAPartition
from sites.fitting import joined
from sites.geometry import on_grid
from sites.split import fit, prove_partition

SITE = on_grid(box(0, 0, 20, 10))
WEST = on_grid(box(0, 0, 10, 10))
EAST = on_grid(box(10, 0, 20, 10))


def moved(before: MultiPolygon, after: MultiPolygon) -> float:
    return round(float(shapely.hausdorff_distance(before.boundary, after.boundary)), 6)


def vertices(shape: MultiPolygon) -> list[list[float]]:
    points: list[list[float]] = shapely.get_coordinates(shape).tolist()
    return points


def test_the_site_takes_up_the_ends_of_a_cut() -> None:
    site, _ = joined(SITE, {1: WEST, 2: EAST}, 0.01)
    assert [10.0, 0.0] in vertices(site)
    assert [10.0, 10.0] in vertices(site)


def test_the_vertices_of_the_site_stay_where_they_are() -> None:
    site, parts = joined(SITE, {1: WEST, 2: on_grid(box(10, 0.01, 20.01, 10))}, 0.02)
    assert set(map(tuple, vertices(SITE))) <= set(map(tuple, vertices(site)))
    assert [20.0, 0.0] in vertices(parts[2])


def test_a_cut_ends_on_the_edge_of_the_site_and_not_beside_it() -> None:
    short = on_grid(Polygon([(0, 0), (10, 0.01), (10, 9.99), (0, 10)]))
    _, parts = joined(SITE, {1: short}, 0.02)
    assert [10.0, 0.0] in vertices(parts[1])
    assert [10.0, 10.0] in vertices(parts[1])


def test_shapes_that_share_all_their_vertices_stay_as_they_are() -> None:
    site = on_grid(Polygon([(0, 0), (10, 0), (20, 0), (20, 10), (10, 10), (0, 10)]))
    fitted, parts = fit(site, {1: WEST, 2: EAST})
    assert fitted.equals(site)
    assert shapely.equals_exact(fitted, site, normalize=True)
    assert shapely.equals_exact(parts[1], WEST, normalize=True)


def test_a_gap_of_a_centimetre_is_closed() -> None:
    prove_partition(*fit(SITE, {1: WEST, 2: on_grid(box(10.01, 0, 20, 10))}))


def test_a_gap_of_five_centimetres_is_left_for_the_proof_to_find() -> None:
    fitted = fit(SITE, {1: WEST, 2: on_grid(box(10.05, 0, 20, 10))})
    with pytest.raises(NotAPartition) as refused:
        prove_partition(*fitted)
    assert refused.value.fault == "gap"
    assert refused.value.size_m2 == pytest.approx(0.5)


def test_a_cut_that_ends_on_another_cut_gives_it_a_vertex() -> None:
    north = on_grid(box(0, 5, 20, 10))
    south_west, south_east = on_grid(box(0, 0, 7.77, 5)), on_grid(box(7.77, 0, 20, 5))
    site, parts = fit(SITE, {1: north, 2: south_west, 3: south_east})
    prove_partition(site, parts)
    assert [7.77, 5.0] in vertices(parts[1])


def test_a_hole_takes_up_the_vertices_of_the_part_that_goes_round_it() -> None:
    ring = on_grid(SITE - box(8, 4, 12, 6))
    west, east = on_grid(ring & box(0, 0, 10, 10)), on_grid(ring & box(10, 0, 20, 10))
    site, parts = fit(ring, {1: west, 2: east})
    prove_partition(site, parts)
    assert [10.0, 4.0] in vertices(site)


def test_a_corner_whose_edges_run_close_together_is_not_swallowed() -> None:
    wedge = on_grid(Polygon([(0, 0), (50, 0), (50, 0.3)]))
    drawn = {1: on_grid(wedge & box(0, 0, 3.01, 1)), 2: on_grid(wedge & box(3.01, 0, 50, 1))}
    site, parts = fit(wedge, drawn)
    prove_partition(site, parts)
    assert moved(wedge, site) <= 0.02
    assert all(moved(drawn[no], parts[no]) <= 0.02 for no in drawn)


def test_a_part_smaller_than_the_reach_is_left_for_the_proof_to_judge() -> None:
    speck = on_grid(box(10, 5, 10.01, 5.01))
    drawn = {1: WEST, 2: EAST, 3: speck}
    site, parts = fit(SITE, drawn)
    assert moved(SITE, site) <= 0.02
    assert all(moved(drawn[no], parts[no]) <= 0.02 for no in drawn)


def test_a_part_with_a_tongue_of_a_centimetre_is_not_cut_short_by_metres() -> None:
    tongue = box(10, 9.98, 18, 9.99)
    drawn = {1: on_grid(WEST | tongue), 2: EAST}
    site, parts = fit(SITE, drawn)
    assert all(moved(drawn[no], parts[no]) <= 0.02 for no in drawn)
    with pytest.raises(NotAPartition, match=r"overlap by 0\.08 m²"):
        prove_partition(site, parts)


def test_a_site_with_a_tongue_of_two_centimetres_is_not_cut_short_by_metres() -> None:
    drawn = on_grid(SITE | Polygon([(20, 0), (28, 0), (20, 0.02)]))
    site, parts = fit(drawn, {1: WEST, 2: EAST})
    assert moved(drawn, site) <= 0.02
    with pytest.raises(NotAPartition, match=r"gap of 0\.08 m²"):
        prove_partition(site, parts)
