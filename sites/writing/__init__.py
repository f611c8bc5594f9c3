"""Map layers out: GeoJSON and tables of our own making, every other format by GDAL."""

from sites.whole import whole_file
from sites.writing.batches import Batch, Field, Layer
from sites.writing.geojson import Feature, write_geojson, write_geojson_batches
from sites.writing.tables import neutralised, write_table

__all__ = [
    "Batch",
    "Feature",
    "Field",
    "Layer",
    "neutralised",
    "whole_file",
    "write_geojson",
    "write_geojson_batches",
    "write_table",
]
