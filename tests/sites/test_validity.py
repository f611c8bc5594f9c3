"""Everything wrong with a shape, where it is, and what a repair of it costs."""

from collections.abc import Sequence

import pytest
from shapely import MultiPolygon, Polygon, box

from sites.errors import InvalidBoundary, NotRepaired
from sites.validity import faults, judged, repaired

X, Y = 557_800, 174_500
SQUARE = [(0, 0), (10, 0), (10, 10), (0, 10)]
Ring = Sequence[tuple[float, float]]


def plot(ring: Ring, *holes: Ring) -> Polygon:
    """A shape near Steele Avenue, its corners counted from there."""

    def there(corners: Ring) -> Ring:
        return [(X + x, Y + y) for x, y in corners]

    return Polygon(there(ring), [there(hole) for hole in holes])


BOW_TIE = plot([(0, 0), (10, 10), (10, 0), (0, 10)])
HOLE_OUTSIDE = plot(SQUARE, [(20, 20), (22, 20), (22, 22), (20, 22)])
OVERLAPPING = MultiPolygon([plot(SQUARE), plot([(5, 5), (15, 5), (15, 15), (5, 15)])])
TWO_POINTS = Polygon([(X, Y), (X + 1, Y), (X, Y)])
SLIP = plot([(0, 0), (100, 0), (100, 100), (0, 100), (0, 0.1), (-0.05, 0), (0.05, 0)])


@pytest.mark.parametrize(
    ("shape", "kind", "place"),
    [
        (BOW_TIE, "crossing", (X + 5, Y + 5)),
        (HOLE_OUTSIDE, "hole outside", (X + 21, Y + 21)),
        (OVERLAPPING, "overlap", (X + 7.5, Y + 7.5)),
        (TWO_POINTS, "too few points", (X, Y)),
    ],
    ids=["bow-tie", "hole outside its shell", "overlapping areas", "two points"],
)
def test_a_fault_is_named_with_its_place(
    shape: Polygon | MultiPolygon, kind: str, place: tuple[float, float]
) -> None:
    (fault,) = [fault for fault in faults(shape) if fault.is_fatal]
    assert fault.kind == kind
    assert fault.place == pytest.approx(place, abs=0.6)
    assert f"{fault.place[0]:.2f}" in str(fault)


def test_every_fault_is_named_not_only_the_first() -> None:
    both = MultiPolygon([BOW_TIE, plot([(50, 0), (60, 10), (60, 0), (50, 10)])])
    assert [fault.place for fault in faults(both)] == [(X + 5, Y + 5), (X + 55, Y + 5)]


def test_the_size_of_an_overlap_is_told() -> None:
    assert faults(OVERLAPPING)[0].size_m2 == pytest.approx(25)


def test_a_vertex_that_is_there_twice_is_noted_and_does_no_harm() -> None:
    shape, notes = judged(plot([(0, 0), *SQUARE]))
    assert shape.area == pytest.approx(100)
    assert "a vertex is there twice" in notes[0]


def test_a_sliver_is_noted() -> None:
    strip = MultiPolygon([plot(SQUARE), plot([(20, 0), (20.05, 0), (20.05, 15), (20, 15)])])
    _, notes = judged(strip)
    assert "narrower than 10 cm" in notes[0]


def test_a_sound_shape_has_no_fault() -> None:
    assert faults(plot(SQUARE, [(2, 2), (4, 2), (4, 4), (2, 4)])) == ()


def test_what_is_wrong_is_refused_unless_a_repair_is_asked_for() -> None:
    with pytest.raises(InvalidBoundary, match=r"its edges cross at easting 557800\.05"):
        judged(SLIP)


def test_a_small_repair_is_made_and_says_what_it_gained_and_lost() -> None:
    shape, notes = judged(SLIP, fix=True)
    assert shape.is_valid
    assert shape.area == pytest.approx(10_000, abs=0.1)
    assert notes[-1] == "repaired: 0.00 m² gained, 0.00 m² lost"


@pytest.mark.parametrize("shape", [BOW_TIE, HOLE_OUTSIDE, OVERLAPPING])
def test_a_repair_that_would_be_another_shape_is_never_made(shape: Polygon | MultiPolygon) -> None:
    with pytest.raises(NotRepaired, match="more than 1%"):
        judged(shape, fix=True)


def test_a_limit_may_be_set_wider_by_hand_and_the_cost_is_told() -> None:
    repair = repaired(OVERLAPPING, most=0.2)
    assert repair.shape.area == pytest.approx(175)
    assert repair.shape.is_valid


@pytest.mark.parametrize("shape", [Polygon(), MultiPolygon()])
def test_an_empty_shape_is_refused(shape: Polygon | MultiPolygon) -> None:
    with pytest.raises(InvalidBoundary, match="empty"):
        judged(shape)


def test_nothing_is_made_of_a_shape_without_area() -> None:
    with pytest.raises(InvalidBoundary, match="no area"):
        judged(TWO_POINTS, fix=True)


def test_a_sound_shape_is_repaired_to_itself() -> None:
    field = box(X, Y, X + 30, Y + 20)
    repair = repaired(field)
    assert repair.shape.equals(field)
    assert (repair.gained_m2, repair.lost_m2) == (0, 0)
