"""Parts that make up their site exactly: fitted to the grid, and proven.

`coverage_is_valid` alone accepts a missing strip, and `union.equals(site)` rejects nearly every
right split, so the proof asks for both a valid coverage and no difference in area.
"""

from collections.abc import Mapping

import shapely
from shapely import Geometry, MultiPoint, MultiPolygon

from sites.errors import NotAPartition
from sites.geometry import on_grid
from sites.records import COVERAGE_TOLERANCE_M2

SNAP_M = 0.02


def prove_partition(site: MultiPolygon, parts: Mapping[int, MultiPolygon]) -> None:
    """Prove that parts make up a site: shared vertices, no gap, no overlap, nothing outside.

    Args:
        site: EPSG:27700, metres.
        parts: by number.

    Raises:
        NotAPartition: says what is wrong, where, and how large it is; up to 0.01 m² is nothing.
    """
    numbers = sorted(parts)
    for index, one in enumerate(numbers):
        for other in numbers[index + 1 :]:
            _refuse(
                "overlap",
                f"Parts {one} and {other} overlap",
                shapely.intersection(parts[one], parts[other]),
            )
    together = shapely.union_all(list(parts.values()))
    _refuse("gap", "The parts leave a gap", shapely.difference(site, together))
    _refuse("outside", "A part reaches outside the site", shapely.difference(together, site))
    shapes = [parts[number] for number in numbers]
    if not shapely.coverage_is_valid(shapes):
        edges = shapely.union_all(shapely.coverage_invalid_edges(shapes))
        at = shapely.point_on_surface(edges)
        raise NotAPartition(
            "edge", "Neighbouring parts do not share the same vertices", (at.x, at.y), 0.0
        )
    difference = abs(site.area - sum(shape.area for shape in shapes))
    if difference > COVERAGE_TOLERANCE_M2:
        raise NotAPartition(
            "area", f"The areas of the parts differ from the site's by {difference:.2f} m²", None,
            difference,
        )  # fmt: skip


def fit(
    site: MultiPolygon, parts: Mapping[int, MultiPolygon]
) -> tuple[MultiPolygon, dict[int, MultiPolygon]]:
    """Give site and parts each other's vertices where their edges agree to within 2 cm.

    A cut drawn elsewhere meets the site's edge between two vertices, and rounding leaves it off
    the edge by up to a centimetre. The vertex is added to the site's edge; nothing moves by more
    than 2 cm, and faults larger than that stay for the proof to find.

    Returns:
        The site and its parts, on the centimetre grid, ready to be proven.
    """
    to_site = {no: _snapped(part, _vertices(site)) for no, part in parts.items()}
    noded = _snapped(site, _vertices(*to_site.values()))
    nodes = _vertices(noded, *to_site.values())
    return on_grid(noded), {no: on_grid(_snapped(part, nodes)) for no, part in to_site.items()}


def _vertices(*shapes: Geometry) -> MultiPoint:
    return MultiPoint(shapely.get_coordinates(shapely.GeometryCollection(list(shapes))))


def _snapped(shape: MultiPolygon, nodes: MultiPoint) -> MultiPolygon:
    snapped: MultiPolygon = shapely.snap(shape, nodes, SNAP_M)
    return snapped


def _refuse(fault: str, sentence: str, where: Geometry) -> None:
    if where.area > COVERAGE_TOLERANCE_M2:
        at = shapely.point_on_surface(where)
        raise NotAPartition(fault, f"{sentence} of {where.area:.2f} m²", (at.x, at.y), where.area)
