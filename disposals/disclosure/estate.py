"""The land of the register as a list and as a page for each site, for an audience."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from disposals.disclosure.departures import gone_by_part, left
from disposals.disclosure.fields import Audience, fields_of, visible
from disposals.finding import find_site
from disposals.records.cases import Disposal, Holding
from disposals.register import Register
from sites import burdens, parts
from sites.areas import acres, hectares
from sites.boundaries import current_revision, standing_of_sites
from sites.records import Boundary, Constraint, Occupation, Site, SitePart

_AT_ONCE = 500  # SQLite takes this many references in one question
_LIKE = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})
_L = TypeVar("_L", str, tuple[str, int | None])


def listing(
    register: Register, text: str | None = None, *, audience: Audience, most: int | None = None
) -> tuple[list[dict[str, Any]], int]:
    """The sites of the register by reference, a line each, and how many there are in all.

    Args:
        text: only those with this in their reference, name, address, postcode or district.
        most: how many lines are wanted; all without it.
    """
    query = select(Site)
    if text:
        like = f"%{text.translate(_LIKE)}%"
        searched = (Site.ref, Site.name, Site.address, Site.postcode, Site.district)
        matching = [col(each).ilike(like, escape="\\") for each in searched]
        query = query.where(or_(*matching))
    with register.read() as session:
        total = session.exec(select(func.count()).select_from(query.subquery())).one()
        lines: list[dict[str, Any]] = []
        found = session.exec(query.order_by(col(Site.ref)).limit(most)).all()
        for start in range(0, len(found), _AT_ONCE):
            lines.extend(_lines(session, found[start : start + _AT_ONCE], audience))
        return lines, total


def page(
    register: Register, ref: str, *, audience: Audience, on: date | None = None
) -> dict[str, Any]:
    """All that an audience may see of one site: its land, parts, burdens and disposals.

    Args:
        on: the day asked about; land that had left the council by then says so.

    Raises:
        NotRecorded: there is no such site.
    """
    with register.read() as session:
        site = find_site(session, ref)
        told = {name: value for name, value in fields_of(site, audience).items() if value}
        boundary = current_revision(session, ref)
        told["boundary"] = _boundary(boundary, audience)
        gone = gone_by_part(session, [ref], audience, on=on) if on else {}
        told["parts"] = [
            fields_of(part, audience)
            | {"boundary": _boundary(_of(session, part), audience)}
            | _since((ref, part.no), gone)
            for part in parts.in_force(session, ref)
        ]
        if on:
            told |= _since(ref, left(session, [ref], audience, on=on))
        told["disposals"] = [
            visible("disposal", {"ref": case.ref, "stage": case.stage}, audience)
            for case in _disposals(session, ref)
        ]
        if audience is Audience.OFFICER:
            told["constraints"] = _plainly(burdens.standing(session, Constraint, [ref]))
            told["occupations"] = _plainly(burdens.standing(session, Occupation, [ref]))
        return told


def _since(land: _L, gone: Mapping[_L, date]) -> dict[str, date]:
    """Since when land is no longer the council's; nothing where it is."""
    return {"left_the_council_on": gone[land]} if land in gone else {}


def _lines(session: Session, sites: Sequence[Site], audience: Audience) -> Iterator[dict[str, Any]]:
    refs = [site.ref for site in sites]
    boundaries = standing_of_sites(session, refs)
    divided = Counter(part.site_ref for part in parts.of_sites(session, refs))
    for_sale: dict[str, list[str]] = {}
    for site_ref, disposal in session.exec(
        select(Holding.site_ref, Holding.disposal_ref)
        .where(col(Holding.site_ref).in_(refs))
        .order_by(col(Holding.disposal_ref))
    ):
        for_sale.setdefault(site_ref, []).append(disposal)
    for site in sites:
        boundary = boundaries.get((site.ref, None))
        values = {
            "reference": site.ref,
            "name": site.name,
            "district": site.district,
            "area_hectares": round(float(hectares(boundary.area_m2)), 4) if boundary else None,
            "located_by": _located_by(site, boundary),
            "parts": divided[site.ref],
            "disposals": for_sale.get(site.ref, []),
        }
        yield visible("site_line", values, audience)


def _located_by(site: Site, boundary: Boundary | None) -> str:
    if boundary is not None:
        return "boundary"
    return "nothing" if site.easting is None else "point"


def _boundary(boundary: Boundary | None, audience: Audience) -> dict[str, Any] | None:
    if boundary is None:
        return None
    told = fields_of(boundary, audience)
    told.pop("shape", None)
    return {name: value for name, value in told.items() if value is not None} | {
        "area_hectares": round(float(hectares(told["area_m2"])), 4),
        "area_acres": round(float(acres(told["area_m2"])), 2),
    }


def _of(session: Session, part: SitePart) -> Boundary | None:
    return current_revision(session, part.site_ref, part.no)


def _disposals(session: Session, site_ref: str) -> list[Disposal]:
    return list(
        session.exec(
            select(Disposal)
            .join(Holding, col(Holding.disposal_ref) == col(Disposal.ref))
            .where(Holding.site_ref == site_ref)
            .order_by(col(Disposal.ref))
        )
    )


def _plainly(rows: Iterable[Constraint | Occupation]) -> list[dict[str, Any]]:
    return [row.model_dump(exclude={"shape"}, exclude_none=True) for row in rows]
