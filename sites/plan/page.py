"""A plan laid out on a sheet at its scale: metres of the National Grid become millimetres."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from sites.plan.drawing import Label, Mark, Plan
from sites.plan.sheets import Bounds, Box, Sheet

_EDGING_MM = 0.9
_DECIMALS = 4  # a ten-thousandth of a millimetre: the drawing adds no error of its own
_SEEN_MM = 0.05  # what is finer than a drawn line is left out of a base map
_TICK_MM = 25.0
_MARGIN_MM = 6.0  # along the frame, for ticks and their numbers
_BAR_MM = 62.0
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000)
_SEGMENTS = 5
_CHARACTER_MM, _SMALL_CHARACTER_MM, _LINE_MM = 1.9, 1.2, 3.6
_AWAY_MM, _TURN = 5.0, math.radians(25)

Item = dict[str, Any]


def window(plan: Plan, on: Sheet, scale: int) -> Bounds:
    """The ground that the frame shows, EPSG:27700: that of the plan, in its middle."""
    min_x, min_y, max_x, max_y = plan.bounds
    half_width = on.frame.width * scale / 2000
    half_height = on.frame.height * scale / 2000
    east, north = (min_x + max_x) / 2, (min_y + max_y) / 2
    return (east - half_width, north - half_height, east + half_width, north + half_height)


@dataclass(slots=True)
class _Frame:
    """The map's frame: ground in metres to millimetres from its top left."""

    box: Box
    ground: Bounds
    scale: int
    taken: list[Box] = field(default_factory=list)

    def mm(self, xy: Iterable[Sequence[float]]) -> list[list[float]]:
        west, _, _, north = self.ground
        each = 1000 / self.scale
        return [
            [round((x - west) * each, _DECIMALS), round((north - y) * each, _DECIMALS)]
            for x, y in xy
        ]

    def metres(self, millimetres: float) -> float:
        return millimetres * self.scale / 1000


def laid_out(plan: Plan, on: Sheet, scale: int) -> Item:
    """The page as data for the template: every length in millimetres, every word as it is."""
    frame = _Frame(on.frame, window(plan, on, scale), scale)
    subject = plan.subject
    marks = [item for mark in plan.marks if (item := _drawn(frame, mark)) is not None]
    edged = [item for colour, shape in plan.edged for item in _edging(frame, colour, shape)]
    return {
        "paper": on.paper.value, "width": on.width, "height": on.height,
        "frame": _box(on.frame), "block": _box(on.block),
        "title": subject.title, "address": subject.address, "kind": plan.kind,
        "described": plan.described, "warning": subject.warning, "readers": subject.readers,
        "marks": marks, "edged": edged, "labels": _labels(frame, plan),
        "grid": _grid(frame), "bar": _bar(scale),
        "key": [{"style": style, "told": told} for style, told in plan.key],
        "facts": [
            ["Scale", f"1:{scale} when printed at full size on {on.paper}"],
            ["Drawing", f"{subject.ref}, {plan.kind.lower()}"],
            ["Revision", subject.revision],
            ["As at", subject.day],
            ["Grid", "National Grid (OSGB36, EPSG:27700), metres"],
        ],
        "provenance": list(subject.provenance),
        "notices": [*dict.fromkeys((*subject.notices, *plan.sources))],
    }  # fmt: skip


def _box(box: Box) -> Item:
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}


def _drawn(frame: _Frame, mark: Mark) -> Item | None:
    shape = shapely.intersection(mark.shape, shapely.box(*frame.ground))
    if mark.style in {"base", "neighbour"}:
        shape = shapely.simplify(shape, frame.metres(_SEEN_MM))
    if shape.is_empty:
        return None
    return {"style": mark.style, **_paths(frame, shape)}


def _edging(frame: _Frame, colour: str, shape: BaseGeometry) -> Iterable[Item]:
    """A band inside the boundary, which leaves the boundary itself to be seen, and its line."""
    within = shapely.buffer(shape, -frame.metres(_EDGING_MM), join_style="mitre")
    band = shapely.difference(shape, within)
    clip = shapely.box(*frame.ground)
    yield {"style": f"{colour} band", **_paths(frame, shapely.intersection(band, clip))}
    yield {"style": f"{colour} line", **_paths(frame, shapely.intersection(shape, clip))}


def _paths(frame: _Frame, shape: BaseGeometry) -> Item:
    """A shape as closed rings, open lines and points, in millimetres."""
    rings, lines, points = [], [], []
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon):
            rings += [frame.mm(ring.coords[:-1]) for ring in (part.exterior, *part.interiors)]
        elif isinstance(part, shapely.LineString):
            lines.append(frame.mm(part.coords))
        elif isinstance(part, shapely.Point):
            points.append(frame.mm(part.coords)[0])
        else:
            for inner in shapely.get_parts(part):
                found = _paths(frame, inner)
                rings += found["rings"]
                lines += found["lines"]
                points += found["points"]
    return {"rings": rings, "lines": lines, "points": points}


def _labels(frame: _Frame, plan: Plan) -> list[Item]:
    land = shapely.union_all([piece for _, piece in plan.edged])
    clip = shapely.box(*frame.ground)
    # Labels with the most room first, so that the small ones find their places round them.
    rooms = [
        (label, shapely.intersection(label.within, clip))
        for label in plan.labels
        if shapely.intersects(label.within, clip)
    ]
    rooms.sort(key=lambda room: -room[1].area)
    return [_label(frame, label, within, land) for label, within in rooms]


def _label(frame: _Frame, label: Label, within: BaseGeometry, land: BaseGeometry) -> Item:
    if not within.area:
        at = frame.mm([(within.x, within.y)])[0]
        return {"text": label.text, "more": "", "at": at, "from": None, "is_tag": True}
    circle = shapely.maximum_inscribed_circle(within, tolerance=frame.metres(0.2))
    middle = shapely.centroid(within)
    centres = [middle.coords[0]] if shapely.contains(within, middle) else []
    places = frame.mm([*centres, circle.coords[0]])
    room = shapely.MultiPolygon([shapely.Polygon(ring) for ring in _paths(frame, within)["rings"]])
    width = len(label.text) * _CHARACTER_MM
    with_more = max(width, len(label.more) * _SMALL_CHARACTER_MM)
    for more, wide, high in (
        (label.more, with_more, 2 * _LINE_MM),
        ("", width, _LINE_MM),
    ):
        for at in places:
            place = _around(at, wide + 2 * _EDGING_MM, high + 2 * _EDGING_MM)
            if shapely.contains(room, _rectangle(place)):
                frame.taken.append(place)
                return {"text": label.text, "more": more, "at": at, "from": None, "is_tag": False}
    beside = _beside(frame, places[0], (width, _LINE_MM), land)
    return {"text": label.text, "more": "", "at": beside, "from": places[0], "is_tag": False}


def _beside(
    frame: _Frame, at: Sequence[float], size: tuple[float, float], land: BaseGeometry
) -> list[float]:
    """A place off the land for a label with a leader, where no other label stands."""
    rings = _paths(frame, land)["rings"]
    middle = [sum(xy[i] for ring in rings for xy in ring) / sum(map(len, rings)) for i in (0, 1)]
    heading = math.atan2(at[1] - middle[1], at[0] - middle[0])
    drawn = shapely.union_all([shapely.Polygon(ring) for ring in rings])
    best: Box | None = None
    for turn in range(15):
        angle = heading + (-1) ** turn * ((turn + 1) // 2) * _TURN
        away = _AWAY_MM
        place = _around(at, *size)
        while away < max(frame.box.width, frame.box.height):
            place = _around((at[0] + away * math.cos(angle), at[1] + away * math.sin(angle)), *size)
            if not drawn.intersects(_rectangle(place).buffer(1.0)):
                break
            away += 1.0
        inside = (
            0 <= place.x <= frame.box.width - place.width
            and 0 <= place.y <= frame.box.height - place.height
        )
        if inside and not any(_rectangle(place).intersects(_rectangle(o)) for o in frame.taken):
            best = place
            break
    found = best or _around((at[0], at[1]), *size)
    frame.taken.append(found)
    return [found.x + found.width / 2, found.y + found.height / 2]


def _around(at: Sequence[float], width: float, height: float) -> Box:
    return Box(at[0] - width / 2, at[1] - height / 2, width, height)


def _rectangle(box: Box) -> shapely.Polygon:
    return shapely.box(box.x, box.y, box.x + box.width, box.y + box.height)


def _grid(frame: _Frame) -> Item:
    """Ticks with their eastings and northings at the frame, and crosses where they meet."""
    step = next((s for s in _STEPS if s >= frame.metres(_TICK_MM)), _STEPS[-1])
    west, south, east, north = frame.ground
    eastings = range(math.ceil(west / step) * step, math.floor(east) + 1, step)
    northings = range(math.ceil(south / step) * step, math.floor(north) + 1, step)
    return {
        "eastings": [[frame.mm([(x, north)])[0][0], _grouped(x)] for x in eastings],
        "northings": [[frame.mm([(west, y)])[0][1], _grouped(y)] for y in northings],
        "crosses": [
            [x, y]
            for x, y in frame.mm((x, y) for x in eastings for y in northings)
            if _MARGIN_MM < x < frame.box.width - _MARGIN_MM
            and _MARGIN_MM < y < frame.box.height - _MARGIN_MM
        ],
    }


def _grouped(metres: int) -> str:
    return f"{metres // 1000} {metres % 1000:03d}"


def _bar(scale: int) -> Item:
    metres = max(
        (step * _SEGMENTS for step in _STEPS if step * _SEGMENTS * 1000 / scale <= _BAR_MM),
        default=_SEGMENTS,
    )
    return {
        "metres": metres,
        "segment": metres * 1000 / scale / _SEGMENTS,
        "segments": _SEGMENTS,
        "each": metres // _SEGMENTS,
    }
