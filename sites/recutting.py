"""A changed boundary of a site carried through to its parts, or the part it breaks named."""

from collections.abc import Mapping

import shapely
from shapely import MultiPolygon, Polygon

from sites.comparing import compared
from sites.errors import BreaksPart
from sites.geometry import on_grid

_SHARED_M = 0.05  # a common edge shorter than this is a common corner


def recut(
    site: MultiPolygon, parts: Mapping[int, MultiPolygon], changed: MultiPolygon
) -> dict[int, MultiPolygon]:
    """The parts of a site as a changed boundary leaves them.

    Land that is lost goes from the part it was in; land that is gained goes to the one part that
    it adjoins.

    Args:
        site: the boundary as it was, EPSG:27700; `changed` as it is to be.
        parts: by number, a partition of the site.

    Returns:
        By number; still to be fitted and proven.

    Raises:
        BreaksPart: a part would vanish or fall apart, or gained land adjoins several parts or
            none; names the part and the place.
    """
    change = compared(site, changed)
    shapes = {no: shapely.intersection(shape, changed) for no, shape in parts.items()}
    for gained in change.gained.geoms:
        no = _adjoining(gained, parts)
        shapes[no] = shapely.union(shapes[no], gained)
    return {no: _whole(no, shape, parts[no]) for no, shape in shapes.items()}


def _adjoining(gained: Polygon, parts: Mapping[int, MultiPolygon]) -> int:
    # A hand's breadth wider, for a new boundary seldom runs through the very vertices of the old.
    near = shapely.buffer(gained, 0.02)
    along = {
        no: shapely.intersection(near, shape.boundary).length
        for no, shape in parts.items()
        if shapely.intersection(near, shape).area > 0
    }
    touching = [no for no, length in along.items() if length > _SHARED_M]
    if len(touching) == 1:
        return touching[0]
    at = shapely.point_on_surface(gained)
    where = f"The {gained.area:,.2f} m² gained at easting {at.x:.2f}, northing {at.y:.2f}"
    if not touching:
        raise BreaksPart(f"{where} adjoin no part. Draw the parts anew with the site.", None)
    named = " and ".join(map(str, sorted(touching)))
    raise BreaksPart(
        f"{where} adjoin parts {named}, and which of them gains the land is not certain. Draw the "
        "parts anew with the site.",
        min(touching),
    )


def _whole(no: int, shape: shapely.Geometry, before: MultiPolygon) -> MultiPolygon:
    areas = [
        each
        for each in shapely.get_parts(shape)
        if isinstance(each, Polygon) and not shapely.buffer(each, -0.01).is_empty
    ]
    at = shapely.point_on_surface(before)
    place = f"at easting {at.x:.2f}, northing {at.y:.2f}"
    if not areas:
        raise BreaksPart(f"Nothing would be left of part {no}, {place}. Merge it first.", no)
    if len(areas) > len(before.geoms):
        raise BreaksPart(
            f"Part {no}, {place}, would fall into {len(areas)} pieces. Draw the parts anew with "
            "the site.",
            no,
        )
    return on_grid(MultiPolygon(areas))
