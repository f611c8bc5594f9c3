"""Shapes by kind, for formats whose layers hold points, lines or areas and never two of them."""

import struct
from enum import StrEnum

from sites.whole import NotWritten
from sites.writing.batches import Batch


class Kind(StrEnum):
    """What shapes are, and what is put behind the name of a layer that holds only such."""

    AREAS = ""
    LINES = "_lines"
    POINTS = "_points"


# By the number of the shape in WKB.
_KINDS = {
    1: Kind.POINTS, 2: Kind.LINES, 3: Kind.AREAS, 4: Kind.POINTS, 5: Kind.LINES, 6: Kind.AREAS,
}  # fmt: skip
_SEVERAL_AREAS = 6
_SINGLE = 3  # up to this number a shape is of one piece; the same of several is 3 further on
TYPES = {
    Kind.AREAS: "MultiPolygon", Kind.LINES: "MultiLineString", Kind.POINTS: "MultiPoint",
}  # fmt: skip


def of_kind(batch: Batch, kind: Kind, aside: set[Kind]) -> Batch:
    """The features with shapes of a kind; those without a shape stand among the areas."""
    types = {None if shape is None else shape[1] for shape in batch.shapes}
    if kind is Kind.AREAS and types <= {None, _SEVERAL_AREAS}:
        return batch
    pairs = zip(batch.ids, batch.shapes, strict=True)
    kinds = [Kind.AREAS if shape is None else _kind(name, shape) for name, shape in pairs]
    aside |= set(kinds) - {kind}
    found = batch.chosen([row for row, each in enumerate(kinds) if each is kind])
    return Batch(found.ids, [_of_several(shape) for shape in found.shapes], found.columns)


def _kind(name: str, shape: bytes) -> Kind:
    try:
        return _KINDS[shape[1]]  # the number begins with its least byte
    except KeyError:
        message = (
            f"{name} is drawn with points, lines and areas together, and this format keeps them "
            "apart (GeoJSON, KML and FlatGeobuf do not)"
        )
        raise NotWritten(message) from None


def _of_several(shape: bytes | None) -> bytes | None:
    """A MultiPolygon for a Polygon and so on, for a layer holds one type of shape."""
    if shape is None or shape[1] > _SINGLE:
        return shape
    return struct.pack("<BII", 1, shape[1] + _SINGLE, 1) + shape
