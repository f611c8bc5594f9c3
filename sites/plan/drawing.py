"""What a plan shows of land: edgings, tints, burdens, labels and the key to them, in metres."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import shapely
from shapely import MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from sites.comparing import Difference

Bounds = tuple[float, float, float, float]
TINTS = 6  # tint and hatch together tell the parts apart, in black and white too


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of land with a name of its own: the site, or a part of it.

    Attributes:
        name: as it stands on the map, such as “Part 1”.
        told: as it stands in the key, with purpose and area.
        shape: EPSG:27700.
        no: of a part; None for a site.
    """

    name: str
    told: str
    shape: MultiPolygon
    no: int | None = None


@dataclass(frozen=True, slots=True)
class Burden:
    """A constraint or occupation that is drawn: point, line or area, EPSG:27700."""

    kind: str
    told: str
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class Subject:
    """The land of a plan, and the words on it.

    Attributes:
        ref: the reference of the site, part or disposal.
        edged_red: what is sold. `edged_blue`: what the council keeps of the same site.
        parts: within either.
        revision: of the boundary.
        provenance: sentences on where the boundary comes from and how far it is to be trusted.
        notices: copyright and licence notices of its sources.
        warning: said in large type, such as that the boundary is indicative; "" for none.
        readers: for whom the plan is; "" for anybody.
        day: as of which it is drawn, as written; `stamp` the same as an ISO date.
    """

    ref: str
    title: str
    address: str
    edged_red: tuple[Piece, ...]
    day: str
    stamp: str
    edged_blue: tuple[Piece, ...] = ()
    parts: tuple[Piece, ...] = ()
    burdens: tuple[Burden, ...] = ()
    revision: str = ""
    provenance: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    warning: str = ""
    readers: str = ""

    @property
    def bounds(self) -> Bounds:
        """Of all its land, in metres."""
        return bounds_of(piece.shape for piece in (*self.edged_red, *self.edged_blue))


def bounds_of(shapes: Iterable[BaseGeometry]) -> Bounds:
    """West, south, east and north of some shapes together, in metres."""
    min_x, min_y, max_x, max_y = shapely.total_bounds(list(shapes))
    return float(min_x), float(min_y), float(max_x), float(max_y)


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape and the style in which the sheet draws it."""

    style: str
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class Label:
    """Words on the map.

    Attributes:
        within: land that they are to stand in, or beside where it is too small; or the point.
        more: a second line, left out where there is no room.
    """

    text: str
    within: BaseGeometry
    more: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a sheet shows, but for its scale.

    Attributes:
        kind: “Site plan”, “Location plan”.
        edged: style of edging → the land that it runs round, inside its boundary.
        key: style → words.
        described: the drawing in words, for whoever can't see it.
        bounds: of what must be on the sheet, EPSG:27700.
        around: how many times that the frame shows.
    """

    kind: str
    subject: Subject
    bounds: Bounds
    marks: tuple[Mark, ...]
    edged: tuple[tuple[str, MultiPolygon], ...]
    labels: tuple[Label, ...]
    key: tuple[tuple[str, str], ...]
    described: str
    around: float = 1.0
    sources: tuple[str, ...] = field(default=())


def site_plan(
    subject: Subject,
    *,
    neighbours: Sequence[BaseGeometry] = (),
    base: Sequence[BaseGeometry] = (),
    sources: tuple[str, ...] = (),
    close: bool = False,
) -> Plan:
    """The site and its parts, what burdens them, and what lies beside them.

    Args:
        close: only what is sold need be on the sheet; what is kept may run out of it.
        neighbours: other sites of the register, EPSG:27700.
        base: a base map from a file, EPSG:27700; `sources` are its notices.
    """
    tinted = subject.parts if len(subject.parts) > 1 else ()
    marks = [*_ground(base, neighbours)]
    marks += [Mark(_tint(part), part.shape) for part in tinted]
    marks += [Mark(_burden_style(each), each.shape) for each in subject.burdens]
    marks += [Mark("outline", part.shape) for part in tinted]
    labels = [Label(part.name, part.shape, part.told.partition(": ")[2]) for part in tinted]
    labels += [
        Label(f"{_LETTER}{no}", _middle(each.shape))
        for no, each in enumerate(subject.burdens, start=1)
    ]
    key = [*_edging_key(subject)]
    edged = {piece.told for piece in (*subject.edged_red, *subject.edged_blue)}
    key += [(_tint(part), part.told) for part in tinted if part.told not in edged]
    key += [
        (_burden_style(each), f"{_LETTER}{no} {each.told}")
        for no, each in enumerate(subject.burdens, start=1)
    ]
    return Plan(
        kind="Site plan", subject=subject, marks=tuple(marks),
        bounds=bounds_of(p.shape for p in subject.edged_red) if close else subject.bounds,
        edged=tuple(_edgings(subject)), labels=tuple(labels),
        key=(*key, *_ground_key(base, neighbours)), described=_described("Site plan", subject),
        sources=sources,
    )  # fmt: skip


def location_plan(
    subject: Subject,
    *,
    neighbours: Sequence[BaseGeometry] = (),
    base: Sequence[BaseGeometry] = (),
    sources: tuple[str, ...] = (),
) -> Plan:
    """Where the site lies: its edging alone, small on the sheet, with what is around it."""
    return Plan(
        kind="Location plan", subject=subject, bounds=subject.bounds,
        marks=tuple(_ground(base, neighbours)), edged=tuple(_edgings(subject)), labels=(),
        key=(*_edging_key(subject), *_ground_key(base, neighbours)),
        described=_described("Location plan", subject), around=4.0, sources=sources,
    )  # fmt: skip


def change_plan(subject: Subject, difference: Difference) -> Plan:
    """What a revision of a boundary gained and lost; the subject is the land after it."""
    changed = (("gained", difference.gained), ("lost", difference.lost))
    drawn = [
        (style, shape, f"{style.capitalize()}: {shape.area:,.0f} m²")
        for style, shape in changed
        if not shape.is_empty
    ]
    return Plan(
        kind="Change of boundary", subject=subject,
        bounds=bounds_of((*(shape for _, shape, _ in drawn), shapely.box(*subject.bounds))),
        marks=tuple(Mark(style, shape) for style, shape, _ in drawn),
        edged=tuple(_edgings(subject)), labels=(),
        key=(*_edging_key(subject), *((style, said) for style, _, said in drawn)),
        described=" ".join(
            [_described("Change of boundary", subject), *(f"{said}." for _, _, said in drawn)]
        ),
    )  # fmt: skip


_LETTER = "C"  # of constraints and occupations, so that their numbers are not those of parts


def _ground(base: Sequence[BaseGeometry], neighbours: Sequence[BaseGeometry]) -> Iterable[Mark]:
    yield from (Mark("base", each) for each in base)
    yield from (Mark("neighbour", each) for each in neighbours)


def _ground_key(
    base: Sequence[BaseGeometry], neighbours: Sequence[BaseGeometry]
) -> Iterable[tuple[str, str]]:
    if neighbours:
        yield "neighbour", "Other sites of the register"
    if base:
        yield "base", "Base map"


def _tint(part: Piece) -> str:
    """By its number, so that a part looks the same on every plan of its site."""
    return f"tint-{((part.no or 1) - 1) % TINTS}"


def _edgings(subject: Subject) -> Iterable[tuple[str, MultiPolygon]]:
    yield from (("blue", piece.shape) for piece in subject.edged_blue)
    yield from (("red", piece.shape) for piece in subject.edged_red)


def _edging_key(subject: Subject) -> Iterable[tuple[str, str]]:
    yield from (("red", f"Edged red: {piece.told}") for piece in subject.edged_red)
    yield from (("blue", f"Edged blue: {piece.told}") for piece in subject.edged_blue)


def _burden_style(burden: Burden) -> str:
    dimension = int(shapely.get_dimensions(burden.shape))
    return f"{('point', 'line', 'area')[dimension]} {burden.kind}"


def _middle(shape: BaseGeometry) -> BaseGeometry:
    """Where the number of a burden stands: half-way along a line, else inside."""
    if int(shapely.get_dimensions(shape)) == 1:
        longest = max(shapely.get_parts(shape), key=lambda part: float(part.length))
        half_way: Point = shapely.line_interpolate_point(longest, 0.5, normalized=True)
        return half_way
    inside: Point = shapely.point_on_surface(shape)
    return inside


def _described(kind: str, subject: Subject) -> str:
    told = [f"{kind} of {subject.title}, {subject.address}." if subject.address else
            f"{kind} of {subject.title}."]  # fmt: skip
    told += [f"Edged red: {piece.told}." for piece in subject.edged_red]
    told += [f"Edged blue: {piece.told}." for piece in subject.edged_blue]
    edged = {piece.told for piece in (*subject.edged_red, *subject.edged_blue)}
    if len(subject.parts) > 1:
        told += [f"{part.told}." for part in subject.parts if part.told not in edged]
    told += [f"{each.kind.capitalize()}: {each.told}." for each in subject.burdens]
    return " ".join(told)
