"""Land held against land: overlaps, duplicates, what lies outside, parts that no longer fit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, STRtree

from sites.comparing import without_hairlines
from sites.errors import NotAPartition
from sites.split import prove_partition

SLIVER_M = 0.25  # two surveys of one fence agree to no better than that
NOTHING_M2 = 0.01
_SAME = 0.98  # of both areas


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong on the map.

    Attributes:
        kind: overlap, sliver, duplicate, outside, parts, expired.
        refs: the sites that it is about.
        place: easting and northing, metres, EPSG:27700, or None.
        size_m2: of the land in question.
        shape: that land, or None.
    """

    kind: str
    refs: tuple[str, ...]
    said: str
    place: tuple[float, float] | None = None
    size_m2: float = 0.0
    shape: Any = None


class Neighbourhood:
    """Sites indexed once, to be asked often which of them a shape overlaps.

    Attributes:
        refs: by position; `shapes` are EPSG:27700. All of them are held in memory.
    """

    def __init__(self, refs: Sequence[str], shapes: Sequence[MultiPolygon]) -> None:
        self.refs = np.asarray(refs, dtype=object)
        self.shapes = np.asarray(shapes, dtype=object)
        self._tree = STRtree(self.shapes)

    def overlapping(self, shape: MultiPolygon) -> list[str]:
        """The sites that a shape shares land with, be it a hairline, and not only an edge."""
        near = self._tree.query(shape, predicate="intersects")
        # An intersection would say how much, but takes three times as long as all this.
        only_an_edge = shapely.touches(self.shapes[near], shape)
        overlapping: list[str] = self.refs[near[~only_an_edge]].tolist()
        return overlapping

    def overlaps(self) -> Iterator[Problem]:
        """Every two sites that overlap, once."""
        one, other = self._tree.query(self.shapes, predicate="intersects")
        pairs = one < other
        one, other = one[pairs], other[pairs]
        common = shapely.intersection(self.shapes[one], self.shapes[other])
        areas = shapely.area(common)
        for a, b, shape, area in zip(one, other, common, areas, strict=True):
            if area > NOTHING_M2:
                yield self._told(int(a), int(b), shape, float(area))

    def _told(self, a: int, b: int, shape: Any, area: float) -> Problem:
        refs = (str(self.refs[a]), str(self.refs[b]))
        at = shapely.point_on_surface(shape)
        place = (at.x, at.y)
        if area > _SAME * max(self.shapes[a].area, self.shapes[b].area):
            said = f"{refs[0]} and {refs[1]} are the same land, or nearly: {area:,.2f} m² in common"
            return Problem("duplicate", refs, said, place, area, shape)
        if shapely.buffer(shape, -SLIVER_M / 2).is_empty:
            said = f"{refs[0]} and {refs[1]} overlap by a sliver of {area:,.2f} m²"
            return Problem("sliver", refs, said, place, area, shape)
        said = f"{refs[0]} and {refs[1]} overlap by {area:,.2f} m²"
        return Problem("overlap", refs, said, place, area, shape)


def outside(area: MultiPolygon, refs: Sequence[str], shapes: Sequence[Any]) -> Iterator[Problem]:
    """The sites, areas or points, that lie outside an area, or partly so by 2 cm or more.

    Args:
        area: of the council, EPSG:27700.
    """
    shapely.prepare(area)
    drawn = np.asarray(shapes, dtype=object)
    for index in np.flatnonzero(~shapely.covers(area, drawn)):
        ref, shape = refs[int(index)], drawn[index]
        out = shapely.difference(shape, area)
        if shape.area and without_hairlines(out).is_empty:
            continue
        at = shapely.point_on_surface(out)
        much = f"{out.area:,.2f} m² of it" if shape.area else "its position"
        said = f"{ref} lies outside the council's area: {much}"
        yield Problem("outside", (ref,), said, (at.x, at.y), out.area, out)


def unfit(ref: str, site: MultiPolygon, parts: Mapping[int, MultiPolygon]) -> Problem | None:
    """The parts of a site, if they no longer make it up."""
    try:
        prove_partition(site, parts)
    except NotAPartition as error:
        return Problem("parts", (ref,), f"{ref}: {error}", error.place, error.size_m2)
    return None
