"""What of the register an export asks for: which land, and the cases on it as they stood."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

import sqlalchemy
from sqlalchemy import ColumnElement, Row
from sqlmodel import Session, col, select

from disposals.disclosure.fields import Audience
from disposals.disclosure.staged import Staged
from disposals.errors import NoSuchCase, NotYetOpen
from disposals.finding import find_case, holdings_of
from disposals.readiness import refuse_unknown_stage
from disposals.records.cases import Disposal, HistoryEntry, Holding
from sites.boundaries import standing
from sites.editions import RETURNED
from sites.errors import NoSuchPlace
from sites.parts import located
from sites.records import Boundary, Constraint, Site, SitePart

AT_ONCE = 1000
Wanted = Mapping[str, Collection[int | None]]
Place = tuple[str, int | None]
_SITE: tuple[Any, ...] = (
    Site.ref, *(getattr(Site, name) for name in RETURNED), Site.easting, Site.northing,
)  # fmt: skip
BOUNDARY: tuple[Any, ...] = (
    Boundary.site_ref, Boundary.part_no, Boundary.revision, Boundary.shape, Boundary.area_m2,
    Boundary.source, Boundary.licence, Boundary.is_indicative, Boundary.effective_from,
    Boundary.effective_as_written,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked(Staged):
    """What of the register is asked for.

    Attributes:
        on: the day as of which the estate is told.
        refs: disposals, sites or parts; none means everything in the register.
        stage: only land whose disposal stood at this stage on the day.
    """

    audience: Audience
    on: date
    refs: tuple[str, ...] = ()
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A disposal as it stood on a day."""

    ref: str
    part_no: int | None
    stage: str
    officer: str | None
    on_hold_because: str | None


def wanted(session: Session, asked: Asked) -> Wanted:
    """By site, the parts asked for, None for the whole with all its parts; empty for everything.

    Raises:
        NoSuchCase: a reference that is neither a disposal's nor a site's.
        BadFact: there is no such stage.
    """
    if asked.stage is not None:
        refuse_unknown_stage(session, asked.stage)
    found: dict[str, set[int | None]] = {}
    for ref in asked.refs:
        for site_ref, part_no in _land_of(session, ref):
            found.setdefault(site_ref, set()).add(part_no)
    return found


def _land_of(session: Session, ref: str) -> list[Place]:
    try:
        return [
            (each.site_ref, each.part_no)
            for each in holdings_of(session, find_case(session, ref).ref)
        ]
    except (NoSuchCase, NotYetOpen):  # land is there before a disposal of it is
        try:
            place = located(ref)
        except NoSuchPlace:
            place = ("", None)
        if session.get(Site, place[0]) is None:
            raise
        return [place]


@dataclass(frozen=True, slots=True)
class Page:
    """Some sites that follow each other by reference.

    Attributes:
        sites: `ref`, the fields of `RETURNED`, `easting` and `northing`, in this order.
        is_whole: no site between the first and the last was passed over.
    """

    sites: Sequence[Row[Any]]
    is_whole: bool

    def holds(self, column: Any) -> ColumnElement[bool]:
        """Whether a column names one of them."""
        if self.is_whole:  # every site from the first to the last; a range is found faster
            return col(column).between(self.sites[0].ref, self.sites[-1].ref)
        return col(column).in_([site.ref for site in self.sites])


def site_pages(
    session: Session, refs: Wanted, *, having: type[SitePart | Constraint] | None = None
) -> Iterator[Page]:
    """The sites asked for by reference, so many at once that memory does not grow with them.

    Args:
        having: only those of which there are such records.
    """
    last = ""
    while True:
        query = sqlalchemy.select(*_SITE).where(col(Site.ref) > last)
        if refs:
            query = query.where(col(Site.ref).in_(refs))
        if having is not None:
            query = query.where(col(Site.ref).in_(select(having.site_ref)))
        rows = session.connection().execute(query.order_by(col(Site.ref)).limit(AT_ONCE)).all()
        if not rows:
            return
        yield Page(rows, is_whole=not refs and having is None)
        last = rows[-1].ref


def boundaries_on(session: Session, where: ColumnElement[bool], on: date) -> dict[Place, Row[Any]]:
    """By site and part (None for the site itself) the boundary on a day: the columns of `BOUNDARY`.

    Args:
        where: of which sites.
    """
    query = sqlalchemy.select(*BOUNDARY).where(where)
    # As the table's index has it, or the shapes would be carried through a sort.
    part_no = sqlalchemy.func.coalesce(col(Boundary.part_no), sqlalchemy.literal_column("0"))
    by_place = (col(Boundary.site_ref), part_no, col(Boundary.revision))
    rows = session.connection().execute(query.order_by(*by_place)).all()
    found = {}
    for place, revisions in groupby(rows, key=itemgetter(0, 1)):
        boundary = standing(cast("Any", revisions), on=on)
        if boundary is not None:
            found[place] = cast("Row[Any]", boundary)
    return found


def cases_on(session: Session, page: Page, on: date) -> dict[str, list[Case]]:
    """By site, the disposals that take it or a part of it in, as they stood on a day."""
    rows = session.execute(
        select(Holding.site_ref, Holding.part_no, Disposal)
        .join(Disposal, col(Disposal.ref) == col(Holding.disposal_ref))
        .where(page.holds(Holding.site_ref), col(Disposal.opened_on) <= on)
        .order_by(col(Disposal.ref))
    ).all()
    stages = _stages_on(session, [row.Disposal.ref for row in rows], on) if rows else {}
    found: dict[str, list[Case]] = {}
    for site_ref, part_no, disposal in rows:
        held = disposal.held_on is not None and disposal.held_on <= on
        case = Case(
            disposal.ref, part_no, stages.get(disposal.ref, disposal.stage), disposal.officer,
            disposal.held_because if held else None,
        )  # fmt: skip
        found.setdefault(site_ref, []).append(case)
    return found


def case_pages(session: Session, asked: Asked, chosen: Wanted) -> Iterator[dict[str, list[Place]]]:
    """The disposals on the land asked for, so many at once, each with the land it takes in."""
    last = ""
    while True:
        opened = col(Disposal.opened_on) <= asked.on
        query = select(Disposal.ref).where(col(Disposal.ref) > last, opened)
        refs = list(session.scalars(query.order_by(col(Disposal.ref)).limit(AT_ONCE)))
        if not refs:
            return
        last = refs[-1]
        stages = _stages_on(session, refs, asked.on)
        held: dict[str, list[Place]] = {}
        for ref, site_ref, part_no in session.execute(
            select(Holding.disposal_ref, Holding.site_ref, Holding.part_no)
            .where(col(Holding.disposal_ref).in_(refs))
            .order_by(col(Holding.disposal_ref), col(Holding.site_ref))
        ):
            if asked.stage in {None, stages.get(ref)}:
                held.setdefault(ref, []).append((site_ref, part_no))
        yield {
            ref: places
            for ref, places in held.items()
            if not chosen or any(_is_chosen(place, chosen) for place in places)
        }


def _is_chosen(place: Place, chosen: Wanted) -> bool:
    site_ref, part_no = place
    return bool({None, part_no} & set(chosen.get(site_ref, ())))


def _stages_on(session: Session, refs: Sequence[str], on: date) -> dict[str, str]:
    """The stage of some disposals on a day, as their history tells it."""
    rows = session.execute(
        select(HistoryEntry.disposal_ref, HistoryEntry.to_stage)
        .where(col(HistoryEntry.disposal_ref).in_(refs), col(HistoryEntry.on) <= on)
        .order_by(col(HistoryEntry.disposal_ref), col(HistoryEntry.no))
    )
    return {ref: stage for ref, stage in rows}  # noqa: C416 (the last of a case counts)
