"""Files in: any map layer or spreadsheet as rows; one boundary, or the parts of a site."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely import LineString, MultiPolygon, Polygon
from shapely.errors import ShapelyError

from sites.coordinates import placed
from sites.errors import SiteError, UnreadableFile
from sites.geometry import nearest_on_grid
from sites.reading.layers import read_layer
from sites.reading.rows import Row, Table
from sites.reading.spreadsheets import read_spreadsheet
from sites.validity import judged

__all__ = [
    "Row",
    "Table",
    "read_base",
    "read_boundary",
    "read_lines",
    "read_parts",
    "read_rows",
    "shape_of",
]

_SPREADSHEETS = {".csv", ".tsv", ".xlsx", ".xlsm"}
_WKT = re.compile(r"\s*(multi)?(point|linestring|polygon)\s*(z\s*)?\(", re.IGNORECASE)
_PART_NUMBER = re.compile(r"[1-9]\d{0,5}")


def read_rows(path: Path, *, layer: str | None = None, sheet: str | None = None) -> Table:
    """A file as rows, each with its texts and its shape as they stand in the file.

    GeoJSON, GeoPackage, Shapefile (plain or zipped), KML, KMZ, GML, FlatGeobuf, WKT, CSV and XLSX.

    Args:
        layer: which one, of a map file with several.
        sheet: which one, of a workbook with several.

    Raises:
        UnreadableFile: no local file, hostile, damaged, or of another kind; says which.
    """
    if path.suffix.lower() in _SPREADSHEETS:
        if layer is not None:
            raise UnreadableFile(path, "a spreadsheet has no layers; choose a sheet of a workbook.")
        return read_spreadsheet(path, sheet)
    if sheet is not None:
        raise UnreadableFile(path, "a map file has no sheets; choose a layer.")
    return read_layer(path, layer)


def read_boundary(
    path: Path, *, fix: bool = False, note: Callable[[str], None] | None = None
) -> MultiPolygon:
    """The one area in a file, in EPSG:27700 and on the centimetre grid.

    Args:
        fix: mend what has one certain reading.
        note: is told every doubt and repair.

    Raises:
        UnreadableFile: no local file, no area, an area that is not valid or outside Great
            Britain, more than one feature, or one layer among several.
    """
    rows = read_rows(path).rows
    if len(rows) != 1:
        raise UnreadableFile(path, f"it holds {len(rows)} features; a boundary is one.")
    return _boundary(path, rows[0], fix=fix, note=note)


def read_parts(
    path: Path,
    number_field: str = "part",
    *,
    fix: bool = False,
    note: Callable[[str], None] | None = None,
) -> dict[int, MultiPolygon]:
    """The areas in a file by part number, in EPSG:27700 and on the centimetre grid.

    Args:
        number_field: the field that holds the number.
        fix: mend what has one certain reading.
        note: is told every doubt and repair.

    Raises:
        UnreadableFile: as for `read_boundary`, save that there may be many features; or a number
            is missing, not a whole number from 1, or there twice.
    """
    parts: dict[int, MultiPolygon] = {}
    table = read_rows(path)
    if number_field not in table.columns:
        raise UnreadableFile(path, f"it has no field “{number_field}” with the part's number.")
    for row in table.rows:
        told = row.fields[number_field] or ""
        if not _PART_NUMBER.fullmatch(told.strip()):
            raise UnreadableFile(path, f"feature {row.no}: “{told}” is no part number.")
        number = int(told)
        if number in parts:
            raise UnreadableFile(path, f"part {number} is there twice.")
        parts[number] = _boundary(path, row, fix=fix, note=note)
    return parts


def shape_of(told: str) -> Any:
    """The one shape of a file, or of a WKT in EPSG:27700: a point, a line or an area.

    Raises:
        UnreadableFile: as for `read_boundary`, save that it need not be an area.
    """
    shapes = list(_shapes_of(told))
    if len(shapes) != 1:
        raise UnreadableFile(Path(told), f"it holds {len(shapes)} shapes; one is wanted.")
    return shapes[0]


def read_lines(told: str) -> list[LineString]:
    """The lines of a file, or of a WKT in EPSG:27700.

    Raises:
        UnreadableFile: one of the shapes is no line, or the file can't be used.
    """
    lines = [part for shape in _shapes_of(told) for part in shapely.get_parts(shape)]
    for line in lines:
        if not isinstance(line, LineString):
            raise UnreadableFile(Path(told), f"it holds a {line.geom_type}; a cut is a line.")
    return lines


def read_base(
    path: Path, window: tuple[float, float, float, float], *, note: Callable[[str], None]
) -> list[Any]:
    """The shapes of a base map that reach into a window, EPSG:27700, of any kind.

    Args:
        window: west, south, east, north, in metres.
        note: is told every guess about the file, once.

    Raises:
        UnreadableFile: the file can't be used, or none of its shapes can.
    """
    ground = shapely.box(*window)
    shapes, said, doubtful = [], set[str](), 0
    for row in read_rows(path).rows:
        if row.shape is None:
            continue
        try:
            found = placed(row.shape, row.stated)
        except SiteError as error:
            doubtful, first = doubtful + 1, str(error)
            continue
        said.update(found.notes)
        if shapely.intersects(found.shape, ground):
            shapes.append(shapely.force_2d(found.shape))
    if doubtful and not said and not shapes:
        raise UnreadableFile(path, f"no shape of it can be placed; the first: {first}")
    for told in sorted(said):
        note(f"{path.name}: {told}")
    if doubtful:
        note(f"{path.name}: {doubtful} of its shapes can't be placed and are left out")
    return shapes


def _shapes_of(told: str) -> Iterator[Any]:
    if _WKT.match(told):
        try:
            rows: Sequence[Row] = [Row(1, {}, shapely.from_wkt(told), "EPSG:27700")]
        except ShapelyError as error:
            raise UnreadableFile(Path("the WKT"), f"it can't be read ({error}).") from None
    else:
        rows = read_rows(Path(told)).rows
    for row in rows:
        name = Path("the WKT") if _WKT.match(told) else Path(told)
        if row.shape is None:
            raise UnreadableFile(name, f"feature {row.no} {row.refused or 'has no shape'}.")
        try:
            found = placed(row.shape, row.stated).shape
            is_area = isinstance(found, Polygon | MultiPolygon)
            yield judged(found)[0] if is_area else shapely.transform(found, nearest_on_grid)
        except SiteError as error:
            raise UnreadableFile(name, f"feature {row.no}: {error}") from error


def _boundary(
    path: Path, row: Row, *, fix: bool, note: Callable[[str], None] | None
) -> MultiPolygon:
    if row.refused:
        raise UnreadableFile(path, f"feature {row.no}: {row.refused}.")
    if row.shape is None:
        raise UnreadableFile(path, f"feature {row.no} has no shape.")
    if not isinstance(row.shape, Polygon | MultiPolygon):
        raise UnreadableFile(path, f"feature {row.no} is a {row.shape.geom_type}, not an area.")
    try:
        found = placed(row.shape, row.stated, fix=fix)
        area, notes = judged(found.shape, fix=fix)
    except SiteError as error:
        raise UnreadableFile(path, f"feature {row.no}: {error}") from error
    _tell((*found.notes, *found.fixed, *notes), note)
    return area


def _tell(notes: Iterable[str], note: Callable[[str], None] | None) -> None:
    if note is not None:
        for each in notes:
            note(each)
