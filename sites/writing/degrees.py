"""Many shapes at once from the National Grid to degrees: rounded, valid, turned the right way."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from sites.errors import NotInBritain
from sites.projection import to_wgs84

_DECIMALS = 7  # of a degree: about a centimetre
_PER_DEGREE = 10.0**_DECIMALS


def in_degrees(ids: Sequence[str], shapes: Sequence[bytes | None]) -> NDArray[Any]:
    """Shapes in WGS 84, longitude before latitude, to 7 decimals; None where there was none.

    Outer rings run counter-clockwise and holes clockwise (RFC 7946 3.1.6). An area that is valid
    on the grid is valid here, too.

    Args:
        ids: what the shapes belong to, for a refusal.
        shapes: WKB, EPSG:27700.

    Raises:
        NotInBritain: a shape lies outside Great Britain; names its id.
    """
    metres = shapely.from_wkb(np.array(shapes, dtype=object))
    try:
        exact = to_wgs84(shapely.orient_polygons(metres, exterior_cw=False))
    except NotInBritain:
        for name, shape in zip(ids, metres, strict=True):
            _refuse_abroad(name, shape)
        raise
    rounded: NDArray[Any] = shapely.transform(exact, to_decimals)
    for row in np.flatnonzero(_is_spoilt(rounded)):
        rounded[row] = _rounded_whole(exact[row], rounded[row])
    return rounded


def to_decimals(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Degrees to 7 decimals, each the nearest float there is."""
    return np.rint(degrees * _PER_DEGREE) / _PER_DEGREE


def _refuse_abroad(name: str, shape: Any) -> None:
    try:
        to_wgs84(shape)
    except NotInBritain as error:
        raise NotInBritain(f"{name}: {error}") from None


def _is_spoilt(rounded: NDArray[Any]) -> NDArray[np.bool_]:
    """Areas that rounding has folded, and shapes with two vertices that it has made one."""
    xy, belongs = shapely.get_coordinates(rounded, return_index=True)
    spoilt: NDArray[np.bool_] = (shapely.get_dimensions(rounded) == 2) & ~shapely.is_valid(rounded)  # noqa: PLR2004 (an area has two)
    twice = (xy[1:] == xy[:-1]).all(axis=1) & (belongs[1:] == belongs[:-1])
    spoilt[belongs[1:][twice]] = True
    return spoilt


def _rounded_whole(exact: Any, rounded: Any) -> Any:
    """The shape to 7 decimals and still valid.

    Rounding, and a straight edge of the grid that is none in degrees, may carry a vertex across an
    edge that it touches or nearly touches. GEOS then rounds the shape as a whole.
    """
    if not shapely.is_valid(rounded) and shapely.get_dimensions(exact) == 2:  # noqa: PLR2004
        whole = shapely.make_valid(exact, method="structure", keep_collapsed=False)
        snapped = shapely.set_precision(whole, 1 / _PER_DEGREE)
        rounded = shapely.transform(snapped, to_decimals)
        return shapely.orient_polygons(rounded, exterior_cw=False)
    return shapely.remove_repeated_points(rounded)
