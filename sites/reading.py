"""Boundaries from files, as GeoPandas reads them; what can't be certain is refused."""

import re
import warnings
from pathlib import Path
from typing import Any

import geopandas
import pyogrio
from pyproj import CRS
from shapely import MultiPolygon, Polygon
from shapely.errors import ShapelyError

from sites.errors import InvalidBoundary, NotInBritain, UnreadableFile
from sites.geometry import on_grid
from sites.projection import from_wgs84, to_wgs84

_BRITISH_GRID = CRS.from_epsg(27700)
_WGS84 = CRS.from_epsg(4326)
_ELSEWHERE = re.compile(r"/vsi|[\w+.-]+:/")
_POINTER = b"<OGR"  # a GDAL file that only names another file or address to be read
_PART_NUMBER = re.compile(r"([1-9]\d{0,5})(\.0)?")  # GDAL reads a column with a gap as 1.0


def read_boundary(path: Path) -> MultiPolygon:
    """The one area in a file, in EPSG:27700 and on the centimetre grid.

    Raises:
        UnreadableFile: no local file, no area, an area that is not valid or outside Great
            Britain, more than one feature or layer, or a coordinate system other than EPSG:27700
            and WGS 84.
    """
    frame = _frame(path)
    if len(frame) != 1:
        raise UnreadableFile(path, f"it holds {len(frame)} features; a boundary is one.")
    return _boundary(path, frame, 0)


def read_parts(path: Path, number_field: str = "part") -> dict[int, MultiPolygon]:
    """The areas in a file by part number, in EPSG:27700 and on the centimetre grid.

    Args:
        number_field: the field that holds the number.

    Raises:
        UnreadableFile: as for `read_boundary`, save that there may be many features; or a number
            is missing, not a whole number from 1, or there twice.
    """
    frame = _frame(path)
    if number_field not in frame.columns:
        raise UnreadableFile(path, f"it has no field “{number_field}” with the part's number.")
    parts: dict[int, MultiPolygon] = {}
    for row, told in enumerate(frame[number_field]):
        found = _PART_NUMBER.fullmatch(str(told).strip())
        if found is None:
            raise UnreadableFile(path, f"feature {row + 1}: “{told}” is no part number.")
        number = int(found[1])
        if number in parts:
            raise UnreadableFile(path, f"part {number} is there twice.")
        parts[number] = _boundary(path, frame, row)
    return parts


def _frame(path: Path) -> geopandas.GeoDataFrame:
    _refuse_elsewhere(path)
    try:
        # What GDAL only warns of, such as a ring left open, is judged below.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            layers = [name for name, _ in pyogrio.list_layers(path.resolve())]
            frame = geopandas.read_file(path.resolve(), layer=layers[0]) if layers else None
    except (OSError, RuntimeError, ValueError, ShapelyError) as error:
        raise UnreadableFile(path, f"it can't be read as a map layer ({error}).") from None
    if len(layers) > 1:
        named = ", ".join(layers)
        raise UnreadableFile(path, f"it holds several layers ({named}); save the one you mean.")
    if not isinstance(frame, geopandas.GeoDataFrame) or frame.empty:
        raise UnreadableFile(path, "it holds no shapes.")
    if frame.crs is None:
        raise UnreadableFile(path, "it does not say which coordinate system it is in.")
    return frame


def _refuse_elsewhere(path: Path) -> None:
    if _ELSEWHERE.match(str(path)):
        raise UnreadableFile(path, "only a file on this computer is read; download it first.")
    try:
        if not path.is_file():
            raise UnreadableFile(path, "there is no such file.")
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as error:
        raise UnreadableFile(path, f"it can't be opened ({error.strerror}).") from None
    if _POINTER in head:
        raise UnreadableFile(path, "it only points to data elsewhere; save the data themselves.")


def _boundary(path: Path, frame: geopandas.GeoDataFrame, row: int) -> MultiPolygon:
    shape = frame.geometry.iloc[row]
    if shape is None:
        raise UnreadableFile(path, f"feature {row + 1} has no shape.")
    if not isinstance(shape, Polygon | MultiPolygon):
        raise UnreadableFile(path, f"feature {row + 1} is a {shape.geom_type}, not an area.")
    try:
        return on_grid(_on_british_grid(path, frame.crs, shape))
    except (InvalidBoundary, NotInBritain) as error:
        raise UnreadableFile(path, f"feature {row + 1}: {error}") from error


def _on_british_grid(path: Path, crs: CRS, shape: Any) -> Any:
    flat = crs.to_2d()
    if flat.equals(_WGS84, ignore_axis_order=True):
        return from_wgs84(shape)
    if flat.equals(_BRITISH_GRID, ignore_axis_order=True):
        to_wgs84(shape)  # refuses degrees that pass for metres
        return shape
    raise UnreadableFile(path, f"it is in {crs.name}; give it in EPSG:27700 or WGS 84 (EPSG:4326).")
