"""What a constraint or an occupation touches: which part, over what length, over what area."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely import MultiPolygon

from sites.comparing import without_hairlines

# A line that is drawn along an edge, as an easement along a frontage, lies off it by rounding and
# by the drawer's hand; within half a metre it is the edge.
ALONG_EDGE_M = 0.5
_AREA, _LINE = 2, 1


@dataclass(frozen=True, slots=True)
class Touched:
    """A part, or the site itself, that a shape touches.

    Attributes:
        part_no: None for the site itself.
        length_m: metres of a line on the land or along its edge; None for other shapes.
        area_m2: square metres of an area on the land; None for other shapes.
    """

    part_no: int | None
    length_m: float | None
    area_m2: float | None


def touched(shape: Any, land: Mapping[int | None, MultiPolygon]) -> Iterator[Touched]:
    """The pieces of land that a shape touches, in EPSG:27700.

    A point touches the land that it stands on, a line the land that it runs over or along, within
    0.5 m of the edge; an area touches where it covers land, not where it only adjoins it, by a
    hairline narrower than 2 cm or none.

    Args:
        land: by part number, None for the site itself.
    """
    dimension = int(shapely.get_dimensions(shape))
    for part_no, boundary in land.items():
        if dimension == _AREA:
            common = shapely.intersection(shape, boundary)
            if not without_hairlines(common).is_empty:
                yield Touched(part_no, None, common.area)
        elif dimension == _LINE:
            length = shapely.intersection(shape, shapely.buffer(boundary, ALONG_EDGE_M)).length
            # A line that comes in at right angles to an edge is within reach of it for so long.
            if length > 2 * ALONG_EDGE_M or shapely.intersects(shape, boundary):
                yield Touched(part_no, length, None)
        elif shapely.distance(shape, boundary) <= ALONG_EDGE_M:
            yield Touched(part_no, None, None)
