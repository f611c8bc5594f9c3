"""Parts that make up their site exactly: fitted to the grid, and proven.

`coverage_is_valid` alone accepts a missing strip, and `union.equals(site)` rejects nearly every
right split, so the proof asks for both a valid coverage and no difference in area.
"""

from collections.abc import Mapping, Sequence

import shapely
from shapely import Geometry, MultiPolygon

from sites.errors import InvalidBoundary, NotAPartition
from sites.fitting import joined
from sites.records import COVERAGE_TOLERANCE_M2

SNAP_M = 0.02
_ROUNDING_M = 0.0071  # half the diagonal of a centimetre: how far rounding takes a vertex


def prove_partition(site: MultiPolygon, parts: Mapping[int, MultiPolygon]) -> None:
    """Prove that parts make up a site: shared vertices, no gap, no overlap, nothing outside.

    Args:
        site: EPSG:27700, metres.
        parts: by number.

    Raises:
        NotAPartition: says what is wrong, where, and how large it is; up to 0.01 m² is nothing.
    """
    if not _is_exact(site, list(parts.values())):
        _refuse_faults(site, parts)


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
    nearest = (site, dict(parts))
    # The shorter reach first: the longer may fold a corner whose edges run close together.
    for reach in (_ROUNDING_M, SNAP_M):
        try:
            fitted = joined(site, parts, reach)
        except InvalidBoundary:
            continue
        if _farthest_move(site, fitted[0]) > SNAP_M or any(
            _farthest_move(parts[number], part) > SNAP_M for number, part in fitted[1].items()
        ):
            continue
        nearest = fitted
        try:
            prove_partition(*fitted)
        except NotAPartition:
            continue
        break
    return nearest


def _is_exact(site: MultiPolygon, shapes: Sequence[MultiPolygon]) -> bool:
    """Whether parts make up a site to the very vertex, which takes no overlay to see."""
    if not shapely.coverage_is_valid(shapes):
        return False
    together = shapely.multipolygons(shapely.get_parts(shapely.coverage_union_all(shapes)))
    difference = abs(site.area - sum(shape.area for shape in shapes))
    return difference <= COVERAGE_TOLERANCE_M2 and bool(
        shapely.equals_exact(together, site, normalize=True)
    )


def _refuse_faults(site: MultiPolygon, parts: Mapping[int, MultiPolygon]) -> None:
    numbers = sorted(parts)
    for index, one in enumerate(numbers):
        for other in numbers[index + 1 :]:
            common = shapely.intersection(parts[one], parts[other])
            _refuse("overlap", f"Parts {one} and {other} overlap by", common)
    together = shapely.union_all(list(parts.values()))
    _refuse("gap", "The parts leave a gap of", shapely.difference(site, together))
    _refuse("outside", "The parts reach outside the site by", shapely.difference(together, site))
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


def _farthest_move(before: MultiPolygon, after: MultiPolygon) -> float:
    # To the micrometre: two steps on the grid are 2 cm, whatever floating point makes of them.
    return round(float(shapely.hausdorff_distance(before.boundary, after.boundary)), 6)


def _refuse(fault: str, sentence: str, where: Geometry) -> None:
    if where.area > COVERAGE_TOLERANCE_M2:
        # Not in a hairline that rounding leaves along an edge and that runs on from the fault.
        wide = shapely.buffer(where, -SNAP_M)
        at = shapely.point_on_surface(where if wide.is_empty else wide)
        raise NotAPartition(fault, f"{sentence} {where.area:.2f} m²", (at.x, at.y), where.area)
