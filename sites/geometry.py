"""Shapes as a surveyor keeps them: EPSG:27700, on the centimetre grid, valid, measured."""

import re
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from sites.errors import InvalidBoundary

GRID_M = 0.01
_REASON_AND_PLACE = re.compile(r"(?P<reason>.*)\[(?P<easting>\S+) (?P<northing>\S+)\]")


def on_grid(shape: Any) -> MultiPolygon:
    """A boundary on the centimetre grid, as a MultiPolygon.

    Every vertex goes to the nearest whole centimetre. Where that would fold the boundary, the
    slivers that are narrower than the grid are given up, so that what is left is valid. A ring
    that touches itself, or crosses itself by no more than projection does, is taken apart.

    Args:
        shape: Polygon or MultiPolygon in EPSG:27700; a third coordinate is dropped.

    Raises:
        InvalidBoundary: no area, empty, narrower than a centimetre, crossing itself, or with a
            coordinate that is no number; says where.
    """
    if not isinstance(shape, Polygon | MultiPolygon):
        raise InvalidBoundary(f"is a {shape.geom_type}, not an area")
    flat = shapely.force_2d(shape)
    if flat.is_empty:
        raise InvalidBoundary("is empty")
    finite = np.isfinite(shapely.get_coordinates(flat)).all(axis=1)
    if not finite.all():
        raise InvalidBoundary(f"has a coordinate that is no number (vertex {finite.argmin() + 1})")
    if not shapely.is_valid(flat):
        flat = _taken_apart(flat)
    rounded = shapely.transform(flat, nearest_on_grid)
    if shapely.is_valid(rounded):
        rounded = shapely.remove_repeated_points(rounded)
    else:
        rounded = shapely.set_precision(flat, GRID_M)
    if rounded.is_empty:
        raise InvalidBoundary("is narrower than a centimetre")
    return rounded if isinstance(rounded, MultiPolygon) else MultiPolygon([rounded])


def nearest_on_grid(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Coordinates in metres, each moved to the nearest whole centimetre."""
    # Dividing a whole number of centimetres by 100 gives the nearest float there is.
    return np.round(xy / GRID_M) / (1 / GRID_M)


def to_wkb(shape: Any) -> bytes:
    """A shape as little-endian WKB, the same bytes for the same shape."""
    written: bytes = shapely.to_wkb(shape, byte_order=1, output_dimension=2)
    return written


def from_wkb(written: bytes) -> MultiPolygon:
    """A boundary from WKB.

    Raises:
        InvalidBoundary: it is no MultiPolygon.
    """
    shape = shapely.from_wkb(written)
    if not isinstance(shape, MultiPolygon):
        raise InvalidBoundary(f"in the register is a {shape.geom_type}, not a MultiPolygon")
    return shape


def _taken_apart(shape: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    """The same land in valid rings; refused where it is not certain which land is meant."""
    apart = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    if isinstance(apart, Polygon | MultiPolygon) and abs(apart.area - shape.area) < GRID_M**2:
        return apart
    told = shapely.is_valid_reason(shape)
    found = _REASON_AND_PLACE.fullmatch(told)
    if found is None:
        raise InvalidBoundary(f"is not valid: {told}")
    place = (float(found["easting"]), float(found["northing"]))
    raise InvalidBoundary(f"is not valid: {found['reason']}", place)
