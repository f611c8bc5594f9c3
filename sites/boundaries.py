"""Revisions of boundaries, in a session handed in: one is added, none is altered."""

from datetime import date, datetime

import shapely
from shapely import MultiPolygon
from sqlmodel import Session, col, select

from sites.geometry import from_wkb, to_wkb
from sites.records import Boundary


def draw(
    session: Session,
    *,
    site_ref: str,
    part_no: int | None,
    shape: MultiPolygon,
    source: str,
    licence: str | None,
    accuracy_m: float | None,
    is_indicative: bool,
    because: str,
    effective_from: date | None,
    effective_as_written: str | None,
    by: str,
    at: datetime,
) -> Boundary:
    """Add the next revision of the boundary of a site, or of a part.

    Args:
        shape: EPSG:27700, on the centimetre grid.
        at: the moment of writing (aware).
    """
    min_x, min_y, max_x, max_y = shapely.bounds(shape).tolist()
    earlier = revisions(session, site_ref, part_no)
    boundary = Boundary.model_validate(
        {
            "site_ref": site_ref, "part_no": part_no, "revision": len(earlier) + 1,
            "shape": to_wkb(shape), "min_x": min_x, "min_y": min_y, "max_x": max_x,
            "max_y": max_y, "area_m2": shape.area, "source": source, "licence": licence,
            "accuracy_m": accuracy_m, "is_indicative": is_indicative, "because": because,
            "effective_from": effective_from, "effective_as_written": effective_as_written,
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
            select(Boundary)
            .where(
                Boundary.site_ref == site_ref, col(Boundary.part_no).is_not_distinct_from(part_no)
            )
            .order_by(col(Boundary.revision))
        )
    )


def current_revision(
    session: Session, site_ref: str, part_no: int | None = None, *, on: date | None = None
) -> Boundary | None:
    """The latest revision, or the one that was the boundary on a day; None if there is none."""
    in_effect = [
        boundary
        for boundary in revisions(session, site_ref, part_no)
        if on is None or boundary.effective_from is None or boundary.effective_from <= on
    ]
    return in_effect[-1] if in_effect else None


def current(
    session: Session, site_ref: str, part_no: int | None = None, *, on: date | None = None
) -> MultiPolygon | None:
    """The shape of the current revision, EPSG:27700, or None."""
    boundary = current_revision(session, site_ref, part_no, on=on)
    return from_wkb(boundary.shape) if boundary else None
