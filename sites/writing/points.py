"""A layer as a CSV: its fields, a point on the land, and the shape as WKT."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from sites.writing.batches import Batch, Layer
from sites.writing.degrees import in_degrees
from sites.writing.geojson import WGS84
from sites.writing.tables import write_table


def write_points(path: Path, layer: Layer, *, crs: int) -> int:
    """Write a layer as a table; says how many rows it holds.

    Args:
        crs: 27700 for columns `easting` and `northing` in metres to the centimetre, 4326 for
            `longitude` and `latitude` in degrees to 7 decimals; `wkt` is in the same.

    Raises:
        CannotWrite: full disk, missing folder, no permission; what was there before stays.
        NotInBritain: a shape has no place in WGS 84; names the feature.
    """
    where = ("longitude", "latitude") if crs == WGS84 else ("easting", "northing")
    names = [each.name for each in layer.fields]
    rows = (row for batch in layer.batches() for row in _rows(batch, names, crs))
    return write_table(path, [*names, *where, "wkt"], rows)


def _rows(batch: Batch, names: list[str], crs: int) -> Iterator[tuple[Any, ...]]:
    if crs == WGS84:
        shapes, decimals = in_degrees(batch.ids, batch.shapes), 7
    else:
        shapes, decimals = shapely.from_wkb(np.array(batch.shapes, dtype=object)), 2
    points = shapely.point_on_surface(shapes)
    easts, norths = shapely.get_x(points), shapely.get_y(points)
    texts = shapely.to_wkt(shapes, rounding_precision=decimals)
    for row, (east, north, text) in enumerate(zip(easts, norths, texts, strict=True)):
        values = (batch.columns[name][row] for name in names)
        if text is None:
            yield (*values, None, None, None)
        else:
            yield (*values, f"{east:.{decimals}f}", f"{north:.{decimals}f}", text)
