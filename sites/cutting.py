"""Land cut into pieces: by lines, or by one straight line that gives a part of a wanted area."""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon

from sites.errors import CannotCut, NotAPartition
from sites.geometry import GRID_M, on_grid
from sites.split import SNAP_M, fit, prove_partition

AREA_TOLERANCE_M2 = 1.0
SLIVER_M = 0.10  # what is narrower is no part but a slip of the line
_STEPS = 60  # halvings: a kilometre comes down to less than a nanometre
_LEANS = 21  # by up to a hand's breadth from one end of the land to the other
_SHIFTS = 15  # by half a square metre each


def by_lines(land: MultiPolygon, lines: Sequence[LineString]) -> list[MultiPolygon]:
    """The connected pieces of land that lines cut it into, EPSG:27700, from the north-west.

    Land that is in several pieces already, as where a road runs through it, stays in them.

    Raises:
        CannotCut: a line cuts nothing off, or cuts off a sliver; says where and why.
    """
    lines = [_through_corners(land, line) for line in lines]
    drawn = [_reaching(land, line, _others(lines, index)) for index, line in enumerate(lines)]
    _refuse_loose_ends(land, drawn)
    pieces = _pieces(land, drawn)
    for index, line in enumerate(drawn):
        if len(pieces) == len(_pieces(land, _others(drawn, index))):
            raise CannotCut(_why_not(land, line))
    return _sound(pieces)


def by_area(land: MultiPolygon, area_m2: float, bearing: float) -> tuple[MultiPolygon, ...]:
    """Two pieces parted by a straight line, the first of a wanted area to within 1 m².

    The pieces are fitted to the land; the line keeps to its bearing within 10 cm from end to end.

    Args:
        area_m2: square metres of the first piece, which lies to the left of the line.
        bearing: the direction of the line in degrees clockwise from grid north: with 90 it runs
            east, and the first piece is the northern one.

    Raises:
        CannotCut: the area is not less than the land's, or not more than nothing; or the line is
            so long that the grid of a centimetre is too coarse for it.
    """
    if not 0 < area_m2 < land.area:
        raise CannotCut(
            f"A part of {area_m2:,.2f} m² can't be cut from land of {land.area:,.2f} m²: it must "
            "be more than nothing and less than all of it."
        )
    best: tuple[MultiPolygon, ...] = ()
    missed = math.inf
    for lean, shift in product(_to_and_fro(_LEANS), _to_and_fro(_SHIFTS)):
        # The grid moves either end by up to half a centimetre, which over a long line is square
        # metres, and a corner near the line moves it by up to 2 cm: a line that leans a little, or
        # aims a little beside, has its ends elsewhere.
        turn = math.radians(bearing) + lean * GRID_M / 2 / _across(land)
        aim = min(max(area_m2 + shift * AREA_TOLERANCE_M2 / 2, area_m2 / 2), land.area)
        parts = _cut_at(land, aim, turn)
        if parts is None:
            continue
        if abs(parts[0].area - area_m2) < missed:
            best, missed = parts, abs(parts[0].area - area_m2)
        if missed <= AREA_TOLERANCE_M2:
            return best
    nearest = f": the nearest gives {best[0].area:,.2f} m²" if best else ""
    raise CannotCut(
        f"No straight line at {bearing:g}° cuts {area_m2:,.2f} m² off{nearest}. Try another "
        "bearing, or draw the line."
    )


def by_side(pieces: Iterable[MultiPolygon], line: LineString) -> tuple[MultiPolygon, MultiPolygon]:
    """Pieces as two: those to the left of a line, looking along it, and those to its right."""
    sides: dict[bool, list[Polygon]] = {True: [], False: []}
    for piece in pieces:
        sides[_is_left(shapely.point_on_surface(piece), line)].extend(piece.geoms)
    if not sides[True] or not sides[False]:
        raise CannotCut("All of the land lies on one side of the line. Draw it through the land.")
    return MultiPolygon(sides[True]), MultiPolygon(sides[False])


def numbered(
    pieces: Sequence[MultiPolygon], former: Mapping[int, MultiPolygon], given: Iterable[int]
) -> dict[int, MultiPolygon]:
    """Pieces by part number: a number stays with its land and is never given to other land.

    A piece that covers more than half of a former part has that part's number; every other one
    has the next number that was never given.

    Args:
        former: the parts as they were, by number.
        given: every number that was ever given to a part of the site.
    """
    numbers: dict[int, MultiPolygon] = {}
    fresh = max([0, *given, *former]) + 1
    for piece in pieces:
        kept = next(
            (
                no
                for no, shape in sorted(former.items())
                if shapely.intersection(piece, shape).area > shape.area / 2
            ),
            None,
        )
        if kept is None:
            kept, fresh = fresh, fresh + 1
        numbers[kept] = piece
    return dict(sorted(numbers.items()))


def _to_and_fro(count: int) -> list[int]:
    """Steps from 0 to either side: 0, 1, -1, 2, -2."""
    return [(step + 1) // 2 * (-1) ** (step + 1) for step in range(count)]


def _cut_at(
    land: MultiPolygon, area_m2: float, turn: float
) -> tuple[MultiPolygon, MultiPolygon] | None:
    """The land to the left and to the right of the line that has an area on its left, fitted.

    None where the line runs so close to a corner that the fit can't make the pieces meet.
    """
    # With a vertex wherever it meets an edge, a corner on its way pulls no end of it aside.
    line = _line_for(land, area_m2, turn)
    meets = shapely.get_coordinates(shapely.intersection(line, land.boundary))
    ordered = sorted([*line.coords, *map(tuple, meets)], key=lambda at: line.project(Point(at)))
    line = _through_corners(land, LineString(ordered))
    # Not by_lines: between two pieces of land the line may run without crossing either.
    left, right = by_side(_sound(_pieces(land, [line])), line)
    fitted, parts = fit(land, {1: left, 2: right})
    try:
        prove_partition(fitted, parts)
    except NotAPartition:
        return None
    return parts[1], parts[2]


def _line_for(land: MultiPolygon, area_m2: float, turn: float) -> LineString:
    """The straight line in a direction that has an area of the land on its left."""
    along = np.array([math.sin(turn), math.cos(turn)])
    right = np.array([math.cos(turn), -math.sin(turn)])
    middle = np.array(shapely.get_coordinates(shapely.centroid(land))[0])
    reach = _across(land)
    low, high = -reach, reach
    for _ in range(_STEPS):
        offset = (low + high) / 2
        a, b = middle + right * offset - along * reach, middle + right * offset + along * reach
        left = Polygon([a, b, b - right * 2 * reach, a - right * 2 * reach])
        if shapely.intersection(land, left).area < area_m2:
            low = offset
        else:
            high = offset
    at = middle + right * high
    return LineString([at - along * reach, at + along * reach])


def _across(land: MultiPolygon) -> float:
    return math.dist(land.bounds[:2], land.bounds[2:])


def _others(lines: Sequence[LineString], index: int) -> list[LineString]:
    return [*lines[:index], *lines[index + 1 :]]


def _through_corners(land: MultiPolygon, line: LineString) -> LineString:
    """A line that runs through a corner which it would miss by no more than rounding.

    Otherwise it would leave a spike beside the corner that is no land.
    """
    corners = shapely.multipoints(shapely.get_coordinates(land))
    return shapely.remove_repeated_points(shapely.snap(line, corners, SNAP_M))


def _reaching(land: MultiPolygon, line: LineString, others: Sequence[LineString]) -> LineString:
    """A line whose ends go on where they stop short of an edge by no more than rounding."""
    edges = shapely.union_all([land.boundary, *others])
    xy = shapely.get_coordinates(line)
    for end, before in ((0, 1), (-1, -2)):
        point = Point(xy[end])
        short = shapely.contains(land, point) and shapely.distance(edges, point) <= SNAP_M
        if short and line.length > SNAP_M:
            onward = xy[end] - xy[before]
            xy[end] += onward / np.hypot(*onward) * 2 * SNAP_M
    return LineString(xy)


def _refuse_loose_ends(land: MultiPolygon, lines: Sequence[LineString]) -> None:
    noded = shapely.union_all([land.boundary, *lines])
    loose = [
        dangle
        for dangle in shapely.get_parts(shapely.polygonize_full([noded])[2])
        if shapely.intersection(dangle, land).length > 3 * SNAP_M
    ]
    for line in lines:
        for end in (line.coords[0], line.coords[-1]):
            if shapely.contains(land, Point(end)) and shapely.intersects_xy(loose, *end).any():
                raise CannotCut(
                    f"The line ends inside the land, at easting {end[0]:.2f}, northing "
                    f"{end[1]:.2f}. Draw it on until it leaves the land or meets another line."
                )


def _pieces(land: MultiPolygon, lines: Sequence[LineString]) -> list[Polygon]:
    noded = shapely.union_all([land.boundary, *lines])
    faces = shapely.get_parts(shapely.polygonize([noded]))
    shapely.prepare(land)
    return [face for face in faces if land.contains(shapely.point_on_surface(face))]


def _sound(pieces: Iterable[Polygon]) -> list[MultiPolygon]:
    """Pieces on the grid, from the north-west, none of them a sliver."""
    for piece in pieces:
        if shapely.buffer(piece, -SLIVER_M / 2).is_empty:
            at = shapely.point_on_surface(piece)
            raise CannotCut(
                f"The line cuts off a sliver of {piece.area:.2f} m², narrower than "
                f"{SLIVER_M * 100:.0f} cm, at easting {at.x:.2f}, northing {at.y:.2f}. Move it."
            )
    return sorted((on_grid(piece) for piece in pieces), key=_from_north_west)


def _why_not(land: MultiPolygon, line: LineString) -> str:
    within = shapely.intersection(line, land)
    if within.is_empty:
        near = shapely.get_coordinates(shapely.shortest_line(line, land))
        gap = shapely.distance(line, land)
        return (
            f"The line does not cross the land: it passes {gap:,.2f} m from it, at easting "
            f"{near[0][0]:.2f}, northing {near[0][1]:.2f}. Draw it through the land."
        )
    at = shapely.get_coordinates(within)[0]
    place = f"at easting {at[0]:.2f}, northing {at[1]:.2f}"
    if len(_pieces(land, [line])) > len(land.geoms):
        return f"The line, {place}, parts nothing that another line does not. Leave it out."
    if shapely.intersects(line, shapely.buffer(land, -SLIVER_M / 2)):
        return (
            f"The line runs through the land, {place}, only as far as a hole in it, and parts "
            "nothing. Draw it on until it leaves the land on the other side of the hole."
        )
    return f"The line only touches the land, {place}, and parts nothing. Draw it through the land."


def _is_left(point: Point, line: LineString) -> bool:
    """Whether a point lies to the left of the segment that is nearest to it."""
    xy = shapely.get_coordinates(line)
    segments = shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1))
    nearest = int(np.argmin(shapely.distance(segments, point)))
    (ax, ay), (bx, by) = xy[nearest], xy[nearest + 1]
    return bool((bx - ax) * (point.y - ay) - (by - ay) * (point.x - ax) > 0)


def _from_north_west(piece: MultiPolygon) -> float:
    at = shapely.centroid(piece)
    return float(at.x - at.y)
