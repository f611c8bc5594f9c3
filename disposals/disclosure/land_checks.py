"""What is wrong with the land of the register, for officers: overlaps, duplicates, parts, dates."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import shapely
from sqlmodel import Session, col, select

from disposals.register import Register
from disposals.words import day
from sites.boundaries import Drawn, shapes_of_sites
from sites.checks import Neighbourhood, Problem, outside, unfit
from sites.parts import of_sites
from sites.records import Site
from sites.sources import authority_area

KINDS = ("overlap", "sliver", "duplicate", "outside", "parts", "expired", "same uprn")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the whole register found.

    Attributes:
        sites: how many there are; `drawn` with a boundary, `points` with a position alone.
        has_area: whether the council's area is recorded, so that sites could be held against it.
    """

    problems: tuple[Problem, ...]
    sites: int
    drawn: int
    points: int
    has_area: bool


def checked(register: Register, *, on: date, kinds: Iterable[str] = ()) -> Checked:
    """Hold every site of the register against every other; the shapes are held in memory.

    Args:
        on: the day whose boundaries count.
        kinds: of problems that are wanted; all without it.
    """
    wanted = set(kinds) or set(KINDS)
    with register.read() as session:
        sites = session.exec(select(Site).order_by(col(Site.ref))).all()
        shapes = shapes_of_sites(session, [site.ref for site in sites], on=on)
        points = {
            site.ref: shapely.Point(site.easting, site.northing)
            for site in sites
            if (site.ref, None) not in shapes and site.easting is not None
        }
        drawn = {ref: shape for (ref, no), (_, shape) in shapes.items() if no is None}
        area = authority_area(session)
        found = list(_same_uprn(sites))
        around = Neighbourhood(list(drawn), list(drawn.values()))
        found += around.overlaps()
        found += _expired(shapes, on)
        if area is not None:
            refs = [*drawn, *points]
            found += outside(area, refs, [*drawn.values(), *points.values()])
        for ref, parts in _parts(session, drawn, shapes, on):
            problem = unfit(ref, drawn[ref], parts)
            if problem is not None:
                found.append(problem)
    problems = sorted(
        (each for each in found if each.kind in wanted), key=lambda one: (one.kind, one.refs)
    )
    return Checked(tuple(problems), len(sites), len(drawn), len(points), area is not None)


def _parts(
    session: Session, drawn: Iterable[str], shapes: Drawn, on: date
) -> Iterator[tuple[str, dict[int, shapely.MultiPolygon]]]:
    grouped: dict[str, dict[int, shapely.MultiPolygon]] = {}
    for part in of_sites(session, list(drawn), on=on):
        if (part.site_ref, part.no) in shapes:
            grouped.setdefault(part.site_ref, {})[part.no] = shapes[part.site_ref, part.no][1]
    yield from grouped.items()


def _expired(shapes: Drawn, on: date) -> Iterator[Problem]:
    for (ref, part_no), (row, shape) in shapes.items():
        if row.effective_to is not None and row.effective_to < on:
            at = shapely.point_on_surface(shape)
            what = ref if part_no is None else f"{ref}/part-{part_no}"
            said = f"the boundary of {what} counted until {day(row.effective_to)}; draw the next"
            yield Problem("expired", (what,), said, (at.x, at.y), shape.area, shape)


def _same_uprn(sites: Iterable[Site]) -> Iterator[Problem]:
    known: dict[str, list[str]] = {}
    for site in sites:
        if site.uprn:
            known.setdefault(site.uprn, []).append(site.ref)
    for uprn, refs in known.items():
        if len(refs) > 1:
            said = f"{', '.join(refs)} have the same UPRN, {uprn}"
            yield Problem("same uprn", tuple(refs), said)
