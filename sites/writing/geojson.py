"""GeoJSON as RFC 7946 asks, streamed, whole or not at all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, pairwise
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping

from sites.geometry import to_wkb
from sites.whole import whole_file
from sites.writing.batches import Batch, worked_ahead
from sites.writing.degrees import in_degrees

GRID, WGS84 = 27700, 4326  # EPSG numbers
_AT_ONCE = 1000
_BEGINS = b'{"type": "FeatureCollection", "features": ['
# The form of 2008, from before RFC 7946 did away with it; GIS still read it.
_BEGINS_ON_GRID = (
    b'{"type": "FeatureCollection", "crs": {"type": "name", "properties": '
    b'{"name": "urn:ogc:def:crs:EPSG::27700"}}, "features": ['
)


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a layer.

    Attributes:
        shape: any shape, EPSG:27700, or None for land without a recorded position.
        properties: values that JSON knows.
    """

    id: str
    shape: Any
    properties: Mapping[str, Any]


def write_geojson(path: Path, features: Iterable[Feature]) -> int:
    """Write a FeatureCollection in WGS 84; says how many features it holds.

    Longitude before latitude, 7 decimals, no `crs` member, outer rings counter-clockwise and
    holes clockwise (RFC 7946 3.1.6, 4). The same features give the same bytes.

    Raises:
        CannotWrite: full disk, missing folder, no permission; nothing is left of the file, and
            what was there before stays.
        NotInBritain: a shape lies outside Great Britain; names the feature.
    """
    return _written(path, map(_page_of, _pages(features)), WGS84)


def write_geojson_batches(path: Path, batches: Iterable[Batch], *, crs: int = WGS84) -> int:
    """The same from batches, which memory does not grow with.

    Args:
        crs: 4326, or 27700 for metres and the `crs` member that GeoJSON had before RFC 7946.

    Raises:
        CannotWrite, NotInBritain: as for `write_geojson`.
    """
    pages = (_Page(batch.ids, batch.shapes, _rows(batch)) for batch in batches)
    return _written(path, pages, crs)


@dataclass(frozen=True, slots=True)
class _Page:
    """Features on their way out; shapes as WKB."""

    ids: Sequence[str]
    shapes: Sequence[bytes | None]
    properties: Iterable[Mapping[str, Any]]


def _pages(features: Iterable[Feature]) -> Iterator[list[Feature]]:
    left = iter(features)
    while page := list(islice(left, _AT_ONCE)):
        yield page


def _page_of(features: Sequence[Feature]) -> _Page:
    return _Page(
        [each.id for each in features],
        [None if each.shape is None else to_wkb(each.shape) for each in features],
        [_known(each.properties) for each in features],
    )


def _rows(batch: Batch) -> Iterator[dict[str, Any]]:
    names = tuple(batch.columns)
    for name, values in batch.columns.items():
        numbers = [value for value in values if value.__class__ is float]
        _refuse_unknown(name, sum(numbers))
    for row in zip(*batch.columns.values(), strict=True):
        yield dict(zip(names, row, strict=True))


def _written(path: Path, pages: Iterable[_Page], crs: int) -> int:
    written = 0
    with whole_file(path) as file:
        file.write(_BEGINS_ON_GRID if crs == GRID else _BEGINS)
        for count, page in worked_ahead(partial(_as_geojson, crs=crs), pages):
            if count:
                file.write(b",\n" if written else b"\n")
                file.write(page)
                written += count
        file.write(b"\n]}\n")
    return written


def _as_geojson(page: _Page, *, crs: int) -> tuple[int, memoryview]:
    if crs == GRID:
        shapes = shapely.from_wkb(np.array(page.shapes, dtype=object))
        shapes = shapely.orient_polygons(shapes, exterior_cw=False)
    else:
        shapes = in_degrees(page.ids, page.shapes)
    features = [
        {"type": "Feature", "id": name, "geometry": geometry, "properties": properties}
        for name, geometry, properties in zip(
            page.ids, _geometries(shapes), page.properties, strict=True
        )
    ]
    told = orjson.dumps(features, option=orjson.OPT_SERIALIZE_NUMPY)
    # A line each. No text holds these bytes, for within one the quotes are escaped.
    lines = told.replace(b'},{"type":"Feature",', b'},\n{"type":"Feature",')
    return len(features), memoryview(lines)[1:-1]


def _known(properties: Mapping[str, Any]) -> Mapping[str, Any]:
    for name, value in properties.items():
        _refuse_unknown(name, value)
    return properties


def _refuse_unknown(name: str, value: Any) -> None:
    if isinstance(value, float) and not isfinite(value):
        message = f"{name}: {value} is not JSON compliant"
        raise ValueError(message)


def _geometries(shapes: NDArray[Any]) -> Iterator[dict[str, Any] | None]:
    """Shapes as GeoJSON knows them; coordinates of areas as arrays, which orjson writes fast."""
    kinds = shapely.get_type_id(shapes)
    areas = iter(_areas(shapes[kinds == shapely.GeometryType.MULTIPOLYGON]))
    for kind, shape in zip(kinds, shapes, strict=True):
        if shape is None:
            yield None
        elif kind == shapely.GeometryType.MULTIPOLYGON:
            yield {"type": "MultiPolygon", "coordinates": next(areas)}
        else:
            yield mapping(shape)


def _areas(shapes: NDArray[Any]) -> Iterator[list[list[NDArray[np.float64]]]]:
    """The coordinates of MultiPolygons: of each its polygons, of each of those its rings."""
    if not len(shapes):
        return
    _, xy, ends = shapely.to_ragged_array(shapes)
    vertex_ends, ring_ends, part_ends = (each.tolist() for each in ends)
    for first, last in pairwise(part_ends):
        yield [
            [
                xy[start:stop]
                for start, stop in pairwise(vertex_ends[ring_ends[part] : ring_ends[part + 1] + 1])
            ]
            for part in range(first, last)
        ]
