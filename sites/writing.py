"""Map layers out: GeoJSON as RFC 7946 asks, streamed, whole or not at all."""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import shapely
from shapely import MultiPolygon

from sites.errors import CannotWrite
from sites.projection import to_wgs84

_DECIMALS = 7  # of a degree: about a centimetre


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
        CannotWrite: full disk, missing folder, no permission; nothing is left of the file.
        NotInBritain: a shape lies outside Great Britain.
    """
    written = 0
    with _whole_or_not_at_all(path) as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for feature in features:
            file.write(",\n" if written else "\n")
            file.write(json.dumps(_as_geojson(feature), ensure_ascii=False, default=str))
            written += 1
        file.write("\n]}\n")
    return written


def _as_geojson(feature: Feature) -> dict[str, Any]:
    geometry = None if feature.shape is None else _geometry(feature.shape)
    return {
        "type": "Feature",
        "id": feature.id,
        "geometry": geometry,
        "properties": dict(feature.properties),
    }


def _geometry(shape: MultiPolygon) -> dict[str, Any]:
    turned = shapely.orient_polygons(to_wgs84(shape), exterior_cw=False)
    return {
        "type": "MultiPolygon",
        "coordinates": [
            [_ring(ring) for ring in (polygon.exterior, *polygon.interiors)]
            for polygon in turned.geoms
        ],
    }


def _ring(ring: shapely.LinearRing) -> list[list[float]]:
    positions: list[list[float]] = np.round(shapely.get_coordinates(ring), _DECIMALS).tolist()
    return positions


@contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[TextIO]:
    """A file that takes its name when all of it is on the disk; a device is written as it is."""
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8") as device:
                yield device
            return
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise CannotWrite(path, _why(error)) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink()
        raise CannotWrite(path, _why(error)) from None
    except BaseException:
        Path(name).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
