"""Map layers as rows: GeoJSON, GeoPackage, Shapefile, KML, GML, FlatGeobuf and WKT."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import geopandas
import pyogrio
import shapely
from pyproj import CRS
from shapely.errors import ShapelyError

from sites.errors import UnreadableFile
from sites.reading.limits import (
    MOST_ROWS,
    MOST_VERTICES,
    is_too_deep,
    refuse_strange,
    unpacked,
)
from sites.reading.rows import Row, Table

_DRIVERS = {
    "GeoJSON", "GeoJSONSeq", "GPKG", "ESRI Shapefile", "KML", "LIBKML", "GML", "FlatGeobuf",
}  # fmt: skip
_LAYER_FILES = {".geojson", ".json", ".gpkg", ".shp", ".kml", ".gml", ".fgb"}
_PACKED = {".zip", ".kmz"}
_NO_DRIVER = "not recognized as being in a supported file format"  # in GDAL's words
_BROKEN = "rows whose shape can't be built"
_OPEN_RING = "its shape can't be built: a ring is left open, or has too few corners"
_SRID = re.compile(r"SRID=(?P<code>\d+);(?P<wkt>.*)", re.IGNORECASE)


def read_layer(path: Path, layer: str | None = None) -> Table:
    """Every feature of one layer, with its texts and its shape as it stands in the file.

    Args:
        layer: which one, in a file with several.

    Raises:
        UnreadableFile: it can't be read as a map layer, or holds several and none is named.
    """
    if path.suffix.lower() in {".wkt", ".txt"}:
        refuse_strange(path)
        return _wkt(path)
    with _frame_of(path, layer) as frame:
        return _table(path, frame)


@contextmanager
def _frame_of(path: Path, layer: str | None = None) -> Iterator[geopandas.GeoDataFrame]:
    """One layer as GeoPandas reads it; an archive is unpacked while it is used."""
    refuse_strange(path)
    if path.suffix.lower() in _PACKED or (zipfile.is_zipfile(path) and path.suffix != ".gpkg"):
        with unpacked(path) as files:
            found = [each for each in files if each.suffix.lower() in _LAYER_FILES]
            if len(found) != 1:
                if not (found or path.suffix.lower() in _PACKED):
                    raise _no_layer(path)
                named = ", ".join(each.name for each in found) or "none"
                raise UnreadableFile(
                    path, f"the archive must hold one layer file; it holds {named}."
                )
            yield _frame(path, found[0], layer)
    else:
        yield _frame(path, path, layer)


def _frame(path: Path, file: Path, layer: str | None) -> geopandas.GeoDataFrame:
    try:
        # What GDAL only warns of, such as a ring left open, is judged where the shape is used.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            layers = [str(name) for name, kind in pyogrio.list_layers(file.resolve()) if kind]
            chosen = _chosen(path, layers, layer)
            _refuse_unfit(path, _about(path, file, chosen))
            frame = geopandas.read_file(file.resolve(), layer=chosen, on_invalid="ignore")
            frame.attrs[_BROKEN] = _broken(file, chosen, frame)
    except (OSError, RuntimeError, ValueError, ShapelyError, UnicodeDecodeError) as error:
        if _NO_DRIVER in str(error):
            raise _no_layer(path) from None
        raise UnreadableFile(path, f"it can't be read as a map layer ({error}).") from None
    if frame.empty:
        raise UnreadableFile(path, "it holds no shapes.")
    return frame


def _no_layer(path: Path) -> UnreadableFile:
    if path.suffix.lower() in _LAYER_FILES | _PACKED:
        return UnreadableFile(
            path,
            "it is damaged, or is not the map layer that its name says. Save it anew from the GIS "
            "that it comes from.",
        )
    return UnreadableFile(
        path,
        "it is neither a map layer (GeoJSON, GeoPackage, Shapefile, KML, GML, FlatGeobuf, WKT) nor "
        "a spreadsheet (CSV, XLSX). Save what it holds as one of these.",
    )


def _about(path: Path, file: Path, layer: str) -> dict[str, Any]:
    try:
        about: dict[str, Any] = pyogrio.read_info(
            file.resolve(), layer=layer, force_feature_count=True
        )
    except UnboundLocalError:  # pyogrio's own, where GDAL can't write out what it took for a system
        raise UnreadableFile(
            path,
            "its coordinate system can't be read. Save it anew in British National Grid "
            "(EPSG:27700).",
        ) from None
    return about


def _broken(file: Path, layer: str, frame: Any) -> frozenset[int]:
    """The rows whose shape can't be built, which GeoPandas leaves empty like those without one."""
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise ValueError("it holds no shapes")  # noqa: TRY004 (of the file, not of an argument)
    if not frame.geometry.isna().any():
        return frozenset()
    _, _, drawn, _ = pyogrio.raw.read(file.resolve(), layer=layer, columns=[])
    return frozenset(
        index for index in frame.index[frame.geometry.isna()] if drawn[index] is not None
    )


def _chosen(path: Path, layers: list[str], layer: str | None) -> str:
    named = ", ".join(layers)
    if not layers:
        raise UnreadableFile(path, "it holds no layer with shapes.")
    if layer is None:
        if len(layers) > 1:
            raise UnreadableFile(
                path,
                f"it holds several layers ({named}); say which with --layer, or save that one by "
                "itself.",
            )
        return layers[0]
    if layer not in layers:
        raise UnreadableFile(path, f"it has no layer “{layer}”; there are: {named}.")
    return layer


def _refuse_unfit(path: Path, about: dict[str, Any]) -> None:
    if about["driver"] not in _DRIVERS:
        raise UnreadableFile(
            path,
            f"it is read as {about['driver']}, which is none of GeoJSON, GeoPackage, Shapefile, "
            "KML, GML and FlatGeobuf.",
        )
    if about["features"] > MOST_ROWS:
        raise UnreadableFile(path, f"it holds {about['features']:,} features, over {MOST_ROWS:,}.")


def _table(path: Path, frame: geopandas.GeoDataFrame) -> Table:
    stated = _label_of(frame.crs)
    names = [str(name) for name in frame.columns if name != frame.geometry.name]
    if not frame.columns.is_unique:
        raise UnreadableFile(path, "two of its fields have the same name.")
    values = [frame[name].tolist() for name in names]
    rows = []
    for index, shape in enumerate(frame.geometry):
        fields = {name: _text(column[index]) for name, column in zip(names, values, strict=True)}
        if index in frame.attrs[_BROKEN]:
            rows.append(Row(index + 1, fields, refused=_OPEN_RING))
        else:
            rows.append(_row(index + 1, fields, shape, stated))
    notes = () if stated else ("it does not say which coordinate system it is in",)
    return Table(tuple(names), rows, notes)


def _row(no: int, fields: dict[str, str | None], shape: Any, stated: str | None) -> Row:
    vertices = 0 if shape is None else int(shapely.get_num_coordinates(shape))
    if vertices > MOST_VERTICES:
        return Row(
            no, fields, refused=f"its shape has {vertices:,} vertices, over {MOST_VERTICES:,}"
        )
    return Row(no, fields, shape if vertices else None, stated)


def _label_of(crs: CRS | None) -> str | None:
    """What a file says of its system: an EPSG code, else a name; None where it says nothing."""
    if crs is None:
        return None
    code = crs.to_2d().to_epsg(min_confidence=70)
    return f"EPSG:{code}" if code else crs.name


def _text(value: Any) -> str | None:
    """A value as a person would type it; None for an empty one."""
    if value is None or value != value:  # noqa: PLR0124 (so does only what is no number, no time)
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) or None


def _wkt(path: Path) -> Table:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise UnreadableFile(path, "it is no text in UTF-8.") from None
    rows = [
        _wkt_row(path, no, line.strip()) for no, line in enumerate(lines, start=1) if line.strip()
    ]
    if not rows:
        raise UnreadableFile(path, "it holds no shapes.")
    return Table((), rows)


def _wkt_row(path: Path, no: int, line: str) -> Row:
    found = _SRID.fullmatch(line)
    stated, wkt = (f"EPSG:{found['code']}", found["wkt"]) if found else (None, line)
    if is_too_deep(wkt):
        raise UnreadableFile(path, f"line {no} is nested deeper than any shape.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _row(no, {}, shapely.from_wkt(wkt), stated)
    except (ShapelyError, NotImplementedError) as error:
        raise UnreadableFile(path, f"line {no} is no WKT ({error}).") from None
