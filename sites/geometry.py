"""Shapes as a surveyor keeps them: EPSG:27700, on the centimetre grid, valid, measured."""

from decimal import Decimal
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from sites.errors import InvalidBoundary

GRID_M = 0.01
_M2_PER_HECTARE = Decimal(10_000)
_M2_PER_ACRE = Decimal("4046.8564224")  # the international acre, Weights and Measures Act 1985


def on_grid(shape: Any) -> MultiPolygon:
    """A boundary on the centimetre grid, as a MultiPolygon.

    Args:
        shape: Polygon or MultiPolygon in EPSG:27700; a third coordinate is dropped.

    Raises:
        InvalidBoundary: empty, no area, crossing itself, or with a coordinate that is no number.
    """
    if not isinstance(shape, Polygon | MultiPolygon):
        raise InvalidBoundary(f"A boundary is an area; this is a {shape.geom_type}.")
    flat = shapely.force_2d(shape)
    if flat.is_empty:
        raise InvalidBoundary("The boundary is empty.")
    if not np.isfinite(shapely.get_coordinates(flat)).all():
        raise InvalidBoundary("The boundary has a coordinate that is no number.")
    _refuse_invalid(flat)
    # A coordinate rounded to the grid is the nearest number to a whole count of centimetres.
    rounded = shapely.transform(flat, lambda xy: np.round(xy / GRID_M) / (1 / GRID_M))
    rounded = shapely.remove_repeated_points(rounded)
    _refuse_invalid(rounded)
    return rounded if isinstance(rounded, MultiPolygon) else MultiPolygon([rounded])


def hectares(area_m2: float) -> Decimal:
    """Hectares from square metres, not rounded."""
    return Decimal(str(area_m2)) / _M2_PER_HECTARE


def acres(area_m2: float) -> Decimal:
    """International acres from square metres, not rounded."""
    return Decimal(str(area_m2)) / _M2_PER_ACRE


def to_wkb(shape: Any) -> bytes:
    """A shape as little-endian WKB, the same bytes for the same shape."""
    written: bytes = shapely.to_wkb(shape, byte_order=1, output_dimension=2)
    return written


def from_wkb(written: bytes) -> MultiPolygon:
    """A boundary from WKB."""
    shape = shapely.from_wkb(written)
    if not isinstance(shape, MultiPolygon):
        raise InvalidBoundary(f"The register holds a {shape.geom_type} in place of a boundary.")
    return shape


def _refuse_invalid(shape: Polygon | MultiPolygon) -> None:
    if not shapely.is_valid(shape):
        reason = shapely.is_valid_reason(shape)
        raise InvalidBoundary(
            f"The boundary is not valid: {reason} (easting, northing). Draw it so that no edge "
            "crosses or touches another."
        )
