"""Which system coordinates are in: what the file says, held against what the numbers can be.

A number is read as the file says only where that puts it in Great Britain. Where it does not, the
readings that do are sought; one that is alone is certain, and is named or applied, never assumed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely import MultiPolygon

from sites.errors import DoubtfulPosition, NotInBritain
from sites.projection import from_wgs84, to_wgs84
from sites.systems import System, system_of

_Floats = NDArray[np.float64]
_LONGEST_LABEL = 40
_FEW_DECIMALS = 3  # of a degree: about 100 m
# The land of Great Britain on the National Grid, in metres, St Kilda to Lowestoft and Scilly to
# Shetland; and Ireland within the same degrees, which OSTN15 does not cover.
_EAST, _NORTH = (5_000.0, 656_000.0), (5_000.0, 1_221_000.0)
_LON, _LAT = (-9.0, 2.0), (49.8, 61.0)
_IRELAND_WEST_OF, _IRELAND_NORTHERN_COAST = -5.42, (54.0, 55.25)
_IRELAND_WEST_OF_KINTYRE, _IRELAND_MALIN_HEAD = -5.95, 55.45
_IRELAND_SOUTHERN_WEST_OF, _IRELAND_SOUTHERN_COAST = -5.9, (51.3, 54.0)
_Zones = Mapping[System, tuple[float, float]]
_ZONES: _Zones = {System.UTM_30: (-6.0, 0.0), System.UTM_31: (0.0, 2.0)}  # of longitude
_USUAL = (System.BRITISH, System.DEGREES)
_DEGREES_FROM = {
    System.WEB_MERCATOR: Transformer.from_crs(3857, 4326, always_xy=True),
    System.EUROPE: Transformer.from_crs(3035, 4258, always_xy=True),
    System.UTM_30: Transformer.from_crs(32630, 4326, always_xy=True),
    System.UTM_31: Transformer.from_crs(32631, 4326, always_xy=True),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A shape on the National Grid.

    Attributes:
        shape: EPSG:27700, two-dimensional, not yet on the centimetre grid.
        notes: every guess and doubt, as clauses.
        fixed: what was mended because only one reading is possible.
    """

    shape: Any
    notes: tuple[str, ...]
    fixed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """Coordinates taken to be of a system: where that puts them, EPSG:27700."""

    system: System
    is_swapped: bool
    xy: _Floats

    def __str__(self) -> str:
        if not self.is_swapped:
            return self.system.value
        pair = "latitude and longitude" if self.system is System.DEGREES else "its two axes"
        return f"{self.system.value} with {pair} swapped"

    @property
    def place(self) -> str:
        """Where the first vertex lies."""
        return f"easting {self.xy[0, 0]:.0f}, northing {self.xy[0, 1]:.0f}"


def placed(
    shape: Any, stated: str | None, *, fix: bool = False, near: MultiPolygon | None = None
) -> Placed:
    """A shape from a file on the National Grid, every doubt named.

    Args:
        shape: any geometry, as it stands in the file.
        stated: what the file or the row says its system is: "EPSG:4326", "OSGB36", "Cartesian".
        fix: apply a reading that contradicts the file where it is the only one possible.
        near: the area of the council, EPSG:27700: a place outside it is noted, and one that lies
            inside only with its axes swapped is taken to be swapped.

    Raises:
        DoubtfulPosition: no reading, or several, or one that contradicts the file; says what was
            found, what it looks like, where that would be, and what to do.
    """
    notes = ["the height was dropped"] if shapely.has_z(shape) else []
    flat = shapely.force_2d(shape)
    xy = shapely.get_coordinates(flat)
    _refuse_nothing(xy)
    system = system_of(stated)
    if system is System.IRISH:
        raise DoubtfulPosition(
            f"It is in {stated}: Ireland has a grid of its own, which OSTN15 does not cover. Give "
            "land in Great Britain in EPSG:27700 or in longitude and latitude."
        )
    if isinstance(system, str) and not isinstance(system, System):
        raise DoubtfulPosition(
            f"It is in {_short(stated)} (“{system}”), which is not read. Give it in "
            "EPSG:27700 or in longitude and latitude, converted by OSTN15."
        )
    if stated and system is None:
        notes.append(f"“{stated}” names no system of coordinates")
    reading, told, mended = _chosen(xy, system, stated, fix=fix, near=near)
    notes += told
    moved = shapely.set_coordinates(flat, reading.xy)
    if near is not None and not near.intersects(moved):
        notes.append(f"it lies outside the council's area, at {reading.place}")
    if reading.system is System.DEGREES and (places := _decimals(xy)) <= _FEW_DECIMALS:
        counted = f"{places} decimal{'' if places == 1 else 's'}"
        notes.append(f"its degrees have {counted}, which is 100 m or more")
    return Placed(moved, tuple(notes), mended)


def _short(stated: str | None) -> str:
    """A label as a person would quote it; a definition by its first letters."""
    label = (stated or "").strip()
    return label if len(label) <= _LONGEST_LABEL else f"{label[:_LONGEST_LABEL]}…"


def _refuse_nothing(xy: _Floats) -> None:
    if not len(xy):
        raise DoubtfulPosition("It is empty: it has no coordinates.")
    finite = np.isfinite(xy).all(axis=1)
    if not finite.all():
        raise DoubtfulPosition(
            f"Vertex {int(finite.argmin()) + 1} has a coordinate that is no number. Correct it, or "
            "leave the position out."
        )
    at_zero = (xy == 0).all(axis=1)
    if at_zero.any():
        raise DoubtfulPosition(
            f"Vertex {int(at_zero.argmax()) + 1} is at 0, 0, which stands for no position. Correct "
            "it, or leave the position out."
        )


def _chosen(
    xy: _Floats,
    system: System | None,
    stated: str | None,
    *,
    fix: bool,
    near: MultiPolygon | None,
) -> tuple[_Reading, list[str], tuple[str, ...]]:
    """The reading to be taken, what is to be noted of it, and what was mended."""
    as_stated = _read(xy, system, is_named=True) if system else None
    if as_stated is not None and not _only_swapped_is_near(as_stated, near):
        extra = [] if as_stated.system in {System.BRITISH, System.DEGREES} else [f"from {system}"]
        return as_stated, extra, ()
    if as_stated is not None:
        possible = [swapped] if (swapped := _read(xy, as_stated.system, swapped=True)) else []
    else:
        possible = list(_possible(xy))
    found = f"{xy[0, 0]:.10g}, {xy[0, 1]:.10g}"
    said = f"The file says {system or stated}, but {found}" if stated else found
    if len(possible) == 1:
        (only,) = possible
        if system is None and not only.is_swapped and only.system in _USUAL:
            return only, [f"no system is known for it; read as {only}"], ()
        if fix:
            return only, [], (f"read as {only}, the only reading in Great Britain",)
        raise DoubtfulPosition(
            f"{said} can only be {only}, which puts it at {only.place}. Correct the file, or take "
            "that reading with --fix."
        )
    if possible:
        readings = " or ".join(f"{each} ({each.place})" for each in possible)
        raise DoubtfulPosition(f"{said} may be {readings}. Say in the file which it is.")
    raise DoubtfulPosition(
        f"{said} {_elsewhere(xy)}, which OSTN15 does not cover. Correct the position, or leave it "
        "out."
    )


def _only_swapped_is_near(reading: _Reading, near: MultiPolygon | None) -> bool:
    """Whether a place lies outside the council's area, and inside it with its axes swapped."""
    if near is None or reading.system is not System.BRITISH:
        return False
    there, swapped = shapely.multipoints(reading.xy), shapely.multipoints(reading.xy[:, ::-1])
    return not near.intersects(there) and bool(near.contains(swapped))


def _possible(xy: _Floats) -> Iterator[_Reading]:
    """Every reading that puts the coordinates in Great Britain.

    Swapped metres of the National Grid are one only where unswapped ones are none, for most of
    them would lie in Great Britain either way.
    """
    for system in System:
        if system is System.IRISH:
            continue
        unswapped = _read(xy, system)
        if unswapped is not None:
            yield unswapped
            continue
        if system in _USUAL and (swapped := _read(xy, system, swapped=True)) is not None:
            yield swapped


def _read(
    xy: _Floats, system: System, *, swapped: bool = False, is_named: bool = False
) -> _Reading | None:
    """The coordinates taken to be of a system, if that puts all of them in Great Britain.

    Args:
        is_named: the file says so; then a zone of UTM may be used beyond its meridians.
    """
    try:
        ordered = xy[:, ::-1] if swapped else xy
        return _read_in(ordered, system, swapped=swapped, zones={} if is_named else _ZONES)
    except NotInBritain:
        return None


def _read_in(ordered: _Floats, system: System, *, swapped: bool, zones: _Zones) -> _Reading | None:
    if system is System.BRITISH:
        if not _within(ordered, _EAST, _NORTH):
            return None
        degrees = shapely.get_coordinates(to_wgs84(shapely.multipoints(ordered)))
        return None if _in_ireland(degrees) else _Reading(system, swapped, ordered)
    convert: Callable[[_Floats], _Floats] = _CONVERT.get(system, _as_they_are)
    degrees = convert(ordered)
    if not _within(degrees, zones.get(system, _LON), _LAT) or _in_ireland(degrees):
        return None
    british = shapely.get_coordinates(from_wgs84(shapely.multipoints(degrees)))
    return _Reading(system, swapped, british) if _within(british, _EAST, _NORTH) else None


def _as_they_are(xy: _Floats) -> _Floats:
    return xy


def _by_pyproj(transformer: Transformer) -> Callable[[_Floats], _Floats]:
    def convert(xy: _Floats) -> _Floats:
        return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))

    return convert


_CONVERT = {system: _by_pyproj(transformer) for system, transformer in _DEGREES_FROM.items()}


def _within(xy: _Floats, across: tuple[float, float], up: tuple[float, float]) -> bool:
    (min_x, max_x), (min_y, max_y) = across, up
    x, y = xy[:, 0], xy[:, 1]
    return bool(((x > min_x) & (x < max_x) & (y > min_y) & (y < max_y)).all())


def _in_ireland(degrees: _Floats) -> bool:
    lon, lat = degrees[:, 0], degrees[:, 1]
    north = (lon < _IRELAND_WEST_OF) & (lat > _IRELAND_NORTHERN_COAST[0])
    north &= lat < _IRELAND_NORTHERN_COAST[1]
    north |= (
        (lon < _IRELAND_WEST_OF_KINTYRE)
        & (lat > _IRELAND_NORTHERN_COAST[0])
        & (lat < _IRELAND_MALIN_HEAD)
    )
    south = (lon < _IRELAND_SOUTHERN_WEST_OF) & (lat > _IRELAND_SOUTHERN_COAST[0])
    south &= lat <= _IRELAND_SOUTHERN_COAST[1]
    return bool((north | south).any())


def _elsewhere(xy: _Floats) -> str:
    if _within(xy, _LON, _LAT) and _in_ireland(xy):
        return "lies in Ireland"
    return "lies outside Great Britain in every system that is read"


def _decimals(xy: _Floats) -> int:
    """The most decimals that any coordinate is written with."""
    return max(len(f"{value:.10f}".rstrip("0").partition(".")[2]) for value in xy.ravel())
