"""Two revisions of a boundary side by side: what the later one gained and what it lost."""

from dataclasses import dataclass

import shapely
from shapely import MultiPolygon, Polygon

from sites.geometry import GRID_M

_HAIRLINE_M = 2 * GRID_M  # rounding alone moves an edge by no more


@dataclass(frozen=True, slots=True)
class Piece:
    """One connected piece of land.

    Attributes:
        place: easting and northing of a point inside it, metres, EPSG:27700.
    """

    area_m2: float
    place: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one boundary to another.

    Attributes:
        gained, lost: EPSG:27700; empty where nothing was.
        shared: the land that is in both.
    """

    gained: MultiPolygon
    lost: MultiPolygon
    shared: MultiPolygon

    @property
    def is_nothing(self) -> bool:
        """Whether no land was gained or lost."""
        return bool(self.gained.is_empty and self.lost.is_empty)


def compared(before: MultiPolygon, after: MultiPolygon) -> Difference:
    """The land gained and lost, in EPSG:27700.

    Hairlines narrower than 2 cm along an edge are what rounding leaves, and no land.
    """
    return Difference(
        gained=without_hairlines(shapely.difference(after, before)),
        lost=without_hairlines(shapely.difference(before, after)),
        shared=without_hairlines(shapely.intersection(before, after)),
    )


def pieces(shape: MultiPolygon) -> tuple[Piece, ...]:
    """The connected pieces of a shape, the largest first."""
    inside = [(each.area, shapely.point_on_surface(each)) for each in shape.geoms]
    return tuple(Piece(area, (at.x, at.y)) for area, at in sorted(inside, key=lambda one: -one[0]))


def without_hairlines(shape: shapely.Geometry) -> MultiPolygon:
    """The areas of a shape that are land, leaving out what is narrower than 2 cm throughout."""
    areas = [
        piece
        for piece in shapely.get_parts(shape)
        if isinstance(piece, Polygon) and not shapely.buffer(piece, -_HAIRLINE_M / 2).is_empty
    ]
    return MultiPolygon(areas)
