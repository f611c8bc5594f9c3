"""Layers in the formats that GDAL writes: GeoPackage, FlatGeobuf, KML, zipped Shapefile."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from shutil import copyfileobj, disk_usage
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

from sites.whole import NotWritten, whole_made
from sites.writing.batches import Batch, Layer
from sites.writing.degrees import in_degrees
from sites.writing.geojson import GRID, WGS84
from sites.writing.kinds import TYPES, Kind, of_kind
from sites.writing.read_back import features, placemarks

_ARROW = {
    str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32(),
}  # fmt: skip
# What a file says of the day on which it was made would make no two files the same.
_DAY = "2000-01-01"
_EVERY_DAY = {"OGR_CURRENT_DATE": f"{_DAY}T00:00:00.000Z"}
_ZIPPED_AT = (2000, 1, 1, 0, 0, 0)
_TEXT_BYTES = 254  # as much as a field of a Shapefile's table holds
_GEOMETRY = "geom"
_HARDLY_ANY = 65_536  # bytes: what this library says of a full disk is what failed for it
_FAILURES = (DataSourceError, DataLayerError, FeatureError, FieldError, GeometryError)


@dataclass(frozen=True, slots=True)
class Format:
    """A format that GDAL writes.

    Attributes:
        parts_kinds: points and lines go to layers of their own, for a layer holds one kind.
        options: of the driver, so that the same features give the same bytes.
    """

    driver: str
    ending: str
    parts_kinds: bool
    options: dict[str, str] = field(default_factory=dict)


# The newest version that GDAL 3.6 and QGIS 3.22, of the Debian of 2023, know through and through.
GPKG = Format("GPKG", "gpkg", parts_kinds=True, options={"VERSION": "1.3"})
# With an index it would take no feature without a shape, and would keep them all in memory.
FLATGEOBUF = Format("FlatGeobuf", "fgb", parts_kinds=False, options={"SPATIAL_INDEX": "NO"})
KML = Format("KML", "kml", parts_kinds=False)
SHAPEFILE = Format(
    "ESRI Shapefile", "shp", parts_kinds=True,
    options={"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": _DAY},
)  # fmt: skip


@dataclass(slots=True)
class Made:
    """What a file came to hold.

    Attributes:
        features: by layer.
        shortened: layer, id and field of each text that was cut to what the format holds.
    """

    features: dict[str, int] = field(default_factory=dict)
    shortened: list[tuple[str, str, str]] = field(default_factory=list)


def write_gpkg(path: Path, layers: Iterable[Layer], *, crs: int = GRID) -> Made:
    """Write a GeoPackage of several layers.

    Points and lines stand in layers of their own, `constraints_lines` beside `constraints`.

    Args:
        crs: 27700 or 4326.

    Raises:
        CannotWrite: full disk, missing folder, no permission; what was there before stays.
        NotInBritain: a shape has no place in WGS 84; names the feature.
    """
    with _made(path, f"layer.{GPKG.ending}") as file:
        made = Made()
        for layer in layers:
            _write(file, layer, GPKG, crs, made)
        return made


def write_single(path: Path, layer: Layer, form: Format, *, crs: int = GRID) -> Made:
    """Write one layer, of whatever shapes, as FlatGeobuf or KML (which is always in WGS 84).

    Raises:
        CannotWrite, NotInBritain: as for `write_gpkg`.
    """
    with _made(path, f"layer.{form.ending}") as file:
        made = Made()
        _write(file, layer, form, WGS84 if form is KML else crs, made)
        # These two drivers say nothing of a full disk.
        if (placemarks if form is KML else features)(file) != made.features[layer.name]:
            message = "the disk may be full, for what was written can't be read back"
            raise NotWritten(message)
        return made


def write_shapefile(path: Path, layers: Iterable[Layer], *, crs: int = GRID) -> Made:
    """Write a zip of Shapefiles, one for each layer and kind of shape.

    Fields have their short names. A text longer than 254 bytes is cut, and named in what is made.

    Raises:
        CannotWrite, NotInBritain: as for `write_gpkg`.
    """
    with _made(path, "layers.shp.zip") as file:
        made = Made()
        folder = file.with_suffix(".parts")
        folder.mkdir()
        for layer in layers:
            _write(folder, layer, SHAPEFILE, crs, made)
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for each in sorted(folder.iterdir()):
                told = ZipInfo(each.name, _ZIPPED_AT)
                told.compress_type = ZIP_DEFLATED
                with each.open("rb") as source, archive.open(told, "w", force_zip64=True) as target:
                    copyfileobj(source, target)
        return made


def _write(file: Path, layer: Layer, form: Format, crs: int, made: Made) -> None:
    """Write a layer, and those beside it that hold its lines and points."""
    if not form.parts_kinds:
        _write_kind(file, layer, None, form, crs, made)
        return
    aside = _write_kind(file, layer, Kind.AREAS, form, crs, made)
    for kind in (Kind.LINES, Kind.POINTS):
        if kind in aside:
            _write_kind(file, layer, kind, form, crs, made)


def _write_kind(
    file: Path, layer: Layer, kind: Kind | None, form: Format, crs: int, made: Made
) -> set[Kind]:
    """Write the shapes of one kind, or all for None; says which other kinds there are."""
    name = layer.name + (kind or "")
    aside: set[Kind] = set()
    failures: list[Exception] = []
    made.features[name] = 0

    def batches() -> Iterator[Batch]:
        found = _shapes_first(layer) if form is SHAPEFILE else layer.batches()
        for batch in found:
            chosen = batch if kind is None else of_kind(batch, kind, aside)
            if form is SHAPEFILE:
                chosen = _shortened(chosen, name, made)
            made.features[name] += len(chosen.ids)
            yield chosen

    names = {each.name: each.short if form is SHAPEFILE else each.name for each in layer.fields}
    fields = [pa.field(names[each.name], _ARROW[each.kind]) for each in layer.fields]
    schema = pa.schema([*fields, pa.field(_GEOMETRY, pa.binary())])
    arrow = pa.RecordBatchReader.from_batches(
        schema, _kept((_in_arrow(batch, names, schema, crs) for batch in batches()), failures)
    )
    target = file / f"{name}.{form.ending}" if form is SHAPEFILE else file
    try:
        pyogrio.write_arrow(
            arrow, target, layer=name, driver=form.driver, crs=f"EPSG:{crs}",
            geometry_name=_GEOMETRY, geometry_type="Unknown" if kind is None else TYPES[kind],
            append=form is GPKG and file.exists(), **form.options,
        )  # fmt: skip
    except _FAILURES as error:
        full = disk_usage(file.parent).free < _HARDLY_ANY
        raise NotWritten("no space left on device" if full else str(error)) from None
    finally:
        if failures:
            raise failures[0]
    return aside


def _kept(batches: Iterable[Any], failures: list[Exception]) -> Iterator[Any]:
    """The batches, and what stopped them, of which GDAL passes on no more than the words."""
    try:
        yield from batches
    except Exception as error:
        failures.append(error)
        raise


def _shapes_first(layer: Layer) -> Iterator[Batch]:
    """The features with a shape, then those without, for GDAL begins the extent at the first."""
    for wanted in (True, False):
        for batch in layer.batches():
            pairs = enumerate(batch.shapes)
            yield batch.chosen([row for row, shape in pairs if (shape is not None) is wanted])


def _shortened(batch: Batch, layer: str, made: Made) -> Batch:
    """The batch with every text as long as a Shapefile takes it."""
    columns = dict(batch.columns)
    for name, values in columns.items():
        long = [
            row for row, value in enumerate(values) if isinstance(value, str) and _is_long(value)
        ]
        if long:
            cut = list(values)
            for row in long:
                cut[row] = _cut(cut[row])
                made.shortened.append((layer, batch.ids[row], name))
            columns[name] = cut
    return Batch(batch.ids, batch.shapes, columns)


def _is_long(text: str) -> bool:
    return len(text.encode()) > _TEXT_BYTES


def _cut(text: str) -> str:
    mark = "…"
    return text.encode()[: _TEXT_BYTES - len(mark.encode())].decode(errors="ignore") + mark


def _in_arrow(batch: Batch, names: Mapping[str, str], schema: pa.Schema, crs: int) -> Any:
    shapes: Any = batch.shapes
    if crs == WGS84:
        shapes = shapely.to_wkb(in_degrees(batch.ids, shapes), byte_order=1)
    arrays = [
        pa.array(batch.columns[name], type=schema.field(short).type)
        for name, short in names.items()
    ]
    return pa.record_batch([*arrays, pa.array(shapes, type=pa.binary())], schema=schema)


@contextmanager
def _made(path: Path, name: str) -> Iterator[Path]:
    """A file with the ending that its driver asks for, which becomes the file asked for."""
    before = {option: pyogrio.get_gdal_config_option(option) for option in _EVERY_DAY}
    pyogrio.set_gdal_config_options(_EVERY_DAY)
    try:
        with whole_made(path) as made:
            file = made.with_name(name)
            yield file
            file.replace(made)
    finally:
        pyogrio.set_gdal_config_options(before)
