"""Whatever the land, a cut makes parts that are all of it, and only what was meant changes."""

import re
from math import cos, pi, sin

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Polygon

from sites.cutting import AREA_TOLERANCE_M2, by_area, by_lines, numbered
from sites.errors import BreaksPart, CannotCut, NotAPartition
from sites.geometry import GRID_M, on_grid
from sites.records import COVERAGE_TOLERANCE_M2
from sites.recutting import recut
from sites.split import SNAP_M, fit, prove_partition
from sites.touching import ALONG_EDGE_M, touched

NARROWEST_M = 0.10  # no land is asked to be narrower than what the cutting calls a sliver
FAR_M = 1_000

Parts = dict[int, MultiPolygon]
Split = tuple[MultiPolygon, Parts]

places = st.tuples(st.integers(150_000, 650_000), st.integers(20_000, 950_000))  # Great Britain
bearings = st.floats(0, 2 * pi)
near = st.tuples(st.floats(-18, 18), st.floats(-18, 18))


@st.composite
def fields(
    draw: st.DrawFn, at: tuple[float, float], nearest_m: float = 50, farthest_m: float = 200
) -> Polygon:
    """A field round a place: any number of corners, bays and capes."""
    corners = draw(st.integers(5, 14))
    turns = [2 * pi * (corner + draw(st.floats(-0.3, 0.3))) / corners for corner in range(corners)]
    reaches = [draw(st.floats(nearest_m, farthest_m)) for _ in turns]
    return Polygon(
        [
            (at[0] + far * cos(turn), at[1] + far * sin(turn))
            for turn, far in zip(turns, reaches, strict=True)
        ]
    )


@st.composite
def sites(draw: st.DrawFn) -> tuple[MultiPolygon, tuple[float, float]]:
    """Land and its middle: sometimes round a pond that is not sold, sometimes across a road."""
    at = draw(places)
    shape = draw(fields(at))
    if draw(st.booleans()):
        off = draw(near)
        shape = shape.difference(draw(fields((at[0] + off[0], at[1] + off[1]), 5, 20)))
    if draw(st.booleans()):
        shape = shape.union(draw(fields((at[0] + 500, at[1] + 100), 15, 60)))
    assume(shapely.minimum_clearance(shape) > NARROWEST_M)
    return on_grid(shape), at


def through(at: tuple[float, float], off: tuple[float, float], bearing: float) -> LineString:
    east, north = sin(bearing) * FAR_M, cos(bearing) * FAR_M
    x, y = at[0] + off[0], at[1] + off[1]
    return LineString([(x - east, y - north), (x + east, y + north)])


@st.composite
def cuts(draw: st.DrawFn, most: int = 3) -> tuple[MultiPolygon, list[MultiPolygon]]:
    """Land and the pieces that lines across it make of it."""
    site, at = draw(sites())
    lines = [through(at, draw(near), draw(bearings)) for _ in range(draw(st.integers(1, most)))]
    try:
        return site, by_lines(site, lines)
    except CannotCut as refused:
        assume(not re.search("sliver|only touches|another line does not", str(refused)))
        raise


@st.composite
def splits(draw: st.DrawFn, most: int = 2) -> Split:
    """A site and its parts as the register holds them: fitted to each other, and proven."""
    site, pieces = draw(cuts(most))
    fitted, parts = fit(site, dict(enumerate(pieces, start=1)))
    prove_partition(fitted, parts)
    return fitted, parts


def moved(before: MultiPolygon, after: MultiPolygon) -> float:
    return round(float(shapely.hausdorff_distance(before.boundary, after.boundary)), 6)


@given(cuts())
@settings(max_examples=200, deadline=None)
def test_land_cut_by_any_lines_across_it_is_made_up_by_its_pieces(
    cut: tuple[MultiPolygon, list[MultiPolygon]],
) -> None:
    site, pieces = cut
    drawn = dict(enumerate(pieces, start=1))
    fitted, parts = fit(site, drawn)
    prove_partition(fitted, parts)
    assert moved(site, fitted) <= 0.02
    assert all(moved(drawn[no], parts[no]) <= 0.02 for no in drawn)
    assert all(len(piece.geoms) == 1 for piece in pieces)


@given(splits())
@settings(max_examples=100, deadline=None)
def test_a_split_that_is_merged_gives_back_the_site(split: Split) -> None:
    site, parts = split
    merged = on_grid(shapely.union_all(list(parts.values())))
    assert merged.equals(site)
    prove_partition(*fit(site, {1: merged}))


@given(splits())
@settings(max_examples=100, deadline=None)
def test_a_site_merged_and_split_again_along_the_same_lines_has_its_numbers_again(
    split: Split,
) -> None:
    _, parts = split
    shuffled = sorted(parts.values(), key=lambda part: part.area)
    assert numbered(shuffled, parts, parts) == parts


@given(splits(), st.data(), st.floats(0.05, 5), bearings)
@settings(max_examples=150, deadline=None)
def test_a_corner_of_a_part_that_is_moved_by_5_cm_or_more_is_refused(
    split: Split, data: st.DataObject, far_m: float, bearing: float
) -> None:
    site, parts = split
    no = data.draw(st.sampled_from(sorted(parts)))
    xy = shapely.get_coordinates(parts[no].geoms[0].exterior)[:-1]
    corner = data.draw(st.integers(0, len(xy) - 1))
    xy[corner] += (far_m * sin(bearing), far_m * cos(bearing))
    rest = parts[no].geoms[0].interiors
    perturbed = Polygon(xy, rest)
    assume(perturbed.is_valid and not shapely.buffer(perturbed, -0.02).is_empty)
    perturbed_part = on_grid(MultiPolygon([perturbed, *list(parts[no].geoms)[1:]]))
    wrong = shapely.symmetric_difference(perturbed_part, parts[no])
    # Along an edge, or between corners that are close, it may leave nearly all land as it was, and
    # what lies within 2 cm the fit takes up.
    assume(wrong.area > 3 * COVERAGE_TOLERANCE_M2)
    assume(not shapely.buffer(wrong, -SNAP_M).is_empty)
    # The fit may move the part and its neighbour towards each other, by 2 cm each.
    assume(moved(parts[no], perturbed_part) > 2 * SNAP_M + GRID_M)
    with pytest.raises(NotAPartition) as refused:
        prove_partition(*fit(site, {**parts, no: perturbed_part}))
    assert refused.value.place is not None
    # An edge that is not shared is told by a place anywhere on it; and what the fit moves by 2 cm
    # may lengthen a wedge along the edges that the corner is on.
    where = wrong | perturbed_part.boundary
    if refused.value.fault == "edge":
        where |= site.boundary
    assert shapely.distance(where, shapely.Point(refused.value.place)) < 0.05


@given(splits(), st.data())
@settings(max_examples=75, deadline=None)
def test_a_part_that_is_left_out_is_a_gap_of_its_size_and_one_given_twice_an_overlap(
    split: Split, data: st.DataObject
) -> None:
    site, parts = split
    no = data.draw(st.sampled_from(sorted(parts)))
    with pytest.raises(NotAPartition) as gap:
        prove_partition(*fit(site, {n: part for n, part in parts.items() if n != no}))
    assert gap.value.fault == "gap"
    assert gap.value.size_m2 == pytest.approx(parts[no].area, abs=0.01)
    with pytest.raises(NotAPartition) as overlap:
        prove_partition(*fit(site, {**parts, 99: parts[no]}))
    assert overlap.value.fault == "overlap"


@given(sites(), st.floats(0.02, 0.98), st.floats(0, 360))
@settings(max_examples=150, deadline=None)
def test_a_part_of_a_wanted_area_has_it_to_a_square_metre_after_it_is_fitted(
    site_at: tuple[MultiPolygon, tuple[float, float]], share: float, bearing: float
) -> None:
    site, _ = site_at
    wanted = site.area * share
    try:
        first, other = by_area(site, wanted, bearing)
    except CannotCut as refused:
        assume("sliver" not in str(refused))
        raise
    fitted, parts = fit(site, {1: first, 2: other})
    prove_partition(fitted, parts)
    assert parts[1].area == pytest.approx(wanted, abs=AREA_TOLERANCE_M2)


@given(splits())
@settings(max_examples=75, deadline=None)
def test_parts_recut_to_the_boundary_they_have_keep_every_vertex(split: Split) -> None:
    site, parts = split
    again = recut(site, parts, site)
    assert all(again[no].equals_exact(parts[no]) for no in parts)


@given(splits(), near, bearings, st.floats(1, 30))
@settings(max_examples=100, deadline=None)
def test_parts_recut_to_a_boundary_that_lost_a_strip_make_it_up_or_say_which_breaks(
    split: Split, off: tuple[float, float], bearing: float, wide_m: float
) -> None:
    site, parts = split
    middle = shapely.get_coordinates(site.centroid)[0]
    strip = through((middle[0], middle[1]), off, bearing).buffer(wide_m, cap_style="flat")
    left = site - strip
    assume(not left.is_empty)
    assume(shapely.minimum_clearance(left) > NARROWEST_M)
    changed = on_grid(left)
    try:
        cut = recut(site, parts, changed)
    except BreaksPart:
        return
    prove_partition(*fit(changed, cut))


@given(splits(), st.data())
@settings(max_examples=100, deadline=None)
def test_land_gained_goes_to_one_part_or_is_refused_and_none_is_lost(
    split: Split, data: st.DataObject
) -> None:
    site, parts = split
    edge = shapely.get_coordinates(site.geoms[0].exterior)
    at = edge[data.draw(st.integers(0, len(edge) - 1))]
    grown = shapely.union(site, data.draw(fields((at[0], at[1]), 5, 20)))
    assume(shapely.minimum_clearance(grown) > NARROWEST_M)
    changed = on_grid(grown)
    assume(shapely.minimum_clearance(shapely.union(site, changed)) > NARROWEST_M)
    try:
        cut = recut(site, parts, changed)
    except BreaksPart:
        return
    fitted, cut = fit(changed, cut)
    prove_partition(fitted, cut)
    assert all(cut[no].area >= parts[no].area - 0.02 * parts[no].length for no in parts)


@given(splits(), near, bearings)
@settings(max_examples=100, deadline=None)
def test_the_lengths_of_a_line_over_the_parts_are_its_length_on_the_site(
    split: Split, off: tuple[float, float], bearing: float
) -> None:
    site, parts = split
    middle = shapely.get_coordinates(site.centroid)[0]
    line = through((middle[0], middle[1]), off, bearing)
    on_site = sum(each.length_m or 0 for each in touched(line, {None: site}))
    on_parts = sum(each.length_m or 0 for each in touched(line, dict(parts.items())))
    # Within half a metre of a cut the line is on both sides of it; nowhere is it on neither.
    reach = [shapely.buffer(part, ALONG_EDGE_M) for part in parts.values()]
    twice = sum(line.intersection(one).length for one in reach) - on_site
    assert on_site - 2 * ALONG_EDGE_M * len(parts) <= on_parts <= on_site + twice + 0.01


@given(splits(), st.data(), near)
@settings(max_examples=100, deadline=None)
def test_the_areas_of_a_burden_over_the_parts_are_its_area_on_the_site(
    split: Split, data: st.DataObject, off: tuple[float, float]
) -> None:
    site, parts = split
    middle = shapely.get_coordinates(site.centroid)[0]
    burden = data.draw(fields((middle[0] + off[0], middle[1] + off[1]), 10, 80))
    on_parts = [each.area_m2 or 0.0 for each in touched(burden, dict(parts.items()))]
    # A hairline is no touch, so up to 2 cm of the burden's own edge may be left out.
    assert sum(on_parts) == pytest.approx(
        shapely.intersection(burden, site).area, abs=0.01 + 0.02 * burden.length
    )
    assert np.all(np.array(on_parts) > 0)
