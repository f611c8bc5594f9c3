"""Map layers out: GeoJSON as RFC 7946 asks, streamed, whole or not at all."""

import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon

from sites.errors import CannotWrite, NotInBritain
from sites.projection import to_wgs84

_DECIMALS = 7  # of a degree: about a centimetre
_STREAMS = ("/dev/", "/proc/")


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a layer.

    Attributes:
        shape: EPSG:27700, or None for land without a recorded position.
        properties: values that JSON knows.
    """

    id: str
    shape: MultiPolygon | None
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
    written = 0
    with _whole_or_not_at_all(path) as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for feature in features:
            file.write(",\n" if written else "\n")
            file.write(json.dumps(_as_geojson(feature), ensure_ascii=False, allow_nan=False))
            written += 1
        file.write("\n]}\n")
    return written


def _as_geojson(feature: Feature) -> dict[str, Any]:
    try:
        geometry = None if feature.shape is None else _geometry(feature.shape)
    except NotInBritain as error:
        raise NotInBritain(f"{feature.id}: {error}") from None
    return {
        "type": "Feature",
        "id": feature.id,
        "geometry": geometry,
        "properties": dict(feature.properties),
    }


def _geometry(shape: MultiPolygon) -> dict[str, Any]:
    turned = shapely.orient_polygons(_rounded(to_wgs84(shape)), exterior_cw=False)
    return {
        "type": "MultiPolygon",
        "coordinates": [
            [shapely.get_coordinates(ring).tolist() for ring in (part.exterior, *part.interiors)]
            for part in shapely.get_parts(turned)
        ],
    }


def _rounded(degrees: MultiPolygon) -> MultiPolygon:
    """The shape to 7 decimals and still valid.

    Rounding, and a straight edge of the grid that is none in degrees, may carry a vertex across an
    edge that it touches or nearly touches. GEOS then rounds the shape as a whole.
    """
    rounded = shapely.transform(degrees, _to_decimals)
    if shapely.is_valid(rounded):
        return shapely.remove_repeated_points(rounded)
    whole = shapely.make_valid(degrees, method="structure", keep_collapsed=False)
    return shapely.transform(shapely.set_precision(whole, 10**-_DECIMALS), _to_decimals)


def _to_decimals(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.round(xy, _DECIMALS)


@contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[TextIO]:
    """A file that takes its name when all of it is on the disk; a device is written as it is."""
    try:
        if _is_stream(path):
            with path.open("a", encoding="utf-8") as stream:
                yield stream
            return
        target = path.resolve()
        unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
        file = unfinished.open("x", encoding="utf-8")
    except OSError as error:
        raise CannotWrite(path, _why(error)) from None
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise CannotWrite(path, _why(error)) from None
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _is_stream(path: Path) -> bool:
    """Whether a path is a device or pipe, or names an open file such as /dev/stdout."""
    if path.is_symlink() and str(path.absolute()).startswith(_STREAMS):
        return True
    return path.exists() and not path.is_file()


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
