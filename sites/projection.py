"""OSGB36 (EPSG:27700) to WGS 84 and back by OSTN15, the only transformation there is.

Plain pyproj is off by about 2 m in Kent and says nothing; `convertbng` carries the OSTN15 grid and
agrees with Ordnance Survey's test points. ETRS89 and WGS 84 are taken as one, as OSTN15 does.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import shapely
from convertbng.cutil import convert_osgb36_to_ll, convert_to_osgb36
from numpy.typing import NDArray

from sites.errors import NotInBritain

G = TypeVar("G", bound=shapely.Geometry)
_Pair = Callable[[Any, Any], tuple[NDArray[np.float64], NDArray[np.float64]]]


def to_wgs84(shape: G) -> G:
    """Eastings and northings in metres to longitude and latitude in degrees.

    Raises:
        NotInBritain: a point lies outside the area of the National Grid.
    """
    return _transformed(shape, convert_osgb36_to_ll, "easting {:.2f}, northing {:.2f}")


def from_wgs84(shape: G) -> G:
    """Longitude and latitude in degrees to eastings and northings in metres.

    Raises:
        NotInBritain: a point lies outside the area of the National Grid.
    """
    return _transformed(shape, convert_to_osgb36, "longitude {:.6f}, latitude {:.6f}")


def _transformed(shape: G, convert: _Pair, place: str) -> G:
    def each(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        moved = np.column_stack(convert(xy[:, 0], xy[:, 1]))
        lost = ~np.isfinite(moved).all(axis=1)
        if lost.any():
            where = place.format(*xy[np.argmax(lost)])
            raise NotInBritain(
                f"The point at {where} lies outside Great Britain, which OSTN15 does not cover. "
                "Look whether the coordinates are in the order and system that the file says."
            )
        return moved

    moved: G = shapely.transform(shape, each)
    return moved
