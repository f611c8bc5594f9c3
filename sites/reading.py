"""Boundaries from files, as GeoPandas reads them; what can't be certain is refused."""

from pathlib import Path

import geopandas
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS
from shapely import MultiPolygon

from sites.errors import UnreadableFile
from sites.geometry import on_grid
from sites.projection import from_wgs84

_BRITISH_GRID = CRS.from_epsg(27700)
_WGS84 = CRS.from_epsg(4326)


def read_boundary(path: Path) -> MultiPolygon:
    """The one area in a file, in EPSG:27700.

    Raises:
        UnreadableFile: no file, no area, more than one feature, or a coordinate system other
            than EPSG:27700 and WGS 84.
        InvalidBoundary: the area is not valid.
        NotInBritain: it lies outside Great Britain.
    """
    frame = _frame(path)
    if len(frame) != 1:
        raise UnreadableFile(path, f"it holds {len(frame)} features; a boundary is one.")
    return _boundary(path, frame, 0)


def read_parts(path: Path, number_field: str = "part") -> dict[int, MultiPolygon]:
    """The areas in a file by part number, in EPSG:27700.

    Args:
        number_field: the field that holds the number.

    Raises:
        UnreadableFile: as for `read_boundary`, or a number is missing, no whole number, or twice.
        InvalidBoundary: an area is not valid.
        NotInBritain: an area lies outside Great Britain.
    """
    frame = _frame(path)
    if number_field not in frame.columns:
        raise UnreadableFile(path, f"it has no field “{number_field}” with the part's number.")
    parts: dict[int, MultiPolygon] = {}
    for row, told in enumerate(frame[number_field]):
        try:
            number = int(told)
        except (TypeError, ValueError):
            raise UnreadableFile(path, f"feature {row + 1}: “{told}” is no part number.") from None
        if number in parts:
            raise UnreadableFile(path, f"part {number} is there twice.")
        parts[number] = _boundary(path, frame, row)
    return parts


def _frame(path: Path) -> geopandas.GeoDataFrame:
    if not path.is_file():
        raise UnreadableFile(path, "there is no such file.")
    try:
        frame = geopandas.read_file(path)
    except (DataSourceError, DataLayerError) as error:
        raise UnreadableFile(path, f"it can't be read as a map layer ({error}).") from None
    if not isinstance(frame, geopandas.GeoDataFrame) or frame.empty:
        raise UnreadableFile(path, "it holds no shapes.")
    if frame.crs is None:
        raise UnreadableFile(path, "it does not say which coordinate system it is in.")
    return frame


def _boundary(path: Path, frame: geopandas.GeoDataFrame, row: int) -> MultiPolygon:
    shape = frame.geometry.iloc[row]
    if shape is None:
        raise UnreadableFile(path, f"feature {row + 1} has no shape.")
    if frame.crs.equals(_BRITISH_GRID, ignore_axis_order=True):
        return on_grid(shape)
    if frame.crs.equals(_WGS84, ignore_axis_order=True):
        return on_grid(from_wgs84(shape))
    raise UnreadableFile(
        path, f"it is in {frame.crs.name}; give it in EPSG:27700 or WGS 84 (EPSG:4326)."
    )
