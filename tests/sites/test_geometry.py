"""A boundary is an area in metres on the centimetre grid, or it is refused with the place."""

from decimal import Decimal

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiPolygon, Polygon, box

from sites.areas import acres, hectares
from sites.errors import InvalidBoundary
from sites.geometry import from_wkb, on_grid, to_wkb

SQUARE = box(558200, 174500, 558300, 174600)


def test_coordinates_are_rounded_to_the_centimetre() -> None:
    rough = Polygon([(0.004, 0.006), (10.1234, 0), (10, 10.5678)])
    assert shapely.get_coordinates(on_grid(rough)).tolist() == [
        [0.0, 0.01], [10.12, 0.0], [10.0, 10.57], [0.0, 0.01],
    ]  # fmt: skip


def test_vertices_of_the_same_centimetre_become_one() -> None:
    drawn = Polygon([(0, 0), (10, 0), (10.001, 0.001), (10, 10)])
    assert shapely.get_num_coordinates(on_grid(drawn)) == 4


def test_a_boundary_already_on_the_grid_stays_as_it_is() -> None:
    once = on_grid(SQUARE)
    assert isinstance(once, MultiPolygon)
    assert to_wkb(on_grid(once)) == to_wkb(once)


def test_a_height_is_dropped() -> None:
    assert not on_grid(shapely.force_3d(SQUARE, 12.5)).has_z


def test_a_boundary_keeps_its_holes_and_its_pieces() -> None:
    cut_in_two = MultiPolygon([SQUARE, box(558400, 174500, 558500, 174600)])
    holed = SQUARE.difference(box(558240, 174540, 558260, 174560))
    assert len(on_grid(cut_in_two).geoms) == 2
    assert on_grid(holed).area == pytest.approx(10_000 - 400)


def test_a_bow_tie_is_refused_with_the_place_where_it_crosses() -> None:
    bow_tie = Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    with pytest.raises(InvalidBoundary, match="Self-intersection at easting 5") as refusal:
        on_grid(bow_tie)
    assert refusal.value.place == (5.0, 5.0)


def test_land_that_is_counted_twice_is_refused() -> None:
    with pytest.raises(InvalidBoundary, match="is not valid"):
        on_grid(MultiPolygon([SQUARE, SQUARE]))


def test_a_ring_that_touches_itself_is_taken_apart_into_the_same_land() -> None:
    touching = Polygon([(0, 0), (10, 0), (10, 10), (5, 0), (0, 10)])
    assert not touching.is_valid
    kept = on_grid(touching)
    assert kept.is_valid
    assert kept.area == touching.area
    assert len(kept.geoms) == 2


def test_a_neck_that_rounding_closes_is_given_up_and_the_rest_is_valid() -> None:
    neck = box(10, 5, 12, 5.004)
    kept = on_grid(shapely.union_all([box(0, 0, 10, 10), neck, box(12, 0, 20, 10)]))
    assert kept.is_valid
    assert len(kept.geoms) == 2
    assert kept.area == pytest.approx(180.0)


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_a_coordinate_that_is_no_number_is_refused_by_its_vertex(wrong: float) -> None:
    def spoilt(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        xy[1, 0] = wrong
        return xy

    with pytest.raises(InvalidBoundary, match=r"no number \(vertex 2\)"):
        on_grid(shapely.transform(SQUARE, spoilt))


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (Polygon(), "is empty"),
        (LineString([(0, 0), (10, 10)]), "is a LineString, not an area"),
        (Polygon([(0, 0), (0.001, 0), (0.001, 0.001)]), "narrower than a centimetre"),
    ],
)
def test_what_is_no_area_is_refused(shape: object, said: str) -> None:
    with pytest.raises(InvalidBoundary, match=said):
        on_grid(shape)


def test_1_29_acres_are_0_522_hectares() -> None:
    area_m2 = 5220.45
    assert round(hectares(area_m2), 3) == Decimal("0.522")
    assert round(acres(area_m2), 2) == Decimal("1.29")


def test_the_register_holds_a_boundary_and_nothing_else() -> None:
    assert from_wkb(to_wkb(on_grid(SQUARE))).equals(on_grid(SQUARE))
    with pytest.raises(InvalidBoundary, match="in the register is a Point"):
        from_wkb(to_wkb(shapely.Point(0, 0)))
