"""What is wrong with a shape, all of it and where; and repairs that say what they cost."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely import LinearRing, MultiPolygon, Polygon

from sites.errors import InvalidBoundary, NotRepaired
from sites.geometry import GRID_M, on_grid

MOST_CHANGED = 0.01  # of the area: more than that is no repair but another shape
SLIVER_M = 0.10  # a piece narrower than a hand is a slip of the mouse, not land
_RING_POSITIONS = 4  # three corners, and the first again
_TOLD = re.compile(r"(?P<reason>[^\[]*)\[(?P<x>\S+) (?P<y>\S+)\]")
_IN_WORDS = {
    "Self-intersection": "its edges cross",
    "Ring Self-intersection": "a ring crosses or touches itself",
    "Hole lies outside shell": "a hole lies outside the shape",
    "Holes are nested": "a hole lies inside another hole",
    "Nested shells": "one of its areas lies inside another",
    "Interior is disconnected": "holes cut its inside in two",
    "Duplicate Rings": "the same ring is there twice",
    "Too few points in geometry component": "a ring has fewer than three corners",
    "Ring is not closed": "a ring is not closed",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a shape.

    Attributes:
        kind: crossing, hole outside, overlap, duplicate vertex, sliver, spike …
        reason: as a clause, "its edges cross".
        place: easting and northing, metres, EPSG:27700.
        size_m2: of the fault, where it has an area.
        is_fatal: it is no boundary as it stands; else it is worth a note.
    """

    kind: str
    reason: str
    place: tuple[float, float]
    size_m2: float = 0.0
    is_fatal: bool = True

    def __str__(self) -> str:
        size = f" ({self.size_m2:.2f} m²)" if self.size_m2 >= GRID_M else ""
        return f"{self.reason} at easting {self.place[0]:.2f}, northing {self.place[1]:.2f}{size}"


@dataclass(frozen=True, slots=True)
class Repair:
    """A shape mended.

    Attributes:
        shape: valid, EPSG:27700.
        gained_m2, lost_m2: land that was added and taken away.
    """

    shape: MultiPolygon
    gained_m2: float
    lost_m2: float

    def __str__(self) -> str:
        return f"repaired: {self.gained_m2:.2f} m² gained, {self.lost_m2:.2f} m² lost"


def faults(shape: Any) -> tuple[Fault, ...]:
    """Everything that is wrong with an area, not only the first thing.

    Args:
        shape: Polygon or MultiPolygon, EPSG:27700, as it was drawn.
    """
    polygons = list(shapely.get_parts(shape))
    found = [fault for polygon in polygons for fault in _of_polygon(polygon)]
    found.extend(_overlapping(polygons))
    if not any(fault.is_fatal for fault in found) and not shapely.is_valid(shape):
        found.append(_told(shapely.is_valid_reason(shape), shape))
    return tuple(found)


def repaired(shape: Any, *, most: float = MOST_CHANGED) -> Repair:
    """A valid shape of the same land, and how much land that gained and lost.

    Args:
        shape: Polygon or MultiPolygon, EPSG:27700.
        most: the share of the area that a repair may change.

    Raises:
        NotRepaired: it would change more of the area than that; says how much.
        InvalidBoundary: nothing is left that has an area.
    """
    # Not make_valid of the whole, which makes land of a hole that lies outside its shell.
    before, drawn = _enclosed(shape), abs(_drawn_area(shape))
    areas = [p for p in shapely.get_parts(before) if isinstance(p, Polygon) and p.area > 0]
    if not areas:
        raise InvalidBoundary("has no area that could be repaired")
    whole = on_grid(MultiPolygon(areas))
    gained = shapely.difference(whole, before).area
    lost = shapely.difference(before, whole).area
    change = max(abs(whole.area - drawn), gained, lost)
    if change > most * max(drawn, whole.area):
        raise NotRepaired(
            f"Repairing it would change its area by {change:,.2f} m², {change / whole.area:.1%} of "
            f"it, which is more than {most:.0%}: which land is meant is not certain. Draw it again."
        )
    return Repair(whole, gained, lost)


def judged(shape: Any, *, fix: bool = False) -> tuple[MultiPolygon, tuple[str, ...]]:
    """An area ready to be a boundary, on the centimetre grid, and what was noted of it.

    Args:
        shape: Polygon or MultiPolygon, EPSG:27700.
        fix: repair what a repair can mend, and say so.

    Raises:
        InvalidBoundary: something is wrong and is not to be, or can't be, repaired; names every
            fault with its place.
        NotRepaired: a repair would change the area by more than 1 %.
    """
    if shape.is_empty:
        raise InvalidBoundary("is empty")
    found = faults(shape)
    fatal = [fault for fault in found if fault.is_fatal]
    notes = tuple(str(fault) for fault in found if not fault.is_fatal)
    if not fatal:
        return on_grid(shape), notes
    if not fix:
        raise InvalidBoundary(
            f"is not valid: {'; '.join(map(str, fatal))} (--fix mends what a repair can mend)"
        )
    repair = repaired(shape)
    return repair.shape, (*notes, *(str(fault) for fault in fatal), str(repair))


def _of_polygon(polygon: Polygon) -> Iterator[Fault]:
    rings = [polygon.exterior, *polygon.interiors]
    found = [fault for ring in rings for fault in _of_ring(ring)]
    yield from found
    if shapely.is_valid(polygon):
        if shapely.buffer(polygon, -SLIVER_M / 2).is_empty:
            yield Fault(
                "sliver", f"an area is narrower than {SLIVER_M * 100:.0f} cm",
                _inside(polygon), polygon.area, is_fatal=False,
            )  # fmt: skip
        return
    shell = shapely.make_valid(Polygon(polygon.exterior), method="structure")
    for hole in polygon.interiors:
        out = shapely.difference(shapely.make_valid(Polygon(hole), method="structure"), shell)
        if out.area > GRID_M**2:
            found.append(
                Fault("hole outside", "a hole lies outside the shape", _inside(out), out.area)
            )
            yield found[-1]
    if not any(fault.is_fatal for fault in found):
        yield _told(shapely.is_valid_reason(polygon), polygon)


def _of_ring(ring: LinearRing) -> Iterator[Fault]:
    xy = shapely.get_coordinates(ring)
    if len(np.unique(xy, axis=0)) < _RING_POSITIONS - 1:
        yield Fault("too few points", "a ring has fewer than three corners", _at(xy[0]))
        return
    again = (np.diff(xy, axis=0) == 0).all(axis=1)
    for index in np.flatnonzero(again):
        yield Fault("duplicate vertex", "a vertex is there twice", _at(xy[index]), is_fatal=False)
    for place in _crossings(xy):
        yield Fault("crossing", "its edges cross", place)


def _crossings(xy: Any) -> Iterator[tuple[float, float]]:
    """Where the edges of one ring cross each other, each place once."""
    if shapely.is_simple(shapely.linestrings(xy)):
        return
    edges = shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1))
    one, other = shapely.STRtree(edges).query(edges, predicate="crosses")
    pairs = one < other
    common = shapely.intersection(edges[one[pairs]], edges[other[pairs]])
    places = shapely.get_coordinates(shapely.centroid(common))
    for place in np.unique(np.round(places, 2), axis=0):
        yield _at(place)


def _overlapping(polygons: list[Polygon]) -> Iterator[Fault]:
    if len(polygons) == 1:
        return
    clean = [shapely.make_valid(p, method="structure") for p in polygons]
    one, other = shapely.STRtree(clean).query(clean, predicate="intersects")
    for a, b in zip(one, other, strict=True):
        if a < b:
            common = shapely.intersection(clean[a], clean[b])
            if common.area > GRID_M**2:
                yield Fault("overlap", "two of its areas overlap", _inside(common), common.area)


def _told(reason: str, shape: Any) -> Fault:
    found = _TOLD.match(reason)
    if found is None:
        return Fault("not valid", reason.lower(), _inside(shape))
    words = _IN_WORDS.get(found["reason"].strip(), found["reason"].strip().lower())
    return Fault("not valid", words, (float(found["x"]), float(found["y"])))


def _enclosed(shape: Any) -> Any:
    """The land that the rings enclose, however they cross: shells less holes."""
    pieces = []
    for polygon in shapely.get_parts(shape):
        shell = shapely.make_valid(Polygon(polygon.exterior), method="structure")
        holes = [shapely.make_valid(Polygon(h), method="structure") for h in polygon.interiors]
        pieces.append(shapely.difference(shell, shapely.union_all(holes)) if holes else shell)
    return shapely.union_all(pieces)


def _drawn_area(shape: Any) -> float:
    """Signed as the rings run, so that the loops of a bow-tie count against each other."""
    return float(sum(polygon.area for polygon in shapely.get_parts(shape)))


def _inside(shape: Any) -> tuple[float, float]:
    at = shapely.point_on_surface(shape)
    return (at.x, at.y)


def _at(xy: Any) -> tuple[float, float]:
    return (float(xy[0]), float(xy[1]))
