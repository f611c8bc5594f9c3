"""A changed boundary of a site carried through to its parts, or the part it breaks named."""

from collections.abc import Mapping, Sequence

import shapely
from shapely import Geometry, MultiPolygon, Polygon

from sites.comparing import compared, without_hairlines
from sites.errors import BreaksPart
from sites.geometry import GRID_M, on_grid

_REACH_M = 2 * GRID_M  # a new boundary seldom runs through the very vertices of the old
_SHARED_M = 0.05  # a common edge shorter than this is a common corner


def recut(
    site: MultiPolygon, parts: Mapping[int, MultiPolygon], changed: MultiPolygon
) -> dict[int, MultiPolygon]:
    """The parts of a site as a changed boundary leaves them.

    Land that is lost goes from the part it was in; land that is gained goes to the one part that
    it adjoins. A part that neither loses nor gains keeps its very vertices.

    Args:
        site: the boundary as it was, EPSG:27700; `changed` as it is to be.
        parts: by number, a partition of the site.

    Returns:
        By number; still to be fitted and proven.

    Raises:
        BreaksPart: a part would vanish or fall apart, or gained land adjoins several parts or
            none; names the part and the place.
    """
    gains: dict[int, list[Polygon]] = {}
    for gained in compared(site, changed).gained.geoms:
        gains.setdefault(_adjoining(gained, site, parts), []).append(gained)
    return {no: _one(no, shape, changed, gains.get(no, [])) for no, shape in parts.items()}


def _one(
    no: int, before: MultiPolygon, changed: MultiPolygon, gains: Sequence[Polygon]
) -> MultiPolygon:
    lost = shapely.difference(before, changed)
    if not gains and shapely.buffer(lost, -GRID_M / 2).is_empty:
        return before
    after = shapely.union_all([shapely.intersection(before, changed), *gains])
    left = without_hairlines(after)
    if left.is_empty:
        raise BreaksPart(
            f"Nothing would be left of part {no}, {_at(before)}. Merge it first.",
            no,
        )
    for piece in before.geoms:
        fallen = [each for each in left.geoms if shapely.intersection(each, piece).area > 0]
        if len(fallen) > 1:
            where = "; ".join(f"{each.area:,.2f} m² {_at(each)}" for each in fallen)
            raise BreaksPart(
                f"Part {no} would fall into {len(fallen)} pieces: {where}. Draw the parts anew "
                "with the site.",
                no,
            )
    return on_grid(left)


def _adjoining(gained: Polygon, site: MultiPolygon, parts: Mapping[int, MultiPolygon]) -> int:
    near = shapely.buffer(gained, _REACH_M)
    # Of the parts' edges only those of the site: a cut may leave it at a narrow angle.
    outer = {no: shapely.intersection(parts[no].boundary, site.boundary) for no in sorted(parts)}
    touching = [
        no for no, edge in outer.items() if shapely.intersection(edge, near).length > _SHARED_M
    ]
    if len(touching) == 1:
        return touching[0]
    where = f"The {gained.area:,.2f} m² gained {_at(gained)}"
    if not touching:
        raise BreaksPart(f"{where} adjoin no part. Draw the parts anew with the site.", None)
    named = " and ".join(map(str, touching))
    raise BreaksPart(
        f"{where} adjoin parts {named}, and which of them gains the land is not certain. Draw the "
        "parts anew with the site.",
        touching[0],
    )


def _at(shape: Geometry) -> str:
    at = shapely.point_on_surface(shape)
    return f"at easting {at.x:.2f}, northing {at.y:.2f}"
