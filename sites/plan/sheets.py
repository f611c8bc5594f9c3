"""Sheets of paper: the frame that the map has on each, and the standard scale that fits it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sites.errors import DoesNotFit
from sites.plan.choices import Paper

# HM Land Registry prefers 1:1250 to 1:500 in towns and 1:2500 in the country (Practice guide 40,
# supplement 2); the smaller ones are those of location plans.
STANDARD = (200, 500, 1250, 2500, 5000, 10_000, 25_000, 50_000)
USUAL = 1250
_EDGE_MM = 10.0
_ROOM_MM = 8.0  # between the land and the frame, for its edging and its labels
_TOO_SMALL_MM = 40.0  # land that is smaller than this on the paper is drawn larger, if it fits
_COLUMN_MM = 76.0  # of title and key beside the map
_ROW_MM, _ROWS_MM, _ROWS_LEAST_MM, _ROWS_MOST_MM = (
    6.0,
    36.0,
    64.0,
    120.0,
)  # of title and key below it, by lines of key
_ONE_COLUMN = 8  # lines of a key; more of them stand in two, as the template has it
Bounds = tuple[float, float, float, float]


_MM = {Paper.A4: (210.0, 297.0), Paper.A3: (297.0, 420.0)}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the paper, in millimetres from its top left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its size in millimetres, the frame of the map, and the box of title and key."""

    paper: Paper
    width: float
    height: float
    frame: Box
    block: Box


def sheet(paper: Paper, *, landscape: bool, lines: int) -> Sheet:
    """The layout of a sheet: title and key lie below the map, or beside it in landscape.

    Args:
        lines: of the key, for which room is left.
    """
    short, long = _MM[paper]
    width, height = (long, short) if landscape else (short, long)
    inner = Box(_EDGE_MM, _EDGE_MM, width - 2 * _EDGE_MM, height - 2 * _EDGE_MM)
    if landscape:
        map_width = inner.width - _COLUMN_MM
        frame = Box(inner.x, inner.y, map_width, inner.height)
        block = Box(inner.x + map_width, inner.y, _COLUMN_MM, inner.height)
    else:
        rows = lines if lines <= _ONE_COLUMN else (lines + 1) // 2
        wanted = _ROWS_MM + rows * _ROW_MM
        height_of_key = min(max(_ROWS_LEAST_MM, wanted), _ROWS_MOST_MM)
        map_height = inner.height - height_of_key
        frame = Box(inner.x, inner.y, inner.width, map_height)
        block = Box(inner.x, inner.y + map_height, inner.width, height_of_key)
    return Sheet(paper, width, height, frame, block)


def chosen(
    bounds: Bounds, sheets: Sequence[Sheet], *, scale: int | None = None, around: float = 1.0
) -> tuple[Sheet, int]:
    """The sheet that shows land largest, and the scale: the one asked for, or a standard one.

    Without one it is 1:1250 or the next smaller that fits; larger for land that would be tiny.

    Args:
        bounds: of the land, EPSG:27700, metres.
        around: how many times its own size the frame is to show; 1 for a site plan.

    Raises:
        DoesNotFit: the land is too large for the scale on every sheet; says which fits.
    """
    if scale is not None:
        for each in sheets:
            if _fits(bounds, each, scale, 1.0):
                return each, scale
        fits = min(filter(None, (_standard(bounds, each, 1.0) for each in sheets)), default=None)
        hint = f"1:{fits} fits" if fits else "no standard scale is small enough"
        raise DoesNotFit(f"{_sentence(bounds, sheets[0], scale)} {hint.capitalize()}.")
    found = [
        (fits, each) for each in sheets if (fits := _standard(bounds, each, around)) is not None
    ]
    if not found:
        raise DoesNotFit(
            f"{_sentence(bounds, sheets[0], STANDARD[-1])} No standard scale is smaller."
        )
    largest, best = min(found, key=lambda one: one[0])
    return best, largest


def _standard(bounds: Bounds, on: Sheet, around: float) -> int | None:
    fits = [scale for scale in STANDARD if _fits(bounds, on, scale, around)]
    smaller = [scale for scale in fits if scale >= USUAL]
    if smaller and _size_mm(bounds, smaller[0]) * around >= _TOO_SMALL_MM:
        return smaller[0]
    seen = [scale for scale in fits if _size_mm(bounds, scale) * around >= _TOO_SMALL_MM]
    return max(seen, default=min(fits, default=None))


def _fits(bounds: Bounds, on: Sheet, scale: int, around: float) -> bool:
    width, height = _extent_mm(bounds, scale)
    return (
        width * around <= on.frame.width - 2 * _ROOM_MM
        and height * around <= on.frame.height - 2 * _ROOM_MM
    )


def _extent_mm(bounds: Bounds, scale: int) -> tuple[float, float]:
    min_x, min_y, max_x, max_y = bounds
    return (max_x - min_x) * 1000 / scale, (max_y - min_y) * 1000 / scale


def _size_mm(bounds: Bounds, scale: int) -> float:
    return max(_extent_mm(bounds, scale))


def _sentence(bounds: Bounds, on: Sheet, scale: int) -> str:
    width, height = _extent_mm(bounds, scale)
    return (
        f"At 1:{scale} the land is {width:,.0f} mm × {height:,.0f} mm, and the map on {on.paper} "
        f"has room for {on.frame.width - 2 * _ROOM_MM:,.0f} mm × "
        f"{on.frame.height - 2 * _ROOM_MM:,.0f} mm."
    )
