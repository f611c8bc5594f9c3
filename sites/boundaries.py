"""Revisions of boundaries, in a session handed in: one is added, none is altered."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from sites.records import Boundary
from sites.vocabulary import Origin

if TYPE_CHECKING:
    from shapely import MultiPolygon

Drawn = dict[tuple[str, int | None], tuple[Boundary, "MultiPolygon"]]
_AT_ONCE = 500


def draw(
    session: Session,
    *,
    site_ref: str,
    part_no: int | None,
    shape: "MultiPolygon",
    origin: Origin,
    source: str,
    licence: str | None,
    accuracy_m: float | None,
    is_indicative: bool,
    because: str,
    effective_from: date | None,
    effective_as_written: str | None,
    effective_to: date | None,
    effective_to_as_written: str | None,
    by: str,
    at: datetime,
) -> Boundary:
    """Add the next revision of the boundary of a site, or of a part.

    Args:
        shape: EPSG:27700, on the centimetre grid.
        part_no: None for the site itself.
        accuracy_m: metres, where the source states it.
        effective_from, effective_to: the first and the last day it was the boundary, where known.
        at: the moment of writing (aware).

    Raises:
        ValidationError: pydantic's, for a field that can't be right.
        IntegrityError: SQLAlchemy's, where another session has added this revision meanwhile.
    """
    from sites.geometry import to_wkb

    min_x, min_y, max_x, max_y = shape.bounds
    earlier = session.exec(select(func.max(Boundary.revision)).where(*_of(site_ref, part_no))).one()
    boundary = Boundary.model_validate(
        {
            "site_ref": site_ref, "part_no": part_no, "revision": (earlier or 0) + 1,
            "shape": to_wkb(shape), "min_x": min_x, "min_y": min_y, "max_x": max_x,
            "max_y": max_y, "area_m2": shape.area, "origin": origin, "source": source,
            "licence": licence,
            "accuracy_m": accuracy_m, "is_indicative": is_indicative, "because": because,
            "effective_from": effective_from, "effective_as_written": effective_as_written,
            "effective_to": effective_to, "effective_to_as_written": effective_to_as_written,
            "recorded_by": by, "recorded_at": at,
        }
    )  # fmt: skip
    session.add(boundary)
    session.flush()
    return boundary


def revisions(session: Session, site_ref: str, part_no: int | None = None) -> list[Boundary]:
    """Every revision of a boundary, in order."""
    return list(
        session.exec(
            select(Boundary).where(*_of(site_ref, part_no)).order_by(col(Boundary.revision))
        )
    )


def current_revision(
    session: Session, site_ref: str, part_no: int | None = None, *, on: date | None = None
) -> Boundary | None:
    """The revision that is the boundary, or was on a day; None if there is none.

    A revision takes the place of those before it, except where it tells of an earlier time: a
    boundary of 1973 that is entered after the one of 2018 is not the boundary today.

    Args:
        on: revisions that take effect after this day are left out.
    """
    return standing(revisions(session, site_ref, part_no), on=on)


def standing(rows: Iterable[Boundary], *, on: date | None = None) -> Boundary | None:
    """The one of a boundary's revisions, given in order, that is the boundary, or was on a day."""
    found: Boundary | None = None
    for later in rows:
        begins = later.effective_from
        if on is not None and begins is not None and begins > on:
            continue
        known = found.effective_from if found else None
        if begins is None or known is None or begins >= known:
            found = later
    return found


def standing_of_sites(
    session: Session, site_refs: Iterable[str], *, on: date | None = None
) -> dict[tuple[str, int | None], Boundary]:
    """By site and part (None for the site itself) the boundary of several sites, in one query.

    The rows come without their shapes, which are read when they are asked for.
    """
    query = (
        select(Boundary)
        .where(col(Boundary.site_ref).in_(list(site_refs)))
        .options(defer(cast("Any", Boundary).shape))
        .order_by(col(Boundary.site_ref), col(Boundary.part_no), col(Boundary.revision))
    )
    grouped = groupby(session.exec(query), key=lambda row: (row.site_ref, row.part_no))
    found = {place: standing(rows, on=on) for place, rows in grouped}
    return {place: row for place, row in found.items() if row is not None}


def current(
    session: Session, site_ref: str, part_no: int | None = None, *, on: date | None = None
) -> "MultiPolygon | None":
    """The shape of the current revision, EPSG:27700, or None."""
    from sites.geometry import from_wkb

    boundary = current_revision(session, site_ref, part_no, on=on)
    return from_wkb(boundary.shape) if boundary else None


def shapes_of_sites(session: Session, site_refs: Sequence[str], *, on: date | None = None) -> Drawn:
    """By site and part, the boundary of several sites with its shape, EPSG:27700.

    All of the shapes are held in memory.
    """
    from sites.geometry import from_wkb

    found: Drawn = {}
    for start in range(0, len(site_refs), _AT_ONCE):
        standing_rows = standing_of_sites(session, site_refs[start : start + _AT_ONCE], on=on)
        ids = [row.id for row in standing_rows.values()]
        rows = session.exec(select(Boundary.id, Boundary.shape).where(col(Boundary.id).in_(ids)))
        written = dict(rows.all())
        for place, row in standing_rows.items():
            found[place] = (row, from_wkb(written[row.id]))
    return found


def _of(site_ref: str, part_no: int | None) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Boundary.site_ref) == site_ref,
        col(Boundary.part_no).is_not_distinct_from(part_no),
    )
