"""What a file holds, read back: for drivers of GDAL that say nothing of a full disk."""

from pathlib import Path
from xml.parsers import expat

import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError


def placemarks(file: Path) -> int:
    """How many features a KML holds; -1 where it breaks off."""
    count = 0

    def begins(tag: str, _: object) -> None:
        nonlocal count
        count += tag == "Placemark"

    parser = expat.ParserCreate()
    parser.StartElementHandler = begins
    try:
        with file.open("rb") as written:
            parser.ParseFile(written)
    except expat.ExpatError:
        return -1
    return count


def features(file: Path) -> int:
    """How many features a file holds; -1 where it breaks off."""
    try:
        with pyogrio.open_arrow(file, use_pyarrow=True) as (_, batches):
            return sum(batch.num_rows for batch in batches)
    except (DataSourceError, DataLayerError, FeatureError, pa.ArrowException, OSError):
        return -1
