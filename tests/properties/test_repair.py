"""A repair gives valid land, once and for all, and says to the square centimetre what it cost."""

import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, MultiPolygon, Point, Polygon, affinity, box

from sites.errors import InvalidBoundary, NotRepaired
from sites.geometry import on_grid
from sites.validity import MOST_CHANGED, Repair, faults, judged, repaired

X, Y = 557_800, 174_500  # near Steele Avenue, Greenhithe
corners = st.tuples(st.integers(0, 200), st.integers(0, 200)).map(lambda xy: (X + xy[0], Y + xy[1]))
rings = st.lists(corners, min_size=3, max_size=9, unique=True)
# Any rings at all: most cross themselves, their holes and each other.
polygons = st.builds(Polygon, rings, st.lists(rings, max_size=2))
shapes = st.one_of(polygons, st.lists(polygons, min_size=1, max_size=3).map(MultiPolygon))
# Rings that do not cross themselves, though each other: then the land that is meant is certain.
simple_rings = (
    rings.map(lambda ring: MultiPoint(ring).convex_hull)
    .filter(lambda hull: isinstance(hull, Polygon))
    .map(lambda hull: list(hull.exterior.coords))
)
simple_polygons = st.builds(Polygon, simple_rings, st.lists(simple_rings, max_size=2))
simple_shapes = st.lists(simple_polygons, min_size=1, max_size=3).map(MultiPolygon)
bow_ties = st.builds(
    lambda left, right, tall: Polygon(
        [(X, Y), (X + left + right, Y + tall * right / left), (X + left + right, Y), (X, Y + tall)]
    ),
    st.integers(1, 200),
    st.integers(1, 200),
    st.integers(1, 200),
)
HALF_A_CENTIMETRE = 0.005


def mended(shape: Polygon | MultiPolygon) -> Repair:
    """The shape repaired at any cost; one of which nothing is land is passed over."""
    try:
        return repaired(shape, most=1e9)
    except (InvalidBoundary, NotRepaired):
        assume(False)  # noqa: FBT003 (the signature is Hypothesis's)
        raise


def same(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    """Whether two shapes have the same vertices, wherever their rings begin."""
    return bool(shapely.normalize(one).equals_exact(shapely.normalize(other)))


@given(st.one_of(shapes, bow_ties))
def test_a_repair_is_idempotent(shape: Polygon | MultiPolygon) -> None:
    once = mended(shape)
    again = repaired(once.shape, most=1e-6)
    assert same(again.shape, once.shape)
    assert (again.gained_m2, again.lost_m2) == (0, 0)


@given(st.one_of(shapes, bow_ties))
def test_what_was_repaired_is_sound_on_the_grid_and_needs_no_second_repair(
    shape: Polygon | MultiPolygon,
) -> None:
    once = mended(shape).shape
    assert once.is_valid
    assert same(on_grid(once), once)
    assert not any(fault.is_fatal for fault in faults(once))
    assert same(judged(once)[0], once)


@given(shapes)
def test_a_repair_makes_no_land_outside_the_rings_that_were_drawn(
    shape: Polygon | MultiPolygon,
) -> None:
    hull = shapely.convex_hull(shape).buffer(2 * HALF_A_CENTIMETRE)
    assert hull.contains(mended(shape).shape)


@given(simple_shapes)
def test_gained_and_lost_are_what_differs_from_shells_less_their_holes(
    shape: Polygon | MultiPolygon,
) -> None:
    parts = shapely.get_parts(shape)
    land = shapely.union_all([
        Polygon(part.exterior).difference(shapely.union_all([Polygon(h) for h in part.interiors]))
        for part in parts
    ])  # fmt: skip
    found = mended(shape)
    rounding = HALF_A_CENTIMETRE * 2 * (land.length + 1)
    assert found.shape.area == pytest.approx(land.area, abs=rounding)
    assert found.gained_m2 == pytest.approx(found.shape.difference(land).area, abs=1e-6)
    assert found.lost_m2 == pytest.approx(land.difference(found.shape).area, abs=1e-6)


@given(shapes)
def test_a_repair_that_changes_more_than_one_per_cent_is_never_made(
    shape: Polygon | MultiPolygon,
) -> None:
    try:
        found = repaired(shape)
    except (InvalidBoundary, NotRepaired):
        return
    drawn = abs(sum(part.area for part in shapely.get_parts(shape)))
    most = MOST_CHANGED * max(found.shape.area, drawn)
    assert abs(found.shape.area - drawn) <= most
    assert found.gained_m2 <= most
    assert found.lost_m2 <= most


@given(bow_ties)
def test_a_bow_tie_is_refused_with_the_place_where_it_crosses(shape: Polygon) -> None:
    (fault,) = [fault for fault in faults(shape) if fault.is_fatal]
    edges = [LineString(shape.exterior.coords[i : i + 2]) for i in (0, 2)]
    crossing = edges[0].intersection(edges[1])
    assert fault.kind == "crossing"
    assert crossing.distance(Point(fault.place)) < 2 * HALF_A_CENTIMETRE
    with pytest.raises(InvalidBoundary, match=f"{fault.place[0]:.2f}"):
        judged(shape)


@given(bow_ties)
def test_a_bow_tie_mended_by_hand_is_its_two_triangles(shape: Polygon) -> None:
    """Each of the triangles counts in full; drawn as one they counted against each other."""
    found = mended(shape)
    crossing = next(fault.place for fault in faults(shape))
    corner = list(shape.exterior.coords)
    triangles = [
        Polygon([corner[0], crossing, corner[3]]),
        Polygon([crossing, corner[1], corner[2]]),
    ]
    assert found.shape.area == pytest.approx(
        sum(triangle.area for triangle in triangles), abs=0.02 * shape.length
    )


@given(st.floats(0, 360), st.integers(1, 300))
def test_a_sound_shape_needs_no_repair(turned: float, width: int) -> None:
    shape = on_grid(affinity.rotate(box(X, Y, X + width, Y + 200), turned))
    found = repaired(shape)
    assert same(found.shape, shape)
    assert (found.gained_m2, found.lost_m2) == (0, 0)


@given(st.integers(2, 60), st.integers(2, 60), st.integers(1, 30))
def test_two_areas_that_overlap_lose_their_overlap_once(width: int, height: int, out: int) -> None:
    """The overlap was drawn twice; the land is there once, so nothing is gained or lost."""
    one = box(X, Y, X + 100, Y + 100)
    other = box(X + 100 - width, Y, X + 100 + out, Y + height)
    found = repaired(MultiPolygon([one, other]), most=1)
    assert found.shape.area == pytest.approx(100 * 100 + out * height)
    assert (found.gained_m2, found.lost_m2) == pytest.approx((0, 0))
    with pytest.raises(InvalidBoundary, match="two of its areas overlap"):
        judged(MultiPolygon([one, other]))


@given(st.integers(1, 50), st.integers(1, 50))
def test_a_hole_outside_the_shape_is_left_out_and_costs_no_land(width: int, height: int) -> None:
    hole = box(X + 200, Y, X + 200 + width, Y + height)
    shape = Polygon(box(X, Y, X + 100, Y + 100).exterior, [hole.exterior])
    found = repaired(shape, most=1)
    assert found.shape.area == pytest.approx(100 * 100)
    assert (found.gained_m2, found.lost_m2) == pytest.approx((0, 0))


@pytest.mark.parametrize("lost", [0.5, 1.5])
def test_the_limit_of_one_per_cent_is_kept_on_both_sides(lost: float) -> None:
    """A spur doubled back on itself adds `lost` per cent of the field to the area as drawn."""
    spur = box(X + 100, Y, X + 100 + lost, Y + 100)
    field = box(X, Y, X + 100 + lost, Y + 100)
    shape = MultiPolygon([field, spur])  # drawn twice: the area counts 100 m² for each metre
    if lost < 1:
        assert repaired(shape).shape.area == pytest.approx(field.area)
    else:
        with pytest.raises(NotRepaired, match="more than 1%"):
            repaired(shape)
