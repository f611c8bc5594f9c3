"""However a site is shaped and cut, its parts fit; whatever is taken from them is found."""

from itertools import count
from math import cos, pi, sin

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon

from sites.errors import NotAPartition
from sites.geometry import on_grid
from sites.projection import from_wgs84, to_wgs84
from sites.reading import read_boundary
from sites.split import _is_exact, _refuse_faults, fit, prove_partition
from sites.writing import Feature, write_geojson

EAST, NORTH = 558_300, 174_500  # Greenhithe
NARROWEST_M = 0.05  # land narrower than this at any place is not asked to survive a 2 cm reach
FAR_M = 1_000

Parts = dict[int, MultiPolygon]
named = count()


@st.composite
def fields(draw: st.DrawFn, largest_m: float = 200, at: tuple[float, float] = (0, 0)) -> Polygon:
    """A field round a place: any number of corners, bays and capes."""
    corners = draw(st.integers(4, 14))
    sway = st.floats(-0.3, 0.3)
    reach = st.floats(largest_m / 4, largest_m)
    turns = [2 * pi * (corner + draw(sway)) / corners for corner in range(corners)]
    reaches = [draw(reach) for _ in turns]
    return Polygon(
        [
            (EAST + at[0] + far * cos(turn), NORTH + at[1] + far * sin(turn))
            for turn, far in zip(turns, reaches, strict=True)
        ]
    )


@st.composite
def sites(draw: st.DrawFn) -> MultiPolygon:
    """A field, sometimes round a pond that is not sold, sometimes with another across a road."""
    shape = draw(fields())
    if draw(st.booleans()):
        shape = shape.difference(draw(fields(largest_m=20)))
    if draw(st.booleans()):
        shape = shape.union(draw(fields(largest_m=60, at=(500, 100))))
    assume(shapely.minimum_clearance(shape) > NARROWEST_M)
    return on_grid(shape)


def sides(through: tuple[float, float], bearing: float) -> tuple[Polygon, Polygon]:
    """The land on either side of a straight line."""
    east, north = cos(bearing) * FAR_M, sin(bearing) * FAR_M
    x, y = through
    line = LineString([(x - east, y - north), (x + east, y + north)])
    return (
        line.buffer(FAR_M, single_sided=True, cap_style="flat"),
        line.buffer(-FAR_M, single_sided=True, cap_style="flat"),
    )


@st.composite
def cuts(draw: st.DrawFn, most: int = 2) -> tuple[MultiPolygon, list[shapely.Geometry]]:
    """A site and the pieces that crossing lines make of it, before any rounding."""
    site = draw(sites())
    pieces: list[shapely.Geometry] = [site]
    for _ in range(draw(st.integers(1, most))):
        near = draw(st.tuples(st.floats(-60, 60), st.floats(-60, 60)))
        both = sides((EAST + near[0], NORTH + near[1]), draw(st.floats(0, pi)))
        pieces = [cut for piece in pieces for side in both if not (cut := piece & side).is_empty]
    assume(len(pieces) > 1)
    assume(all(isinstance(piece, Polygon | MultiPolygon) for piece in pieces))
    assume(all(shapely.minimum_clearance(piece) > NARROWEST_M for piece in pieces))
    return site, pieces


def numbered(pieces: list[shapely.Geometry]) -> Parts:
    return {no: on_grid(piece) for no, piece in enumerate(pieces, start=1)}


def through_degrees(shape: shapely.Geometry) -> shapely.Geometry:
    """As a file of another office gives it, in degrees to 8 decimals."""
    return from_wgs84(shapely.transform(to_wgs84(shape), lambda xy: np.round(xy, 8)))


def moved(before: MultiPolygon, after: MultiPolygon) -> float:
    return round(float(shapely.hausdorff_distance(before.boundary, after.boundary)), 6)


def refusal(site: MultiPolygon, parts: Parts) -> NotAPartition:
    with pytest.raises(NotAPartition) as refused:
        prove_partition(*fit(site, parts))
    return refused.value


@given(cuts(), st.sampled_from(["on this desk", "elsewhere"]))
@settings(max_examples=150, deadline=None)
def test_a_site_cut_by_lines_is_made_up_by_its_pieces(
    cut: tuple[MultiPolygon, list[shapely.Geometry]], drawn_where: str
) -> None:
    site, pieces = cut
    drawn = numbered([through_degrees(p) if drawn_where == "elsewhere" else p for p in pieces])
    fitted, parts = fit(site, drawn)
    prove_partition(fitted, parts)
    assert moved(site, fitted) <= 0.02
    assert all(moved(drawn[no], parts[no]) <= 0.02 for no in drawn)


@given(cuts(most=1), st.floats(0.1, 5), st.floats(0, 2 * pi))
@settings(max_examples=75, deadline=None)
def test_a_part_that_is_shifted_is_refused_where_it_is_missing_or_too_much(
    cut: tuple[MultiPolygon, list[shapely.Geometry]], far_m: float, bearing: float
) -> None:
    site, pieces = cut
    parts = numbered(pieces)
    shift = np.array([far_m * cos(bearing), far_m * sin(bearing)])
    shifted = on_grid(shapely.transform(parts[1], lambda xy: xy + shift))
    refused = refusal(site, {**parts, 1: shifted})
    assert refused.place is not None
    wrong = shapely.symmetric_difference(parts[1], shifted)
    assert wrong.distance(Point(refused.place)) < 0.05


@given(cuts(), st.data())
@settings(max_examples=100, deadline=None)
def test_what_is_proven_to_the_vertex_is_proven_by_overlay_too(
    cut: tuple[MultiPolygon, list[shapely.Geometry]], data: st.DataObject
) -> None:
    site, parts = fit(cut[0], numbered(cut[1]))
    assert _is_exact(site, list(parts.values()))
    _refuse_faults(site, parts)
    no = data.draw(st.sampled_from(sorted(parts)))
    corners = len(shapely.get_coordinates(parts[no].geoms[0].exterior)) - 1
    off = data.draw(st.tuples(st.sampled_from([-0.01, 0, 0.01]), st.sampled_from([-0.01, 0.01])))
    moved_part = with_corner_moved(parts[no], data.draw(st.integers(0, corners - 1)), off)
    assert not _is_exact(site, list({**parts, no: moved_part}.values()))


def with_corner_moved(part: MultiPolygon, corner: int, off: tuple[float, float]) -> MultiPolygon:
    xy = shapely.get_coordinates(part.geoms[0].exterior)[:-1]
    xy[corner] += off
    others = list(part.geoms)[1:]
    moved_part = MultiPolygon([Polygon(xy, part.geoms[0].interiors), *others])
    assume(moved_part.is_valid)
    return on_grid(moved_part)


@given(cuts(most=1), st.floats(0.1, 5))
@settings(max_examples=75, deadline=None)
def test_a_strip_that_no_part_has_is_a_gap_in_its_place_and_of_its_size(
    cut: tuple[MultiPolygon, list[shapely.Geometry]], wide_m: float
) -> None:
    site, pieces = cut
    strip = pieces[0] & pieces[1].buffer(wide_m)
    left = pieces[0] - strip
    assume(strip.area > 1)
    assume(isinstance(left, Polygon | MultiPolygon))
    assume(not left.is_empty)
    gap = refusal(site, numbered([left, *pieces[1:]]))
    assert gap.fault == "gap"
    assert gap.place is not None
    assert strip.distance(Point(gap.place)) < 0.05
    assert gap.size_m2 == pytest.approx(strip.area, abs=0.02 * strip.length)


@given(cuts(most=1), st.floats(0.1, 5))
@settings(max_examples=75, deadline=None)
def test_a_strip_that_two_parts_have_is_an_overlap_in_its_place_and_of_its_size(
    cut: tuple[MultiPolygon, list[shapely.Geometry]], wide_m: float
) -> None:
    site, pieces = cut
    strip = pieces[0] & pieces[1].buffer(wide_m)
    more = pieces[1] | strip
    assume(strip.area > 1)
    overlap = refusal(site, numbered([pieces[0], more]))
    assert overlap.fault == "overlap"
    assert overlap.place is not None
    assert strip.distance(Point(overlap.place)) < 0.05
    assert overlap.size_m2 == pytest.approx(strip.area, abs=0.02 * strip.length)


@given(st.floats(400_000, 600_000), st.floats(150_000, 400_000))
@settings(deadline=None)
def test_there_and_back_by_ostn15_is_the_same_place_to_the_centimetre(
    easting: float, northing: float
) -> None:
    place = Point(easting, northing)
    assert from_wgs84(to_wgs84(place)).distance(place) < 0.01


@given(sites())
@settings(max_examples=75, deadline=None)
def test_geojson_out_and_in_moves_no_vertex_by_more_than_2_cm(
    tmp_path_factory: pytest.TempPathFactory, site: MultiPolygon
) -> None:
    path = tmp_path_factory.getbasetemp() / f"{next(named)}.geojson"
    write_geojson(path, [Feature("site", site, {})])
    assert moved(site, read_boundary(path)) <= 0.02


@given(fields(largest_m=5))
@settings(deadline=None)
def test_a_shape_is_put_on_the_grid_once_and_for_all(field: Polygon) -> None:
    once = on_grid(field)
    assert shapely.is_valid(once)
    assert on_grid(once).equals_exact(once)
    assert moved(MultiPolygon([field]), once) <= 0.01
